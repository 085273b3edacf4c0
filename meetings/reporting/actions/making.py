"""Make a paper: number, code, bytes, kept as they are."""

from collections.abc import Callable, Mapping
from typing import Any

from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.audit.queries import head_of
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.storage import Storage
from meetings.numbering.actions import next_number
from meetings.reporting import rules
from meetings.reporting.models import Paper
from reports.drawn import Paper as Drawn
from reports.freezing import freeze

Draw = Callable[[str, str, str], bytes]
"""Draws the paper for a number, a verification code and the end of the audit chain."""


def make(  # noqa: PLR0913 -- a paper keeps all of these
    code: str,
    *,
    title: str,
    filter_text: str,
    unit_id: int | None,
    parameters: Mapping[str, Any],
    data: object,
    draw: Draw,
    storage: Storage,
    by: Actor,
    address: str = "",
    job_id: int | None = None,
) -> Paper:
    """Number the paper, draw it once, keep bytes and data: a reprint is the same to the byte, Word and Excel say the
    same.

    Raises ``DomainError("storage.full")``; the number is then not used up.
    """
    year = clock.today().year
    number = f"BB-{year}-{next_number(by.committee_id, 'paper', year):04}"
    verification_code = rules.new_code()
    head = head_of(by.committee_id)
    drawn = draw(number, verification_code, head)
    paper = Paper(
        committee_id=by.committee_id,
        code=code,
        title=title[:200],
        number=number,
        verification_code=verification_code,
        parameters={name: value if value is None else str(value) for name, value in parameters.items()},
        filter_text=filter_text[:500],
        made_at=clock.now(),
        made_by_id=by.user_id,
        made_by_name=by.name[:100],
        unit_id=unit_id,
        audit_head=head,
        sha256=storage.put(bytes(drawn)),
        size=len(drawn),
        page_count=page_count_of(drawn),
        data_sha256=storage.put(freeze(data)),
        job_id=job_id,
    )
    db.session.add(paper)
    db.session.flush()
    note_print(f"{number} {title}", by=by, address=address)
    return paper


def page_count_of(drawn: bytes) -> int | None:
    """The pages of a paper as it was just drawn."""
    return drawn.page_count if isinstance(drawn, Drawn) else None


def note_print(subject: str, *, by: Actor, address: str = "") -> None:
    """Write down who printed what."""
    log_access(AccessKind.PRINT, subject, by=by, address=address)
