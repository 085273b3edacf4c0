"""What may happen to a task, when, and at whose hand; lights; progress. Pure: no session, no request, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum, auto

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.models import Section
from meetings.tasks.models import (
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
from meetings.workdays.rules import Calendar


class Party(Enum):
    """The part somebody plays in a task. One person may play several."""

    DIRECTOR = auto()
    OFFICE = auto()
    LEAD_HEAD = auto()
    LEAD_LIAISON = auto()
    HELPER_HEAD = auto()
    HELPER_LIAISON = auto()


@dataclass(frozen=True, slots=True)
class Transition:
    """From which statuses, to which (None: it stays), by which parties."""

    sources: frozenset[TaskStatus]
    target: TaskStatus | None
    parties: frozenset[Party]


def _transition(sources: set[TaskStatus], target: TaskStatus | None, *parties: Party) -> Transition:
    return Transition(frozenset(sources), target, frozenset(parties))


S = TaskStatus
P = Party
_UNITS = (P.LEAD_HEAD, P.LEAD_LIAISON, P.HELPER_HEAD, P.HELPER_LIAISON)
WORKING = {S.ISSUED, S.IN_PROGRESS, S.UNIT_REVIEW, S.OFFICE_REVIEW}

# The one table: what the page offers and what the server accepts.
TRANSITIONS: Mapping[TaskAction, Transition] = {
    TaskAction.SUBMIT_FOR_ISSUE: _transition({S.DRAFT}, S.PENDING_ISSUE, P.OFFICE, P.DIRECTOR),
    TaskAction.ISSUE: _transition({S.DRAFT, S.PENDING_ISSUE}, S.ISSUED, P.DIRECTOR),
    # A helper's receipt is its own: it leaves the status as it is (see next_status).
    TaskAction.ACKNOWLEDGE: _transition({S.ISSUED, S.IN_PROGRESS}, S.IN_PROGRESS, *_UNITS),
    TaskAction.DECLINE: _transition({S.ISSUED}, S.PENDING_ISSUE, P.LEAD_HEAD, P.LEAD_LIAISON),
    TaskAction.REPORT_PROGRESS: _transition(
        {S.IN_PROGRESS}, None, P.LEAD_LIAISON, P.HELPER_LIAISON, P.OFFICE, P.DIRECTOR
    ),
    TaskAction.SUBMIT_COMPLETION: _transition({S.IN_PROGRESS}, S.UNIT_REVIEW, P.LEAD_LIAISON),
    TaskAction.APPROVE_IN_UNIT: _transition(
        {S.UNIT_REVIEW}, S.OFFICE_REVIEW, P.LEAD_HEAD, P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR
    ),
    TaskAction.RETURN: _transition({S.UNIT_REVIEW, S.OFFICE_REVIEW}, S.IN_PROGRESS, P.LEAD_HEAD, P.OFFICE, P.DIRECTOR),
    TaskAction.COMPLETE: _transition({S.OFFICE_REVIEW}, S.COMPLETED, P.DIRECTOR),
    TaskAction.CLOSE: _transition({S.COMPLETED}, S.CLOSED, P.DIRECTOR, P.OFFICE),
    TaskAction.SUSPEND: _transition(WORKING, S.SUSPENDED, P.DIRECTOR),
    TaskAction.RESUME: _transition({S.SUSPENDED}, None, P.DIRECTOR),
    TaskAction.CANCEL: _transition({S.DRAFT, S.PENDING_ISSUE, S.SUSPENDED} | WORKING, S.CANCELLED, P.DIRECTOR),
    TaskAction.REOPEN: _transition({S.COMPLETED, S.CLOSED}, S.IN_PROGRESS, P.DIRECTOR),
}

# A head returns what waits for the head; the office what waits for the office.
_RETURNED_BY: Mapping[TaskStatus, frozenset[Party]] = {
    S.UNIT_REVIEW: frozenset({P.LEAD_HEAD}),
    S.OFFICE_REVIEW: frozenset({P.OFFICE, P.DIRECTOR}),
}

# Only by the signed and stamped page, unless the actor is the unit's head.
OFFLINE_ONLY: Mapping[TaskAction, frozenset[Party]] = {
    TaskAction.APPROVE_IN_UNIT: frozenset({P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR}),
}

OPEN = frozenset({S.ISSUED, S.IN_PROGRESS, S.UNIT_REVIEW, S.OFFICE_REVIEW})
DONE = frozenset({S.COMPLETED, S.CLOSED})
# Statuses in which a unit sees the task at all.
HANDED_OUT = frozenset(S) - {S.DRAFT, S.PENDING_ISSUE}


def parties_of(task: Task, actor: Actor) -> frozenset[Party]:
    """Every part the actor plays; needs ``task.units``."""
    parties = set()
    if actor.committee_id != task.committee_id:
        return frozenset()
    if actor.may("tasks.issue"):
        parties.add(P.DIRECTOR)
    if actor.may("tasks.draft"):
        parties.add(P.OFFICE)
    for part in task.units:
        if part.unit_id in actor.unit_ids:
            lead = part.role is UnitRole.LEAD
            if actor.may("tasks.approve"):
                parties.add(P.LEAD_HEAD if lead else P.HELPER_HEAD)
            if actor.may("tasks.report"):
                parties.add(P.LEAD_LIAISON if lead else P.HELPER_LIAISON)
    return frozenset(parties)


def part_of(task: Task, actor: Actor) -> TaskUnit | None:
    """The participation of the actor's unit, the lead's first."""
    return _foremost(part for part in task.units if part.unit_id in actor.unit_ids)


def part_to_acknowledge(task: Task, actor: Actor) -> TaskUnit | None:
    """The participation that the actor's units have not acknowledged yet, the lead's first."""
    return _foremost(part for part in task.units if part.unit_id in actor.unit_ids and part.acknowledged_at is None)


def _foremost(parts: Iterable[TaskUnit]) -> TaskUnit | None:
    return min(parts, key=lambda part: (part.role is not UnitRole.LEAD, part.position), default=None)


def lead_part(task: Task) -> TaskUnit:
    """The lead's participation; every task has one."""
    return next(part for part in task.units if part.role is UnitRole.LEAD)


