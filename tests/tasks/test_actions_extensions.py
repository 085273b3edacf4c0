"""More time: asked before the date, looked at by the head, decided by the office; the first date stays."""

from datetime import UTC, date, datetime

import pytest

from meetings.accounts.models import Role
from meetings.core.errors import NotAllowed
from meetings.meetings.models import Section
from meetings.tasks import actions, queries
from meetings.tasks.models import ExtensionStatus, TaskAction, TaskSource, TaskStatus
from tests import factories
from tests.tasks.acts import refusal_of, seen, signature

E = ExtensionStatus
DUE, ASKED = date(2026, 9, 30), date(2026, 10, 30)
WHY = {"asked_due_on": ASKED, "reason": "道路因降雪封闭", "progress": "已走访 24 人"}


@pytest.fixture
def case(units):
    lead, helper, _other = units
    task = factories.under_way(lead_unit=lead, cooperating_units=[helper])
    return task, factories.liaison(lead), factories.head(lead), factories.director()


def asked(task, liaison):
    return factories.step(actions.ask_extension, task, by=liaison, **WHY)


def test_from_the_request_to_the_granted_day(case):
    task, liaison, head, director = case
    asked(task, liaison)
    assert seen(task).extension_status is E.UNIT_REVIEW
    factories.step(actions.approve_extension, task, by=head, note="情况属实")
    assert seen(task).due_on == DUE  # until it is decided
    factories.step(actions.grant_extension, task, by=director, decided_due_on=date(2026, 10, 20), note="同意")

    found = seen(task)
    assert (found.original_due_on, found.due_on, found.extension_status) == (DUE, date(2026, 10, 20), None)
    assert {part.due_on for part in found.units} == {date(2026, 10, 20)}
    [kept] = queries.extensions_of(found)
    assert (kept.status, kept.asked_due_on, kept.decided_due_on) == (E.GRANTED, ASKED, date(2026, 10, 20))
    assert [kept.asked_event.action, kept.unit_event.note, kept.decided_event.note] == [
        TaskAction.ASK_EXTENSION,
        "情况属实",
        "同意",
    ]
    assert found.status is TaskStatus.IN_PROGRESS


def test_what_is_signed_on_paper_is_recorded_with_its_scan(case):
    task, liaison, _head, _director = case
    asked(task, liaison)
    assert refusal_of(actions.approve_extension, task, by=liaison).code == "signature.scan_needed"
    factories.step(actions.approve_extension, task, by=liaison, signature=signature())
    staff = factories.staff()
    assert refusal_of(actions.refuse_extension, task, by=staff, reason="不同意").code == "signature.scan_needed"
    factories.step(
        actions.refuse_extension, task, by=staff, reason="节点不能后移", signature=signature(signed_by="主任")
    )

    [kept] = queries.extensions_of(seen(task))
    assert kept.status is E.REFUSED
    assert kept.unit_event.signed_by == "县教育局局长"
    assert kept.decided_event.scan.name == "汇总表.pdf"
    assert seen(task).due_on == DUE


def test_after_the_date_nobody_asks(case, frozen_clock):
    task, liaison, _head, _director = case
    frozen_clock(datetime(2026, 10, 1, 2, tzinfo=UTC))
    refusal = refusal_of(actions.ask_extension, task, by=liaison, **WHY)
    assert (refusal.code, refusal.details["until"]) == ("extension.late", DUE)
    assert queries.extensions_of(seen(task)) == []


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"asked_due_on": DUE}, "extension.not_later", "asked_due_on"),
        ({"reason": " "}, "task.reason_needed", "reason"),
        ({"progress": ""}, "task.reason_needed", "progress"),
    ],
)
def test_a_request_says_until_when_why_and_what_was_done(case, changed, code, field):
    task, liaison, _head, _director = case
    refusal = refusal_of(actions.ask_extension, task, by=liaison, **{**WHY, **changed})
    assert (refusal.code, refusal.field) == (code, field)


