"""Receipts, completion, stopping: what each act changes, what it leaves behind, and what it refuses."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from meetings.core.db import db, transaction
from meetings.core.errors import ChangedMeanwhile, DomainError, NotAllowed, NotFound
from meetings.meetings.models import Section
from meetings.tasks import actions, queries, rules
from meetings.tasks.models import (
    Task,
    TaskAction,
    TaskSource,
    TaskStatus,
)
from tests import factories
from tests.tasks.acts import TODAY, events, refusal_of, same, seen, signature

pytestmark = pytest.mark.usefixtures("session")


def test_the_leads_receipt_begins_the_work_and_a_helpers_is_its_own(units):
    task = factories.issued(lead_unit=units[0], cooperating_units=[units[1]])

    factories.step(actions.acknowledge, task, by=factories.head(units[1]))
    assert seen(task).status is TaskStatus.ISSUED
    assert seen(task).units[1].report_due_on is None  # nothing is owed before the lead has begun
    factories.step(actions.acknowledge, task, by=factories.liaison(units[0]))

    found = seen(task)
    assert found.status is TaskStatus.IN_PROGRESS
    assert all(part.acknowledged_at for part in found.units)
    assert [part.report_due_on for part in found.units] == [date(2026, 10, 8)] * 2
    assert [event.unit.name for event in factories.events_of(found)[1:]] == ["县卫健委", "县教育局"]
    assert refusal_of(actions.acknowledge, task, by=factories.liaison(units[0])).code == "task.already_acknowledged"


def test_a_declined_task_goes_back_with_its_number_and_its_second_issue_is_final(units):
    task = factories.issued(lead_unit=units[0], cooperating_units=[units[2]])
    factories.step(actions.acknowledge, task, by=factories.liaison(units[2]))

    factories.step(
        actions.decline,
        task,
        reason="按“三定”规定属卫健部门职责",
        proposed_unit_id=units[1].id,
        by=factories.head(units[0]),
    )

    found = seen(task)
    assert (found.status, found.number, found.was_declined, found.is_open) == (
        TaskStatus.PENDING_ISSUE,
        "2026-001",
        True,
        False,
    )
    last = factories.events_of(found)[-1]
    assert (last.note, last.proposed_unit.name, last.unit.name) == (
        "按“三定”规定属卫健部门职责",
        "县卫健委",
        "县教育局",
    )
    with pytest.raises(NotFound):
        queries.find(task.id, actor=factories.liaison(units[0]))

    values = same(task, lead_unit_id=units[1].id, due_on=date(2026, 10, 30))
    factories.step(actions.edit_task, task, by=factories.staff(), **values)
    factories.step(actions.issue, task, by=factories.director())
    found = seen(task)
    assert (found.number, found.original_due_on, found.due_on) == ("2026-001", date(2026, 9, 30), date(2026, 10, 30))
    assert [part.acknowledged_at for part in found.units] == [None, None]
    assert (
        refusal_of(actions.decline, task, reason="仍非职责", by=factories.head(units[1])).code == "task.decline_final"
    )


def test_declining_takes_a_reason_and_no_foreign_unit(units):
    task = factories.issued(lead_unit=units[0])
    head = factories.head(units[0])
    foreign = factories.unit("外县", committee_id=factories.committee().id)
    assert refusal_of(actions.decline, task, reason=" ", by=head).field == "reason"
    for unit_id, code in [(foreign.id, "task.unit_unknown"), (units[0].id, "task.proposes_itself")]:
        refusal = refusal_of(actions.decline, task, reason="非职责", proposed_unit_id=unit_id, by=head)
        assert (refusal.code, refusal.field) == (code, "proposed_unit_id")


def test_declining_ends_after_two_working_days(units, frozen_clock):
    task = factories.issued(lead_unit=units[0])
    frozen_clock(datetime(2026, 7, 16, 16, 30, tzinfo=UTC))  # 17 July in the office
    assert refusal_of(actions.decline, task, reason="非职责", by=factories.head(units[0])).code == "task.decline_late"


def at_office(units, **values: object) -> Task:
    task = factories.under_way(lead_unit=units[0], **values)
    factories.step(actions.submit_completion, task, note="已全部完成", by=factories.liaison(units[0]))
    factories.step(actions.approve_in_unit, task, by=factories.head(units[0]))
    return task


def test_completion_goes_from_liaison_to_head_to_office_to_the_file(units):
    task = factories.under_way(lead_unit=units[0])
    factories.step(actions.submit_completion, task, note="已全部完成", by=factories.liaison(units[0]))
    assert (seen(task).submitted_on, seen(task).completion_note) == (TODAY, "已全部完成")
    factories.step(actions.approve_in_unit, task, note="情况属实", by=factories.head(units[0]))
    factories.step(actions.complete, task, by=factories.director())
    factories.step(actions.close, task, note="现场核验通过", by=factories.staff())

    found = seen(task)
    assert (found.status, found.is_open, found.units[0].is_open) == (TaskStatus.CLOSED, False, False)
    assert found.completed_at is not None
    assert found.closed_at is not None
    assert events(task) == [
        TaskAction.ISSUE,
        TaskAction.ACKNOWLEDGE,
        TaskAction.SUBMIT_COMPLETION,
        TaskAction.APPROVE_IN_UNIT,
        TaskAction.COMPLETE,
        TaskAction.CLOSE,
    ]


def test_who_is_not_the_head_approves_only_by_the_signed_page(units):
    task = factories.under_way(lead_unit=units[0])
    liaison = factories.liaison(units[0])
    factories.step(actions.submit_completion, task, note="完成", by=liaison)

    for given, code, field in [
        (None, "signature.scan_needed", "scan"),
        (signature(scan=None), "signature.scan_needed", "scan"),
        (signature(scan=factories.attachment(committee_id=factories.committee().id)), "signature.scan_needed", "scan"),
        (signature(signed_by=" "), "signature.signer_needed", "signed_by"),
        (signature(signed_on=date(2026, 7, 15)), "signature.signed_in_future", "signed_on"),
    ]:
        refusal = refusal_of(actions.approve_in_unit, task, signature=given, by=liaison)
        assert (refusal.code, refusal.field) == (code, field)

    factories.step(actions.approve_in_unit, task, signature=signature(), by=factories.staff())
    last = factories.events_of(seen(task))[-1]
    assert (last.signed_by, last.signed_on, last.signed_words, last.scan.name) == (
        "县教育局局长",
        TODAY,
        "同意",
        "汇总表.pdf",
    )
    assert (last.done_by_name, last.unit.name) == ("办公室工作人员", "县教育局")


def test_a_returned_completion_is_at_work_again(units):
    task = at_office(units)
    assert refusal_of(actions.return_task, task, reason="", by=factories.staff()).field == "reason"
    assert isinstance(refusal_of(actions.return_task, task, reason="再查", by=factories.head(units[0])), NotAllowed)

    factories.step(actions.return_task, task, reason="缺乡镇安排表", by=factories.staff())

    found = seen(task)
    assert (found.status, found.submitted_at, found.submitted_on) == (TaskStatus.IN_PROGRESS, None, None)
    assert factories.events_of(found)[-1].note == "缺乡镇安排表"


def test_completion_waits_for_what_is_missing(units):
    task = at_office(units, standards=["一"], evidence_reason="办结须附名册（人数）")
    child = factories.draft(parent=seen(task))
    director = factories.director()

    refusal = refusal_of(actions.complete, task, by=director)
    assert (refusal.code, refusal.details["missing"]) == ("task.not_ready", ["standards", "subtasks", "evidence"])
    assert actions.missing_for_completion(seen(task)) == ["standards", "subtasks", "evidence"]

    factories.step(actions.cancel, child, reason="不再需要", by=director)
    factories.step(actions.return_task, task, reason="补材料", by=director)
    liaison = factories.liaison(units[0])
    factories.report(task, by=liaison, files=[factories.attachment()], standards_met=[seen(task).standards[0].id])
    factories.step(actions.submit_completion, task, note="已补", by=liaison)
    factories.step(actions.approve_in_unit, task, by=factories.head(units[0]))
    factories.step(actions.complete, task, by=director)
    assert seen(task).status is TaskStatus.COMPLETED


def test_a_missing_helper_is_no_hindrance_but_needs_a_note(units):
    task = at_office(units, cooperating_units=[units[1]])
    refusal = refusal_of(actions.complete, task, by=factories.director())
    assert (refusal.code, refusal.field) == ("task.note_for_missing_helper", "note")
    factories.step(actions.complete, task, note="县卫健委数据已由系统取得", by=factories.director())
    assert seen(task).status is TaskStatus.COMPLETED


def test_closing_takes_proof(units):
    task = at_office(units)
    factories.step(actions.complete, task, by=factories.director())
    refusal = refusal_of(actions.close, task, by=factories.staff())
    assert (refusal.code, refusal.field) == ("task.proof_needed", "note")
    factories.step(actions.close, task, signature=signature(), by=factories.staff())
    assert seen(task).status is TaskStatus.CLOSED


def test_many_are_closed_by_one_signed_list(units):
    done = [at_office(units) for _ in range(2)]
    for task in done:
        factories.step(actions.complete, task, by=factories.director())
    open_one = factories.under_way(lead_unit=units[0])
    staff, signed = factories.staff(), signature()
    with transaction(by=staff):
        tasks = queries.find_many([open_one.id, *[task.id for task in done]], actor=staff)
        outcomes = actions.close_many(tasks, signature=signed, by=staff)

    assert [refusal and refusal.code for _, refusal in outcomes] == [None, None, "task.wrong_status"]
    assert seen(done[1]).status is TaskStatus.CLOSED
    assert queries.differences() == []
    with pytest.raises(DomainError, match="proof_needed"), transaction(by=staff):
        actions.close_many([], by=staff)


def test_a_suspended_task_shows_no_light_and_goes_on_where_it_stood(units, frozen_clock):
    task = at_office(units)
    director = factories.director()
    assert refusal_of(actions.suspend, task, reason="", by=director).field == "reason"
    factories.step(actions.suspend, task, reason="等上级文件", by=director)
    found = seen(task)
    assert (found.status, found.status_before, found.is_open) == (TaskStatus.SUSPENDED, TaskStatus.OFFICE_REVIEW, False)

    frozen_clock(datetime(2026, 11, 2, 2, tzinfo=UTC))
    factories.step(actions.resume, task, reason="文件已到", by=director)

    found = seen(task)
    assert (found.status, found.status_before, found.is_open) == (TaskStatus.OFFICE_REVIEW, None, True)
    assert found.units[0].report_due_on == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("source", "section"), [(TaskSource.INSTRUCTION, None), (TaskSource.REQUIREMENT, Section.RESOLVED)]
)
def test_cancelling_what_a_leader_decided_takes_the_leaders_signature(source, section):
    meeting = factories.meeting()
    requirement = factories.requirement(meeting, section=section) if section else None
    task = factories.issued(source=source, requirement=requirement, basis="任务分解表")
    director = factories.director()

    refusal = refusal_of(actions.cancel, task, reason="情况变化", by=director)
    assert (refusal.code, refusal.field) == ("task.leader_decision", "signed_by")

    factories.step(actions.cancel, task, reason="情况变化", signature=signature(signed_by="副县长"), by=director)
    assert seen(task).status is TaskStatus.CANCELLED


def test_a_draft_is_dropped_without_a_signature():
    task = factories.draft(source=TaskSource.INSTRUCTION)
    factories.step(actions.cancel, task, reason="重复", by=factories.director())
    assert seen(task).status is TaskStatus.CANCELLED


def test_a_reopened_task_is_counted_and_at_work_again(units, frozen_clock):
    task = at_office(units)
    factories.step(actions.complete, task, by=factories.director())
    factories.step(actions.close, task, note="核验", by=factories.director())
    frozen_clock(datetime(2027, 2, 1, 2, tzinfo=UTC))

    factories.step(actions.reopen, task, reason="回头看发现反弹", by=factories.director())

    found = seen(task)
    assert (found.status, found.reopened_count, found.completed_at, found.closed_at, found.submitted_on) == (
        TaskStatus.IN_PROGRESS,
        1,
        None,
        None,
        None,
    )
    rule = rules.LightRule.of(date(2027, 2, 1), rules.lights.Calendar())
    assert rules.light_of(found, rule).reason == "overdue"
    assert found.units[0].report_due_on == date(2027, 4, 5)


def moved_by_somebody_else(task: Task, **values: object) -> None:
    """Another session changed the row after this one had loaded it."""
    statement = update(Task).where(Task.id == task.id).values(version=Task.version + 1, **values)
    db.session.execute(statement.execution_options(synchronize_session=False))


def test_a_step_is_judged_by_the_row_as_it_is_now(units):
    task = factories.issued(lead_unit=units[0])
    liaison = factories.liaison(units[0])
    with pytest.raises(DomainError, match="wrong_status"), transaction(by=liaison):
        stale = queries.find(task.id, actor=liaison)
        moved_by_somebody_else(task, status=TaskStatus.CANCELLED)
        actions.acknowledge(stale, by=liaison)
    with transaction(by=liaison):
        stale = queries.find(task.id, actor=liaison)
        moved_by_somebody_else(task, percent_done=0)
        actions.acknowledge(stale, by=liaison)
    assert seen(task).status is TaskStatus.IN_PROGRESS


def test_what_somebody_else_wrote_meanwhile_is_not_written_over():
    task = factories.draft()
    director = factories.director()
    values = same(task)
    with pytest.raises(ChangedMeanwhile), transaction(by=director):
        stale = queries.find(task.id, actor=director)
        moved_by_somebody_else(task, title="别人的标题")
        actions.edit_task(stale, **values, by=director)
