"""Documents as far as the actor may see: the office and leaders all, units those meant for them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Row, and_, exists, false, func, or_, select
from sqlalchemy.orm import selectinload

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Unit, UnitKind
from meetings.documents.models import Document, DocumentFile, DocumentKind, DocumentReading

# Those who are to have read what is meant for units.
_READERS = (UnitKind.MEMBER, UnitKind.TOWNSHIP, UnitKind.INSTITUTION)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    own = Document.committee_id == actor.committee_id
    if actor.may("documents.read"):
        return own
    return and_(own, Document.is_for_units) if actor.may("documents.read_issued") else false()


def find(document_id: int, *, actor: Actor) -> Document:
    """The document with its files, or ``NotFound``."""
    rows = select(Document).where(Document.id == document_id, visible_to(actor)).options(selectinload(Document.files))
    row = db.session.scalar(rows)
    if row is None:
        raise NotFound
    return row


def find_file(document: Document, attachment_id: int) -> Attachment:
    row = db.session.scalar(
        select(Attachment)
        .join(DocumentFile, DocumentFile.attachment_id == Attachment.id)
        .where(DocumentFile.document_id == document.id, Attachment.id == attachment_id)
    )
    if row is None:
        raise NotFound
    return row


def file_link(document: Document, attachment_id: int) -> DocumentFile:
    row = db.session.scalar(
        select(DocumentFile).where(DocumentFile.document_id == document.id, DocumentFile.attachment_id == attachment_id)
    )
    if row is None:
        raise NotFound
    return row


def search(
    actor: Actor, *, kind: DocumentKind | None = None, typed: str = "", page: int = 1
) -> Page[Row[*tuple[object, ...]]]:
    """A page of the list, the latest first: columns, with files, units that have read it, and whether the actor has."""
    where = [visible_to(actor)]
    if kind is not None:
        where.append(Document.kind == kind)
    if word := typed.strip():
        where.append(
            or_(
                Document.title.contains(word, autoescape=True),
                Document.number.contains(word, autoescape=True),
                Document.issuing_body.contains(word, autoescape=True),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(Document).where(*where)) or 0
    files = (
        select(func.count()).select_from(DocumentFile).where(DocumentFile.document_id == Document.id).scalar_subquery()
    )
    units = (
        select(func.count(DocumentReading.unit_id.distinct()))
        .where(DocumentReading.document_id == Document.id)
        .scalar_subquery()
    )
    own = exists().where(DocumentReading.document_id == Document.id, DocumentReading.user_id == actor.user_id)
    rows = select(
        Document.id,
        Document.kind,
        Document.title,
        Document.number,
        Document.issuing_body,
        Document.issued_on,
        Document.is_for_units,
        files.label("files"),
        units.label("units_read"),
        own.label("is_read"),
    )
    ordered = rows.where(*where).order_by(Document.issued_on.desc().nulls_last(), Document.id.desc())
    return Page(db.session.execute(ordered.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all(), page, total)


def choices(actor: Actor) -> Sequence[Row[int, str, str]]:
    """Id, title and number of the documents, the latest first, for forms that rest on one."""
    rows = select(Document.id, Document.title, Document.number).where(visible_to(actor))
    return db.session.execute(rows.order_by(Document.issued_on.desc().nulls_last(), Document.id.desc())).all()


def readings_of(document: Document) -> Sequence[DocumentReading]:
    """Who has confirmed reading it, the latest first."""
    rows = select(DocumentReading).where(DocumentReading.document_id == document.id)
    return db.session.scalars(rows.order_by(DocumentReading.read_at.desc(), DocumentReading.id.desc())).all()


def reading_of(document: Document, actor: Actor) -> DocumentReading | None:
    return db.session.scalar(
        select(DocumentReading).where(
            DocumentReading.document_id == document.id, DocumentReading.user_id == actor.user_id
        )
    )


def units_to_read(actor: Actor, *, day: date | None = None) -> Sequence[Row[int, str]]:
    """Id and short name of the units that documents for units are meant for, in the plan's order."""
    day = day or clock.today()
    rows = select(Unit.id, Unit.short_name).where(
        Unit.committee_id == actor.committee_id,
        Unit.kind.in_(_READERS),
        or_(Unit.from_on.is_(None), Unit.from_on <= day),
        or_(Unit.until_on.is_(None), Unit.until_on >= day),
    )
    return db.session.execute(rows.order_by(Unit.position, Unit.id)).all()
