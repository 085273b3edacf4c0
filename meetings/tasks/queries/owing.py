"""Who owes what: a unit by date, a head, the office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.tasks.models import (
    ExtensionStatus,
    ProgressReport,
    ReportStatus,
    Task,
    TaskAction,
    TaskEvent,
    TaskExtension,
    TaskStatus,
    TaskUnit,
    UnitRole,
)
from meetings.tasks.rules import Light, LightRule, OwedKind, WaitingKind, light
from meetings.workdays import queries as workdays
from meetings.workdays.rules import Calendar


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that a unit owes, by ``owed_on``; ``reason`` is why it was returned, where it was."""

    kind: OwedKind
    owed_on: date
    task_id: int
    number: str | None
    title: str
    unit_id: int
    role: UnitRole
    original_due_on: date
    due_on: date
    issued_at: datetime | None
    percent_done: int
    light: Light | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits since ``since``, ``days`` working days by now; ``note`` is what its sender said."""

    kind: WaitingKind
    task_id: int
    report_id: int | None
    number: str | None
    title: str
    unit_name: str
    since: datetime
    days: int
    note: str
    proposed_unit_name: str = ""


def owed_by(actor: Actor, rule: LightRule) -> list[Owed]:
    """What the actor's units owe, by date: one entry for each task, the most pressing thing first.

    Receipts, what was returned (with the reason), what is overdue, owed reports; then, by its date, whatever is under
    way. What was submitted and waits elsewhere is not owed.
    """
    return first_owed_by(actor, rule, limit=None)[0]


def first_owed_by(actor: Actor, rule: LightRule, *, limit: int | None) -> tuple[list[Owed], list[date]]:
    """The first of what ``owed_by`` names, and the days of all of it."""
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return [], []
    whose = {"units": sorted(actor.unit_ids), "committee_id": actor.committee_id}
    rows = db.session.execute(_OWED, whose).all()
    if not rows:
        return [], []
    returned: dict[int, str] = dict(db.session.execute(_RETURNED_TASKS, whose).all())
    reports = {(task, unit): reason for task, unit, reason in db.session.execute(_RETURNED_REPORTS, whose)}
    found = sorted(
        ((*_most_pressing(row, rule, returned, reports), row) for row in rows),
        key=lambda entry: (entry[0], entry[-1].id),
    )
    shown = [_owed(row, rule, owed_on, kind, reason) for owed_on, kind, reason, row in found[:limit]]
    return shown, [entry[0] for entry in found]


# Put together once, because that takes longer than to run them.
_UNITS: Any = bindparam("units", expanding=True)
_OWED = (
    select(
        Task.id,
        Task.number,
        Task.title,
        Task.status,
        Task.original_due_on,
        Task.due_on,
        Task.issued_at,
        Task.next_stage_on,
        Task.submitted_on,
        TaskUnit.unit_id,
        TaskUnit.role,
        TaskUnit.percent_done,
        TaskUnit.receipt_due_on,
        TaskUnit.acknowledged_at,
        TaskUnit.report_due_on,
    )
    .join(Task, Task.id == TaskUnit.task_id)
    .where(
        TaskUnit.unit_id.in_(_UNITS),
        TaskUnit.is_open,
        Task.committee_id == bindparam("committee_id"),
        # Until the lead takes the task on, a helper owes its receipt and can do nothing more.
        or_(
            Task.status == TaskStatus.IN_PROGRESS,
            and_(Task.status == TaskStatus.ISSUED, TaskUnit.acknowledged_at.is_(None)),
        ),
    )
)
_OPEN_TASKS = select(TaskUnit.task_id).where(TaskUnit.unit_id.in_(_UNITS), TaskUnit.is_open)
# Tasks whose last step was a return, with its reason; reports sent since do not count as a step.
_LAST_STEPS = (
    select(func.max(TaskEvent.id))
    .where(TaskEvent.task_id.in_(_OPEN_TASKS), TaskEvent.status_before != TaskEvent.status_after)
    .group_by(TaskEvent.task_id)
)
_RETURNED_TASKS = select(TaskEvent.task_id, TaskEvent.note).where(
    TaskEvent.id.in_(_LAST_STEPS), TaskEvent.action == TaskAction.RETURN
)
# (task, unit) whose latest report was returned, with the reason.
_LATER = aliased(ProgressReport, name="later")
_RETURNED_REPORTS = select(ProgressReport.task_id, ProgressReport.unit_id, ProgressReport.return_reason).where(
    ProgressReport.unit_id.in_(_UNITS),
    ProgressReport.task_id.in_(_OPEN_TASKS),
    ProgressReport.status == ReportStatus.RETURNED,
    ~exists().where(
        _LATER.unit_id == ProgressReport.unit_id,
        _LATER.task_id == ProgressReport.task_id,
        _LATER.id > ProgressReport.id,
    ),
)


def _most_pressing(
    row: Any, rule: LightRule, returned: Mapping[int, str], reports: Mapping[tuple[int, int], str]
) -> tuple[date, OwedKind, str]:
    """What is owed of a task, first match wins: its day, its kind, and why it was returned."""
    due_on: date = row.due_on
    if row.acknowledged_at is None:
        return row.receipt_due_on or due_on, OwedKind.RECEIPT, ""
    if row.role is UnitRole.LEAD and row.id in returned:
        return due_on, OwedKind.RETURNED, returned[row.id]
    if (row.id, row.unit_id) in reports:
        return row.report_due_on or due_on, OwedKind.REPORT_RETURNED, reports[row.id, row.unit_id]
    if due_on < rule.today:
        return due_on, OwedKind.OVERDUE, ""
    if row.report_due_on and row.report_due_on <= due_on:
        return row.report_due_on, OwedKind.REPORT, ""
    return due_on, OwedKind.DUE, ""


def _owed(row: Any, rule: LightRule, owed_on: date, kind: OwedKind, reason: str) -> Owed:
    shown = light(
        row.status,
        row.due_on,
        rule,
        receipt_due_on=row.receipt_due_on,
        acknowledged=row.acknowledged_at is not None,
        report_due_on=row.report_due_on,
        next_stage_on=row.next_stage_on,
        submitted_on=row.submitted_on,
    )
    return Owed(
        kind=kind,
        owed_on=owed_on,
        task_id=row.id,
        number=row.number,
        title=row.title,
        unit_id=row.unit_id,
        role=row.role,
        original_due_on=row.original_due_on,
        due_on=row.due_on,
        issued_at=row.issued_at,
        percent_done=row.percent_done,
        light=shown,
        reason=reason,
    )


def waiting_for_head(actor: Actor) -> list[Waiting]:
    """What waits for the heads of the actor's units: completions, requests for more time, by setting reports."""
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return []
    whose = {"units": sorted(actor.unit_ids), "committee_id": actor.committee_id}
    calendar = workdays.calendar(actor.committee_id)
    return sorted(_waiting(_for_head(), calendar, whose), key=lambda waiting: waiting.since)


