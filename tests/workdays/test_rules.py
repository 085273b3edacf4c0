"""Working days: weekends, holidays, make-up days, the office's own days, years nobody knows yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.workdays.rules import Calendar, is_provisional

CALENDAR = Calendar()  # one for all examples: it counts the days up to each only once
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 7, 14), True),
        (date(2026, 7, 18), False),  # Saturday
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 9, 20), True),  # a Sunday made up for the holiday
        (date(2026, 10, 10), True),  # a Saturday made up for the holiday
        (date(2026, 2, 17), False),  # Spring Festival
    ],
)
def test_holidays_and_make_up_days_are_those_of_the_state_council(day, works):
    assert Calendar().is_working(day) is works


def test_the_offices_own_days_go_before():
    calendar = Calendar({date(2026, 7, 14): False, date(2026, 7, 18): True})
    assert not calendar.is_working(date(2026, 7, 14))
    assert calendar.is_working(date(2026, 7, 18))


def test_a_year_without_a_notice_is_counted_by_weekends():
    assert is_provisional(date(2035, 10, 1))
    assert not is_provisional(date(2026, 10, 1))
    assert Calendar().is_working(date(2035, 10, 1))
    assert not Calendar().is_working(date(2035, 10, 6))


@pytest.mark.parametrize(
    ("day", "count", "reached"),
    [
        (date(2026, 7, 14), 2, date(2026, 7, 16)),
        (date(2026, 7, 17), 1, date(2026, 7, 20)),
        (date(2026, 7, 18), 1, date(2026, 7, 20)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 7, 18), 0, date(2026, 7, 18)),
    ],
)
def test_days_are_added_over_days_of_rest(day, count, reached):
    assert Calendar().add(day, count) == reached


@given(DAYS, st.integers(1, 40))
@settings(deadline=None)
def test_as_many_days_lie_between_as_were_added(day, count):
    later = CALENDAR.add(day, count)
    assert CALENDAR.between(day, later) == count
    assert CALENDAR.between(later, day) == -count
    assert CALENDAR.is_working(later)


@given(DAYS, DAYS, DAYS)
@settings(deadline=None)
def test_days_between_add_up(one, two, three):
    first, middle, last = sorted([one, two, three])
    assert CALENDAR.between(first, middle) + CALENDAR.between(middle, last) == CALENDAR.between(first, last)
    assert CALENDAR.between(first, first) == 0
    assert CALENDAR.between(first, first + timedelta(days=1)) in {0, 1}
