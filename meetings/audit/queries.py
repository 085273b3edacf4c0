"""Is the chain whole, and who changed what."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from meetings.audit.models import AuditEntry, AuditHead
from meetings.audit.rules import chained_hash
from meetings.core.db import db


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place where the chain is broken: ``reason`` is forged, missing, tail, no_head or printed."""

    committee_id: int
    seq: int
    reason: str


Anchor = tuple[int, int, str]  # committee id, seq, the beginning of the hash as printed on a paper

# Heads that were printed on papers; ``app.py`` adds what knows them.
anchors: list[Callable[[], Iterable[Anchor]]] = []


def head_of(committee_id: int) -> str:
    """The chain's present end as papers print it, ``seq:hash``; empty for a new committee."""
    row = db.session.execute(select(AuditHead.seq, AuditHead.hash).where(AuditHead.committee_id == committee_id)).first()
    return f"{row.seq}:{row.hash[:16]}" if row else ""


def flaws() -> Iterator[Flaw]:
    """Walk every chain from its first link; each flaw found is named, the walk goes on behind it."""
    heads = {head.committee_id: head for head in db.session.scalars(select(AuditHead))}
    printed: dict[tuple[int, int], str] = {(c, seq): text for known in anchors for c, seq, text in known()}
    present = set(db.session.scalars(select(AuditEntry.committee_id).distinct()))
    for committee_id in sorted(heads.keys() | present):
        seq, link = 0, ""
        entries = select(AuditEntry).where(AuditEntry.committee_id == committee_id).order_by(AuditEntry.seq)
        for entry in db.session.scalars(entries.execution_options(yield_per=1000)):
            if entry.seq != seq + 1:
                yield Flaw(committee_id, seq + 1, "missing")
            elif chained_hash(link, entry) != entry.hash:
                yield Flaw(committee_id, entry.seq, "forged")
            if (text := printed.pop((committee_id, entry.seq), None)) is not None and not entry.hash.startswith(text):
                yield Flaw(committee_id, entry.seq, "printed")
            seq, link = entry.seq, entry.hash
        head = heads.get(committee_id)
        if head is None:
            yield Flaw(committee_id, seq, "no_head")
        elif (head.seq, head.hash) != (seq, link):
            yield Flaw(committee_id, max(head.seq, seq), "tail")
    for committee_id, seq in printed:
        yield Flaw(committee_id, seq, "printed")
