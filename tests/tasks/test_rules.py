"""Rules are pure, so every combination is tried."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.models import Section
from meetings.tasks import rules
from meetings.tasks.models import (
    ExtensionStatus,
    ProgressReport,
    Quantity,
    ReportingCycle,
    ReportStatus,
    Standard,
    Step,
    Task,
    TaskAction,
    TaskSource,
    TaskStatus,
    TaskUnit,
    UnitRole,
)
from meetings.tasks.rules import ReportAction
from meetings.workdays.rules import Calendar

TODAY = date(2026, 7, 14)  # a Tuesday
LEAD, HELPER, OTHER = 1, 2, 3


def person(*roles: Role, unit_id: int | None = None, committee_id: int = 1) -> Actor:
    units = frozenset({unit_id} if unit_id else ())
    return Actor(9, "某人", committee_id, units, frozenset(roles), permissions_of(roles))


PEOPLE = {
    "director": person(Role.OFFICE_DIRECTOR),
    "staff": person(Role.OFFICE_STAFF),
    "leader": person(Role.LEADER),
    "observer": person(Role.OBSERVER),
    "lead head": person(Role.UNIT_HEAD, unit_id=LEAD),
    "lead liaison": person(Role.LIAISON, unit_id=LEAD),
    "helper head": person(Role.UNIT_HEAD, unit_id=HELPER),
    "helper liaison": person(Role.LIAISON, unit_id=HELPER),
    "other head": person(Role.UNIT_HEAD, unit_id=OTHER),
    "other liaison": person(Role.LIAISON, unit_id=OTHER),
    "statistician": person(Role.STATISTICIAN, unit_id=LEAD),
    "system admin": person(Role.SYSTEM_ADMIN),
    "security admin": person(Role.SECURITY_ADMIN),
    "auditor": person(Role.AUDITOR),
    "director elsewhere": person(Role.OFFICE_DIRECTOR, committee_id=2),
    "director who is liaison": person(Role.OFFICE_DIRECTOR, Role.LIAISON, unit_id=LEAD),
}

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


def task(status: TaskStatus = TaskStatus.IN_PROGRESS, *, acknowledged: bool = False, **values: object) -> Task:
    defaults = {"committee_id": 1, "lead_unit_id": LEAD, "due_on": date(2026, 9, 30), "was_declined": False}
    parts = [
        TaskUnit(unit_id=unit_id, role=role, position=n, receipt_due_on=date(2026, 7, 16))
        for n, (unit_id, role) in enumerate([(LEAD, UnitRole.LEAD), (HELPER, UnitRole.COOPERATING)])
    ]
    for part in parts:
        part.acknowledged_at = "some time" if acknowledged else None  # type: ignore[assignment]  # only its presence counts
    return Task(status=status, units=parts, **{**defaults, **values})


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


@pytest.mark.parametrize(("action", "who"), [*product(TaskAction, PEOPLE)])
def test_only_those_whom_the_rules_name_can_take_a_step(action, who):
    rows = [task(status, extension_status=ASKED.get(action)) for status in TaskStatus]
    anywhere = any(action in rules.available_actions(row, PEOPLE[who], today=TODAY) for row in rows)

    if who == "director who is liaison":
        assert anywhere == bool(ALLOWED[action] & {"director", "lead liaison"})
    else:
        assert anywhere == (who in ALLOWED[action])


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


@pytest.mark.parametrize(("status", "who"), [*product(TaskStatus, PEOPLE)])
def test_what_a_task_says_is_changed_by_the_office_before_the_issue(status, who):
    try:
        rules.check_editing(task(status), PEOPLE[who])
    except DomainError:
        changed = False
    else:
        changed = True
    office = {"director", "staff", "director who is liaison"}
    assert changed == (who in office and status in {TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE})


@pytest.mark.parametrize(("status", "who"), [*product(TaskStatus, PEOPLE)])
def test_standards_are_ticked_by_lead_and_office_while_the_task_is_at_work(status, who):
    at_work = status is TaskStatus.IN_PROGRESS
    reviewed = status in {TaskStatus.UNIT_REVIEW, TaskStatus.OFFICE_REVIEW}
    office = who in {"director", "staff", "director who is liaison"}
    assert rules.may_tick(task(status), PEOPLE[who]) == (
        (at_work and (office or who == "lead liaison")) or (reviewed and office)
    )


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


# --- reports


def report(status: ReportStatus, unit_id: int = LEAD) -> ProgressReport:
    return ProgressReport(committee_id=1, unit_id=unit_id, status=status)


@pytest.mark.parametrize(("action", "status", "who"), [*product(ReportAction, ReportStatus, PEOPLE)])
def test_reports_are_approved_by_the_own_head_and_accepted_by_the_office(action, status, who):
    head = who == "lead head"
    office = who in {"director", "staff", "director who is liaison"}
    expected = {
        (ReportAction.APPROVE, ReportStatus.UNIT_REVIEW): head,
        (ReportAction.RETURN, ReportStatus.UNIT_REVIEW): head,
        (ReportAction.RETURN, ReportStatus.SUBMITTED): office,
        (ReportAction.ACCEPT, ReportStatus.SUBMITTED): office,
    }.get((action, status), False)

    shown = action in rules.available_report_actions(report(status), PEOPLE[who])

    assert shown is expected
    if not shown:
        with pytest.raises(DomainError, match=r"report\.(not_yours|wrong_status)"):
            rules.check_report_action(report(status), action, PEOPLE[who])


# --- progress


@pytest.mark.parametrize(
    ("target", "total", "percent"),
    [(200, 1, 1), (200, 0, 0), (3, 2, 67), (8, 1, 13), (1000, 995, 100), (1000, 994, 99), (100, 250, 100)],
)
def test_percent_from_a_quantity_is_rounded_half_up_and_ends_at_100(target, total, percent):
    quantity = Quantity(target=Decimal(target), total=Decimal(total))
    assert rules.percent_done([quantity], [], Step.NOT_STARTED) == percent


def test_several_quantities_count_equally_each_up_to_its_target():
    rows = [Quantity(target=Decimal(10), total=Decimal(20)), Quantity(target=Decimal(10), total=Decimal(0))]
    assert rules.percent_done(rows, [], Step.DONE) == 50


def test_quantities_come_before_standards_and_these_before_the_step():
    counted = [Quantity(target=Decimal(4), total=Decimal(1))]
    ticked = [Standard(met_at="now"), Standard(met_at=None), Standard(met_at=None)]
    assert rules.percent_done(counted, ticked, Step.DONE) == 25
    assert rules.percent_done([], ticked, Step.DONE) == 33
    assert rules.percent_done([], [Standard(met_at=None)], Step.NEARLY_DONE) == 80
    assert rules.percent_done([Quantity(target=None, total=Decimal(7))], [], Step.UNDER_WAY) == 50


@pytest.mark.parametrize(
    ("parts", "percent"),
    [
        ([(1, 0), (3, 100)], 75),
        ([(1, 100), (3, 0)], 25),
        ([(2, 50), (5, 80)], 71),
        ([(7, 40)], 40),
        ([(1, 33), (1, 34)], 34),
        ([], 0),
    ],
)
def test_a_parents_progress_is_weighted_and_divided_by_the_sum_of_weights(parts, percent):
    assert rules.weighted_percent(parts) == percent


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=20))
@settings(deadline=None)
def test_a_parent_lies_between_its_sub_tasks(parts):
    percents = [percent for _, percent in parts]
    assert min(percents) <= rules.weighted_percent(parts) <= max(percents)


@given(
    st.lists(st.tuples(st.none() | st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2)), max_size=5),
    st.integers(0, 5),
    st.sampled_from(Step),
)
@settings(deadline=None)
def test_progress_is_never_outside_0_and_100(amounts, met, step):
    assert 0 <= rules.counted_percent(amounts, met_count=met, standard_count=5, step=step) <= 100


@pytest.mark.parametrize(
    ("this_period", "total", "reason", "code", "field"),
    [
        ("5", "9", "", "progress.total_lower", "quantity_7_reason"),
        ("5", "101", "", "progress.over_target", "quantity_7_reason"),
        ("-1", "20", "更正", "progress.negative", "quantity_7_this_period"),
        ("0", "-1", "更正", "progress.negative", "quantity_7_total"),
        ("5", "9", "更正上次误报", None, None),
        ("5", "101", "超额完成", None, None),
        ("5", "10", "", None, None),
        ("90", "100", "", None, None),
    ],
)
def test_a_total_lower_than_before_or_over_its_target_needs_a_reason(this_period, total, reason, code, field):
    quantity = Quantity(id=7, name="培训场次", target=Decimal(100))
    given_amounts = {
        "before": Decimal(10),
        "this_period": Decimal(this_period),
        "total": Decimal(total),
        "reason": reason,
    }
    if code is None:
        rules.check_amounts(quantity, **given_amounts)
        return
    with pytest.raises(DomainError) as refusal:
        rules.check_amounts(quantity, **given_amounts)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize(("amount", "text"), [("6200.0000", "6200"), ("0.5000", "0.5"), ("0", "0"), ("-3.10", "-3.1")])
def test_amounts_are_written_without_trailing_zeros(amount, text):
    assert rules.plain_amount(Decimal(amount)) == text


def test_what_is_missing_for_completion_is_named():
    row = task(TaskStatus.OFFICE_REVIEW, evidence_reason="办结须附名册")
    row.standards = [Standard(met_at=None)]
    assert rules.missing_for_completion(row, open_subtasks=2, evidence_count=0) == ["standards", "subtasks", "evidence"]
    row.standards = [Standard(met_at="now")]
    assert rules.missing_for_completion(row, open_subtasks=0, evidence_count=1) == []


def test_a_helper_that_never_reported_is_named():
    assert [part.unit_id for part in rules.helpers_without_report(task())] == [HELPER]


# --- what a task may say


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


@pytest.mark.parametrize(
    ("cycle", "refused"), [("none", False), ("quarterly", False), ("monthly", True), ("weekly", True)]
)
def test_more_than_a_quarterly_report_needs_a_reason(cycle, refused):
    rules.check_cycle(ReportingCycle(cycle), "领导要求每月报")
    if refused:
        with pytest.raises(DomainError, match="cycle_reason"):
            rules.check_cycle(ReportingCycle(cycle), " ")
    else:
        rules.check_cycle(ReportingCycle(cycle), "")


# --- the days of reports


@pytest.mark.parametrize(
    ("cycle", "reporting_day", "day", "owed"),
    [
        ("quarterly", 5, date(2026, 7, 14), date(2026, 10, 8)),  # 1 to 7 October is a holiday
        ("quarterly", 5, date(2026, 10, 1), date(2027, 1, 5)),
        ("quarterly", 15, date(2026, 12, 31), date(2027, 1, 15)),
        ("monthly", 5, date(2026, 7, 14), date(2026, 8, 5)),
        ("monthly", 5, date(2026, 8, 31), date(2026, 9, 7)),  # the 5th is a Saturday, the 6th a Sunday
        (
            "monthly",
            31,
            date(2026, 1, 31),
            date(2026, 2, 28),
        ),  # the 28th, a Saturday, is worked for the Spring Festival
        ("monthly", 5, date(2026, 12, 1), date(2027, 1, 5)),
        ("weekly", 5, date(2026, 7, 14), date(2026, 7, 17)),
        ("weekly", 5, date(2026, 7, 17), date(2026, 7, 24)),
        ("weekly", 7, date(2026, 7, 18), date(2026, 7, 24)),
        ("none", 5, date(2026, 7, 14), None),
    ],
)
def test_the_report_on_a_period_is_owed_after_its_end_on_a_working_day(cycle, reporting_day, day, owed):
    assert rules.report_day(ReportingCycle(cycle), reporting_day, day, Calendar()) == owed


@pytest.mark.parametrize(
    ("sent_on", "owed_on", "following"),
    [
        (date(2026, 8, 20), date(2026, 10, 8), date(2027, 1, 5)),  # early: it answers for the period then owed
        (date(2026, 10, 2), date(2026, 10, 8), date(2027, 1, 5)),
        (date(2026, 7, 14), date(2026, 7, 6), date(2026, 10, 8)),  # late
        (date(2026, 7, 2), date(2026, 4, 7), date(2026, 10, 8)),  # a quarter late: it answers for both
        (date(2026, 7, 14), None, date(2026, 10, 8)),
        (date(2026, 8, 25), date(2027, 1, 5), date(2027, 1, 5)),  # a second one in the quarter: the next has not begun
    ],
)
def test_one_report_answers_for_everything_up_to_the_day_it_was_sent(sent_on, owed_on, following):
    assert rules.next_report_day(ReportingCycle.QUARTERLY, 5, sent_on, owed_on, Calendar()) == following


@given(st.sampled_from(ReportingCycle), st.integers(-3, 40), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
@settings(deadline=None)
def test_an_owed_day_is_a_working_day_after_the_day_and_the_next_comes_after_it(cycle, reporting_day, day):
    calendar = Calendar()
    owed = rules.report_day(cycle, reporting_day, day, calendar)
    if cycle is ReportingCycle.NONE:
        assert owed is None
        return
    assert owed > day
    assert calendar.is_working(owed)
    assert rules.next_report_day(cycle, reporting_day, day, owed, calendar) > owed


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
