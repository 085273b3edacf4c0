"""The calendar of a committee."""

from sqlalchemy import select

from meetings.core.db import db
from meetings.workdays.models import DayOverride
from meetings.workdays.rules import Calendar


def calendar(committee_id: int) -> Calendar:
    rows = db.session.execute(select(DayOverride.day, DayOverride.is_working).where(DayOverride.committee_id == committee_id))
    return Calendar({day: is_working for day, is_working in rows})
