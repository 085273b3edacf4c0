"""By when the value of a year is owed: some days after the figure exists, on a working day. Pure."""

from datetime import date, timedelta
from typing import Final

from meetings.plans.rules.judgement import available_on
from meetings.workdays.rules import Calendar

DAYS_TO_ENTER: Final = 30


def value_due_on(year: int, available: tuple[int | None, int | None], calendar: Calendar) -> date:
    """The last day on which a value is in time; ``available`` is month and day from which the year's figure exists.

    Figures of 2025 that exist from 1 September 2026 are due by Thursday 8 October: 1 October begins a holiday.
    """
    day = available_on(year, *available) + timedelta(days=DAYS_TO_ENTER)
    return day if calendar.is_working(day) else calendar.add(day, 1)
