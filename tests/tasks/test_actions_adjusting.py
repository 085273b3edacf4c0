"""Changes of tasks under way: units, standards, dates; splits, merges, rests; samples of closed tasks."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.core.db import transaction
from meetings.core.errors import DomainError
from meetings.meetings.models import Section
from meetings.notifications.models import Notice
from meetings.tasks import actions, queries, rules
from meetings.tasks.actions import Piece
from meetings.tasks.models import LookBackOutcome, TaskAction, TaskSource, TaskStatus, UnitRole
from meetings.workdays.rules import Calendar
from tests import factories
from tests.tasks.acts import events, refusal_of, seen, signature

DUE = date(2026, 9, 30)


@pytest.fixture
def going(units):
    lead, helper, other = units
    task = factories.under_way(lead_unit=lead, cooperating_units=[helper], standards=["台账齐全", "逐户走访"])
    return task, lead, helper, other


def change(task, **changes):
    row = seen(task)
    kept = {
        "lead_unit_id": row.lead_unit_id,
        "cooperating_unit_ids": [part.unit_id for part in row.units if part.role is UnitRole.COOPERATING],
        "standards": [standard.text for standard in row.standards],
        "due_on": row.due_on,
        "reason": "职责调整",
    }
    factories.step(actions.adjust, task, by=factories.director(), **kept | changes)
    return seen(task)


def test_a_new_lead_begins_with_its_receipt(going, session):
    task, lead, _helper, other = going
    told = factories.liaison(other)
    found = change(task, lead_unit_id=other.id)
    assert (found.status, found.lead_unit_id, found.number) == (TaskStatus.ISSUED, other.id, task.number)
    part = rules.lead_part(found)
    assert (part.acknowledged_at, part.receipt_due_on) == (None, date(2026, 7, 16))
    assert {each.report_due_on for each in found.units} == {None}
    assert events(task)[-1] is TaskAction.REASSIGN
    note = factories.events_of(found)[-1].note
    assert note == f"牵头单位由{lead.short_name}改为{other.short_name}；理由：职责调整"
    kinds = {row.kind for row in session.query(Notice).filter_by(user_id=told.user_id)}
    assert "tasks.adjusted" in kinds
    factories.step(actions.acknowledge, task, by=told)
    assert seen(task).status is TaskStatus.IN_PROGRESS
    assert queries.differences() == []


def test_helpers_come_and_go_and_what_is_met_stays_met(going):
    task, lead, helper, other = going
    first = seen(task).standards[0].id
    factories.step(lambda row, *, by: actions.tick_standard(row, first, True, by=by), task, by=factories.liaison(lead))
    gone = factories.liaison(helper)
    found = change(task, cooperating_unit_ids=[other.id], standards=["回访", "台账齐全"], due_on=date(2026, 10, 20))
    assert [(row.text, row.met_at is not None) for row in found.standards] == [("回访", False), ("台账齐全", True)]
    assert [part.unit_id for part in found.units] == [lead.id, other.id]
    assert (found.original_due_on, found.due_on, found.status) == (DUE, date(2026, 10, 20), TaskStatus.IN_PROGRESS)
    assert found.percent_done == 50
    note = factories.events_of(found)[-1].note
    for said in ("增加配合单位团县委", "不再列配合单位县卫健委", "增加“回访”", "去掉“逐户走访”", "改为2026年10月20日"):
        assert said in note
    assert queries.waiting_for_head(gone) == []
    assert queries.differences() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "task.nothing_changed"),
        ({"reason": " "}, "task.reason_needed"),
        ({"due_on": date(2026, 7, 13)}, "task.due_before_issue"),
        ({"cooperating_unit_ids": [10**6]}, "task.unit_unknown"),
    ],
)
def test_a_change_says_what_and_why(going, changes, code):
    with pytest.raises(DomainError) as caught:
        change(going[0], **changes)
    assert caught.value.code == code


def test_a_later_date_of_a_resolution_is_the_leaders(units):
    meeting = factories.meeting()
    resolved = factories.requirement(meeting, section=Section.RESOLVED)
    task = factories.under_way(lead_unit=units[0], requirement=resolved, basis="任务分解")
    with pytest.raises(DomainError, match="leader_decision"):
        change(task, due_on=date(2026, 11, 1))
    assert change(task, due_on=date(2026, 9, 1)).due_on == date(2026, 9, 1)  # an earlier one is not
    assert change(task, due_on=date(2026, 11, 1), signature=signature(signed_by="副县长")).due_on.month == 11


def test_a_task_is_split_into_tasks_with_numbers_of_their_own(going):
    task, lead, _helper, other = going
    factories.report(task, by=factories.liaison(lead))
    pieces = [
        Piece("摸清底数", lead.id, DUE, ["台账齐全"]),
        Piece("上门走访", other.id, date(2026, 10, 20), ["逐户走访"]),
    ]
    assert refusal_of(actions.split, task, by=factories.director(), pieces=pieces[:1], reason="太大").code == (
        "task.too_few_pieces"
    )
    made = factories.step(actions.split, task, by=factories.director(), pieces=pieces, reason="两件事")
    numbers = [row.number for row in made]
    assert len({*numbers, task.number}) == 3
    assert {row.original_due_on for row in made} == {DUE}
    assert [row.status for row in made] == [TaskStatus.ISSUED] * 2
    ended = seen(task)
    assert (ended.status, ended.number) == (TaskStatus.CANCELLED, task.number)
    assert len(queries.reports_of(ended, actor=factories.staff())) == 1
    assert [kin.number for kin in queries.kin_of(ended, actor=factories.staff())] == sorted(numbers)
    [back] = queries.kin_of(seen(made[1]), actor=factories.staff())
    assert (back.number, back.is_later) == (task.number, False)
    assert queries.kin_of(seen(made[1]), actor=factories.liaison(other)) == []  # it never saw the task that was split
    assert queries.differences() == []


def test_tasks_are_merged_into_one_that_keeps_its_number(going, units):
    task, lead, helper, other = going
    second = factories.under_way(lead_unit=other, cooperating_units=[helper], standards=["回访"])
    director = factories.director()
    with transaction(by=director):
        both = queries.find_many([task.id, second.id], actor=director)
        kept, gone = (next(row for row in both if row.id == each.id) for each in (task, second))
        actions.merge(kept, merged=[gone], reason="同一件事", by=director)
    found = seen(task)
    assert (found.number, found.due_on, found.lead_unit_id) == (task.number, DUE, lead.id)
    assert [part.unit_id for part in found.units] == [lead.id, helper.id, other.id]
    assert found.units[2].acknowledged_at is None
    assert [row.text for row in found.standards] == ["台账齐全", "逐户走访", "回访"]
    assert seen(second).status is TaskStatus.CANCELLED
    [kin] = queries.kin_of(seen(second), actor=director)
    assert (kin.number, kin.is_later) == (task.number, True)
    assert queries.differences() == []
    with transaction(by=director):
        row = queries.find(task.id, actor=director)
        with pytest.raises(DomainError, match="merges_itself"):
            actions.merge(row, merged=[row], reason="x", by=director)


def test_a_rest_is_counted_and_may_set_another_date(going, frozen_clock):
    task, *_units = going
    director = factories.director()
    factories.step(actions.suspend, task, by=director, reason="政策未出")
    frozen_clock(datetime(2026, 7, 28, 2, tzinfo=UTC))
    factories.step(actions.resume, task, by=director, reason="政策已出", due_on=date(2026, 10, 20))
    found = seen(task)
    assert (found.status, found.original_due_on, found.due_on) == (TaskStatus.IN_PROGRESS, DUE, date(2026, 10, 20))
    steps = [(event.action, event.done_at.date()) for event in factories.events_of(found)]
    [rest] = rules.suspensions(steps, today=date(2026, 8, 1), calendar=Calendar())
    assert (rest.from_on, rest.until_on, rest.working_days) == (date(2026, 7, 14), date(2026, 7, 28), 10)


def test_an_instruction_resumes_later_only_by_the_leader(units):
    task = factories.under_way(lead_unit=units[0], source=TaskSource.INSTRUCTION)
    director = factories.director()
    factories.step(actions.suspend, task, by=director, reason="政策未出")
    refusal = refusal_of(actions.resume, task, by=director, reason="出了", due_on=date(2026, 12, 1))
    assert refusal.code == "extension.leader_decision"
    assert seen(task).due_on == DUE


@given(st.sets(st.integers(1, 99), min_size=1, max_size=30), st.text("0123456789", max_size=6), st.integers(1, 40))
def test_a_sample_is_the_same_whoever_draws_it(numbers, seed, size):
    names = [f"2026-{n:03}" for n in numbers]
    drawn = rules.sample(names, seed=seed, size=size)
    assert drawn == rules.sample(reversed(names), seed=seed, size=size)
    assert len(drawn) == len(set(drawn)) == min(size, len(names))
    assert set(drawn) <= set(names)


def test_a_look_back_is_drawn_from_what_was_closed_in_the_year(units):
    lead, _helper, other = units
    at = datetime(2026, 3, 1, tzinfo=UTC)
    for unit in (lead, lead, lead, other):
        factories.task(lead_unit=unit, status=TaskStatus.CLOSED, closed_at=at)
    factories.task(lead_unit=lead, status=TaskStatus.CLOSED, closed_at=datetime(2025, 12, 31, 15, tzinfo=UTC))
    factories.task(lead_unit=lead, status=TaskStatus.COMPLETED)
    staff = factories.staff()
    with transaction(by=staff):
        row = actions.draw_look_back(
            title="半年回头看", year=2026, sample_size=2, unit_id=lead.id, seed="714", by=staff
        )
    found = queries.find_look_back(row.id, actor=staff)
    first = found.items[0].id
    assert (found.population, len(found.items), found.seed) == (3, 2, "714")
    assert {item.task.lead_unit_id for item in found.items} == {lead.id}
    with transaction(by=staff):
        item = queries.find_look_back_item(row.id, first, actor=staff)
        actions.record_finding(
            item, outcome=LookBackOutcome.NOT_HELD, findings="台账缺页", checked_on=date(2026, 7, 14), by=staff
        )
    [listed] = queries.look_backs(staff)
    assert listed.counts == {LookBackOutcome.NOT_HELD: 1, LookBackOutcome.PENDING: 1}
    assert queries.look_backs(factories.liaison(lead)) == []