def next_status(task: Task, action: TaskAction, actor: Actor, *, today: date | None = None) -> TaskStatus:
    """Say what the task becomes, or raise the reason why not.

    Raises ``NotAllowed("task.not_yours")``, ``DomainError("task.wrong_status")``, and for a refusal to take the
    task on ``DomainError`` with ``task.decline_late`` or ``task.decline_final``.
    """
    transition = TRANSITIONS[action]
    parties = parties_of(task, actor)
    if not parties & transition.parties:
        raise NotAllowed("task.not_yours", action=action)
    if task.status not in transition.sources:
        raise DomainError("task.wrong_status", action=action, status=task.status)
    if action is TaskAction.RETURN and not parties & _RETURNED_BY[task.status]:
        raise NotAllowed("task.not_yours", action=action)
    match action:
        case TaskAction.ACKNOWLEDGE:
            return _status_acknowledged(task, actor)
        case TaskAction.DECLINE:
            _check_decline(task, actor, today)
        case TaskAction.RESUME:
            return task.status_before or S.IN_PROGRESS
    return transition.target or task.status


def _status_acknowledged(task: Task, actor: Actor) -> TaskStatus:
    """The lead's receipt begins the work; a helper's leaves the status as it is."""
    part = part_to_acknowledge(task, actor)
    if part is None:
        raise DomainError("task.already_acknowledged")
    return S.IN_PROGRESS if part.role is UnitRole.LEAD else task.status


def _check_decline(task: Task, actor: Actor, today: date | None) -> None:
    """Within the days of the receipt, and once."""
    if task.was_declined:
        raise DomainError("task.decline_final")
    part = part_of(task, actor)
    if today and part and part.receipt_due_on and today > part.receipt_due_on:
        raise DomainError("task.decline_late", until=part.receipt_due_on)


def available_actions(task: Task, actor: Actor, *, today: date | None = None) -> list[TaskAction]:
    """The buttons to show. The same function decides what the server accepts."""
    return [action for action in TaskAction if _is_accepted(task, action, actor, today)]


