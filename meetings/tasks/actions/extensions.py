"""More time for a task (延期): asked by the lead before its date, looked at by its head, decided by the office."""

from datetime import date

from meetings.approvals.actions import Signature, check_signature
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.tasks import rules
from meetings.tasks.actions.step import _step, copy_to_parts, hold
from meetings.tasks.models import Task, TaskAction, TaskEvent, TaskExtension
from meetings.tasks.queries import checks


def ask_extension(task: Task, *, asked_due_on: date, reason: str, progress: str, by: Actor) -> TaskExtension:
    """The lead asks for more time, on or before the task's date; or the office enters what it asked on paper.

    Raises ``DomainError`` ``extension.late``, ``extension.open``, ``task.reason_needed`` (fields ``reason``,
    ``progress``), ``extension.not_later`` (field ``asked_due_on``).
    """
    hold(task)
    action = TaskAction.ASK_EXTENSION
    rules.next_status(task, action, by, today=clock.today())
    rules.check_reason(reason)
    rules.check_reason(progress, field="progress")
    rules.check_asked_day(asked_due_on, task)
    event = _step(task, action, by=by, note=reason, unit_id=task.lead_unit_id, is_held=True, day=asked_due_on)
    case = TaskExtension(
        committee_id=task.committee_id,
        task_id=task.id,
        due_on=task.due_on,
        asked_due_on=asked_due_on,
        reason=reason.strip(),
        progress=progress.strip(),
        asked_event=event,
    )
    _move(task, case, event)
    db.session.add(case)
    return case


def approve_extension(task: Task, *, note: str = "", signature: Signature | None = None, by: Actor) -> None:
    """The lead's head agrees to ask the office, on line or by a signed page that somebody else uploads."""
    action = TaskAction.APPROVE_EXTENSION
    case = _case(task, action, by, signature)
    event = _step(
        task,
        action,
        by=by,
        note=note,
        signature=signature,
        unit_id=task.lead_unit_id,
        is_held=True,
        day=case.asked_due_on,
    )
    case.unit_event = event
    _move(task, case, event)


def return_extension(task: Task, *, reason: str, by: Actor) -> None:
    """The lead's head does not ask; the liaison may ask anew. Raises ``task.reason_needed`` (field ``reason``)."""
    case = _case(task, TaskAction.RETURN_EXTENSION, by)
    rules.check_reason(reason)
    event = _step(task, TaskAction.RETURN_EXTENSION, by=by, note=reason, unit_id=task.lead_unit_id, is_held=True)
    case.unit_event = event
    _move(task, case, event)


def withdraw_extension(task: Task, *, by: Actor) -> None:
    """The lead takes its request back; it may ask anew."""
    case = _case(task, TaskAction.WITHDRAW_EXTENSION, by)
    _move(task, case, _step(task, TaskAction.WITHDRAW_EXTENSION, by=by, unit_id=task.lead_unit_id, is_held=True))


def grant_extension(
    task: Task, *, decided_due_on: date, note: str = "", signature: Signature | None = None, by: Actor
) -> None:
    """The office sets a definite day; ``original_due_on`` stays. Needs ``task.units``.

    What rests on an instruction or a resolution takes the leader's signature, else
    ``DomainError("extension.leader_decision", field="signed_by")``. Raises ``extension.decided_not_later``,
    ``extension.decided_past`` (field ``decided_due_on``).
    """
    action = TaskAction.GRANT_EXTENSION
    case = _case(task, action, by, signature)
    if signature is None and rules.needs_leader_decision(task, checks.section_of(task)):
        raise DomainError("extension.leader_decision", field="signed_by")
    rules.check_decided_day(decided_due_on, task, today=clock.today())
    task.due_on = case.decided_due_on = decided_due_on
    copy_to_parts(task)
    event = _step(task, action, by=by, note=note, signature=signature, is_held=True)
    case.decided_event = event
    _move(task, case, event)


def refuse_extension(task: Task, *, reason: str, signature: Signature | None = None, by: Actor) -> None:
    """The task's date stays. Raises ``task.reason_needed`` (field ``reason``)."""
    case = _case(task, TaskAction.REFUSE_EXTENSION, by, signature)
    rules.check_reason(reason)
    event = _step(task, TaskAction.REFUSE_EXTENSION, by=by, note=reason, signature=signature, is_held=True)
    case.decided_event = event
    _move(task, case, event)


def _case(task: Task, action: TaskAction, by: Actor, signature: Signature | None = None) -> TaskExtension:
    """The open case, with its task held; person, status and paper are looked at first."""
    hold(task)
    rules.next_status(task, action, by, today=clock.today())
    if signature is not None or rules.is_offline_only(task, action, by):
        check_signature(signature, committee_id=task.committee_id)
    return checks.open_extension(task)


def _move(task: Task, case: TaskExtension, event: TaskEvent) -> None:
    _sources, case.status = rules.EXTENSION_STEPS[event.action]
    case.waits_since = event.done_at
    task.extension_status = case.status if case.status in rules.OPEN_EXTENSIONS else None
