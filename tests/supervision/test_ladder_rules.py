"""The ladder by the calendar: which rung, on which day, and what an outage leaves of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.core.errors import DomainError
from meetings.supervision import rules
from meetings.supervision.models import Matter, Rung, StepKind
from meetings.supervision.rules import Ladder, LastStep, Planned
from meetings.workdays.rules import Calendar

CALENDAR = Calendar()
LADDER = Ladder()
DAY = timedelta(days=1)


def walk(owed_on: date, days: list[date], ladder: Ladder = LADDER) -> list[tuple[date, Planned]]:
    """What is sent when the job runs on these days, each rung once, as the unique key has it."""
    sent: dict[tuple[Rung, int], date] = {}
    told = []
    for today in days:
        rung = rules.planned(owed_on, today, ladder, CALENDAR)
        if rung and (rung.rung, rung.nth) not in sent:
            sent[rung.rung, rung.nth] = today
            told.append((today, rung))
    return told


def working_days(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1) if CALENDAR.is_working(first + DAY * n)]


@pytest.mark.parametrize(
    ("today", "rung", "on"),
    [
        (date(2026, 7, 8), None, None),
        (date(2026, 7, 9), Rung.BEFORE, date(2026, 7, 9)),  # three working days before Tuesday the 14th
        (date(2026, 7, 13), Rung.BEFORE, date(2026, 7, 9)),
        (date(2026, 7, 14), Rung.DUE, date(2026, 7, 14)),
        (date(2026, 7, 15), Rung.DUE, date(2026, 7, 14)),
        (date(2026, 7, 16), Rung.AFTER, date(2026, 7, 16)),
        (date(2026, 7, 22), Rung.AFTER, date(2026, 7, 16)),
        (date(2026, 7, 23), Rung.WEEKLY, date(2026, 7, 23)),
        (date(2026, 7, 30), Rung.WEEKLY, date(2026, 7, 30)),
    ],
)
def test_three_before_on_the_day_two_after_then_weekly(today, rung, on):
    found = rules.planned(date(2026, 7, 14), today, LADDER, CALENDAR)
    assert (found and found.rung, found and found.on) == (rung, on)


def test_a_date_of_rest_is_told_of_on_the_last_working_day_before():
    # 3 October 2026 lies in the national holiday, 1 to 7 October; 10 October is worked.
    told = walk(date(2026, 10, 3), working_days(date(2026, 9, 20), date(2026, 10, 20)))
    assert [(day, rung.rung) for day, rung in told] == [
        (date(2026, 9, 28), Rung.BEFORE),
        (date(2026, 9, 30), Rung.DUE),
        (date(2026, 10, 9), Rung.AFTER),
        (date(2026, 10, 16), Rung.WEEKLY),
    ]


def test_a_weekly_rung_on_a_day_of_rest_moves_on():
    told = walk(date(2026, 9, 14), working_days(date(2026, 9, 14), date(2026, 10, 20)))
    days = [day for day, rung in told if rung.rung is Rung.WEEKLY]
    assert days == [date(2026, 9, 23), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 14)]


@given(
    owed_on=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    ladder=st.builds(Ladder, st.integers(0, 10), st.integers(1, 10), st.integers(1, 30)),
    out=st.dates(date(2026, 1, 1), date(2026, 12, 30)),
)
def test_an_outage_of_two_days_loses_and_doubles_nothing(owed_on, ladder, out):
    """Whatever fell due meanwhile is told when the machine is back, by the latest rung; nothing is told twice."""
    days = working_days(owed_on - DAY * 40, max(owed_on + DAY * 60, out + DAY * 20))  # the machine comes back
    left = [day for day in days if not out <= day <= out + DAY]
    whole, broken = walk(owed_on, days, ladder), walk(owed_on, left, ladder)
    assert len({(rung.rung, rung.nth) for _day, rung in broken}) == len(broken)
    missed = [rung for day, rung in whole if out <= day <= out + DAY]
    if missed:
        back = next(day for day in left if day > out)
        assert any(day == back and rung.on >= missed[-1].on for day, rung in broken)
    assert {rung for _day, rung in whole} - {rung for _day, rung in broken} <= set(missed)


@given(owed_on=st.dates(date(2026, 1, 1), date(2026, 12, 1)), jump=st.integers(-400, 400))
def test_a_clock_that_goes_wrong_for_a_day_doubles_nothing(owed_on, jump):
    days = working_days(owed_on - DAY * 20, owed_on + DAY * 20)
    wrong = [*days[:10], owed_on + DAY * jump, *days[10:]]
    told = walk(owed_on, wrong)
    assert len({(rung.rung, rung.nth) for _day, rung in told}) == len(told)
    assert {rung for _day, rung in walk(owed_on, days)} - {rung for _day, rung in told} <= (
        {rung for day, rung in told if day not in days} | set()
    )


def test_another_date_is_another_reminder():
    first = rules.reminder_key("1", 2, Matter.TASK, date(2026, 7, 14), Rung.DUE, 0)
    assert first != rules.reminder_key("1", 2, Matter.TASK, date(2026, 8, 14), Rung.DUE, 0)


TODAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("days_late", "last", "step"),
    [
        (4, None, None),
        (5, None, StepKind.URGE),
        (5, LastStep(StepKind.HINT, date(2026, 7, 1)), StepKind.URGE),
        (9, LastStep(StepKind.URGE, date(2026, 7, 1)), None),
        (10, LastStep(StepKind.URGE, date(2026, 7, 1)), StepKind.SUPERVISE),
        (10, LastStep(StepKind.URGE, date(2026, 7, 1), answer_by=TODAY), None),  # its answer may still come
        (10, LastStep(StepKind.URGE, date(2026, 7, 1), date(2026, 7, 5), TODAY), None),  # answered today
        (30, LastStep(StepKind.SUPERVISE, date(2026, 7, 1)), StepKind.COORDINATE),
        (30, LastStep(StepKind.SUPERVISE, date(2026, 7, 1), is_issued=False), None),
        (30, LastStep(StepKind.COORDINATE, date(2026, 7, 1)), None),
        (30, LastStep(StepKind.CIRCULATE, date(2026, 7, 1)), None),
    ],
)
def test_the_next_step_is_proposed_when_the_last_had_its_time(days_late, last, step):
    assert rules.proposed(days_late, last, LADDER, TODAY) == step


def test_steps_are_proposed_in_their_order():
    with pytest.raises(DomainError, match=r"supervision\.steps_out_of_order"):
        rules.check_ladder(Ladder(urge_after=11))
