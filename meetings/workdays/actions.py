"""Days on which the office works or rests other than the State Council's calendar says."""

from datetime import date

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.workdays import queries
from meetings.workdays.models import DayOverride


def override(*, day: date, works: str, note: str, by: Actor) -> DayOverride:
    """Let a day be worked on (``works`` is ``work``) or rested on (``rest``)."""
    is_working = works == "work"
    if queries.override_on(day, actor=by) is not None:
        raise DomainError("day_override.day_taken", field="day")
    if queries.calendar(by.committee_id).is_working(day) == is_working:
        raise DomainError("day_override.changes_nothing", field="works")
    row = DayOverride(committee_id=by.committee_id, day=day, is_working=is_working, note=note)
    db.session.add(row)
    db.session.flush()
    return row


def take_back(row: DayOverride, *, by: Actor) -> None:
    """The State Council's calendar holds again on that day; the audit keeps that it did not."""
    db.session.delete(row)
