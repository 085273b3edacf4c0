"""How a task goes from hand to hand: issued, acknowledged or declined, reviewed, completed, closed, or stopped."""

from collections.abc import Callable, Iterable
from datetime import date

from meetings.approvals.actions import Signature, check_signature
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.numbering.actions import next_number
from meetings.tasks import rules
from meetings.tasks.actions import totals
from meetings.tasks.actions.notices import tell
from meetings.tasks.actions.progress import recount_parent
from meetings.tasks.actions.step import _step, copy_to_parts
from meetings.tasks.models import Task, TaskAction, TaskStatus, UnitRole
from meetings.tasks.queries import checks
from meetings.workdays import queries as workdays

Outcome = tuple[Task, DomainError | None]


def issue(
    task: Task, *, note: str = "", signature: Signature | None = None, receipt_working_days: int = 2, by: Actor
) -> None:
    """Hand the task out: it gets its number (once), and each unit owes its receipt within the working days.

    Needs ``task.units``, ``task.stages``. What a meeting said is issued on a reviewed text, issued minutes or a named
    basis (an issued 任务分解, an instruction). Raises ``DomainError`` ``task.due_before_issue`` (field ``due_on``),
    ``task.no_basis`` (field ``basis``).
    """
    _check(task, TaskAction.ISSUE, by)
    today = clock.today()
    rules.check_dates(due_on=task.due_on, issued_on=today, stages=[stage.due_on for stage in task.stages])
    if rules.rests_on_requirement(task) and not task.basis and not checks.has_settled_text(task):
        raise DomainError("task.no_basis", field="basis")
    _step(task, TaskAction.ISSUE, by=by, note=note, signature=signature)
    if task.number is None:
        task.number = f"{today.year}-{next_number(task.committee_id, 'task', today.year):03}"
    task.issued_at = clock.now()
    receipt_due_on = workdays.calendar(task.committee_id).add(today, receipt_working_days)
    for part in task.units:
        part.receipt_due_on = receipt_due_on
        part.acknowledged_at = part.report_due_on = None
    tell(task, TaskAction.ISSUE, by=by, day=receipt_due_on)
    recount_parent(task)


def issue_many(tasks: Iterable[Task], *, receipt_working_days: int = 2, by: Actor) -> list[Outcome]:
    """Issue each task that can be; beside each stands None or the refusal.

    A refused task is left as it was and the others are issued. To issue all or none, raise the first refusal inside
    the same transaction.
    """
    return _each(tasks, lambda task: issue(task, receipt_working_days=receipt_working_days, by=by), by)


def acknowledge(task: Task, *, by: Actor) -> None:
    """A unit takes its part on; by the lead's receipt the work begins. Its first report falls due with the cycle."""
    part = rules.part_to_acknowledge(task, by)
    _step(task, TaskAction.ACKNOWLEDGE, by=by, unit_id=part.unit_id if part else None)
    if part is None:
        return
    part.acknowledged_at = clock.now()
    if part.role is UnitRole.LEAD:
        _renew_reports(task)  # those too of helpers that were quicker: nothing is owed before the lead has begun
    elif task.status is TaskStatus.IN_PROGRESS:
        part.report_due_on = _first_report_day(task)


def decline(task: Task, *, reason: str, proposed_unit_id: int | None = None, by: Actor) -> None:
    """The lead sends a task back that is not its own, naming the division of duties; the office decides again.

    Raises ``task.decline_late`` after the receipt's day, ``task.decline_final`` at the second issue,
    ``task.reason_needed`` (field ``reason``), ``task.unit_unknown`` (field ``proposed_unit_id``).
    """
    _check(task, TaskAction.DECLINE, by)
    rules.check_reason(reason)
    if proposed_unit_id is not None:
        if proposed_unit_id == task.lead_unit_id:
            raise DomainError("task.proposes_itself", field="proposed_unit_id")
        if not checks.units_among([proposed_unit_id], task.committee_id):
            raise DomainError("task.unit_unknown", field="proposed_unit_id")
    _step(task, TaskAction.DECLINE, by=by, note=reason, unit_id=task.lead_unit_id, proposed_unit_id=proposed_unit_id)
    task.was_declined = True
    recount_parent(task)


def submit_completion(task: Task, *, note: str, by: Actor) -> None:
    """The lead says that the task is done; its head looks first. From this day the light waits."""
    _step(task, TaskAction.SUBMIT_COMPLETION, by=by, note=note, unit_id=task.lead_unit_id)
    task.submitted_at = clock.now()
    task.submitted_on = clock.today()
    task.completion_note = note.strip()


def approve_in_unit(task: Task, *, note: str = "", signature: Signature | None = None, by: Actor) -> None:
    """The lead's head agrees, on line, or by a signed and stamped page that somebody else uploads.

    Raises ``DomainError("signature.scan_needed", field="scan")`` where the actor is not the head and there is no page.
    """
    _check(task, TaskAction.APPROVE_IN_UNIT, by)
    if signature is not None or rules.is_offline_only(task, TaskAction.APPROVE_IN_UNIT, by):
        check_signature(signature, committee_id=task.committee_id)
    _step(task, TaskAction.APPROVE_IN_UNIT, by=by, note=note, signature=signature, unit_id=task.lead_unit_id)


def return_task(task: Task, *, reason: str, by: Actor) -> None:
    """The head or the office sends a completion back; work goes on. Raises ``task.reason_needed`` (``reason``)."""
    _check(task, TaskAction.RETURN, by)
    rules.check_reason(reason)
    by_head = task.status is TaskStatus.UNIT_REVIEW
    _step(task, TaskAction.RETURN, by=by, note=reason, unit_id=task.lead_unit_id if by_head else None)
    _withdraw_submission(task)


