"""Periods follow one another, days decide who is on time, rates name both numbers."""

from datetime import date, timedelta

import pytest

from meetings.core.errors import DomainError
from meetings.rounds import rules, words
from meetings.rounds.models import RoundCycle, RoundStatus, Standing
from meetings.rounds.rules import Answer, RoundAction
from meetings.tasks.models import UnitRole
from meetings.workdays.rules import Calendar
from tests import factories

DUE = date(2026, 7, 24)


def line(answer=None, *, owed_again=None, under_way=True, waits=False):
    return rules.line_of(
        1, due_on=DUE, is_under_way=under_way, report_due_on=owed_again, answer=answer, waits_for_head=waits
    )


def sent(day, owed_on=DUE):
    return Answer(7, day, owed_on)


@pytest.mark.parametrize(
    ("lines", "today", "expected"),
    [
        ([line(sent(DUE))], DUE, Standing.IN),
        ([line(sent(DUE + timedelta(days=1)))], DUE, Standing.LATE),
        ([line(sent(DUE)), line()], DUE, Standing.OWED),
        ([line(sent(DUE)), line()], DUE + timedelta(days=1), Standing.MISSING),
        ([line(sent(DUE)), line(under_way=False)], DUE + timedelta(days=9), Standing.IN),
        ([line(under_way=False)], DUE + timedelta(days=9), Standing.RELEASED),
        ([line(waits=True)], DUE, Standing.OWED),
        # Returned after the day: on time until the day that was set with the return, late after it.
        ([line(owed_again=date(2026, 7, 28))], date(2026, 7, 28), Standing.OWED),
        ([line(sent(date(2026, 7, 28), owed_on=date(2026, 7, 28)))], date(2026, 8, 9), Standing.IN),
        ([line(sent(date(2026, 7, 29), owed_on=date(2026, 7, 28)))], date(2026, 8, 9), Standing.LATE),
        # Overdue by the task's own earlier day: the round's day is what counts in the round.
        ([line(sent(date(2026, 7, 20), owed_on=date(2026, 7, 6)))], DUE, Standing.IN),
        ([], DUE, Standing.RELEASED),
    ],
)
def test_the_day_it_was_sent_decides(lines, today, expected):
    assert rules.standing(lines, today)[0] is expected


def test_rates_leave_out_whoever_owes_nothing_any_more():
    found = rules.rates([Standing.IN] * 5 + [Standing.LATE, Standing.MISSING, Standing.OWED, Standing.RELEASED])
    assert (found.owed, found.reported, found.on_time, found.missing) == (8, 6, 5, 2)
    assert (found.reported_rate, found.on_time_rate) == ("75.0%（6/8）", "62.5%（5/8）")
    assert rules.rates([Standing.RELEASED]).reported_rate == ""


def test_periods_of_the_calendar_have_names():
    day = date(2026, 11, 24)
    named = {cycle: words.title_of(cycle, *rules.period_of(cycle, day)) for cycle in RoundCycle}
    assert named == {
        RoundCycle.QUARTERLY: "2026年第四季度进展报送",
        RoundCycle.HALF_YEARLY: "2026年下半年进展报送",
        RoundCycle.MONTHLY: "2026年11月进展报送",
        RoundCycle.WEEKLY: "2026年11月23日至2026年11月29日进展报送",
        RoundCycle.ONCE: "2026年10月1日至2026年12月31日进展报送",
    }


SERIES = [cycle for cycle in RoundCycle if cycle is not RoundCycle.ONCE]


@pytest.mark.parametrize("cycle", SERIES)
def test_periods_follow_without_gap_and_hold_their_day(cycle):
    for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(5 * 366)):
        period = rules.period_of(cycle, day)
        later = rules.next_period(cycle, period.until_on)
        assert period.from_on <= day <= period.until_on
        assert later.from_on == period.until_on + timedelta(days=1)
        assert later == rules.period_of(cycle, later.from_on)


@pytest.mark.parametrize("cycle", SERIES)
def test_the_next_day_is_as_far_after_its_period_and_a_working_day(cycle):
    calendar = Calendar()
    for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(0, 730, 7)):
        period = rules.period_of(cycle, day)
        later = rules.next_period(cycle, period.until_on)
        for count in (0, 5, 12):
            due_on = calendar.add(period.until_on, count)
            found = rules.next_due_on(due_on, period.until_on, later.until_on, calendar)
            assert calendar.is_working(found)
            assert calendar.between(later.until_on, found) in {count, count + 1}


def test_the_next_quarter_is_proposed_fifteen_days_before_its_end_and_a_single_round_never():
    ended = date(2026, 6, 30)
    assert not rules.is_to_be_proposed(RoundCycle.QUARTERLY, ended, date(2026, 9, 14))
    assert rules.is_to_be_proposed(RoundCycle.QUARTERLY, ended, date(2026, 9, 15))
    assert not rules.is_to_be_proposed(RoundCycle.ONCE, ended, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"cycle": RoundCycle.MONTHLY}, "round.cycle_reason", "cycle_reason"),
        ({"cycle": RoundCycle.WEEKLY, "cycle_reason": "  "}, "round.cycle_reason", "cycle_reason"),
        ({"until_on": date(2026, 6, 30)}, "round.days_out_of_order", "until_on"),
        ({"due_on": date(2026, 6, 30)}, "round.due_before_period", "due_on"),
        ({"due_on": date(2026, 7, 13)}, "round.due_past", "due_on"),
    ],
)
def test_wrong_days_are_refused_beside_their_field(values, code, field):
    days = {
        "cycle": RoundCycle.QUARTERLY,
        "cycle_reason": "",
        "from_on": date(2026, 7, 1),
        "until_on": date(2026, 9, 30),
        "due_on": DUE,
    }
    merged = {**days, **values}
    with pytest.raises(DomainError) as refusal:
        rules.check_days(merged.pop("cycle"), merged.pop("cycle_reason"), **merged, today=date(2026, 7, 14))
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_what_is_offered_is_what_is_accepted(session):
    office, reader = factories.staff(), factories.actor()
    for status in RoundStatus:
        accepted = []
        for action in RoundAction:
            try:
                rules.next_status(status, action, office)
            except DomainError:
                continue
            accepted.append(action)
        assert rules.available_actions(status, office) == accepted
        assert rules.available_actions(status, reader) == []


@pytest.mark.parametrize(
    ("role", "counts", "expected"),
    [
        (UnitRole.LEAD, (False, 0, 0, 0, 0, 0), (3, 0)),  # two texts and a step
        (UnitRole.LEAD, (True, 2, 1, 1, 3, 1), (2 + 2 + 2, 1 + 1)),  # the target tells how far it is
        (UnitRole.LEAD, (True, 0, 0, 0, 2, 2), (3, 1 + 2)),
        (UnitRole.COOPERATING, (True, 2, 1, 1, 3, 1), (3, 1)),  # numbers and standards are the lead's
    ],
)
def test_fields_that_are_asked_and_held(role, counts, expected):
    assert rules.asked(role, *counts) == expected