def _is_accepted(task: Task, action: TaskAction, actor: Actor, today: date | None) -> bool:
    try:
        next_status(task, action, actor, today=today)
    except DomainError:
        return False
    return True


def is_offline_only(task: Task, action: TaskAction, actor: Actor) -> bool:
    """The actor may record the act from a signed page, not do it as the head."""
    parties = parties_of(task, actor) & TRANSITIONS[action].parties
    return bool(parties) and parties <= OFFLINE_ONLY.get(action, frozenset())


# --- lights -----------------------------------------------------------------------------------------------------


class LightCode(StrEnum):
    """The six lights; the names are those of the marks that pages and papers draw."""

    NEW = "new"
    OK = "ok"
    WARN = "warn"
    LATE = "late"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Light:
    """A light and why it shows so: ``reason`` is a code of ``words.LIGHTS``, ``days`` working days."""

    code: LightCode
    reason: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class LightRule:
    """The setting: how many working days before its date a task turns yellow."""

    today: date
    calendar: Calendar
    soon: date  # the last day that counts as close

    @classmethod
    def of(cls, today: date, calendar: Calendar, due_soon_working_days: int = 3) -> "LightRule":
        return cls(today, calendar, calendar.add(today, due_soon_working_days))


def light(
    status: TaskStatus,
    due_on: date,
    rule: LightRule,
    *,
    receipt_due_on: date | None = None,
    acknowledged: bool = True,
    report_due_on: date | None = None,
    next_stage_on: date | None = None,
    submitted_on: date | None = None,
) -> Light | None:
    """The light of a task or of one unit's part in it; first match wins. None for drafts, suspended and cancelled ones.

    ``submitted_on`` is the day completion was asked for and not returned since: an unreviewed report never makes
    a unit late. Colour depends on dates only, never on elapsed time alone (product.md, Lights).
    """
    if status is S.CLOSED:
        return Light(LightCode.CLOSED, "closed")
    if status is S.COMPLETED:
        return Light(LightCode.DONE, "completed")
    if status not in OPEN:
        return None
    return (
        _lateness(rule, due_on, receipt_due_on if not acknowledged else None, report_due_on, submitted_on)
        or (Light(LightCode.NEW, "not_acknowledged") if not acknowledged else None)
        or (_warning(rule, due_on, next_stage_on) if submitted_on is None else None)
        or Light(LightCode.OK, "on_course")
    )


def _lateness(
    rule: LightRule, due_on: date, receipt_due_on: date | None, report_due_on: date | None, submitted_on: date | None
) -> Light | None:
    """What is past its day, first match wins: the task, an owed report, a receipt that is still owed."""
    today = rule.today
    reached = submitted_on or today
    if due_on < reached:
        return Light(LightCode.LATE, "overdue", max(1, rule.calendar.between(due_on, reached)))
    if report_due_on and report_due_on < today and submitted_on is None:
        return Light(LightCode.LATE, "report_overdue", max(1, rule.calendar.between(report_due_on, today)))
    if receipt_due_on and receipt_due_on < today:
        return Light(LightCode.LATE, "receipt_overdue", max(1, rule.calendar.between(receipt_due_on, today)))
    return None


def _warning(rule: LightRule, due_on: date, next_stage_on: date | None) -> Light | None:
    """Close to its date, or behind a stage point."""
    if due_on <= rule.soon:
        return Light(LightCode.WARN, "due_soon", rule.calendar.between(rule.today, due_on))
    if next_stage_on and next_stage_on < rule.today:
        return Light(LightCode.WARN, "behind_stage")
    return None


# --- progress ---------------------------------------------------------------------------------------------------

STEP_PERCENT: Mapping[Step, int] = {Step.NOT_STARTED: 0, Step.UNDER_WAY: 50, Step.NEARLY_DONE: 80, Step.DONE: 100}


def rounded_percent(part: Decimal, whole: Decimal) -> int:
    """``part`` of ``whole`` in whole percent, half up, within 0 and 100; 0 where there is no whole."""
    if whole <= 0:
        return 0
    percent = (part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)
    return int(min(max(percent, Decimal(0)), Decimal(100)))