@cache  # it holds no values, and takes longer to build than to run
def _for_head() -> Any:
    """Completions, reports and requests for more time that wait for the heads of ``units``."""
    committee_id: Any = bindparam("committee_id")
    completions = _completions(Task.committee_id == committee_id, Task.lead_unit_id.in_(_UNITS))
    reports = _reports(ProgressReport.committee_id == committee_id, ProgressReport.unit_id.in_(_UNITS), _waits())
    asked = (TaskExtension.committee_id == committee_id, Task.lead_unit_id.in_(_UNITS))
    return _together(
        {
            WaitingKind.COMPLETION: completions.where(Task.status == TaskStatus.UNIT_REVIEW),
            WaitingKind.REPORT: reports.where(ProgressReport.status == ReportStatus.UNIT_REVIEW),
            WaitingKind.EXTENSION: _extensions(ExtensionStatus.UNIT_REVIEW, *asked),
        }
    )


def waiting_for_office(actor: Actor, *, limit: int | None = None) -> list[Waiting]:
    """What waits for the office: completions, reports, requests for more time, declined tasks, drafts to issue;
    the oldest first.

    ``limit`` cuts the list; ``waiting_for_office_count`` says how many there are.
    """
    if not actor.may("tasks.review"):
        return []
    calendar = workdays.calendar(actor.committee_id)
    values = {"committee_id": actor.committee_id, "limit": limit}
    found = [*_waiting(_for_office(limit is not None), calendar, values), *_pending(calendar, values)]
    return sorted(found, key=lambda waiting: (waiting.since, waiting.task_id))[:limit]


