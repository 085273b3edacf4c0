"""What becomes of a meeting's requirements."""

import pytest

from meetings.core.db import transaction
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.actions import add_requirement
from meetings.meetings.models import Section
from meetings.tasks import actions, queries
from meetings.tasks.models import (
    TaskStatus,
)
from tests import factories

pytestmark = pytest.mark.usefixtures("session")


def test_a_requirement_is_set_aside_with_a_reason_and_taken_up_again():
    requirement = factories.requirement(factories.meeting())
    staff = factories.staff()

    def do(action, **values):
        with transaction(by=staff):
            action(queries.find_requirement(requirement.id, actor=staff), by=staff, **values)

    with pytest.raises(DomainError, match="reason_needed"):
        do(actions.set_aside, reason="")
    do(actions.set_aside, reason="号召性表述")
    assert queries.find_requirement(requirement.id, actor=staff).set_aside_reason == "号召性表述"
    do(actions.take_up_again)
    with pytest.raises(DomainError, match="not_set_aside"):
        do(actions.take_up_again)
    factories.draft(requirement=queries.find_requirement(requirement.id, actor=staff))
    with pytest.raises(DomainError, match="has_tasks"):
        do(actions.set_aside, reason="号召性表述")


def test_a_requirement_is_held_by_the_task_that_it_was_joined_to(units):
    meeting, later = factories.meeting(), factories.meeting()
    requirement, other = factories.requirement(meeting), factories.requirement(factories.meeting())
    staff, director, liaison = factories.staff(), factories.director(), factories.liaison(units[0])
    task = factories.under_way(lead_unit=units[0], requirement=other, basis="任务分解表")

    def wanted():
        return queries.find_requirement(requirement.id, actor=staff)

    def counted():
        return queries.bench(meeting, actor=staff).open_count, queries.open_requirements(staff)[1]

    assert counted() == (1, 1)
    with transaction(by=staff):
        actions.join(wanted(), task=queries.find(task.id, actor=staff), by=staff)
    assert counted() == (0, 0)
    assert [row.id for row in queries.joined_requirements(task, actor=staff)] == [requirement.id]
    assert queries.joined_requirements(task, actor=liaison) == []  # its minutes are not issued
    with pytest.raises(DomainError, match="joined_already"), transaction(by=staff):
        actions.join(wanted(), task=queries.find(task.id, actor=staff), by=staff)
    with pytest.raises(DomainError, match="has_tasks"), transaction(by=staff):
        actions.set_aside(wanted(), reason="号召", by=staff)
    with pytest.raises(NotAllowed), transaction(by=liaison):
        actions.join(wanted(), task=queries.find(task.id, actor=staff), by=liaison)
    with transaction(by=staff):  # under way: it goes on to the next meeting, where the same task holds it
        assert actions.carry_over(meeting, later, by=staff) == 1
    assert [task.is_joined for task in queries.bench(later, actor=staff).items[0].tasks] == [True]
    assert counted() == (0, 0)

    kept = factories.under_way(lead_unit=units[1])  # what a merged task answered is answered by the one that goes on
    with transaction(by=director):
        rows = {row.id: row for row in queries.find_many([task.id, kept.id], actor=director)}
        actions.merge(rows[kept.id], merged=[rows[task.id]], reason="同一件事", by=director)
    assert counted() == (0, 0)
    answered = {row.id for row in queries.joined_requirements(kept, actor=staff)}
    assert answered == {requirement.id, other.id}
    factories.step(actions.cancel, kept, reason="政策调整", by=director)
    assert counted()[1] == 2  # where it was carried to, and the one that the first task was made for


def test_what_is_open_is_carried_into_the_next_meeting_and_the_past_stays_as_it_was(units):
    earlier, into = factories.meeting(), factories.meeting()
    names = ["无任务", "办理中", "已办结", "已注明", "非事项", "任务撤销"]
    rows = {name: factories.requirement(earlier, text=name) for name in names}
    director = factories.director()
    with transaction(by=director):
        rows["已注明"].set_aside_reason = "号召"
        rows["非事项"].is_actionable = False
    factories.under_way(lead_unit=units[0], requirement=rows["办理中"], basis="任务分解表")
    factories.task(lead_unit=units[0], status=TaskStatus.CLOSED, requirement_id=rows["已办结"].id)
    factories.task(lead_unit=units[0], status=TaskStatus.CANCELLED, requirement_id=rows["任务撤销"].id)
    before = [(item.requirement.id, item.requirement.version) for item in queries.bench(earlier, actor=director).items]
    assert queries.bench(earlier, actor=director).open_count == 2

    with transaction(by=director):
        assert actions.carry_over(earlier, into, by=director) == 3
        assert actions.carry_over(earlier, into, by=director) == 0

    bench = queries.bench(into, actor=director)
    assert [(item.requirement.number, item.requirement.text) for item in bench.items] == [
        (1, "无任务"),
        (2, "办理中"),
        (3, "任务撤销"),
    ]
    assert [[task.status for task in item.tasks] for item in bench.items] == [[], ["in_progress"], ["cancelled"]]
    assert bench.open_count == 2
    with transaction(by=director):
        assert add_requirement(into, section=Section.REQUIRED, text="新加的一条", by=director).number == 4
    assert queries.bench(earlier, actor=director).open_count == 0
    assert [(i.requirement.id, i.requirement.version) for i in queries.bench(earlier, actor=director).items] == before


def test_nothing_is_carried_into_the_same_or_a_cancelled_meeting(units):
    meeting, cancelled = factories.meeting(), factories.meeting(status="cancelled")
    director = factories.director()
    for into, code in [(meeting, "meeting.same"), (cancelled, "meeting.finished")]:
        with pytest.raises(DomainError, match=code), transaction(by=director):
            actions.carry_over(meeting, into, by=director)
    liaison, into = factories.liaison(units[0]), factories.meeting()
    with pytest.raises(NotAllowed), transaction(by=liaison):
        actions.carry_over(meeting, into, by=liaison)
