"""Documents, files and jobs."""

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.documents.models import Document, DocumentKind
from meetings.jobs.models import Job
from tests.factories.people import the_committee
from tests.factories.rows import save


def document(**values: object) -> Document:
    return save(
        Document(**{"committee_id": the_committee().id, "kind": DocumentKind.SCHEME, "title": "评估工作方案", **values})
    )


def attachment(**values: object) -> Attachment:
    defaults = {
        "committee_id": the_committee().id,
        "name": "汇总表.pdf",
        "size": 9,
        "media_type": "application/pdf",
        "sha256": "0" * 64,
        "uploaded_at": clock.now(),
        "uploaded_by_name": "某账号",
    }
    return save(Attachment(**{**defaults, **values}))


def job(kind: str = "jobs.tidy", *, by: Actor | None = None, **values: object) -> Job:
    """A job that waits, without a message in the queue."""
    now = clock.now()
    defaults = {
        "committee_id": by.committee_id if by else None,
        "user_id": by.user_id if by else None,
        "kind": kind,
        "arguments": {},
        "asked_at": now,
        "run_at": now,
        "sent_at": now,
        "reason_details": {},
        "result": {},
    }
    return save(Job(**{**defaults, **values}))