_OF_COMMITTEE = Task.committee_id == bindparam("committee_id")  # who reviews sees all tasks of the committee


def _cut(rows: Any, is_cut: bool) -> Any:
    return rows.limit(bindparam("limit")) if is_cut else rows


@cache
def _for_office(is_cut: bool) -> Any:
    """Completions, reports and requests for more time that wait for the office, each cut by ``limit``."""
    completions = _completions(_OF_COMMITTEE).where(Task.status == TaskStatus.OFFICE_REVIEW)
    reports = _reports(_OF_COMMITTEE, _waits()).where(ProgressReport.status == ReportStatus.SUBMITTED)
    extensions = _extensions(ExtensionStatus.OFFICE_REVIEW, _OF_COMMITTEE)
    return _together(
        {
            WaitingKind.COMPLETION: _cut(completions, is_cut),
            WaitingKind.REPORT: _cut(reports, is_cut),
            WaitingKind.EXTENSION: _cut(extensions, is_cut),
        }
    )


def waiting_for_office_count(actor: Actor) -> dict[WaitingKind, int]:
    """How much of each kind waits for the office; drafts to issue and declined ones together as ``ISSUE``."""
    if not actor.may("tasks.review"):
        return {}
    row = db.session.execute(_office_counts(), {"committee_id": actor.committee_id}).one()
    kinds = (WaitingKind.COMPLETION, WaitingKind.ISSUE, WaitingKind.EXTENSION)
    completions, issues, extensions, reports = row
    counts = {kind: count for kind, count in zip(kinds, (completions, issues, extensions), strict=True) if count}
    return counts | {WaitingKind.REPORT: reports}


@cache
def _office_counts() -> Any:
    """Completions, drafts to issue, requests for more time and reports that wait, in one row."""
    of_status = {
        status: select(func.count()).select_from(Task).where(_OF_COMMITTEE, Task.status == status)
        for status in (TaskStatus.OFFICE_REVIEW, TaskStatus.PENDING_ISSUE)
    }
    asked = select(func.count(TaskExtension.id)).where(
        TaskExtension.committee_id == bindparam("committee_id"),
        _waits_for_decision(),
        TaskExtension.status == ExtensionStatus.OFFICE_REVIEW,
    )
    submitted = select(func.count(ProgressReport.id)).where(
        ProgressReport.committee_id == bindparam("committee_id"),
        _waits(),
        ProgressReport.status == ReportStatus.SUBMITTED,
    )
    return select(*(rows.scalar_subquery() for rows in (*of_status.values(), asked, submitted)))


def _waits() -> ColumnElement[bool]:
    """Word for word the condition of the index of waiting reports, which SQLite would not use otherwise."""
    return literal_column("progress_report.status IN ('unit_review', 'submitted')")


def _waits_for_decision() -> ColumnElement[bool]:
    """Word for word the condition of the index of waiting requests for more time."""
    return literal_column("task_extension.status IN ('unit_review', 'office_review')")