def percent_done(quantities: Iterable[Quantity], standards: Sequence[Standard], step: Step) -> int:
    """A task's progress as its rows stand; see ``counted_percent``."""
    return counted_percent(
        [(q.target, q.total) for q in quantities],
        met_count=sum(standard.met_at is not None for standard in standards),
        standard_count=len(standards),
        step=step,
    )


def counted_percent(
    amounts: Iterable[tuple[Decimal | None, Decimal]], *, met_count: int, standard_count: int, step: Step
) -> int:
    """Progress counted, in this order, from amounts (target, total) with a target, ticked standards, or the step.

    Several quantities count equally, each up to its target. Where no standard is ticked yet the step tells.
    """
    shares = [min(Decimal(1), max(Decimal(0), total / target)) for target, total in amounts if target]
    if shares:
        return rounded_percent(sum(shares, Decimal(0)), Decimal(len(shares)))
    if met_count:
        return rounded_percent(Decimal(met_count), Decimal(standard_count))
    return STEP_PERCENT[step]


def weighted_percent(parts: Iterable[tuple[int, int]]) -> int:
    """A parent's progress from (weight, percent) of its sub-tasks: Σ weight × percent ÷ Σ weight."""
    rows = list(parts)
    return rounded_percent(Decimal(sum(w * p for w, p in rows)), Decimal(sum(w for w, _ in rows) * 100))


def missing_for_completion(task: Task, *, open_subtasks: int, evidence_count: int) -> list[str]:
    """What stands against completion: codes of ``words.MISSING``; empty when nothing does."""
    missing = []
    if any(standard.met_at is None for standard in task.standards):
        missing.append("standards")
    if open_subtasks:
        missing.append("subtasks")
    if task.evidence_reason and not evidence_count:
        missing.append("evidence")
    return missing


def helpers_without_report(task: Task) -> list[TaskUnit]:
    """Helpers that have not reported: shown, never in the way."""
    return [part for part in task.units if part.role is UnitRole.COOPERATING and part.reported_at is None]


def check_dates(*, due_on: date, issued_on: date, stages: Iterable[date] = ()) -> None:
    """A task is due on or after the day it is issued; its stage points lie before its date."""
    if due_on < issued_on:
        raise DomainError("task.due_before_issue", field="due_on")
    check_stages(due_on, stages)


def check_stages(due_on: date, stages: Iterable[date]) -> None:
    """Stage points lie on or before the task's date."""
    if any(stage > due_on for stage in stages):
        raise DomainError("task.stage_after_due", field="stages")


def check_units(lead_unit_id: int, cooperating_unit_ids: Sequence[int]) -> None:
    """One lead, and no unit twice."""
    if len({lead_unit_id, *cooperating_unit_ids}) != 1 + len(cooperating_unit_ids):
        raise DomainError("task.unit_twice", field="cooperating_unit_ids")


def check_editing(task: Task, actor: Actor) -> None:
    """The office changes what a task says until it is issued, and again when it was declined."""
    if actor.committee_id != task.committee_id or not actor.may("tasks.draft"):
        raise NotAllowed("task.not_yours", action="edit")
    if task.status not in {S.DRAFT, S.PENDING_ISSUE}:
        raise DomainError("task.wrong_status", action="edit", status=task.status)


def check_ticking(task: Task, actor: Actor) -> None:
    """The lead's liaison ticks standards and stage points while work goes on, the office until completion."""
    parties = parties_of(task, actor)
    if not parties & {P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR}:
        raise NotAllowed("task.not_yours", action="tick")
    allowed = {S.IN_PROGRESS, S.UNIT_REVIEW, S.OFFICE_REVIEW} if parties & {P.OFFICE, P.DIRECTOR} else {S.IN_PROGRESS}
    if task.status not in allowed:
        raise DomainError("task.wrong_status", action="tick", status=task.status)


def may_tick(task: Task, actor: Actor) -> bool:
    try:
        check_ticking(task, actor)
    except DomainError:
        return False
    return True


def needs_leader_decision(task: Task, section: Section | None) -> bool:
    """Cancelling a task that was issued and rests on an instruction or a resolution is the leader's to decide.

    ``section`` is that of the task's requirement. Source: product.md, Task, reminder ladder.
    """
    return task.number is not None and (task.source is TaskSource.INSTRUCTION or section is Section.RESOLVED)


