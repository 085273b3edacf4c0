"""Drafting and issuing: what each act changes, what it leaves behind, and what it refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.meetings.models import MeetingKind, Minutes, TextStatus
from meetings.tasks import actions, queries
from meetings.tasks.actions import QuantityInput, StageInput
from meetings.tasks.models import (
    ReportingCycle,
    Task,
    TaskAction,
    TaskSource,
    TaskStatus,
    UnitRole,
    Urgency,
)
from tests import factories
from tests.tasks.acts import DIRECTOR, refusal_of, same, seen

pytestmark = pytest.mark.usefixtures("session")


def test_a_draft_keeps_what_was_written(units):
    task = factories.draft(
        lead_unit=units[0],
        cooperating_units=[units[1], units[2]],
        title=" 排查留守儿童学业状况 ",
        standards=["底数一致", "", " 形成报告 "],
        quantities=[QuantityInput("排查学校", "所", Decimal(28))],
        stages=[StageInput(date(2026, 9, 1), "过半"), StageInput(date(2026, 8, 1), "摸底")],
        urgency=Urgency.URGENT,
    )

    found = seen(task)
    assert (found.title, found.status, found.number, found.is_open) == (
        "排查留守儿童学业状况",
        TaskStatus.DRAFT,
        None,
        False,
    )
    assert [(part.unit.name, part.role) for part in found.units] == [
        ("县教育局", UnitRole.LEAD),
        ("县卫健委", UnitRole.COOPERATING),
        ("团县委", UnitRole.COOPERATING),
    ]
    assert [row.text for row in found.standards] == ["底数一致", "形成报告"]
    assert [row.text for row in found.stages] == ["摸底", "过半"]
    assert found.next_stage_on == date(2026, 8, 1)
    assert found.original_due_on == found.due_on == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"title": "　"}, "task.title_missing", "title"),
        ({"reporting_cycle": ReportingCycle.MONTHLY}, "task.cycle_reason", "reporting_reason"),
        ({"reporting_cycle": ReportingCycle.WEEKLY, "reporting_reason": " "}, "task.cycle_reason", "reporting_reason"),
        ({"weight": 0}, "task.weight", "weight"),
        ({"stages": [StageInput(date(2026, 10, 1), "晚了")]}, "task.stage_after_due", "stages"),
    ],
)
def test_what_is_wrong_in_a_draft_is_said_beside_its_field(values, code, field):
    with pytest.raises(DomainError) as caught:
        factories.draft(**values)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert db.session.scalars(select(Task)).all() == []


def test_a_unit_stands_once_in_a_task(units):
    for helpers in ([units[0]], [units[1], units[1]]):
        with pytest.raises(DomainError, match="unit_twice"):
            factories.draft(lead_unit=units[0], cooperating_units=helpers)


def test_a_unit_of_another_committee_is_unknown(units):
    stranger = factories.unit("外县教育局", committee_id=factories.committee().id)
    for values in ({"lead_unit": stranger}, {"lead_unit": units[0], "cooperating_units": [stranger]}):
        with pytest.raises(DomainError, match="unit_unknown"):
            factories.draft(by=factories.actor(*DIRECTOR, committee_id=units[0].committee_id), **values)


def test_rows_of_another_committee_are_not_found(units):
    elsewhere = factories.committee()
    kind = factories.save(MeetingKind(committee_id=elsewhere.id, name="会议"))
    meeting = factories.meeting(committee_id=elsewhere.id, kind_id=kind.id)
    by = factories.actor(*DIRECTOR, committee_id=units[0].committee_id)
    with pytest.raises(NotFound):
        factories.draft(by=by, lead_unit=units[0], meeting=meeting)
    with pytest.raises(NotFound):
        factories.draft(by=by, lead_unit=units[0], requirement=factories.requirement(meeting))


def test_units_do_not_draft(units):
    with pytest.raises(NotAllowed):
        factories.draft(by=factories.liaison(units[0]), lead_unit=units[0])


def test_a_requirement_brings_its_meeting(units):
    meeting = factories.meeting()
    task = factories.draft(requirement=factories.requirement(meeting), source=TaskSource.REQUIREMENT)
    assert seen(task).meeting_id == meeting.id


def test_no_task_is_made_from_what_was_set_aside():
    requirement = factories.requirement(factories.meeting(), set_aside_reason="属号召性表述")
    with pytest.raises(DomainError, match="is_set_aside"):
        factories.draft(requirement=requirement)


def test_editing_replaces_what_changed_and_keeps_the_rows_of_what_did_not(units):
    task = factories.draft(lead_unit=units[0], cooperating_units=[units[1]], standards=["一", "二"])
    before = {part.unit_id: part.id for part in seen(task).units}
    values = same(
        task,
        title="新标题",
        lead_unit_id=units[1].id,
        cooperating_unit_ids=[units[0].id, units[2].id],
        standards=["一"],
        due_on=date(2026, 8, 31),
    )

    factories.step(actions.edit_task, task, by=factories.staff(), **values)

    found = seen(task)
    assert found.title == "新标题"
    assert [part.unit_id for part in found.units] == [units[1].id, units[0].id, units[2].id]
    assert [part.id for part in found.units][:2] == [before[units[1].id], before[units[0].id]]
    assert [row.text for row in found.standards] == ["一"]
    assert found.original_due_on == found.due_on == found.units[2].due_on == date(2026, 8, 31)
    assert queries.differences() == []


def test_editing_ends_with_the_issue():
    task = factories.issued()
    assert refusal_of(actions.edit_task, task, by=factories.director(), **same(task)).code == "task.wrong_status"


def test_sub_tasks_go_one_level_deep():
    parent = factories.draft()
    child = factories.draft(parent=parent, weight=3)
    with pytest.raises(DomainError, match="subtask_of_subtask"):
        factories.draft(parent=child)
    assert seen(child).parent_id == parent.id


def test_the_first_issue_numbers_the_task_and_starts_the_receipts(units):
    task = factories.draft(lead_unit=units[0], cooperating_units=[units[1]])
    factories.step(actions.submit_for_issue, task, by=factories.staff())

    factories.step(actions.issue, task, note="请抓紧", by=factories.director())

    found = seen(task)
    assert (found.number, found.status, found.is_open) == ("2026-001", TaskStatus.ISSUED, True)
    assert [(part.receipt_due_on, part.is_open, part.acknowledged_at) for part in found.units] == [
        (date(2026, 7, 16), True, None),
        (date(2026, 7, 16), True, None),
    ]
    [submitted, issued] = factories.events_of(found)
    assert (issued.action, issued.status_before, issued.status_after) == (
        TaskAction.ISSUE,
        TaskStatus.PENDING_ISSUE,
        TaskStatus.ISSUED,
    )
    assert (issued.note, issued.done_by_name, submitted.done_by_name) == ("请抓紧", "办公室主任", "办公室工作人员")


def test_the_days_for_the_receipt_are_a_setting_and_skip_days_of_rest(frozen_clock):
    frozen_clock(datetime(2026, 9, 30, 3, tzinfo=UTC))
    task = factories.draft(due_on=date(2026, 12, 1))
    factories.step(actions.issue, task, by=factories.director(), receipt_working_days=3)
    assert seen(task).units[0].receipt_due_on == date(2026, 10, 10)


def test_numbers_run_by_year_and_a_refused_issue_takes_none(frozen_clock):
    late = factories.draft(due_on=date(2026, 7, 13))
    assert refusal_of(actions.issue, late, by=factories.director()).field == "due_on"
    assert seen(factories.issued()).number == "2026-001"
    assert seen(factories.issued()).number == "2026-002"
    frozen_clock(datetime(2026, 12, 31, 16, 30, tzinfo=UTC))  # already the next year in the office
    assert seen(factories.issued(due_on=date(2027, 3, 1))).number == "2027-001"


def test_staff_does_not_issue():
    task = factories.draft()
    assert isinstance(refusal_of(actions.issue, task, by=factories.staff()), NotAllowed)


@pytest.mark.parametrize(
    ("text_status", "locked", "basis", "issued"),
    [
        (TextStatus.REVIEWED, False, "", True),
        (TextStatus.NOTES, True, "", True),
        (TextStatus.NEWS_EXCERPT, False, "妇儿工委办〔2026〕9号任务分解表", True),
        (TextStatus.NOTES, False, "", False),
        (TextStatus.NEWS_EXCERPT, False, " ", False),
    ],
)
def test_what_a_meeting_said_is_issued_on_a_text_that_holds(text_status, locked, basis, issued, frozen_clock):

    meeting = factories.meeting()
    speech = factories.speech(meeting, text_status=text_status)
    minutes = Minutes(committee_id=meeting.committee_id, meeting_id=meeting.id, text="纪要")
    minutes.locked_at = clock.now() if locked else None
    factories.save(minutes)
    task = factories.draft(
        requirement=factories.requirement(meeting, speech_id=speech.id), source=TaskSource.REQUIREMENT, basis=basis
    )
    if issued:
        factories.step(actions.issue, task, by=factories.director())
        assert seen(task).status is TaskStatus.ISSUED
    else:
        refusal = refusal_of(actions.issue, task, by=factories.director())
        assert (refusal.code, refusal.field) == ("task.no_basis", "basis")


def test_a_batch_issues_what_it_can_and_names_the_rest():
    good, late, again = factories.draft(), factories.draft(due_on=date(2026, 7, 1)), factories.draft()
    director = factories.director()
    with transaction(by=director):
        tasks = queries.find_many([again.id, good.id, late.id], actor=director)
        outcomes = actions.issue_many(tasks, by=director)

    assert [(task.id, refusal and refusal.code) for task, refusal in outcomes] == [
        (good.id, None),
        (late.id, "task.due_before_issue"),
        (again.id, None),
    ]
    assert [seen(good).number, seen(late).number, seen(again).number] == ["2026-001", None, "2026-002"]
    assert queries.differences() == []
