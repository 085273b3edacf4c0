"""By when a value is owed, who owes it, and where that is said."""

from datetime import date

import pytest

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.plans.models import Level, ValuePeriod, ValueState
from meetings.plans.queries.checking import counts_by_unit
from meetings.plans.queries.owing import by_year, owed_values
from meetings.plans.rules.owing import value_due_on
from meetings.workdays.rules import Calendar
from tests import factories
from tests.pages import check

TODAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("available", "due_on"),
    [
        ((None, None), date(2026, 2, 2)),  # 1 January, and the 31st is a Saturday
        ((9, 1), date(2026, 10, 8)),  # 1 October begins a holiday
        ((6, 1), date(2026, 7, 1)),
        ((6, 30), date(2026, 7, 30)),
    ],
)
def test_a_value_is_owed_thirty_days_after_it_exists_on_a_working_day(available, due_on):
    assert value_due_on(2025, available, Calendar()) == due_on


@pytest.fixture
def world(session):
    """In July 2026: one value is late, one owed, one not out yet, one typed, one in; of others none is owed."""
    unit = factories.unit("县卫健委")
    plan = factories.plan(from_year=2025, until_year=2030)
    domain = factories.domain(plan)
    rows = {
        name: factories.indicator(domain, name, [unit], position=place, available_month=month, available_day=day)
        for place, (name, month, day) in enumerate(
            [("逾期的", 3, 1), ("待报的", 7, 1), ("未产出的", 9, 1), ("只填了的", 3, 1), ("已报的", 3, 1)]
        )
    }
    factories.figure(rows["只填了的"], 2025, "90", ValueState.ENTERED, entered_unit_id=unit.id)
    factories.figure(rows["已报的"], 2025, "90")
    factories.indicator(domain, "州级的", [unit], position=6, level=Level.PREFECTURE)
    factories.indicator(domain, "文字的", [unit], position=7, is_text=True)
    closed = factories.domain(factories.plan(from_year=2021, until_year=2024, closed_on=date(2025, 1, 1)))
    factories.indicator(closed, "上一周期的", [unit])
    return unit, rows


def test_what_exists_and_was_not_submitted_is_owed(world):
    unit, _rows = world
    actor = factories.staff()
    owed = owed_values([unit.id], actor=actor, today=TODAY)
    assert [(each.name, each.due_on < TODAY) for each in owed] == [
        ("逾期的", True),
        ("只填了的", True),
        ("待报的", False),
    ]
    assert [each[1:] for each in by_year(owed, TODAY)] == [(2025, 3, date(2026, 3, 31), 2)]
    (counted,) = counts_by_unit(2025, actor=actor)
    assert (counted.owed, counted.missing, counted.late) == (5, 3, 2)
    factories.save(ValuePeriod(committee_id=actor.committee_id, year=2025, locked_at=clock.now()))
    assert owed_values([unit.id], actor=actor, today=TODAY) == []


def test_the_unit_reads_it_where_it_fills_in_and_first_of_all(client_as, world):
    unit, _rows = world
    client = client_as(factories.actor(Role.LIAISON, unit=unit))
    for path in ("/", "/tasks/period", f"/plans/values?unit={unit.id}&year=2025"):
        page = client.get(path).text
        check(page)
        for words in (
            ("其中逾期 2 项", "2025年指标数值") if "values" not in path else ("逾期，应于", "7月31日前报", "起产出")
        ):
            assert words in page, (path, words)
    staff = client_as(factories.staff()).get("/plans/values/progress?year=2025").text
    check(staff)
    assert "逾期未报 2 项" in staff


def test_another_unit_owes_nothing(client_as, world):
    other = factories.unit("县教育局")
    assert owed_values([other.id], actor=factories.staff(), today=TODAY) == []
    assert "指标数值待报" not in client_as(factories.liaison(other)).get("/tasks/period").text


def test_the_coverage_says_which_gaps_are_late(client_as, world):
    _unit, rows = world
    plan_id = rows["逾期的"].plan_id
    page = client_as(factories.actor(Role.LEADER)).get(f"/plans/{plan_id}/coverage?year=2025").text
    check(page)
    assert page.count(">逾期未报<") == 3  # that of the prefecture too
    assert "逾期未报 3 项" in page
