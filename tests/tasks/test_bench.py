"""The bench of a meeting: its requirements, what became of each, sub-tasks."""

from datetime import date
from itertools import pairwise

import pytest

from meetings.core.db import transaction
from meetings.core.errors import NotFound
from meetings.tasks import actions, queries
from tests import factories
from tests.tasks.looks import RULE, ids


def test_tasks_of_a_meeting_are_those_that_one_may_see(units):
    meeting = factories.meeting()
    mine = factories.issued(lead_unit=units[0], meeting=meeting)
    other = factories.issued(lead_unit=units[1], meeting=meeting)
    factories.issued(lead_unit=units[0])
    assert ids(queries.tasks_of_meeting(meeting, actor=factories.staff(), rule=RULE)) == [mine.id, other.id]
    assert ids(queries.tasks_of_meeting(meeting, actor=factories.liaison(units[0]), rule=RULE)) == [mine.id]


def test_the_bench_counts_what_is_open(units, statements):
    meeting = factories.meeting()
    with_task, without, aside, plain = [factories.requirement(meeting, is_actionable=n < 3) for n in range(4)]
    staff = factories.staff()
    with transaction(by=staff):
        actions.set_aside(queries.find_requirement(aside.id, actor=staff), reason="号召", by=staff)
    for n in range(3):
        factories.draft(lead_unit=units[n], requirement=with_task)
    factories.step(actions.cancel, factories.draft(requirement=without), reason="重复", by=factories.director())
    assert meeting.id
    statements.clear()

    bench = queries.bench(meeting, actor=staff)

    assert len(statements) == 3
    assert [(item.requirement.id, len(item.tasks), item.is_open) for item in bench.items] == [
        (with_task.id, 3, False),
        (without.id, 1, True),
        (aside.id, 0, False),
        (plain.id, 0, False),
    ]
    assert (bench.open_count, bench.actionable_count, bench.set_aside_count, bench.task_count) == (1, 3, 1, 3)
    [counted] = queries.open_requirement_counts(staff)
    assert (counted.meeting_id, counted.open_count, counted.actionable_count) == (meeting.id, 1, 3)
    found, count = queries.open_requirements(staff)
    assert (ids(found), count) == ([without.id], 1)
    assert queries.open_requirements(factories.liaison(units[0])) == ([], 0)
    assert queries.open_requirement_counts(factories.liaison(units[0])) == []
    with pytest.raises(NotFound):
        queries.find_requirement(without.id, actor=factories.liaison(units[0]))


def test_a_requirement_carried_twice_is_held_by_the_task_of_the_first(units):
    meetings = [factories.meeting() for _ in range(3)]
    requirement = factories.requirement(meetings[0])
    factories.issued(lead_unit=units[0], requirement=requirement, basis="任务分解表")
    director = factories.director()
    for earlier, into in pairwise(meetings):
        with transaction(by=director):
            assert actions.carry_over(earlier, into, by=director) == 1
    last = queries.bench(meetings[2], actor=director)
    assert [len(item.tasks) for item in last.items] == [1]
    assert (last.open_count, queries.open_requirement_counts(director)) == (0, [])
    assert queries.open_requirements(director) == ([], 0)


def test_sub_tasks_are_shown_by_date(units):
    parent = factories.issued(lead_unit=units[0])
    late = factories.issued(lead_unit=units[1], parent=parent, due_on=date(2026, 9, 1))
    soon = factories.issued(lead_unit=units[2], parent=parent, due_on=date(2026, 8, 1))
    assert ids(queries.subtasks(parent, actor=factories.staff())) == [soon.id, late.id]
    assert ids(queries.subtasks(parent, actor=factories.liaison(units[1]))) == [late.id]
    assert [part.unit.name for part in queries.subtasks(parent, actor=factories.staff())[0].units] == ["团县委"]
