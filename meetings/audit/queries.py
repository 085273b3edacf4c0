"""Is the chain whole, and who changed what."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from meetings.audit.models import AccessEntry, AccessKind, AuditEntry, AuditHead, Change
from meetings.audit.rules import chained_hash
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page


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
    row = db.session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.committee_id == committee_id)
    ).first()
    return f"{row.seq}:{row.hash[:16]}" if row else ""


_heads = AuditHead.__table__.c
_ENDS = (
    select(_heads.hash)
    .where(or_(_heads.committee_id == 0, _heads.committee_id == bindparam("committee_id")))
    .order_by(_heads.committee_id)
)


def end_of(committee_id: int) -> tuple[str, ...]:
    """What every change of an audited row changes: the ends of the committee's chain and of that of no committee."""
    return tuple(db.session.scalars(_ENDS, {"committee_id": committee_id}))


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


# What the auditor looks at.


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are asked for; what is None narrows nothing. Days are those of the office."""

    first: date | None = None
    last: date | None = None
    who: str = ""
    subject: str = ""
    subject_id: int | None = None
    kind: str = ""

    def holds_for(self, at: Any) -> list[ColumnElement[bool]]:
        """The days as bounds of an instant."""
        where: list[ColumnElement[bool]] = []
        if self.first:
            where.append(at >= clock.begin_of(self.first))
        if self.last:
            where.append(at < clock.begin_of(self.last + timedelta(days=1)))
        return where


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change without its values: ``columns`` are the names of what changed."""

    id: int
    seq: int
    at: datetime
    actor_name: str
    change: Change
    subject: str
    subject_id: int
    columns: Sequence[str]


def changes(actor: Actor, asked: Filter, *, page: int = 1) -> Page[ChangeRow]:
    """Changes in the actor's committee, the latest first, by who, when, kind, id and column names only."""
    where = [AuditEntry.committee_id == actor.committee_id, *asked.holds_for(AuditEntry.at)]
    if asked.who:
        where.append(AuditEntry.actor_name.contains(asked.who, autoescape=True))
    if asked.subject:
        where.append(AuditEntry.subject == asked.subject)
    if asked.subject_id is not None:
        where.append(AuditEntry.subject_id == asked.subject_id)
    total = db.session.scalar(select(func.count()).select_from(AuditEntry).where(*where)) or 0
    rows = (
        select(AuditEntry).where(*where).order_by(AuditEntry.seq.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    return Page([_without_values(entry) for entry in db.session.scalars(rows)], page, total)


def _without_values(entry: AuditEntry) -> ChangeRow:
    return ChangeRow(
        entry.id,
        entry.seq,
        entry.at,
        entry.actor_name,
        entry.change,
        entry.subject,
        entry.subject_id,
        sorted(json.loads(entry.changes)),
    )


def find_change(entry_id: int, *, actor: Actor) -> ChangeRow:
    """One change without its values, or ``NotFound``."""
    return _without_values(_find(entry_id, actor))


def _find(entry_id: int, actor: Actor) -> AuditEntry:
    entry = db.session.scalar(
        select(AuditEntry).where(AuditEntry.id == entry_id, AuditEntry.committee_id == actor.committee_id)
    )
    if entry is None:
        raise NotFound
    return entry


def values_of(entry_id: int, *, actor: Actor) -> list[tuple[str, Any, Any]]:
    """Column, old and new value; for whoever holds ``audit.read_values``. The caller logs the look."""
    said = json.loads(_find(entry_id, actor).changes)
    return [(column, old, new) for column, (old, new) in sorted(said.items())]


def subjects(actor: Actor) -> Sequence[str]:
    """Kinds of rows that were changed at all, for the filter."""
    rows = select(AuditEntry.subject).where(AuditEntry.committee_id == actor.committee_id).distinct()
    return db.session.scalars(rows.order_by(AuditEntry.subject)).all()


def accesses(actor: Actor, asked: Filter, *, page: int = 1) -> Page[AccessEntry]:
    """Sign-ins, looks, prints and downloads, the latest first; failures of unknown names belong to no committee."""
    where = [
        or_(AccessEntry.committee_id == actor.committee_id, AccessEntry.committee_id.is_(None)),
        *asked.holds_for(AccessEntry.at),
    ]
    if asked.kind in set(AccessKind):
        where.append(AccessEntry.kind == AccessKind(asked.kind))
    if asked.who:
        where.append(
            or_(
                AccessEntry.subject.contains(asked.who, autoescape=True),
                AccessEntry.address.contains(asked.who, autoescape=True),
            )
        )
    if asked.subject_id is not None:
        where.append(AccessEntry.user_id == asked.subject_id)
    total = db.session.scalar(select(func.count()).select_from(AccessEntry).where(*where)) or 0
    rows = (
        select(AccessEntry)
        .where(*where)
        .order_by(AccessEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Page(db.session.scalars(rows).all(), page, total)


def last_saved(row: Any) -> tuple[str, datetime] | None:
    """By whom and when a row was changed last; the caller was allowed to load it."""
    entry = (
        select(AuditEntry.actor_name, AuditEntry.at)
        .where(
            AuditEntry.committee_id == getattr(row, "committee_id", 0),
            AuditEntry.subject == row.__tablename__,
            AuditEntry.subject_id == row.id,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    found = db.session.execute(entry).first()
    return (found.actor_name, found.at) if found else None
