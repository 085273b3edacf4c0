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