def rests_on_requirement(task: Task) -> bool:
    """Born from what a meeting said, so that issuing it must rest on a text that holds."""
    return task.requirement_id is not None or task.source is TaskSource.REQUIREMENT


# --- reports ----------------------------------------------------------------------------------------------------


class ReportAction(StrEnum):
    """What can be done to a progress report that was sent."""

    APPROVE = "approve"
    RETURN = "return"
    ACCEPT = "accept"


def check_report_action(report: ProgressReport, action: ReportAction, actor: Actor) -> ReportStatus:
    """Say what the report becomes, or raise why not.

    The head of the report's own unit approves or returns what waits for the head; the office accepts or returns what
    was submitted to it. Raises ``NotAllowed("report.not_yours")`` or ``DomainError("report.wrong_status")``.
    """
    same = actor.committee_id == report.committee_id
    head = same and actor.may("tasks.approve") and report.unit_id in actor.unit_ids
    office = same and actor.may("tasks.review")
    if (
        not (head or office)
        or (action is ReportAction.APPROVE and not head)
        or (action is ReportAction.ACCEPT and not office)
    ):
        raise NotAllowed("report.not_yours", action=action)
    waits_for_head = report.status is ReportStatus.UNIT_REVIEW
    waits_for_office = report.status is ReportStatus.SUBMITTED
    match action:
        case ReportAction.APPROVE if waits_for_head:
            return ReportStatus.SUBMITTED
        case ReportAction.ACCEPT if waits_for_office:
            return ReportStatus.ACCEPTED
        case ReportAction.RETURN if (waits_for_head and head) or (waits_for_office and office):
            return ReportStatus.RETURNED
        case ReportAction.RETURN if waits_for_head or waits_for_office:
            raise NotAllowed("report.not_yours", action=action)
    raise DomainError("report.wrong_status", action=action, status=report.status)


def available_report_actions(report: ProgressReport, actor: Actor) -> list[ReportAction]:
    """The buttons to show beside a report. The same function decides what the server accepts."""
    shown = []
    for action in ReportAction:
        try:
            check_report_action(report, action, actor)
        except DomainError:
            continue
        shown.append(action)
    return shown


def check_amounts(quantity: Quantity, *, before: Decimal, this_period: Decimal, total: Decimal, reason: str) -> None:
    """A total lower than before, or over its target, is taken with a reason only; nothing is counted below zero.

    Raises ``DomainError`` about the field ``quantity_<id>_reason`` (``…_this_period``, ``…_total`` for a negative one).
    """
    field = f"quantity_{quantity.id}"
    if this_period < 0 or total < 0:
        raise DomainError(
            "progress.negative", field=f"{field}_{'this_period' if this_period < 0 else 'total'}", name=quantity.name
        )
    if reason.strip():
        return
    if total < before:
        raise DomainError(
            "progress.total_lower", field=f"{field}_reason", name=quantity.name, before=plain_amount(before)
        )
    if quantity.target is not None and total > quantity.target:
        raise DomainError(
            "progress.over_target", field=f"{field}_reason", name=quantity.name, target=plain_amount(quantity.target)
        )


def plain_amount(amount: Decimal) -> str:
    """The amount without trailing zeros: 6200, 0.5."""
    return f"{amount.normalize():f}" if amount else "0"


# --- owed reports -----------------------------------------------------------------------------------------------


