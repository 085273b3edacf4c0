"""A unit says how far it is; its head and the office look at what it says."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.tasks import rules
from meetings.tasks.actions.notices import tell_of_return
from meetings.tasks.actions.progress import recount, tick
from meetings.tasks.actions.step import _step, hold
from meetings.tasks.models import (
    ProgressFile,
    ProgressReport,
    Quantity,
    ReportedQuantity,
    ReportStatus,
    Step,
    Task,
    TaskAction,
    TaskUnit,
    UnitRole,
)
from meetings.tasks.queries import checks
from meetings.tasks.rules import ReportAction
from meetings.workdays import queries as workdays


@dataclass(frozen=True, slots=True)
class ReportedAmount:
    """A quantity as a unit gives it: done in this period, done in all, and why where the total needs a reason."""

    this_period: Decimal
    total: Decimal
    reason: str = ""


def report_progress(  # noqa: PLR0913 -- a report's fields, named as the form's
    task: Task,
    *,
    unit_id: int | None = None,
    done: str,
    problems: str,
    next_steps: str,
    needs_coordination: bool,
    is_no_change: bool,
    step: Step,
    standards_met: Collection[int] = (),
    quantities: Mapping[int, ReportedAmount] | None = None,
    files: Sequence[Attachment] = (),
    head_confirms_every: bool,
    by: Actor,
) -> ProgressReport:
    """Send a report of one unit on a task. Needs a task loaded in full.

    ``unit_id`` is None for the actor's own unit; the office names the unit for which it enters a paper.
    ``standards_met`` holds the ids of all standards that are met now, ``quantities`` is quantity id → amounts; both
    are the lead's, a helper's amounts are kept with its report only. With ``is_no_change`` texts, step and amounts
    stay as they were. With ``head_confirms_every`` the report waits for the unit's head: it counts, and ticks its
    standards, once approved.
    A report counts as the unit's receipt where that is missing.

    Raises ``NotAllowed``; ``DomainError`` ``task.wrong_status``; beside fields ``progress.unit_needed`` and
    ``progress.unit_not_in_task`` (``unit_id``), ``progress.done_missing`` (``done``), ``progress.percent_lower``
    (``problems``), and those of ``rules.check_amounts``.
    """
    hold(task)
    rules.next_status(task, TaskAction.REPORT_PROGRESS, by, today=clock.today())
    part, by_office = _reporting_part(task, unit_id, by)
    given = {} if is_no_change else dict(quantities or {})
    is_lead = part.role is UnitRole.LEAD
    if not is_no_change and not done.strip():
        raise DomainError("progress.done_missing", field="done")
    amounts = _checked_amounts(task, part, given)
    step = part.step if is_no_change else step
    met = _standards_met(task, standards_met if is_lead and not is_no_change else None)
    percent = _percent(task, part, step=step, amounts=amounts, met=met) if not is_no_change else part.percent_done
    is_explained = problems.strip() or any(amount.reason.strip() for amount in given.values())
    if percent < part.percent_done and not is_explained:
        raise DomainError("progress.percent_lower", field="problems", before=part.percent_done, now=percent)
    if any(file.committee_id != task.committee_id for file in files):
        raise NotFound

    waits_for_head = head_confirms_every and not by_office
    report = ProgressReport(
        committee_id=task.committee_id,
        task_id=task.id,
        unit_id=part.unit_id,
        status=ReportStatus.UNIT_REVIEW if waits_for_head else ReportStatus.SUBMITTED,
        done=done.strip(),
        problems=problems.strip(),
        next_steps=next_steps.strip(),
        needs_coordination=needs_coordination,
        is_no_change=is_no_change,
        step=step,
        percent_done=percent,
        submitted_at=clock.now(),
        submitted_by_id=by.user_id,
        submitted_by_name=by.name[:100],
        is_entered_by_office=by_office,
        owed_on=None if waits_for_head else part.report_due_on,
        is_sent=not waits_for_head,
        standards_met=sorted(met) if is_lead and task.standards and not is_no_change else None,
        quantities=[
            ReportedQuantity(
                quantity_id=quantity_id,
                this_period=amount.this_period,
                total=amount.total,
                reason=amount.reason.strip(),
            )
            for quantity_id, amount in given.items()
        ],
    )
    db.session.add(report)
    db.session.add_all(ProgressFile(report=report, attachment=file) for file in files)
    _step(task, TaskAction.REPORT_PROGRESS, by=by, note=done, unit_id=part.unit_id, report=report, is_held=True)
    if part.acknowledged_at is None:
        part.acknowledged_at = clock.now()
    if not waits_for_head:
        _count(report, task, part)
    db.session.flush()
    return report


def approve_report(report: ProgressReport, *, by: Actor) -> None:
    """The unit's head lets a report go to the office; from now on it counts. Needs the report's task in full."""
    report.status = rules.check_report_action(report, ReportAction.APPROVE, by)
    report.is_sent = True
    _count(report, report.task, _part_of(report))


# Says whether a report stands as it is, whoever would return it; ``app.py`` names who does.
locks_of_reports: list[Callable[[int], bool]] = []


def owe_reports(parts: Iterable[TaskUnit], *, by_day: date, by: Actor) -> None:
    """These units owe a report by a day, whatever day followed from the task's cycle; one that was missed stays so."""
    today = clock.today()
    for part in parts:
        if part.report_due_on is None or part.report_due_on >= today:
            part.report_due_on = by_day


