"""What falls due, what a unit owes, what waits for whom."""

from datetime import UTC, date, datetime

from meetings.accounts.models import Role
from meetings.core.db import transaction
from meetings.tasks import actions, queries
from meetings.tasks.models import TaskStatus, UnitRole
from meetings.tasks.rules import LightCode, LightRule, OwedKind, WaitingKind
from meetings.workdays.rules import Calendar
from tests import factories
from tests.tasks.looks import RULE, TODAY, ids, listed

S = TaskStatus


def test_overdue_is_counted_and_listed_by_one_rule(units):
    meeting = factories.meeting()
    first = factories.task(lead_unit=units[0], status=S.IN_PROGRESS, due_on=date(2026, 7, 1), meeting_id=meeting.id)
    second = factories.task(lead_unit=units[0], status=S.ISSUED, due_on=date(2026, 7, 13))
    factories.task(lead_unit=units[1], status=S.OFFICE_REVIEW, due_on=date(2026, 7, 1), submitted_on=date(2026, 7, 1))
    late = factories.task(
        lead_unit=units[1], status=S.UNIT_REVIEW, due_on=date(2026, 7, 1), submitted_on=date(2026, 7, 2)
    )
    factories.task(lead_unit=units[1], status=S.CLOSED, due_on=date(2026, 7, 1))
    factories.task(lead_unit=units[1], status=S.IN_PROGRESS, due_on=TODAY)
    staff = factories.staff()

    assert ids(queries.overdue(staff, rule=RULE)) == [first.id, late.id, second.id]
    assert queries.overdue_count(staff, today=TODAY) == 3
    assert queries.overdue_by_unit(staff, today=TODAY) == {units[0].id: 2, units[1].id: 1}
    assert queries.overdue_by_meeting(staff, [meeting.id], today=TODAY) == {meeting.id: 1}
    assert queries.overdue_count(factories.liaison(units[0]), today=TODAY) == 2
    assert {row.id for row in queries.overdue(staff, rule=RULE)} == set(listed(staff, light=LightCode.LATE))


def test_what_falls_due_in_a_week(units):
    rows = [
        factories.task(lead_unit=units[0], status=S.IN_PROGRESS, due_on=date(2026, 7, day)) for day in (13, 14, 17, 18)
    ]
    found = queries.due_in(factories.staff(), TODAY, date(2026, 7, 17), rule=RULE)
    assert ids(found) == ids(rows[1:3])


def test_a_unit_owes_one_thing_for_each_task_by_date(units, frozen_clock, statements):
    liaison, staff = factories.liaison(units[0]), factories.staff()
    overdue = factories.under_way(lead_unit=units[0], due_on=TODAY)
    returned = factories.under_way(lead_unit=units[0], due_on=date(2026, 8, 28))
    factories.step(actions.submit_completion, returned, note="完成", by=liaison)
    factories.step(actions.return_task, returned, reason="缺安排表", by=factories.head(units[0]))
    report_back = factories.under_way(lead_unit=units[1], cooperating_units=[units[0]], due_on=date(2026, 12, 31))
    report = factories.report(report_back, by=liaison)
    with transaction(by=staff):
        actions.return_report(queries.find_report(report.id, actor=staff), reason="请补数字", by=staff)
    quarterly = factories.under_way(lead_unit=units[0], due_on=date(2026, 12, 30))
    due = factories.under_way(lead_unit=units[0], due_on=date(2026, 9, 1), reporting_cycle="none")
    submitted = factories.under_way(lead_unit=units[0])
    factories.step(actions.submit_completion, submitted, note="完成", by=liaison)
    frozen_clock(datetime(2026, 7, 15, 2, tzinfo=UTC))
    receipt = factories.issued(lead_unit=units[1], cooperating_units=[units[0]], due_on=date(2026, 9, 30))
    rule = LightRule.of(date(2026, 7, 15), Calendar())
    statements.clear()

    owed = queries.owed_by(liaison, rule)

    assert len(statements) == 3
    assert [(row.task_id, row.kind, row.owed_on) for row in owed] == [
        (overdue.id, OwedKind.OVERDUE, TODAY),
        (receipt.id, OwedKind.RECEIPT, date(2026, 7, 17)),
        (returned.id, OwedKind.RETURNED, date(2026, 8, 28)),
        (due.id, OwedKind.DUE, date(2026, 9, 1)),
        (report_back.id, OwedKind.REPORT_RETURNED, date(2026, 10, 8)),
        (quarterly.id, OwedKind.REPORT, date(2026, 10, 8)),
    ]
    assert {row.kind: row.reason for row in owed if row.reason} == {
        OwedKind.RETURNED: "缺安排表",
        OwedKind.REPORT_RETURNED: "请补数字",
    }
    assert owed[1].role is UnitRole.COOPERATING
    assert queries.owed_by(staff, rule) == []


