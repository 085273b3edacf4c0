"""What an office puts away at the end of a year: papers it issued, minutes, documents that came or were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, select

from meetings.approvals.models import Approval, ApprovalStatus, DocumentNumber, Retention, SignerRole
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.documents import queries as documents
from meetings.documents.models import Document, DocumentKind
from meetings.meetings.models import Meeting, Minutes
from meetings.reporting.models import Paper, PaperDraft


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued paper; ``signer_role`` tells whose it is."""

    title: str
    number: str
    on: date | None
    pages: int | None
    signer_role: SignerRole
    cosigners: str
    retention: Retention


def issued(actor: Actor, year: int) -> list[Issued]:
    """Papers with the number of a year that went out, cancelled ones left out."""
    rows = (
        select(
            Approval.title,
            DocumentNumber.text,
            Approval.signed_on,
            Paper.page_count,
            Approval.signer_role,
            Approval.cosigners,
            Approval.retention,
        )
        .join(DocumentNumber, DocumentNumber.approval_id == Approval.id)
        .outerjoin(Paper, Paper.approval_id == Approval.id)
        .where(
            Approval.committee_id == actor.committee_id,
            Approval.status == ApprovalStatus.ISSUED,
            DocumentNumber.year == year,
        )
        .order_by(Approval.signed_on, DocumentNumber.prefix, DocumentNumber.sequence)
    )
    return [Issued(*row) for row in db.session.execute(rows)]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Minutes that were issued in the system and never printed as a numbered paper."""

    title: str
    organiser: str
    on: date | None


def minuted(actor: Actor, year: int) -> list[Recorded]:
    """Minutes of the year's meetings that no issued paper stands for."""
    rows = (
        select(Meeting.id, Meeting.title, Meeting.organiser, Minutes.signed_on, Meeting.held_on)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Meeting.committee_id == actor.committee_id, Meeting.year == year, Minutes.issued_revision.is_not(None))
        .order_by(Minutes.signed_on, Meeting.id)
    )
    printed = (
        select(PaperDraft.parameters)
        .join(Approval, Approval.id == PaperDraft.approval_id)
        .where(
            PaperDraft.committee_id == actor.committee_id,
            PaperDraft.code == "minutes",
            Approval.status == ApprovalStatus.ISSUED,
        )
    )
    done = {parameters.get("meeting") for parameters in db.session.scalars(printed)}
    return [
        Recorded(f"{title}纪要", organiser, signed_on or held_on)
        for meeting_id, title, organiser, signed_on, held_on in db.session.execute(rows)
        if meeting_id not in done
    ]


@dataclass(frozen=True, slots=True)
class Filed:
    """A document of the library."""

    kind: DocumentKind
    title: str
    number: str
    author: str
    on: date | None


def filed(actor: Actor, year: int) -> list[Filed]:
    """Documents of the year, by day."""
    rows = (
        select(Document.kind, Document.title, Document.number, Document.issuing_body, Document.issued_on)
        .where(documents.visible_to(actor), extract("year", Document.issued_on) == year)
        .order_by(Document.issued_on, Document.id)
    )
    return [Filed(*row) for row in db.session.execute(rows)]


def years(actor: Actor) -> Sequence[tuple[int, str]]:
    """Years that there is something to put away of, the latest first; this year in any case."""
    numbers = select(DocumentNumber.year).where(DocumentNumber.committee_id == actor.committee_id)
    held = select(Meeting.year).where(Meeting.committee_id == actor.committee_id)
    came = select(extract("year", Document.issued_on)).where(
        documents.visible_to(actor), Document.issued_on.is_not(None)
    )
    found = {clock.today().year}
    for rows in (numbers, held, came):
        found |= {int(year) for year in db.session.scalars(rows.distinct()) if year}
    return [(year, str(year)) for year in sorted(found, reverse=True)]