def test_one_request_at_a_time_and_anew_after_it_ended(case):
    task, liaison, head, _director = case
    asked(task, liaison)
    assert refusal_of(actions.ask_extension, task, by=liaison, **WHY).code == "extension.open"
    factories.step(actions.return_extension, task, by=head, reason="请再抓紧")
    asked(task, liaison)
    factories.step(actions.withdraw_extension, task, by=liaison)
    asked(task, liaison)
    assert [kept.status for kept in queries.extensions_of(seen(task))] == [E.UNIT_REVIEW, E.WITHDRAWN, E.RETURNED]


def test_what_a_leader_or_a_meeting_decided_is_extended_by_the_leader(units):
    lead, _helper, _other = units
    meeting = factories.meeting()
    resolved = factories.requirement(meeting, section=Section.RESOLVED)
    for rests_on in ({"source": TaskSource.INSTRUCTION}, {"requirement": resolved, "basis": "任务分解"}):
        task = factories.under_way(lead_unit=lead, **rests_on)
        asked(task, factories.liaison(lead))
        factories.step(actions.approve_extension, task, by=factories.head(lead))
        director = factories.director()
        refusal = refusal_of(actions.grant_extension, task, by=director, decided_due_on=ASKED)
        assert (refusal.code, refusal.field) == ("extension.leader_decision", "signed_by")
        signed = signature(signed_by="副县长")
        factories.step(actions.grant_extension, task, by=director, decided_due_on=ASKED, signature=signed)
        assert seen(task).due_on == ASKED


def test_the_granted_day_is_definite_and_later(case, frozen_clock):
    task, liaison, head, director = case
    asked(task, liaison)
    factories.step(actions.approve_extension, task, by=head)
    assert refusal_of(actions.grant_extension, task, by=director, decided_due_on=DUE).code == (
        "extension.decided_not_later"
    )
    frozen_clock(datetime(2026, 10, 15, 2, tzinfo=UTC))  # asked in time, so that the office may still decide
    refused = refusal_of(actions.grant_extension, task, by=director, decided_due_on=date(2026, 10, 14))
    assert refused.code == "extension.decided_past"
    factories.step(actions.grant_extension, task, by=director, decided_due_on=ASKED)


def test_an_open_request_ends_with_its_task(case):
    task, liaison, _head, director = case
    asked(task, liaison)
    factories.step(actions.cancel, task, by=director, reason="并入其他任务")
    [kept] = queries.extensions_of(seen(task))
    assert kept.status is E.WITHDRAWN
    assert kept.decided_event.action is TaskAction.CANCEL
    assert seen(task).extension_status is None


def test_others_do_not_ask_nor_see(case, units):
    task, liaison, _head, _director = case
    helper = factories.liaison(units[1])
    with pytest.raises(NotAllowed):
        factories.step(actions.ask_extension, task, by=helper, **WHY)
    asked(task, liaison)
    assert queries.extensions(factories.liaison(units[2])).total == 0
    assert queries.extensions(factories.actor(Role.SYSTEM_ADMIN)).total == 0
    [listed] = queries.extensions(factories.staff()).rows
    assert listed.task_id == task.id


def test_it_waits_on_the_desks_in_turn(case):
    task, liaison, head, director = case
    asked(task, liaison)
    assert [row.note for row in queries.waiting_for_head(head)] == ["道路因降雪封闭"]
    assert queries.waiting_for_office(director) == []
    factories.step(actions.approve_extension, task, by=head)
    assert queries.waiting_for_head(head) == []
    assert [row.task_id for row in queries.waiting_for_office(director)] == [task.id]
    assert [*queries.waiting_for_office_count(director).values()].count(1) == 1


def test_the_list_and_the_cases_take_few_statements(case, statements):
    task, liaison, _head, director = case
    asked(task, liaison)
    statements.clear()
    queries.extensions(director)
    assert len(statements) == 2
    statements.clear()
    queries.extensions_of(task)
    assert len(statements) == 1