def test_what_waits_for_the_office_says_since_when(units, frozen_clock):
    frozen_clock(datetime(2026, 7, 9, 2, tzinfo=UTC))  # Thursday
    liaison = factories.liaison(units[0])
    completion = factories.under_way(lead_unit=units[0])
    factories.step(actions.submit_completion, completion, note="已完成", by=liaison)
    factories.step(actions.approve_in_unit, completion, by=factories.head(units[0]))
    frozen_clock(datetime(2026, 7, 10, 2, tzinfo=UTC))
    declined = factories.issued(lead_unit=units[1])
    factories.step(
        actions.decline, declined, reason="非职责", proposed_unit_id=units[2].id, by=factories.head(units[1])
    )
    frozen_clock(datetime(2026, 7, 13, 2, tzinfo=UTC))
    reported = factories.under_way(lead_unit=units[0])
    report = factories.report(reported, by=liaison)
    asked = factories.draft(lead_unit=units[0])
    factories.step(actions.submit_for_issue, asked, by=factories.staff())
    frozen_clock(datetime(2026, 7, 14, 2, 30, tzinfo=UTC))
    staff = factories.staff()

    found = queries.waiting_for_office(staff)

    assert [(row.kind, row.task_id, row.report_id, row.unit_name, row.days) for row in found] == [
        (WaitingKind.COMPLETION, completion.id, None, "县教育局", 3),
        (WaitingKind.DECLINED, declined.id, None, "县卫健委", 2),
        (WaitingKind.REPORT, reported.id, report.id, "县教育局", 1),
        (WaitingKind.ISSUE, asked.id, None, "县教育局", 1),
    ]
    assert (found[0].note, found[1].note, found[1].proposed_unit_name) == ("已完成", "非职责", "团县委")
    assert queries.waiting_for_office_count(staff) == {
        WaitingKind.COMPLETION: 1,
        WaitingKind.REPORT: 1,
        WaitingKind.ISSUE: 2,
    }
    assert queries.waiting_for_office(staff, limit=1) == found[:1]
    assert queries.waiting_for_office(liaison) == []
    assert queries.waiting_for_office_count(factories.actor(Role.LEADER)) == {}


def test_what_waits_for_a_head_is_the_own_units(units):
    liaison = factories.liaison(units[0])
    completion, reported = factories.under_way(lead_unit=units[0]), factories.under_way(lead_unit=units[0])
    factories.step(actions.submit_completion, completion, note="已完成", by=liaison)
    report = factories.report(reported, by=liaison, head_confirms_every=True)

    found = queries.waiting_for_head(factories.head(units[0]))

    assert [(row.kind, row.task_id, row.report_id) for row in found] == [
        (WaitingKind.COMPLETION, completion.id, None),
        (WaitingKind.REPORT, reported.id, report.id),
    ]
    assert queries.waiting_for_head(factories.head(units[1])) == []


def test_what_a_unit_may_report_and_what_an_issue_asks_of_it(units):
    quarterly = factories.under_way(lead_unit=units[0], due_on=date(2027, 12, 31))
    draft = factories.draft(lead_unit=units[1], cooperating_units=[units[0]], due_on=date(2026, 7, 31))
    factories.issued(lead_unit=units[2])
    [task] = queries.to_report(units[0].id, actor=factories.liaison(units[0]))
    assert task.id == quarterly.id
    rows = queries.burden([draft.id], actor=factories.director(), today=TODAY)
    assert [(row.unit_name, row.task_count, row.report_count, row.added_count) for row in rows] == [
        ("县教育局", 2, 5, 1),
        ("县卫健委", 1, 1, 1),
    ]
