"""Documents are recorded, changed, and confirmed as read."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from meetings.attachments.actions import keep
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.core.storage import Storage
from meetings.documents import queries
from meetings.documents.models import Document, DocumentFile, DocumentKind, DocumentReading


class DocumentDetails(TypedDict):
    """What is written down about a document."""

    kind: DocumentKind
    title: str
    number: str
    issuing_body: str
    issued_on: date | None
    text: str
    is_for_units: bool


def add_document(*, by: Actor, **details: Unpack[DocumentDetails]) -> Document:
    """Record a document. Raises ``DomainError("document.issued_ahead")``."""
    document = Document(committee_id=by.committee_id)
    _write_down(document, details, by)
    db.session.add(document)
    db.session.flush()
    return document


def edit_document(document: Document, *, by: Actor, **details: Unpack[DocumentDetails]) -> None:
    """Change what is written down about a document. Raises ``DomainError("document.issued_ahead")``."""
    _write_down(document, details, by)


def _write_down(document: Document, details: DocumentDetails, by: Actor) -> None:
    _check(by)
    if details["issued_on"] and details["issued_on"] > clock.today():
        raise DomainError("document.issued_ahead", field="issued_on")
    document.kind, document.title, document.number = details["kind"], details["title"], details["number"]
    document.issuing_body, document.issued_on = details["issuing_body"], details["issued_on"]
    document.text, document.is_for_units = details["text"], details["is_for_units"]


def add_files(
    document: Document,
    files: Sequence[tuple[str, bytes]],
    *,
    storage: Storage,
    max_megabytes: int,
    by: Actor,
    personal_data_confirmed: bool = False,
) -> list[Attachment]:
    """Keep files with a document. Raises what ``attachments.actions.keep`` raises."""
    _check(by)
    kept = []
    for name, content in files:
        attachment = keep(
            name=name,
            content=content,
            storage=storage,
            by=by,
            max_megabytes=max_megabytes,
            personal_data_confirmed=personal_data_confirmed,
        )
        db.session.add(DocumentFile(document_id=document.id, attachment_id=attachment.id))
        kept.append(attachment)
    return kept


def remove_file(link: DocumentFile, *, by: Actor) -> None:
    """Take a file off its document; what the log says of it stays."""
    _check(by)
    db.session.delete(link)


def mark_read(document: Document, *, by: Actor) -> DocumentReading:
    """Confirm having read it, for oneself and, where one acts for a single unit, for that unit; once."""
    there = queries.reading_of(document, by)
    if there is not None:
        return there
    unit_id = min(by.unit_ids) if len(by.unit_ids) == 1 else None
    reading = DocumentReading(
        document_id=document.id, user_id=by.user_id, unit_id=unit_id, reader_name=by.name, read_at=clock.now()
    )
    db.session.add(reading)
    db.session.flush()
    return reading


def _check(by: Actor) -> None:
    if not by.may("documents.edit"):
        raise NotAllowed("document.not_yours")
