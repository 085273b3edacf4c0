"""What may happen to a task, when, and at whose hand; lights; progress. Pure: no session, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum, auto

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.tasks.models import Quantity, Standard, Step, Task, TaskAction, TaskStatus, TaskUnit, UnitRole
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
    TaskAction.REPORT_PROGRESS: _transition({S.IN_PROGRESS}, None, P.LEAD_LIAISON, P.HELPER_LIAISON, P.OFFICE, P.DIRECTOR),
    TaskAction.SUBMIT_COMPLETION: _transition({S.IN_PROGRESS}, S.UNIT_REVIEW, P.LEAD_LIAISON),
    TaskAction.APPROVE_IN_UNIT: _transition({S.UNIT_REVIEW}, S.OFFICE_REVIEW, P.LEAD_HEAD, P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR),
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
    parts = [part for part in task.units if part.unit_id in actor.unit_ids]
    return min(parts, key=lambda part: (part.role is not UnitRole.LEAD, part.position), default=None)


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
    if action is TaskAction.ACKNOWLEDGE:
        part = part_of(task, actor)
        if part is None or part.acknowledged_at is not None:
            raise DomainError("task.already_acknowledged")
        if part.role is not UnitRole.LEAD:
            return task.status
    if action is TaskAction.DECLINE:
        part = part_of(task, actor)
        if task.was_declined:
            raise DomainError("task.decline_final")
        if today and part and part.receipt_due_on and today > part.receipt_due_on:
            raise DomainError("task.decline_late", until=part.receipt_due_on)
    if action is TaskAction.RESUME:
        return task.status_before or S.IN_PROGRESS
    return transition.target or task.status


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
    status: TaskStatus, due_on: date, rule: LightRule, *, receipt_due_on: date | None = None, acknowledged: bool = True,
    report_due_on: date | None = None, next_stage_on: date | None = None, submitted_on: date | None = None,
) -> Light | None:
    """The light of a task or of one unit's part in it; first match wins. None where there is none (drafts, suspended, cancelled).

    ``submitted_on`` is the day completion was asked for and not returned since: an unreviewed report never makes
    a unit late. Colour depends on dates only, never on elapsed time alone (product.md, Lights).
    """
    if status is S.CLOSED:
        return Light(LightCode.CLOSED, "closed")
    if status is S.COMPLETED:
        return Light(LightCode.DONE, "completed")
    if status not in OPEN:
        return None
    today, calendar = rule.today, rule.calendar
    reached = submitted_on or today
    if due_on < reached:
        return Light(LightCode.LATE, "overdue", max(1, calendar.between(due_on, reached)))
    if report_due_on and report_due_on < today and submitted_on is None:
        return Light(LightCode.LATE, "report_overdue", max(1, calendar.between(report_due_on, today)))
    if not acknowledged:
        if receipt_due_on and receipt_due_on < today:
            return Light(LightCode.LATE, "receipt_overdue", max(1, calendar.between(receipt_due_on, today)))
        return Light(LightCode.NEW, "not_acknowledged")
    if submitted_on is None:
        if due_on <= rule.soon:
            return Light(LightCode.WARN, "due_soon", calendar.between(today, due_on))
        if next_stage_on and next_stage_on < today:
            return Light(LightCode.WARN, "behind_stage")
    return Light(LightCode.OK, "on_course")


# --- progress ---------------------------------------------------------------------------------------------------

STEP_PERCENT: Mapping[Step, int] = {Step.NOT_STARTED: 0, Step.UNDER_WAY: 50, Step.NEARLY_DONE: 80, Step.DONE: 100}


def rounded_percent(part: Decimal, whole: Decimal) -> int:
    """``part`` of ``whole`` in whole percent, half up, within 0 and 100; 0 where there is no whole."""
    if whole <= 0:
        return 0
    percent = (part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)
    return int(min(max(percent, Decimal(0)), Decimal(100)))


def percent_done(quantities: Iterable[Quantity], standards: Sequence[Standard], step: Step) -> int:
    """Progress counted, in this order, from quantities with a target, from ticked standards, or from the step.

    Several quantities count equally, each up to its target. A task all of whose standards are open and that has a
    step is shown by the step.
    """
    measured = [q for q in quantities if q.target]
    if measured:
        shares = [min(Decimal(1), q.total / q.target) for q in measured if q.target]
        return rounded_percent(sum(shares, Decimal(0)), Decimal(len(measured)))
    met = sum(standard.met_at is not None for standard in standards)
    if met:
        return rounded_percent(Decimal(met), Decimal(len(standards)))
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
    if any(stage > due_on for stage in stages):
        raise DomainError("task.stage_after_due", field="stages")


def check_units(lead_unit_id: int, cooperating_unit_ids: Sequence[int]) -> None:
    """One lead, and no unit twice."""
    if len({lead_unit_id, *cooperating_unit_ids}) != 1 + len(cooperating_unit_ids):
        raise DomainError("task.unit_twice", field="cooperating_unit_ids")
