"""What each act changes, what it leaves behind, and what it refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.core.errors import ChangedMeanwhile, DomainError, NotAllowed, NotFound
from meetings.meetings.actions import add_requirement
from meetings.meetings.models import Minutes, Section, TextStatus
from meetings.tasks import actions, queries, rules
from meetings.tasks.actions import QuantityInput, ReportedAmount, Signature, StageInput
from meetings.tasks.models import (
    ProgressReport,
    ReportingCycle,
    ReportStatus,
    Step,
    Task,
    TaskAction,
    TaskSource,
    TaskStatus,
    UnitRole,
    Urgency,
)
from meetings.workdays.queries import calendar
from tests import factories

pytestmark = pytest.mark.usefixtures("session")

TODAY = date(2026, 7, 14)
DIRECTOR = (Role.OFFICE_DIRECTOR,)


@pytest.fixture
def units(session):
    return factories.unit("县教育局"), factories.unit("县卫健委"), factories.unit("团县委")


def seen(task: Task) -> Task:
    """The task as the office sees it now."""
    return queries.find(task.id, actor=factories.director())


def events(task: Task) -> list[TaskAction]:
    return [event.action for event in factories.events_of(seen(task))]


def refusal_of(action, task, *, by, **values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        factories.step(action, task, by=by, **values)
    return caught.value


def signature(**values: object) -> Signature:
    defaults = {"signed_by": "县教育局局长", "signed_on": TODAY, "words": "同意", "scan": factories.attachment()}
    return Signature(**{**defaults, **values})


def same(task: Task, **changes: object) -> dict:
    """What ``edit_task`` takes, as the task says it now."""
    task = seen(task)
    kept = {
        "title": task.title,
        "content": task.content,
        "lead_unit_id": task.lead_unit_id,
        "cooperating_unit_ids": [part.unit_id for part in task.units if part.role is UnitRole.COOPERATING],
        "due_on": task.due_on,
        "standards": [row.text for row in task.standards],
        "quantities": [QuantityInput(row.name, row.measure, row.target) for row in task.quantities],
        "stages": [StageInput(row.due_on, row.text) for row in task.stages],
        "source": task.source,
        "source_text": task.source_text,
        "requirement": task.requirement,
        "meeting": task.meeting,
        "parent": None,
        "weight": task.weight,
        "urgency": task.urgency,
        "reporting_cycle": task.reporting_cycle,
        "reporting_day": task.reporting_day,
        "reporting_reason": task.reporting_reason,
        "evidence_reason": task.evidence_reason,
        "basis": task.basis,
    }
    return {**kept, **changes}


# --- drafting


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
    kind = factories.save(factories.MeetingKind(committee_id=elsewhere.id, name="会议"))
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


# --- issuing


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
    from meetings.core import clock

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


# --- acknowledging, declining


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


# --- reporting


def test_a_report_counts_from_the_day_it_is_sent(units):
    task = factories.under_way(lead_unit=units[0], cooperating_units=[units[1]], standards=["一", "二", "三"])
    met = [seen(task).standards[0].id, seen(task).standards[2].id]

    report = factories.report(
        task,
        by=factories.liaison(units[0]),
        standards_met=met,
        problems="缺经费",
        next_steps="8月底前补齐",
        needs_coordination=True,
        files=[factories.attachment()],
    )

    found = seen(task)
    assert (found.percent_done, found.units[0].percent_done, found.units[1].percent_done) == (67, 67, 0)
    assert found.units[0].report_due_on == date(2027, 1, 5)
    [shown] = queries.reports_of(found, actor=factories.staff())
    assert (shown.id, shown.status, shown.percent_done, shown.needs_coordination) == (
        report.id,
        ReportStatus.SUBMITTED,
        67,
        True,
    )
    assert [file.name for file in shown.files] == ["汇总表.pdf"]
    assert (shown.is_entered_by_office, shown.submitted_by_name) == (False, "县教育局联络员")
    assert events(task)[-1] is TaskAction.REPORT_PROGRESS


def test_a_helpers_progress_never_counts_for_the_task(units):
    task = factories.under_way(
        lead_unit=units[0], cooperating_units=[units[1]], quantities=[QuantityInput("学校", "所", Decimal(10))]
    )
    quantity = seen(task).quantities[0].id

    factories.report(
        task,
        by=factories.liaison(units[1]),
        step=Step.DONE,
        quantities={quantity: ReportedAmount(Decimal(8), Decimal(8))},
    )

    found = seen(task)
    assert (found.percent_done, found.units[0].percent_done, found.units[1].percent_done) == (0, 0, 80)
    assert found.quantities[0].total == 0
    assert found.units[1].acknowledged_at is not None  # reporting is a receipt
    lower = {quantity: ReportedAmount(Decimal(0), Decimal(7))}
    with pytest.raises(DomainError, match="total_lower"):  # measured by its own last report
        factories.report(task, by=factories.liaison(units[1]), problems="更正", quantities=lower)


def test_totals_lower_than_before_or_over_target_need_a_reason(units):
    task = factories.under_way(
        lead_unit=units[0], quantities=[QuantityInput("培训", "人", Decimal(100)), QuantityInput("场次", "场")]
    )
    people, meetings = [row.id for row in seen(task).quantities]
    liaison = factories.liaison(units[0])
    factories.report(
        task,
        by=liaison,
        quantities={
            people: ReportedAmount(Decimal(40), Decimal(40)),
            meetings: ReportedAmount(Decimal(2), Decimal(2)),
        },
    )
    assert (seen(task).percent_done, [row.total for row in seen(task).quantities]) == (40, [40, 2])

    for total, code in [(39, "progress.total_lower"), (101, "progress.over_target")]:
        with pytest.raises(DomainError) as caught:
            factories.report(
                task, by=liaison, problems="x", quantities={people: ReportedAmount(Decimal(0), Decimal(total))}
            )
        assert (caught.value.code, caught.value.field) == (code, f"quantity_{people}_reason")

    factories.report(
        task, by=liaison, problems="上期误报", quantities={people: ReportedAmount(Decimal(0), Decimal(39), "更正")}
    )
    found = seen(task)
    assert (found.percent_done, [row.total for row in found.quantities]) == (39, [39, 2])
    assert found.quantities[0].as_of == TODAY


def test_a_lower_percent_needs_words_about_problems(units):
    task = factories.under_way(lead_unit=units[0])
    liaison = factories.liaison(units[0])
    factories.report(task, by=liaison, step=Step.NEARLY_DONE)

    with pytest.raises(DomainError) as caught:
        factories.report(task, by=liaison, step=Step.UNDER_WAY)
    assert (caught.value.code, caught.value.field, caught.value.details) == (
        "progress.percent_lower",
        "problems",
        {"before": 80, "now": 50},
    )
    factories.report(task, by=liaison, step=Step.UNDER_WAY, problems="两所学校返工")
    assert seen(task).percent_done == 50


def test_no_change_is_one_press_and_leaves_everything_as_it_was(units):
    task = factories.under_way(lead_unit=units[0], standards=["一", "二"])
    liaison = factories.liaison(units[0])
    factories.report(task, by=liaison, standards_met=[seen(task).standards[0].id])

    report = factories.report(task, by=liaison, done="", is_no_change=True, step=Step.NOT_STARTED)

    assert (report.percent_done, seen(task).percent_done, report.is_no_change) == (50, 50, True)
    assert seen(task).standards[0].met_at is not None


def test_a_report_says_something(units):
    task = factories.under_way(lead_unit=units[0])
    with pytest.raises(DomainError) as caught:
        factories.report(task, by=factories.liaison(units[0]), done=" ")
    assert (caught.value.code, caught.value.field) == ("progress.done_missing", "done")


def test_the_office_enters_a_paper_for_a_unit_and_it_says_so(units):
    task = factories.under_way(lead_unit=units[0], cooperating_units=[units[1]])
    staff = factories.staff()

    report = factories.report(task, by=staff, unit_id=units[1].id, head_confirms_every=True)

    assert (report.unit_id, report.is_entered_by_office, report.status) == (units[1].id, True, ReportStatus.SUBMITTED)
    for unit_id, code in [(None, "progress.unit_needed"), (units[2].id, "progress.unit_not_in_task")]:
        with pytest.raises(DomainError) as caught:
            factories.report(task, by=staff, unit_id=unit_id)
        assert (caught.value.code, caught.value.field) == (code, "unit_id")
    with pytest.raises(NotAllowed):
        factories.report(task, by=factories.liaison(units[1]), unit_id=units[0].id)


def test_foreign_standards_quantities_and_files_are_not_found(units):
    task, other = factories.under_way(lead_unit=units[0]), factories.draft(standards=["别的"])
    liaison = factories.liaison(units[0])
    foreign = factories.attachment(committee_id=factories.committee().id)
    for values in (
        {"standards_met": [seen(other).standards[0].id]},
        {"quantities": {99: ReportedAmount(Decimal(1), Decimal(1))}},
        {"files": [foreign]},
    ):
        with pytest.raises(NotFound):
            factories.report(task, by=liaison, **values)
    assert db.session.scalars(select(ProgressReport)).all() == []


@pytest.mark.parametrize(
    "status", sorted(set(TaskStatus) - {TaskStatus.IN_PROGRESS, TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE})
)
def test_no_progress_is_taken_on_a_task_that_is_not_at_work(status):
    task = factories.task(status=status)
    lead = queries.find(task.id, actor=factories.director()).lead_unit
    with pytest.raises(DomainError, match=r"task\.wrong_status"):
        factories.report(task, by=factories.liaison(lead))


def test_with_the_setting_the_head_lets_each_report_go(units):
    task = factories.under_way(lead_unit=units[0])
    report = factories.report(task, by=factories.liaison(units[0]), step=Step.NEARLY_DONE, head_confirms_every=True)
    assert (report.status, seen(task).percent_done) == (ReportStatus.UNIT_REVIEW, 0)
    assert queries.reports_of(seen(task), actor=factories.staff()) == []

    decide(report, actions.approve_report, by=factories.head(units[0]))

    assert (reread(report).status, seen(task).percent_done) == (ReportStatus.SUBMITTED, 80)


def test_standards_are_ticked_when_the_head_lets_the_report_go(units):
    task = factories.under_way(lead_unit=units[0], standards=["一", "二"])
    first = seen(task).standards[0].id
    liaison, head = factories.liaison(units[0]), factories.head(units[0])

    report = factories.report(task, by=liaison, standards_met=[first], head_confirms_every=True)

    assert [row.met_at for row in seen(task).standards] == [None, None]
    decide(report, actions.approve_report, by=head)
    assert [(row.met_by_name, row.report_id) for row in seen(task).standards] == [(liaison.name, report.id), ("", None)]
    assert seen(task).percent_done == 50

    returned = factories.report(task, by=liaison, standards_met=[], head_confirms_every=True)
    decide(returned, actions.return_report, reason="没有写明", by=head)
    assert [row.report_id for row in seen(task).standards] == [report.id, None]


def test_what_the_head_returned_never_reaches_the_office(units):
    task = factories.under_way(lead_unit=units[0])
    liaison, head, staff = factories.liaison(units[0]), factories.head(units[0]), factories.staff()
    file = factories.attachment()
    report = factories.report(task, by=liaison, done="未经负责人同意", files=[file], head_confirms_every=True)
    decide(report, actions.return_report, reason="数字不对", by=head)

    for outsider in (staff, factories.director()):
        found = queries.find(task.id, actor=outsider)
        assert queries.reports_of(found, actor=outsider) == []
        assert "未经负责人同意" not in [step.event.note for step in queries.history(found, actor=outsider)]
        with pytest.raises(NotFound):
            queries.find_report(report.id, actor=outsider)
        with pytest.raises(NotFound):
            queries.find_file(task.id, file.id, actor=outsider)
    assert [row.return_reason for row in queries.reports_of(seen(task), actor=liaison)] == ["数字不对"]

    sent = factories.report(task, by=liaison, head_confirms_every=True)
    decide(sent, actions.approve_report, by=head)
    decide(sent, actions.return_report, reason="请补充", by=staff)
    assert [row.id for row in queries.reports_of(seen(task), actor=staff)] == [sent.id]


def decide(report: ProgressReport, action, *, by, **values) -> None:
    with transaction(by=by):
        action(queries.find_report(report.id, actor=by), by=by, **values)


def reread(report: ProgressReport) -> ProgressReport:
    db.session.expire_all()
    return db.session.get_one(ProgressReport, report.id)


def test_a_returned_report_counts_no_longer_and_is_owed_again(units):
    task = factories.under_way(
        lead_unit=units[0], standards=["一", "二"], quantities=[QuantityInput("学校", "所", Decimal(10))]
    )
    liaison, staff = factories.liaison(units[0]), factories.staff()
    quantity, standards = seen(task).quantities[0].id, [row.id for row in seen(task).standards]
    first = factories.report(task, by=liaison, quantities={quantity: ReportedAmount(Decimal(3), Decimal(3))})
    decide(first, actions.accept_report, by=staff)
    second = factories.report(
        task, by=liaison, quantities={quantity: ReportedAmount(Decimal(5), Decimal(8))}, standards_met=standards[:1]
    )
    assert (seen(task).percent_done, seen(task).units[0].report_due_on) == (80, date(2027, 1, 5))

    decide(second, actions.return_report, reason="附件与数字不一致", by=staff)

    found = seen(task)
    assert (found.percent_done, found.quantities[0].total, found.units[0].percent_done) == (30, 3, 30)
    assert [row.met_at for row in found.standards] == [None, None]
    assert found.units[0].report_due_on == date(2027, 1, 5)
    row = reread(second)
    assert (row.status, row.return_reason, row.decided_by_name) == (
        ReportStatus.RETURNED,
        "附件与数字不一致",
        "办公室工作人员",
    )
    with pytest.raises(DomainError, match="wrong_status"):
        decide(second, actions.accept_report, by=staff)


def test_a_first_report_returned_leaves_the_unit_two_working_days(units, frozen_clock):
    task = factories.under_way(lead_unit=units[0])
    frozen_clock(datetime(2026, 10, 8, 2, tzinfo=UTC))
    report = factories.report(task, by=factories.liaison(units[0]))
    frozen_clock(datetime(2026, 10, 12, 2, tzinfo=UTC))

    decide(report, actions.return_report, reason="请补数字", by=factories.staff())

    part = seen(task).units[0]
    assert (part.report_due_on, part.reported_at, part.percent_done) == (date(2026, 10, 14), None, 0)


def test_many_reports_are_accepted_at_once_and_all_or_none(units):
    tasks = [factories.under_way(lead_unit=units[0]) for _ in range(3)]
    reports = [factories.report(task, by=factories.liaison(units[0])) for task in tasks]
    staff = factories.staff()
    decide(reports[2], actions.return_report, reason="重报", by=staff)
    with pytest.raises(DomainError), transaction(by=staff):
        actions.accept_reports(queries.find_reports([r.id for r in reports], actor=staff), by=staff)
    assert reread(reports[0]).status is ReportStatus.SUBMITTED

    with transaction(by=staff):
        assert actions.accept_reports(queries.find_reports([r.id for r in reports[:2]], actor=staff), by=staff) == 2
    assert reread(reports[1]).status is ReportStatus.ACCEPTED


def test_a_standard_is_ticked_with_the_name_of_who_ticked_it(units):
    task = factories.under_way(lead_unit=units[0], standards=["一", "二"])
    first = seen(task).standards[0].id

    factories.step(actions.tick_standard, task, standard_id=first, met=True, by=factories.liaison(units[0]))
    assert (seen(task).percent_done, seen(task).standards[0].met_by_name) == (50, "县教育局联络员")
    factories.step(actions.tick_standard, task, standard_id=first, met=False, by=factories.staff())
    assert (seen(task).percent_done, seen(task).standards[0].met_at) == (0, None)
    with pytest.raises(NotFound):
        factories.step(actions.tick_standard, task, standard_id=10**6, met=True, by=factories.staff())
    with pytest.raises(NotAllowed):
        factories.step(actions.tick_standard, task, standard_id=first, met=True, by=factories.head(units[0]))


def test_a_stage_point_that_is_reached_no_longer_warns(units):
    task = factories.under_way(
        lead_unit=units[0], stages=[StageInput(date(2026, 7, 10), "摸底"), StageInput(date(2026, 8, 10), "过半")]
    )
    stage = seen(task).stages[0].id
    factories.step(actions.tick_stage, task, stage_id=stage, met=True, by=factories.liaison(units[0]))
    assert seen(task).next_stage_on == date(2026, 8, 10)


def test_sub_tasks_make_the_parents_progress_by_their_weights(units):
    parent = factories.under_way(lead_unit=units[0])
    factories.report(parent, by=factories.liaison(units[0]), step=Step.UNDER_WAY)
    children = [factories.under_way(lead_unit=units[1], parent=parent, weight=weight) for weight in (1, 3)]
    assert seen(parent).percent_done == 0
    factories.report(children[1], by=factories.liaison(units[1]), step=Step.DONE)
    assert seen(parent).percent_done == 75
    factories.step(actions.cancel, children[0], reason="并入", by=factories.director())
    assert seen(parent).percent_done == 100
    factories.step(actions.cancel, children[1], reason="并入", by=factories.director())
    assert seen(parent).percent_done == 50


# --- completion


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


# --- stopping


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


# --- requirements


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


def test_a_helper_owes_nothing_between_its_receipt_and_the_leads(session):
    lead, helper = factories.unit("县教育局"), factories.unit("县卫健委")
    task = factories.task(lead_unit=lead, cooperating_units=[helper], status=TaskStatus.ISSUED)
    liaison = factories.liaison(helper)
    rule = rules.LightRule.of(clock.today(), calendar(task.committee_id))
    assert [owed.kind for owed in queries.owed_by(liaison, rule)] == [rules.OwedKind.RECEIPT]

    factories.step(actions.acknowledge, task, by=liaison)

    assert queries.owed_by(liaison, rule) == []