def complete(task: Task, *, note: str = "", signature: Signature | None = None, by: Actor) -> None:
    """The office finds the task done (办结). Needs a task loaded in full.

    Raises ``DomainError`` ``task.not_ready`` with ``missing`` (codes of ``rules.missing_for_completion``), and
    ``task.note_for_missing_helper`` (field ``note``) where a helper never reported and nothing is said of it.
    """
    _check(task, TaskAction.COMPLETE, by)
    if missing := missing_for_completion(task):
        raise DomainError("task.not_ready", missing=missing)
    if rules.helpers_without_report(task) and not note.strip():
        raise DomainError("task.note_for_missing_helper", field="note")
    _step(task, TaskAction.COMPLETE, by=by, note=note, signature=signature)
    task.completed_at = clock.now()
    recount_parent(task)


def missing_for_completion(task: Task) -> list[str]:
    """What stands against completion now, as codes of ``words.MISSING``; needs ``task.standards``."""
    return rules.missing_for_completion(
        task, open_subtasks=checks.open_subtask_count(task), evidence_count=checks.evidence_count(task)
    )


def close(task: Task, *, note: str = "", signature: Signature | None = None, by: Actor) -> None:
    """Take the task off the list (销号), with proof. Raises ``task.proof_needed`` (field ``note``)."""
    _check(task, TaskAction.CLOSE, by)
    rules.check_proof(note, signature is not None)
    _step(task, TaskAction.CLOSE, by=by, note=note, signature=signature)
    task.closed_at = clock.now()


def close_many(
    tasks: Iterable[Task], *, signature: Signature | None = None, note: str = "", by: Actor
) -> list[Outcome]:
    """Close each task that can be, by one signed 销号清单 or one note; beside each stands None or the refusal.

    Without proof, or with a signature that is none, nothing is closed and ``DomainError`` is raised.
    """
    rules.check_proof(note, signature is not None)
    if signature is not None:
        check_signature(signature, committee_id=by.committee_id)
    return _each(tasks, lambda task: close(task, note=note, signature=signature, by=by), by)


def suspend(task: Task, *, reason: str, signature: Signature | None = None, by: Actor) -> None:
    """Stop a task for the time being (中止); ``resume`` returns to where it stood."""
    _with_reason(task, TaskAction.SUSPEND, reason, signature, by)


def resume(
    task: Task, *, reason: str, due_on: date | None = None, signature: Signature | None = None, by: Actor
) -> None:
    """Go on where a suspended task stood. What fell due meanwhile is not owed: reports are, from this period on.

    ``due_on`` sets another date, as the days of rest may ask for; a later one takes the leader's signature where the
    task rests on an instruction or a resolution. Raises ``task.due_before_issue`` (field ``due_on``),
    ``extension.leader_decision`` (field ``signed_by``).
    """
    _check(task, TaskAction.RESUME, by)
    rules.check_reason(reason)
    if due_on is not None and due_on != task.due_on:
        rules.check_dates(due_on=due_on, issued_on=clock.today())
        if due_on > task.due_on and signature is None and rules.needs_leader_decision(task, checks.section_of(task)):
            raise DomainError("extension.leader_decision", field="signed_by")
    _step(task, TaskAction.RESUME, by=by, note=reason, signature=signature, day=due_on)
    if due_on is not None:
        task.due_on = due_on
        copy_to_parts(task)
    _renew_reports(task)


def cancel(task: Task, *, reason: str, signature: Signature | None = None, by: Actor) -> None:
    """Take a task back for good (撤销).

    One that was issued and rests on an instruction or a resolution takes the leader's decision: a signature, else
    ``DomainError("task.leader_decision", field="signed_by")``.
    """
    _check(task, TaskAction.CANCEL, by)
    if signature is None and rules.needs_leader_decision(task, checks.section_of(task)):
        raise DomainError("task.leader_decision", field="signed_by")
    _with_reason(task, TaskAction.CANCEL, reason, signature, by)
    recount_parent(task)


def reopen(task: Task, *, reason: str, signature: Signature | None = None, by: Actor) -> None:
    """Take a completed or closed task up again (重启), as after a look-back; it is counted apart."""
    _with_reason(task, TaskAction.REOPEN, reason, signature, by)
    task.reopened_count += 1
    task.completed_at = task.closed_at = None
    _withdraw_submission(task)
    _renew_reports(task)
    recount_parent(task)


def _check(task: Task, action: TaskAction, by: Actor) -> None:
    """Person and status first: who may not act learns nothing else."""
    rules.next_status(task, action, by, today=clock.today())


def _with_reason(task: Task, action: TaskAction, reason: str, signature: Signature | None, by: Actor) -> None:
    _check(task, action, by)
    rules.check_reason(reason)
    _step(task, action, by=by, note=reason, signature=signature)


def _first_report_day(task: Task) -> date | None:
    calendar = workdays.calendar(task.committee_id)
    return rules.report_day(task.reporting_cycle, task.reporting_day, clock.today(), calendar)


def _renew_reports(task: Task) -> None:
    for part in task.units:
        if part.acknowledged_at is not None:
            part.report_due_on = _first_report_day(task)


def _withdraw_submission(task: Task) -> None:
    task.submitted_at = task.submitted_on = None


def _each(tasks: Iterable[Task], act: Callable[[Task], None], by: Actor) -> list[Outcome]:
    """In the order of ids, so that two batches never wait for each other."""
    outcomes: list[Outcome] = []
    with totals.gathered(by.committee_id):
        for task in sorted(tasks, key=lambda row: row.id):
            try:
                act(task)
            except DomainError as refusal:
                outcomes.append((task, refusal))
            else:
                outcomes.append((task, None))
    return outcomes