def return_report(report: ProgressReport, *, reason: str, is_told: bool = True, by: Actor) -> None:
    """The head or the office sends a report back: it counts no longer and is owed again. Needs its task in full.

    Without ``is_told`` the caller tells the unit, of several reports at once. Raises ``DomainError("report.locked")``
    where the round that it answers is over.
    """
    counted = report.status is ReportStatus.SUBMITTED
    status = rules.check_report_action(report, ReportAction.RETURN, by)
    rules.check_reason(reason)
    if any(is_locked(report.id) for is_locked in locks_of_reports):
        raise DomainError("report.locked", field="reason")
    report.return_reason = reason.strip()
    _decide(report, status, by=by)
    task, part = report.task, _part_of(report)
    if is_told:
        tell_of_return(report, by=by)
    for standard in task.standards:
        if standard.report_id == report.id:
            tick(standard, False, by_name=by.name)
    if counted:
        _count_back(report, task, part)


def accept_report(report: ProgressReport, *, by: Actor) -> None:
    """The office takes a report as it is."""
    _decide(report, rules.check_report_action(report, ReportAction.ACCEPT, by), by=by)


def accept_reports(reports: Iterable[ProgressReport], *, by: Actor) -> int:
    """Take many reports at once, all or none; how many were taken. Those already accepted are passed over."""
    waiting = [report for report in reports if report.status is not ReportStatus.ACCEPTED]
    for report in waiting:
        accept_report(report, by=by)
    return len(waiting)


def _decide(report: ProgressReport, status: ReportStatus, *, by: Actor) -> None:
    report.status = status
    report.decided_at = clock.now()
    report.decided_by_name = by.name[:100]


def _reporting_part(task: Task, unit_id: int | None, by: Actor) -> tuple[TaskUnit, bool]:
    """The part that is reported on, and whether the office enters it for the unit."""
    own = by.may("tasks.report")
    if unit_id is None:
        part = rules.part_of(task, by) if own else None
        if part is None:
            raise DomainError("progress.unit_needed", field="unit_id")
        return part, False
    part = next((row for row in task.units if row.unit_id == unit_id), None)
    if part is None:
        raise DomainError("progress.unit_not_in_task", field="unit_id")
    if own and unit_id in by.unit_ids:
        return part, False
    if not by.may("tasks.enter_for_unit"):
        raise NotAllowed("task.not_yours", action=TaskAction.REPORT_PROGRESS)
    return part, True


def _part_of(report: ProgressReport) -> TaskUnit:
    return next(part for part in report.task.units if part.unit_id == report.unit_id)


