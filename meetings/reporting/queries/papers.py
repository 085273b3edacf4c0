"""Papers that were made: whose, where, and what their feet say of the audit chain."""

from collections.abc import Iterator

from sqlalchemy import Select, exists, func, or_, select, true

from meetings.approvals import queries as approvals
from meetings.approvals.models import Approval
from meetings.audit.queries import Anchor
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.reporting.models import Paper


def visible_to(actor: Actor) -> Select[Paper]:
    """Papers of the committee; a unit sees those whose content is its own.

    One that goes through 签批 is seen by whoever sees its case: by readers not before it is issued.
    """
    of_unit = true() if actor.may("tasks.read_all") else Paper.unit_id.in_(sorted(actor.unit_ids))
    seen = or_(
        Paper.approval_id.is_(None),
        exists().where(Approval.id == Paper.approval_id, approvals.visible_to(actor)),
    )
    return select(Paper).where(Paper.committee_id == actor.committee_id, of_unit, seen)


def find(paper_id: int, *, actor: Actor) -> Paper:
    """The paper, or ``NotFound``."""
    paper = db.session.scalar(visible_to(actor).where(Paper.id == paper_id))
    if paper is None or not actor.may("reports.print"):
        raise NotFound
    return paper


def made(*, actor: Actor, code: str | None = None, page: int = 1) -> Page[Paper]:
    """Papers the actor may reprint, the newest first, of one kind or of all."""
    rows = visible_to(actor)
    if code is not None:
        rows = rows.where(Paper.code == code)
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    found = db.session.scalars(rows.order_by(Paper.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return Page(found, page, total)


def of_job(job_id: int, unit_id: int | None) -> Paper | None:
    """The paper that a job has made already of a unit, or of all (None)."""
    return db.session.scalar(
        select(Paper).where(Paper.job_id == job_id, Paper.unit_id.is_not_distinct_from(unit_id)).order_by(Paper.id)
    )


def kinds_made(actor: Actor) -> frozenset[str]:
    """The kinds of paper that the actor may reprint one of."""
    return frozenset(db.session.scalars(visible_to(actor).with_only_columns(Paper.code).distinct()))


def verified(code: str) -> Paper | None:
    """The paper of a verification code, whoever asks."""
    return db.session.scalar(select(Paper).where(Paper.verification_code == code))


def is_visible(paper: Paper, *, actor: Actor) -> bool:
    """Whether the actor may know more of a paper than its number."""
    if not (actor.may("tasks.read_all") or actor.may("reports.print")):
        return False
    return db.session.scalar(visible_to(actor).with_only_columns(Paper.id).where(Paper.id == paper.id)) is not None


def anchors() -> Iterator[Anchor]:
    """Ends of audit chains that papers carry in their feet; a chain that no longer holds them was rewritten."""
    for committee_id, head in db.session.execute(
        select(Paper.committee_id, Paper.audit_head).where(Paper.audit_head != "")
    ):
        seq, _sep, link = head.partition(":")
        yield committee_id, int(seq), link
