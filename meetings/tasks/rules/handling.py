"""What may happen to a task, when, and at whose hand: the one table, and what each step asks. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.models import Section
from meetings.tasks.models import Task, TaskAction, TaskSource, TaskStatus, TaskUnit, UnitRole
from meetings.tasks.rules.extensions import EXTENSION_STEPS, check_extension_step


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
_BEGUN = WORKING - {S.ISSUED}

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
    TaskAction.ADJUST: _transition(WORKING, None, P.DIRECTOR),
    TaskAction.REASSIGN: _transition(WORKING, S.ISSUED, P.DIRECTOR),
    TaskAction.SPLIT: _transition(WORKING, S.CANCELLED, P.DIRECTOR),
    TaskAction.MERGE: _transition(WORKING, S.CANCELLED, P.DIRECTOR),
    TaskAction.CONSULT: _transition({S.DRAFT}, S.CONSULTING, P.OFFICE, P.DIRECTOR),
    TaskAction.END_CONSULTATION: _transition({S.CONSULTING}, S.DRAFT, P.OFFICE, P.DIRECTOR),
    # A case of its own leaves the task where it stands (see EXTENSION_STEPS).
    TaskAction.ASK_EXTENSION: _transition({S.IN_PROGRESS}, None, P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR),
    TaskAction.APPROVE_EXTENSION: _transition(_BEGUN, None, P.LEAD_HEAD, P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR),
    TaskAction.RETURN_EXTENSION: _transition(_BEGUN, None, P.LEAD_HEAD),
    TaskAction.GRANT_EXTENSION: _transition(_BEGUN, None, P.DIRECTOR, P.OFFICE),
    TaskAction.REFUSE_EXTENSION: _transition(_BEGUN, None, P.DIRECTOR, P.OFFICE),
    TaskAction.WITHDRAW_EXTENSION: _transition(_BEGUN, None, P.LEAD_LIAISON),
}

# A head returns what waits for the head; the office what waits for the office.
_RETURNED_BY: Mapping[TaskStatus, frozenset[Party]] = {
    S.UNIT_REVIEW: frozenset({P.LEAD_HEAD}),
    S.OFFICE_REVIEW: frozenset({P.OFFICE, P.DIRECTOR}),
}

# Only by the signed and stamped page, unless the actor is the unit's head.
OFFLINE_ONLY: Mapping[TaskAction, frozenset[Party]] = {
    TaskAction.APPROVE_IN_UNIT: frozenset({P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR}),
    TaskAction.APPROVE_EXTENSION: frozenset({P.LEAD_LIAISON, P.OFFICE, P.DIRECTOR}),
    TaskAction.GRANT_EXTENSION: frozenset({P.OFFICE}),
    TaskAction.REFUSE_EXTENSION: frozenset({P.OFFICE}),
}

OPEN = frozenset({S.ISSUED, S.IN_PROGRESS, S.UNIT_REVIEW, S.OFFICE_REVIEW})
DONE = frozenset({S.COMPLETED, S.CLOSED})
# Statuses in which a unit sees the task at all.
HANDED_OUT = frozenset(S) - {S.DRAFT, S.CONSULTING, S.PENDING_ISSUE}


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

    Raises ``NotAllowed("task.not_yours")``, ``DomainError("task.wrong_status")``, for a refusal to take the task on
    ``task.decline_late`` or ``task.decline_final``, and for a step of a request for more time what
    ``check_extension_step`` raises.
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
    if action in EXTENSION_STEPS:
        check_extension_step(task, action, today)
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
    """Cancelling or extending what was issued on an instruction or a resolution is the leader's to decide.

    ``section`` is that of the task's requirement. Source: product.md, Task, reminder ladder.
    """
    return task.number is not None and (task.source is TaskSource.INSTRUCTION or section is Section.RESOLVED)


def rests_on_requirement(task: Task) -> bool:
    """Born from what a meeting said, so that issuing it must rest on a text that holds."""
    return task.requirement_id is not None or task.source is TaskSource.REQUIREMENT


def check_proof(note: str, has_signature: bool) -> None:
    """Closing (销号) takes a proof: words or a signed list."""
    if not note.strip() and not has_signature:
        raise DomainError("task.proof_needed", field="note")


def check_reason(reason: str, *, field: str = "reason") -> None:
    if not reason.strip():
        raise DomainError("task.reason_needed", field=field)
