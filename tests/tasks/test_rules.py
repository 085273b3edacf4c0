"""Rules are pure, so every combination is tried."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.models import Section
from meetings.tasks import rules
from meetings.tasks.models import ExtensionStatus, Standard, TaskAction, TaskSource, TaskStatus
from tests.tasks.people import HELPER, LEAD, PEOPLE, TODAY, task

OFFICE = {"director", "staff", "director who is liaison"}
# Who may take each step from some status, as product.md says.
ALLOWED = {
    TaskAction.SUBMIT_FOR_ISSUE: {"director", "staff"},
    TaskAction.ISSUE: {"director"},
    TaskAction.ACKNOWLEDGE: {"lead head", "lead liaison", "helper head", "helper liaison"},
    TaskAction.DECLINE: {"lead head", "lead liaison"},
    TaskAction.REPORT_PROGRESS: {"lead liaison", "helper liaison", "director", "staff"},
    TaskAction.SUBMIT_COMPLETION: {"lead liaison"},
    TaskAction.APPROVE_IN_UNIT: {"lead head", "lead liaison", "director", "staff"},
    TaskAction.RETURN: {"lead head", "director", "staff"},
    TaskAction.COMPLETE: {"director"},
    TaskAction.CLOSE: {"director", "staff"},
    TaskAction.SUSPEND: {"director"},
    TaskAction.RESUME: {"director"},
    TaskAction.CANCEL: {"director"},
    TaskAction.REOPEN: {"director"},
    TaskAction.CONSULT: {"director", "staff"},
    TaskAction.END_CONSULTATION: {"director", "staff"},
    TaskAction.ADJUST: {"director"},
    TaskAction.REASSIGN: {"director"},
    TaskAction.SPLIT: {"director"},
    TaskAction.MERGE: {"director"},
    TaskAction.ASK_EXTENSION: {"lead liaison", "director", "staff"},
    TaskAction.APPROVE_EXTENSION: {"lead head", "lead liaison", "director", "staff"},
    TaskAction.RETURN_EXTENSION: {"lead head"},
    TaskAction.GRANT_EXTENSION: {"director", "staff"},
    TaskAction.REFUSE_EXTENSION: {"director", "staff"},
    TaskAction.WITHDRAW_EXTENSION: {"lead liaison"},
}
# Where the request for more time stands when the step is tried; none is open unless the step answers one.
ASKED = {
    TaskAction.APPROVE_EXTENSION: ExtensionStatus.UNIT_REVIEW,
    TaskAction.RETURN_EXTENSION: ExtensionStatus.UNIT_REVIEW,
    TaskAction.GRANT_EXTENSION: ExtensionStatus.OFFICE_REVIEW,
    TaskAction.REFUSE_EXTENSION: ExtensionStatus.OFFICE_REVIEW,
    TaskAction.WITHDRAW_EXTENSION: ExtensionStatus.UNIT_REVIEW,
}


def test_every_action_has_a_transition():
    assert set(rules.TRANSITIONS) == set(TaskAction) == set(ALLOWED)


def test_every_status_can_be_reached_and_is_left_by_the_table_alone():
    targets = {row.target for row in rules.TRANSITIONS.values()} - {None}
    assert targets == set(TaskStatus)


@pytest.mark.parametrize("action", TaskAction)
def test_shown_actions_are_exactly_the_accepted_ones(action):
    for status, who in product(TaskStatus, PEOPLE):
        row = task(status, extension_status=ASKED.get(action))
        about = f"{status}, {who}"

        shown = action in rules.available_actions(row, PEOPLE[who], today=TODAY)

        try:
            after = rules.next_status(row, action, PEOPLE[who], today=TODAY)
        except DomainError as refusal:
            assert not shown, about
            assert refusal.code in {"task.not_yours", "task.wrong_status"}, about
        else:
            assert shown, about
            assert status in rules.TRANSITIONS[action].sources, about
            assert after in {rules.TRANSITIONS[action].target, status, TaskStatus.IN_PROGRESS}, about


@pytest.mark.parametrize("action", TaskAction)
def test_only_those_whom_the_rules_name_can_take_a_step(action):
    rows = [task(status, extension_status=ASKED.get(action)) for status in TaskStatus]
    able = {
        who
        for who, person in PEOPLE.items()
        if any(action in rules.available_actions(row, person, today=TODAY) for row in rows)
    }
    both = {"director who is liaison"} if ALLOWED[action] & {"director", "lead liaison"} else set()
    assert able == ALLOWED[action] | both


def test_a_stranger_is_refused_before_the_status_is_looked_at():
    with pytest.raises(NotAllowed, match=r"task\.not_yours"):
        rules.next_status(task(TaskStatus.CLOSED), TaskAction.COMPLETE, PEOPLE["other liaison"])


def test_a_head_does_not_return_what_waits_for_the_office_nor_the_office_what_waits_for_the_head():
    with pytest.raises(NotAllowed):
        rules.next_status(task(TaskStatus.OFFICE_REVIEW), TaskAction.RETURN, PEOPLE["lead head"])
    with pytest.raises(NotAllowed):
        rules.next_status(task(TaskStatus.UNIT_REVIEW), TaskAction.RETURN, PEOPLE["director"])


def test_a_helpers_receipt_is_its_own():
    row = task(TaskStatus.ISSUED)
    assert rules.next_status(row, TaskAction.ACKNOWLEDGE, PEOPLE["helper liaison"]) is TaskStatus.ISSUED
    assert rules.next_status(row, TaskAction.ACKNOWLEDGE, PEOPLE["lead liaison"]) is TaskStatus.IN_PROGRESS


def test_a_receipt_is_given_once():
    with pytest.raises(DomainError, match="already_acknowledged"):
        rules.next_status(task(acknowledged=True), TaskAction.ACKNOWLEDGE, PEOPLE["lead liaison"])


def test_who_stands_in_for_a_helper_acknowledges_for_both_units():
    both = replace(PEOPLE["lead liaison"], unit_ids=frozenset({LEAD, HELPER}))
    row = task(acknowledged=True)
    row.units[1].acknowledged_at = None

    assert rules.part_to_acknowledge(row, both) is row.units[1]


def test_declining_ends_with_the_day_of_the_receipt():
    row = task(TaskStatus.ISSUED)
    liaison = PEOPLE["lead liaison"]
    assert rules.next_status(row, TaskAction.DECLINE, liaison, today=date(2026, 7, 16)) is TaskStatus.PENDING_ISSUE
    with pytest.raises(DomainError, match="decline_late"):
        rules.next_status(row, TaskAction.DECLINE, liaison, today=date(2026, 7, 17))


def test_the_second_issue_is_final():
    with pytest.raises(DomainError, match="decline_final"):
        rules.next_status(
            task(TaskStatus.ISSUED, was_declined=True), TaskAction.DECLINE, PEOPLE["lead head"], today=TODAY
        )


@pytest.mark.parametrize("before", sorted(rules.WORKING))
def test_a_suspended_task_goes_on_where_it_stood(before):
    row = task(TaskStatus.SUSPENDED, status_before=before)
    assert rules.next_status(row, TaskAction.RESUME, PEOPLE["director"]) is before


@pytest.mark.parametrize(
    ("who", "offline"),
    [("lead head", False), ("lead liaison", True), ("staff", True), ("director", True), ("other head", False)],
)
def test_only_the_head_approves_on_line(who, offline):
    assert rules.is_offline_only(task(TaskStatus.UNIT_REVIEW), TaskAction.APPROVE_IN_UNIT, PEOPLE[who]) is offline


@pytest.mark.parametrize("status", TaskStatus)
def test_what_a_task_says_is_changed_by_the_office_before_the_issue(status):
    changing = set(PEOPLE)
    for who, person in PEOPLE.items():
        try:
            rules.check_editing(task(status), person)
        except DomainError:
            changing.remove(who)
    assert changing == (OFFICE if status in {TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE} else set())


@pytest.mark.parametrize("status", TaskStatus)
def test_standards_are_ticked_by_lead_and_office_while_the_task_is_at_work(status):
    ticking = {
        TaskStatus.IN_PROGRESS: OFFICE | {"lead liaison"},
        TaskStatus.UNIT_REVIEW: OFFICE,
        TaskStatus.OFFICE_REVIEW: OFFICE,
    }.get(status, set())
    assert {who for who, person in PEOPLE.items() if rules.may_tick(task(status), person)} == ticking


@pytest.mark.parametrize(
    ("number", "source", "section", "needed"),
    [
        ("2026-001", TaskSource.REQUIREMENT, Section.RESOLVED, True),
        ("2026-001", TaskSource.INSTRUCTION, None, True),
        ("2026-001", TaskSource.REQUIREMENT, Section.REQUIRED, False),
        ("2026-001", TaskSource.OFFICE, None, False),
        (None, TaskSource.INSTRUCTION, Section.RESOLVED, False),
    ],
)
def test_what_rests_on_a_resolution_or_an_instruction_is_cancelled_by_the_leader(number, source, section, needed):
    assert rules.needs_leader_decision(task(number=number, source=source), section) is needed


def test_what_is_missing_for_completion_is_named():
    row = task(TaskStatus.OFFICE_REVIEW, evidence_reason="办结须附名册")
    row.standards = [Standard(met_at=None)]
    assert rules.missing_for_completion(row, open_subtasks=2, evidence_count=0) == ["standards", "subtasks", "evidence"]
    row.standards = [Standard(met_at="now")]
    assert rules.missing_for_completion(row, open_subtasks=0, evidence_count=1) == []


def test_a_helper_that_never_reported_is_named():
    assert [part.unit_id for part in rules.helpers_without_report(task())] == [HELPER]


def test_a_task_is_due_on_the_day_of_its_issue_at_the_earliest():
    rules.check_dates(due_on=TODAY, issued_on=TODAY)
    with pytest.raises(DomainError, match="due_before_issue"):
        rules.check_dates(due_on=date(2026, 7, 13), issued_on=TODAY)


def test_stage_points_lie_before_the_date():
    rules.check_stages(TODAY, [TODAY])
    with pytest.raises(DomainError, match="stage_after_due"):
        rules.check_stages(TODAY, [date(2026, 7, 15)])


@pytest.mark.parametrize("helpers", [[1], [2, 2]])
def test_no_unit_twice(helpers):
    with pytest.raises(DomainError, match="unit_twice"):
        rules.check_units(1, helpers)


@pytest.mark.parametrize(("action", "asked"), [*product(rules.EXTENSION_STEPS, [None, *ExtensionStatus])])
def test_a_step_of_an_extension_begins_where_the_case_stands(action, asked):
    row = task(extension_status=asked)
    sources, target = rules.EXTENSION_STEPS[action]
    who = PEOPLE["director who is liaison"] if action in ALLOWED and "director" in ALLOWED[action] else None
    who = who or PEOPLE["lead head" if action is TaskAction.RETURN_EXTENSION else "lead liaison"]

    if asked in sources:
        assert rules.next_status(row, action, who, today=TODAY) is row.status
        assert (target in rules.OPEN_EXTENSIONS) == (action in {TaskAction.ASK_EXTENSION, TaskAction.APPROVE_EXTENSION})
    else:
        with pytest.raises(DomainError, match=r"extension\.(open|not_waiting)"):
            rules.next_status(row, action, who, today=TODAY)


def test_more_time_is_asked_until_the_day_itself_and_never_after():
    row, who = task(due_on=TODAY), PEOPLE["lead liaison"]
    assert rules.next_status(row, TaskAction.ASK_EXTENSION, who, today=TODAY) is row.status
    with pytest.raises(DomainError, match=r"extension\.late"):
        rules.next_status(row, TaskAction.ASK_EXTENSION, who, today=date(2026, 7, 15))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_granted_day_is_later_than_the_present_date_and_not_past(day, due_on):
    row = task(due_on=due_on)
    fits = day > due_on and day >= TODAY
    try:
        rules.check_decided_day(day, row, today=TODAY)
    except DomainError as refusal:
        assert not fits
        assert refusal.field == "decided_due_on"
    else:
        assert fits
