"""Reports and progress: what each act changes, what it leaves behind, and what it refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.tasks import actions, queries, rules
from meetings.tasks.actions import QuantityInput, ReportedAmount, StageInput
from meetings.tasks.models import (
    ProgressReport,
    ReportStatus,
    Step,
    TaskAction,
    TaskStatus,
)
from meetings.workdays.queries import calendar
from tests import factories
from tests.tasks.acts import TODAY, events, seen

pytestmark = pytest.mark.usefixtures("session")


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

    # its reason is reason enough for the percent that follows from it
    factories.report(
        task, by=liaison, problems="", quantities={people: ReportedAmount(Decimal(0), Decimal(39), "更正")}
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


@pytest.mark.parametrize("status", sorted(rules.HANDED_OUT - {TaskStatus.IN_PROGRESS}))
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


def test_a_helper_owes_nothing_between_its_receipt_and_the_leads(session):
    lead, helper = factories.unit("县教育局"), factories.unit("县卫健委")
    task = factories.task(lead_unit=lead, cooperating_units=[helper], status=TaskStatus.ISSUED)
    liaison = factories.liaison(helper)
    rule = rules.LightRule.of(clock.today(), calendar(task.committee_id))
    assert [owed.kind for owed in queries.owed_by(liaison, rule)] == [rules.OwedKind.RECEIPT]

    factories.step(actions.acknowledge, task, by=liaison)

    assert queries.owed_by(liaison, rule) == []
