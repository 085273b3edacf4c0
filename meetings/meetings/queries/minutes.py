"""The minutes of a meeting and how they came to be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select

from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.meetings.models import Meeting, Minutes, MinutesRevision


def minutes_of(meeting: Meeting) -> Minutes | None:
    return db.session.scalar(select(Minutes).where(Minutes.meeting_id == meeting.id))


def revisions_of(minutes: Minutes) -> Sequence[Row[int, datetime, str, str]]:
    """Number, moment, name and reason of each saving, the latest first; without the texts."""
    rows = select(
        MinutesRevision.revision, MinutesRevision.saved_at, MinutesRevision.saved_by_name, MinutesRevision.reason
    )
    return db.session.execute(
        rows.where(MinutesRevision.minutes_id == minutes.id).order_by(MinutesRevision.revision.desc())
    ).all()


def revision_of(minutes: Minutes, revision: int) -> MinutesRevision:
    row = db.session.scalar(
        select(MinutesRevision).where(MinutesRevision.minutes_id == minutes.id, MinutesRevision.revision == revision)
    )
    if row is None:
        raise NotFound
    return row


def issued_text(minutes: Minutes) -> str | None:
    """The text that was issued last, or None; it stays while a reopened text is being changed."""
    return revision_of(minutes, minutes.issued_revision).text if minutes.issued_revision else None
