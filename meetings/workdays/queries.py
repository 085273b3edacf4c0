"""The calendar of a committee."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.kept import kept
from meetings.workdays.models import DayOverride
from meetings.workdays.rules import Calendar


def calendar(committee_id: int) -> Calendar:
    """The State Council's days and the office's own."""
    return kept("calendar", lambda: _calendar(_own_days(committee_id)), committee_id=committee_id)


def _own_days(committee_id: int) -> frozenset[tuple[date, bool]]:
    rows = select(DayOverride.day, DayOverride.is_working).where(DayOverride.committee_id == committee_id)
    return frozenset((day, is_working) for day, is_working in db.session.execute(rows))


@lru_cache(maxsize=64)
def _calendar(overrides: frozenset[tuple[date, bool]]) -> Calendar:
    """One calendar for the same days, because it keeps what it counted."""
    return Calendar(dict(overrides))


def overrides(year: int, *, actor: Actor) -> Sequence[DayOverride]:
    """The office's own days of a year, in order."""
    rows = select(DayOverride).where(
        DayOverride.committee_id == actor.committee_id, DayOverride.day.between(date(year, 1, 1), date(year, 12, 31))
    )
    return db.session.scalars(rows.order_by(DayOverride.day)).all()


def override_on(day: date, *, actor: Actor) -> DayOverride | None:
    return db.session.scalar(
        select(DayOverride).where(DayOverride.committee_id == actor.committee_id, DayOverride.day == day)
    )


def find_override(override_id: int, *, actor: Actor) -> DayOverride:
    row = db.session.scalar(
        select(DayOverride).where(DayOverride.id == override_id, DayOverride.committee_id == actor.committee_id)
    )
    if row is None:
        raise NotFound
    return row
