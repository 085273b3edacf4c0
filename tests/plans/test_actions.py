"""What the office does with plans, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from meetings.accounts.models import Role
from meetings.core.db import transaction
from meetings.core.errors import DomainError, NotAllowed
from meetings.plans import actions, queries
from meetings.plans.models import IndicatorValue, PlanKind, Stage
from tests import factories

DETAILS = {
    "kind": PlanKind.CHILDREN,
    "title": "某县儿童发展规划（2026—2030年）",
    "from_year": 2026,
    "until_year": 2030,
    "document_id": None,
    "note": "",
}


def test_only_the_office_begins_a_plan(session):
    liaison = factories.actor(Role.LIAISON, unit=factories.unit())
    with pytest.raises(NotAllowed), transaction(by=liaison):
        actions.add_plan(**DETAILS, by=liaison)
    staff = factories.staff()
    with transaction(by=staff):
        assert actions.add_plan(**DETAILS, by=staff).years == range(2026, 2031)


def test_a_plan_ends_after_it_began(session):
    staff = factories.staff()
    with pytest.raises(DomainError, match=r"plan\.years_out_of_order"), transaction(by=staff):
        actions.add_plan(**{**DETAILS, "until_year": 2025}, by=staff)


# --- the tree ---------------------------------------------------------------------------------------------------


def goal_of(domain, *units, by, **values):
    given = {"number": "1", "text": "目标", "is_text": False, "main_units": [u.id for u in units], "shared_units": []}
    with transaction(by=by):
        return actions.add_goal(queries.find_domain(domain.id, actor=by), **{**given, **values}, by=by)


def test_the_lead_is_the_first_named_and_the_order_is_kept(session):
    by, domain = factories.staff(), factories.domain(factories.plan())
    first, second, third = (factories.unit() for _ in range(3))
    goal = goal_of(domain, second, first, by=by, shared_units=[third.id])
    with transaction(by=by):
        actions.assign_units(
            queries.find_goal(goal.id, actor=by), main_units=[first.id, second.id], shared_units=[third.id], by=by
        )
    session.expire_all()
    found = queries.find_goal(goal.id, actor=by)
    assert [part.unit_id for part in found.units] == [first.id, second.id, third.id]
    assert [part.role for part in found.units] == ["main", "main", "shared"]


def test_a_unit_of_another_committee_answers_for_nothing(session):
    by, domain = factories.staff(), factories.domain(factories.plan())
    stranger = factories.unit(committee_id=factories.committee().id)
    with pytest.raises(DomainError, match="unit_unknown"):
        goal_of(domain, stranger, by=by)


def test_rows_move_among_their_neighbours(session):
    by, domain = factories.staff(), factories.domain(factories.plan())
    goals = [goal_of(domain, by=by, number=str(n)) for n in (1, 2, 3)]
    for row, up in ((goals[2], True), (goals[0], True), (goals[1], False)):
        with transaction(by=by):
            actions.move(queries.find_goal(row.id, actor=by), up=up, by=by)
    assert [row.number for row in queries.rows_of(domain)[0]] == ["1", "3", "2"]


def test_what_something_rests_on_is_not_taken_out(session):
    by, domain = factories.staff(), factories.domain(factories.plan())
    indicator = factories.indicator(domain, units=[factories.unit()])
    goal = goal_of(domain, by=by)
    with pytest.raises(DomainError, match="row_in_use"), transaction(by=by):
        actions.remove(queries.find_domain(domain.id, actor=by), by=by)
    for find, row in ((queries.find_goal, goal), (queries.find_indicator, indicator)):
        with transaction(by=by):
            actions.remove(find(row.id, actor=by), by=by)
    assert [len(rows) for rows in queries.rows_of(domain)] == [0, 0, 0]


def test_a_closed_plan_is_read_and_never_changed(session):
    by, domain = factories.staff(), factories.domain(factories.plan(from_year=2016, until_year=2020))
    plan = queries.find_plan(domain.plan_id, actor=by)
    with pytest.raises(DomainError, match="closed_early"), transaction(by=by):
        actions.close_plan(plan, closed_on=date(2019, 1, 1), by=by)
    with transaction(by=by):
        actions.close_plan(queries.find_plan(plan.id, actor=by), closed_on=date(2021, 3, 1), by=by)
    for act in (
        lambda: actions.add_goal(
            queries.find_domain(domain.id, actor=by),
            number="",
            text="x",
            is_text=True,
            main_units=[],
            shared_units=[],
            by=by,
        ),
        lambda: actions.edit_plan(queries.find_plan(plan.id, actor=by), **DETAILS, by=by),
    ):
        with pytest.raises(DomainError, match=r"plan\.closed"), transaction(by=by):
            act()


def test_stages_carry_their_days_and_the_present_one_has_begun(session):
    by, plan = factories.staff(), factories.plan()
    begun = actions.StageEntry(None, date(2026, 3, 1))
    with transaction(by=by):
        actions.enter_stages(
            queries.find_plan(plan.id, actor=by),
            stage=Stage.DRAFTING,
            entries={Stage.DRAFTING: begun, Stage.ISSUE: actions.StageEntry(date(2026, 12, 1), None)},
            by=by,
        )
    session.expire_all()
    found = queries.find_plan(plan.id, actor=by)
    assert found.stage is Stage.DRAFTING
    assert {row.stage for row in found.stages} == {Stage.DRAFTING, Stage.ISSUE}
    for stage, entries, code in (
        (Stage.ISSUE, {}, "stage_not_begun"),
        (Stage.ISSUE, {Stage.ISSUE: actions.StageEntry(None, date(2027, 1, 1))}, "begun_ahead"),
    ):
        with pytest.raises(DomainError, match=code), transaction(by=by):
            actions.enter_stages(queries.find_plan(plan.id, actor=by), stage=stage, entries=entries, by=by)


def test_the_next_cycle_takes_over_what_continues_with_units_and_the_last_value(session):
    by, domain, unit = factories.staff(), factories.domain(factories.plan()), factories.unit()
    kept, left = goal_of(domain, unit, by=by), goal_of(domain, by=by, number="2")
    indicator = factories.indicator(domain, units=[unit], goal_id=kept.id, target_value=Decimal(90), target_year=2025)
    for year, value in ((2023, Decimal("88.5")), (2024, Decimal("89.1"))):
        factories.save(IndicatorValue(committee_id=by.committee_id, indicator_id=indicator.id, year=year, value=value))
    session.expire_all()
    with transaction(by=by):
        new = actions.open_next(
            queries.find_plan(domain.plan_id, actor=by),
            title="下一周期",
            until_year=2030,
            goal_ids=[kept.id],
            measure_ids=[],
            indicator_ids=[indicator.id],
            by=by,
        )
    session.expire_all()
    found = queries.find_plan(new.id, actor=by)
    assert (found.from_year, found.until_year, found.previous_id) == (2026, 2030, domain.plan_id)
    (copy,) = queries.indicators_of(found)
    assert (copy.previous_id, copy.baseline_year, copy.baseline_value) == (indicator.id, 2024, Decimal("89.1"))
    assert (copy.target_value, [part.unit_id for part in copy.units]) == (None, [unit.id])
    goals = queries.rows_of(copy.domain)[0]
    assert [row.previous_id for row in goals] == [kept.id] != [left.id]
    assert copy.goal_id == goals[0].id
    with pytest.raises(DomainError, match="has_next"), transaction(by=by):
        actions.open_next(
            queries.find_plan(domain.plan_id, actor=by),
            title="又一个",
            until_year=2030,
            goal_ids=[],
            measure_ids=[],
            indicator_ids=[],
            by=by,
        )


def test_milestones_stand_in_years_of_the_plan_up_to_the_target(session):
    by = factories.staff()
    indicator = factories.indicator(factories.domain(factories.plan()), target_year=2024, target_value=Decimal(90))
    for wrong in (2020, 2025):
        with pytest.raises(DomainError, match="year_outside"), transaction(by=by):
            actions.set_milestones(
                queries.find_indicator(indicator.id, actor=by), milestones={wrong: Decimal(1)}, by=by
            )
    for milestones in ({2021: Decimal(80), 2022: Decimal(85)}, {2022: Decimal(86), 2024: Decimal(90)}):
        with transaction(by=by):
            actions.set_milestones(queries.find_indicator(indicator.id, actor=by), milestones=milestones, by=by)
        session.expire_all()
        found = queries.find_indicator(indicator.id, actor=by).milestones
        assert {row.year: row.value for row in found} == milestones


def test_history_tells_what_was_changed_and_by_whom(session):
    by, domain, unit = factories.staff(), factories.domain(factories.plan()), factories.unit("县教育局")
    goal = goal_of(domain, unit, by=by)
    with transaction(by=by):
        actions.assign_units(queries.find_goal(goal.id, actor=by), main_units=[], shared_units=[], by=by)
    steps = queries.history(queries.find_goal(goal.id, actor=by))
    assert [(step.subject, step.change) for step in steps] == [
        ("plan_goal_unit", "delete"),
        ("plan_goal_unit", "insert"),
        ("plan_goal", "insert"),
    ]
    assert ("unit_id", "县教育局", None) in steps[0].changes
    assert {step.who for step in steps} == {by.name}