def _extensions(status: ExtensionStatus, *conditions: ColumnElement[bool]) -> Any:
    return (
        select(
            Task.id.label("task_id"),
            cast(null(), Integer).label("report_id"),
            Task.number,
            Task.title,
            Unit.short_name,
            TaskExtension.waits_since.label("since"),
            TaskExtension.reason.label("note"),
        )
        .select_from(TaskExtension)
        .join(Task, Task.id == TaskExtension.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            _waits_for_decision(),
            TaskExtension.committee_id == Task.committee_id,
            TaskExtension.status == status,
            *conditions,
        )
        .order_by(TaskExtension.waits_since, TaskExtension.id)
    )


def _completions(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(
            Task.id.label("task_id"),
            cast(null(), Integer).label("report_id"),
            Task.number,
            Task.title,
            Unit.short_name,
            Task.submitted_at.label("since"),
            Task.completion_note.label("note"),
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(*conditions)
        .order_by(Task.submitted_at, Task.id)
    )


def _reports(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(
            Task.id.label("task_id"),
            ProgressReport.id.label("report_id"),
            Task.number,
            Task.title,
            Unit.short_name,
            ProgressReport.submitted_at.label("since"),
            ProgressReport.done.label("note"),
        )
        .select_from(ProgressReport)
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Unit, Unit.id == ProgressReport.unit_id)
        .where(ProgressReport.committee_id == Task.committee_id, *conditions)
        .order_by(ProgressReport.submitted_at, ProgressReport.id)
    )


def _together(waiting: Mapping[WaitingKind, Any]) -> Any:
    """Several lists in one statement, each by itself sorted and cut; ``kind`` says of which one a row is."""
    parts: list[tuple[Any, Any]] = [
        (literal_column(f"'{kind.value}'").label("kind"), rows.subquery()) for kind, rows in waiting.items()
    ]
    return union_all(*(select(kind, *part.c) for kind, part in parts))


def _waiting(statement: Any, calendar: Calendar, values: Mapping[str, Any] | None = None) -> Iterator[Waiting]:
    for row in db.session.execute(statement, values):
        yield Waiting(
            WaitingKind(row.kind),
            row.task_id,
            row.report_id,
            row.number,
            row.title,
            row.short_name,
            row.since,
            _days(row.since, calendar),
            row.note,
        )


def _pending(calendar: Calendar, values: Mapping[str, Any]) -> Iterator[Waiting]:
    """Drafts that wait to be issued, and what came back declined, with reason and proposed unit."""
    for row in db.session.execute(_to_issue(values["limit"] is not None), values):
        kind = WaitingKind.DECLINED if row.action is TaskAction.DECLINE else WaitingKind.ISSUE
        days = _days(row.done_at, calendar)
        yield Waiting(
            kind,
            row.id,
            None,
            row.number,
            row.title,
            row.short_name,
            row.done_at,
            days,
            row.note,
            row.proposed_name or "",
        )


@cache
def _to_issue(is_cut: bool) -> Any:
    proposed = aliased(Unit, name="proposed")
    step = aliased(TaskEvent)
    # Asked of each pending task by itself: grouped, all events would be read.
    last = (
        select(func.max(step.id))
        .where(step.task_id == Task.id, step.status_after == TaskStatus.PENDING_ISSUE)
        .correlate(Task)
        .scalar_subquery()
    )
    rows = (
        select(
            Task.id,
            Task.number,
            Task.title,
            Unit.short_name,
            TaskEvent.action,
            TaskEvent.done_at,
            TaskEvent.note,
            proposed.short_name.label("proposed_name"),
        )
        .select_from(Task)
        .join(TaskEvent, TaskEvent.id == last)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(proposed, proposed.id == TaskEvent.proposed_unit_id)
        .where(_OF_COMMITTEE, Task.status == TaskStatus.PENDING_ISSUE)
        .order_by(TaskEvent.done_at, Task.id)
    )
    return _cut(rows, is_cut)


def _days(since: datetime, calendar: Calendar) -> int:
    return calendar.between(clock.local(since).date(), clock.today())
