"""Keep a file: checked first, then its bytes in the store and its row in the transaction."""

from collections.abc import Sequence
from datetime import timedelta

from meetings.attachments import queries, rules
from meetings.attachments.models import AsideFile, Attachment
from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.storage import Storage

ASIDE_FOR = timedelta(days=1)


def put_aside(name: str, content: bytes, *, form_key: str, field: str, storage: Storage, by: Actor) -> AsideFile:
    """Keep a file for the next try of a form; the row, flushed. The file was checked."""
    row = AsideFile(
        user_id=by.user_id,
        form_key=form_key,
        field=field,
        name=rules.tidy_name(name),
        size=len(content),
        key=storage.put_aside(content),
        kept_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def drop_aside(rows: Sequence[AsideFile], *, storage: Storage) -> None:
    """These files are wanted no longer; those that waited for more than a day go with them."""
    for row in {*rows, *queries.stale(clock.now() - ASIDE_FOR)}:
        storage.drop(row.key)
        db.session.delete(row)


def keep(
    *,
    name: str,
    content: bytes,
    storage: Storage,
    by: Actor,
    max_megabytes: int,
    personal_data_confirmed: bool = False,
    field: str = "files",
) -> Attachment:
    """Keep one uploaded file and return its row, flushed. The caller links it to what it belongs to.

    Raises ``DomainError`` about ``field``: ``file.empty``, ``file.too_large``, ``file.type``, ``file.disguised``,
    ``file.secret``, ``file.personal_data`` (unless confirmed, which is logged); ``storage.full`` about no field.
    Nothing is stored when it refuses.
    """
    name = rules.tidy_name(name)
    kind = rules.check(name, content, max_megabytes=max_megabytes, field=field)
    kept = rules.check_text(
        name, rules.text_of(name, content), personal_data_confirmed=personal_data_confirmed, field=field
    )
    if kept:
        log_access(AccessKind.PERSONAL_DATA_KEPT, f"attachment {name}", by=by)
    attachment = Attachment(
        committee_id=by.committee_id,
        name=name,
        size=len(content),
        media_type=kind.media_type,
        sha256=storage.put(content),
        uploaded_at=clock.now(),
        uploaded_by_id=by.user_id,
        uploaded_by_name=by.name,
    )
    db.session.add(attachment)
    db.session.flush()
    return attachment