def _checked_amounts(task: Task, part: TaskUnit, given: Mapping[int, ReportedAmount]) -> dict[int, Decimal]:
    """Quantity id → total as it would stand with this report: the task's for the lead, its own for a helper."""
    known = {quantity.id: quantity for quantity in task.quantities}
    if rules.unknown(given, known):
        raise NotFound
    before = _totals_before(task, part)
    for quantity_id, amount in given.items():
        rules.check_amounts(
            known[quantity_id],
            before=before[quantity_id],
            this_period=amount.this_period,
            total=amount.total,
            reason=amount.reason,
        )
    return before | {quantity_id: amount.total for quantity_id, amount in given.items()}


def _totals_before(task: Task, part: TaskUnit) -> dict[int, Decimal]:
    if part.role is UnitRole.LEAD:
        return {quantity.id: quantity.total for quantity in task.quantities}
    own = checks.amounts_before(task.id, part.unit_id) if task.quantities else {}
    return {q.id: own[q.id].total if q.id in own else Decimal(0) for q in task.quantities}


def _standards_met(task: Task, met: Collection[int] | None) -> set[int]:
    """The ids of the standards met with this report; as they stand where it says nothing of them."""
    if met is None:
        return {standard.id for standard in task.standards if standard.met_at is not None}
    if rules.unknown(met, {standard.id for standard in task.standards}):
        raise NotFound
    return set(met)


def _percent(task: Task, part: TaskUnit, *, step: Step, amounts: Mapping[int, Decimal], met: Collection[int]) -> int:
    """The unit's progress with this report; a helper's follows from its own amounts or its step."""
    shares = [(quantity.target, amounts[quantity.id]) for quantity in task.quantities]
    if part.role is UnitRole.LEAD:
        return rules.counted_percent(shares, met_count=len(met), standard_count=len(task.standards), step=step)
    own = shares if any(total for _, total in shares) else []
    return rules.counted_percent(own, met_count=0, standard_count=0, step=step)


def _count(report: ProgressReport, task: Task, part: TaskUnit) -> None:
    """From now on the report counts: for its unit's part, for the task where it is the lead's. Needs its amounts."""
    with db.session.no_autoflush:  # nothing here changes the calendar: what is pending is written once, with the rest
        calendar = workdays.calendar(task.committee_id)
    report.owed_on = part.report_due_on
    today = clock.local(report.submitted_at).date()
    part.reported_at = report.submitted_at
    part.report_due_on = rules.next_report_day(
        task.reporting_cycle, task.reporting_day, today, part.report_due_on, calendar
    )
    part.step = report.step
    if part.role is not UnitRole.LEAD:
        part.percent_done = report.percent_done
        return
    if report.standards_met is not None:
        for standard in task.standards:
            tick(standard, standard.id in report.standards_met, by_name=report.submitted_by_name, report=report)
    by_id = {quantity.id: quantity for quantity in task.quantities}
    for amount in report.quantities:
        _set_total(by_id[amount.quantity_id], amount, report)
    recount(task)


def _count_back(report: ProgressReport, task: Task, part: TaskUnit) -> None:
    """The report counts no longer: the unit's last standing one does, and the report is owed again.

    A day that passed meanwhile is not held against the unit: it has two working days from today.
    """
    db.session.flush()
    last = checks.last_standing_report(task.id, part.unit_id)
    part.reported_at = last.submitted_at if last else None
    part.step = last.step if last else Step.NOT_STARTED
    if report.owed_on and (last is None or last.id < report.id):
        part.report_due_on = max(report.owed_on, workdays.calendar(task.committee_id).add(clock.today(), 2))
    if part.role is not UnitRole.LEAD:
        part.percent_done = last.percent_done if last else 0
        return
    before = checks.amounts_before(task.id, part.unit_id)
    for quantity in task.quantities:
        amount = before.get(quantity.id)
        quantity.total = amount.total if amount else Decimal(0)
        quantity.as_of = clock.local(last.submitted_at).date() if amount and last else None
    recount(task)


def _set_total(quantity: Quantity, amount: ReportedQuantity, report: ProgressReport) -> None:
    quantity.total = amount.total
    quantity.as_of = clock.local(report.submitted_at).date()
