"""The minutes: saved as revisions, issued, reopened."""

from datetime import date

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.meetings import rules
from meetings.meetings.models import Meeting, MeetingAction, Minutes, MinutesRevision


def save_minutes(meeting: Meeting, minutes: Minutes | None, *, text: str, by: Actor) -> Minutes:
    """Save the text and leave a revision, unless it is the same as before. ``minutes`` is None for the first time."""
    rules.next_status(meeting, MeetingAction.WRITE_MINUTES, by)
    if minutes is None:
        minutes = Minutes(committee_id=meeting.committee_id, meeting_id=meeting.id, text="", revision=0, signed_by="")
        db.session.add(minutes)
    if text != minutes.text:
        minutes.text = text
        _add_revision(minutes, by)
    return minutes


def _add_revision(minutes: Minutes, by: Actor, *, reason: str = "") -> None:
    minutes.revision += 1
    db.session.flush()
    db.session.add(
        MinutesRevision(
            minutes_id=minutes.id,
            revision=minutes.revision,
            text=minutes.text,
            saved_at=clock.now(),
            saved_by_id=by.user_id,
            saved_by_name=by.name,
            reason=reason,
        )
    )


def issue_minutes(meeting: Meeting, minutes: Minutes | None, *, signed_by: str, signed_on: date, by: Actor) -> None:
    """印发: lock the text, show this revision to the units; who signed it, on line or on paper, is written down.

    Raises ``DomainError`` with ``minutes.empty``, ``minutes.signed_ahead``, ``minutes.signed_before_meeting``.
    """
    status = rules.next_status(meeting, MeetingAction.MINUTE, by)
    if minutes is None or not minutes.text:
        raise DomainError("minutes.empty")
    rules.check_signing(signed_on, held_on=meeting.held_on, today=clock.today())
    meeting.status = status
    minutes.locked_at, minutes.issued_revision = clock.now(), minutes.revision
    minutes.signed_by, minutes.signed_on = signed_by, signed_on


def reopen_minutes(meeting: Meeting, minutes: Minutes | None, *, reason: str, by: Actor) -> None:
    """Unlock the text with a reason; units go on reading the revision that was issued until the next issue."""
    status = rules.next_status(meeting, MeetingAction.REOPEN_MINUTES, by)
    if minutes is None:
        raise DomainError("minutes.empty")
    meeting.status = status
    minutes.locked_at = None
    _add_revision(minutes, by, reason=reason)
