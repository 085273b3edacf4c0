"""Papers on their way, with what they are made from."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from meetings.approvals.models import Approval, DocumentNumber
from meetings.approvals.queries import visible_to
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.reporting.models import Paper, PaperDraft


def find_draft(approval_id: int, *, actor: Actor) -> PaperDraft:
    """The draft with its 签批 and number, or ``NotFound``."""
    rows = (
        select(PaperDraft)
        .join(PaperDraft.approval)
        .where(PaperDraft.approval_id == approval_id, visible_to(actor))
        .options(joinedload(PaperDraft.approval).joinedload(Approval.number))
    )
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def void_on(paper: Paper) -> date | None:
    """The day on which an issued paper's number became 作废; None where it holds."""
    return db.session.scalar(select(DocumentNumber.void_on).where(DocumentNumber.approval_id == paper.approval_id))


def paper_of(approval_id: int) -> Paper | None:
    """The paper as it was numbered; None before. The caller has found the draft for the actor."""
    return db.session.scalar(select(Paper).where(Paper.approval_id == approval_id))