def report_day(cycle: ReportingCycle, reporting_day: int, day: date, calendar: Calendar) -> date | None:
    """The day by which the report on the period that holds ``day`` is owed; None where nothing is owed.

    Monthly and quarterly: ``reporting_day`` (1 to 28) of the month after the period. Weekly: the next such weekday
    (1 Monday … 5 Friday). A day of rest moves to the next working day.
    """
    match cycle:
        case ReportingCycle.NONE:
            return None
        case ReportingCycle.WEEKLY:
            weekday = min(max(reporting_day, 1), 5)
            owed = day + timedelta(days=(weekday - day.isoweekday() - 1) % 7 + 1)
        case ReportingCycle.MONTHLY:
            owed = _day_of_month(day.year, day.month + 1, reporting_day)
        case ReportingCycle.QUARTERLY:
            owed = _day_of_month(day.year, (day.month - 1) // 3 * 3 + 4, reporting_day)
    return owed if calendar.is_working(owed) else calendar.add(owed, 1)


def next_report_day(
    cycle: ReportingCycle, reporting_day: int, sent_on: date, owed_on: date | None, calendar: Calendar
) -> date | None:
    """The day of the next report once one was sent on ``sent_on`` while ``owed_on`` was due.

    One report answers for everything up to the day it was sent, and for the period then owed even if sent early.
    """
    owed = report_day(cycle, reporting_day, sent_on, calendar)
    day = sent_on
    while owed and owed_on and owed <= owed_on:
        day += timedelta(days=7 if cycle is ReportingCycle.WEEKLY else 28)
        owed = report_day(cycle, reporting_day, day, calendar)
    return owed


_REPORTS_A_YEAR: Mapping[ReportingCycle, int] = {
    ReportingCycle.NONE: 0,
    ReportingCycle.QUARTERLY: 4,
    ReportingCycle.MONTHLY: 12,
    ReportingCycle.WEEKLY: 52,
}


def reports_within_year(cycle: ReportingCycle, today: date, due_on: date) -> int:
    """How many reports a task asks of each unit in the twelve months from ``today``; at least one where it asks any."""
    a_year = _REPORTS_A_YEAR[cycle]
    share = Decimal(max(0, min((due_on - today).days, 365))) / 365
    return max(1, int((a_year * share).to_integral_value(ROUND_HALF_UP))) if a_year else 0


def _day_of_month(year: int, month: int, day: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, min(max(day, 1), 28))


# --- the lights of rows -----------------------------------------------------------------------------------------


def light_of(task: Task, rule: LightRule) -> Light | None:
    """The light of a task, which is that of its lead; needs ``task.units``."""
    return light_of_part(task, lead_part(task), rule)


def light_of_part(task: Task, part: TaskUnit, rule: LightRule) -> Light | None:
    """The light of one unit's part: its own receipt and report, the task's date and stage."""
    return light(
        task.status,
        task.due_on,
        rule,
        receipt_due_on=part.receipt_due_on,
        acknowledged=part.acknowledged_at is not None,
        report_due_on=part.report_due_on,
        next_stage_on=task.next_stage_on,
        submitted_on=task.submitted_on,
    )


def next_stage(points: Iterable[tuple[date, bool]]) -> date | None:
    """The earliest stage point (day, met) that is not met."""
    return min((day for day, met in points if not met), default=None)


def check_proof(note: str, has_signature: bool) -> None:
    """Closing (销号) takes a proof: words or a signed list."""
    if not note.strip() and not has_signature:
        raise DomainError("task.proof_needed", field="note")


def check_reason(reason: str, *, field: str = "reason") -> None:
    if not reason.strip():
        raise DomainError("task.reason_needed", field=field)


def check_cycle(cycle: ReportingCycle, reason: str) -> None:
    """Reports are owed quarterly; more often only with a reason (基层减负)."""
    if cycle in {ReportingCycle.MONTHLY, ReportingCycle.WEEKLY} and not reason.strip():
        raise DomainError("task.cycle_reason", field="reporting_reason")


def check_weights(weight: int) -> None:
    if weight < 1:
        raise DomainError("task.weight", field="weight")


def unknown(ids: Collection[int], known: Collection[int]) -> set[int]:
    """Those ids that are not among the known ones."""
    return set(ids) - set(known)


# --- what is owed, what waits --------------------------------------------------------------------------------------


class OwedKind(StrEnum):
    """What is to be done next; the button that does it is named by this."""

    RECEIPT = "receipt"
    RETURNED = "returned"
    REPORT_RETURNED = "report_returned"
    OVERDUE = "overdue"
    REPORT = "report"
    DUE = "due"


class WaitingKind(StrEnum):
    """What waits for somebody's decision."""

    COMPLETION = "completion"
    REPORT = "report"
    DECLINED = "declined"
    ISSUE = "issue"
