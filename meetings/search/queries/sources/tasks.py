"""What is found of tasks: themselves, what units reported, evidence and scans."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, String, cast, func, select

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.search.models import Kind
from meetings.search.queries.sources.reading import Reading, lines, readers
from meetings.tasks.models import ProgressFile, ProgressReport, Standard, Task, TaskEvent, TaskUnit
from meetings.tasks.rules import HANDED_OUT


def is_handed_out(number: str | None, status: Any) -> bool:
    """As ``tasks.queries.finding.handed_out`` says it in SQL."""
    return bool(number) and status in HANDED_OUT


def _unit_marks(row: Any) -> tuple[str, ...]:
    """Of the units that take part in the row's task; ``row.units`` holds their ids."""
    if not is_handed_out(row.number, row.task_status):
        return ()
    return tuple(f"u{unit_id}" for unit_id in sorted(map(int, row.units.split())))


def _report_marks(row: Any) -> tuple[str, ...]:
    """What has not reached the office is for those who belong to that unit, and to one that takes part."""
    if not row.is_sent:
        return (f"h{row.unit_id}", *(f"h{row.unit_id}{mark}" for mark in _unit_marks(row)))
    return (readers(row.committee_id), *_unit_marks(row))


def _task(row: Any, standards: Any) -> Any:
    text = lines(row.content, *standards.get(row.id, ()), row.source_text, row.completion_note)
    issued_on = clock.local(row.issued_at).date() if row.issued_at else row.due_on
    title = f"{row.number} {row.title}" if row.number else row.title
    return row.id, title, text, row.unit, issued_on, (readers(row.committee_id), *_unit_marks(row))


def _standards_of(found: Select[*tuple[Any, ...]]) -> Any:
    texts = defaultdict(list)
    rows = select(Standard.task_id, Standard.text).where(Standard.task_id.in_(found))
    for task_id, text in db.session.execute(rows.order_by(Standard.task_id, Standard.position, Standard.id)):
        texts[task_id].append(text)
    return texts


def _report(row: Any, _beside: Any) -> Any:
    day = clock.local(row.submitted_at).date()
    remark = f"{row.unit}　{row.number or ''} {row.task}"
    return row.task_id, "", lines(row.done, row.problems, row.next_steps), remark, day, _report_marks(row)


def _evidence(row: Any, _beside: Any) -> Any:
    day = clock.local(row.submitted_at).date()
    return row.task_id, row.name, "", f"{row.number or ''} {row.task}", day, _report_marks(row)


def _scan(row: Any, _beside: Any) -> Any:
    marks = (readers(row.committee_id), *_unit_marks(row))
    return row.task_id, row.name, "", f"{row.number or ''} {row.task}", clock.local(row.done_at).date(), marks


_OF_TASK = (
    Task.id.label("task_id"),
    Task.committee_id,
    Task.number,
    Task.title.label("task"),
    Task.status.label("task_status"),
    select(func.aggregate_strings(cast(TaskUnit.unit_id, String), " "))
    .where(TaskUnit.task_id == Task.id)
    .correlate(Task)
    .scalar_subquery()
    .label("units"),
)

READINGS: Mapping[Kind, Reading] = {
    Kind.TASK: Reading(
        select(
            Task.id,
            *(column for column in _OF_TASK if column.name != "task"),
            Task.title,
            Task.content,
            Task.source_text,
            Task.completion_note,
            Task.issued_at,
            Task.due_on,
            Unit.short_name.label("unit"),
        ).join(Unit, Unit.id == Task.lead_unit_id),
        Task.id,
        _task,
        {"task": Task.id},
        _standards_of,
    ),
    Kind.REPORT: Reading(
        select(
            ProgressReport.id,
            ProgressReport.is_sent,
            ProgressReport.unit_id,
            ProgressReport.submitted_at,
            ProgressReport.done,
            ProgressReport.problems,
            ProgressReport.next_steps,
            Unit.short_name.label("unit"),
            *_OF_TASK,
        )
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Unit, Unit.id == ProgressReport.unit_id),
        ProgressReport.id,
        _report,
        {"task": ProgressReport.task_id},
    ),
    Kind.EVIDENCE: Reading(
        select(
            ProgressFile.id,
            ProgressReport.is_sent,
            ProgressReport.unit_id,
            ProgressReport.submitted_at,
            Attachment.name,
            *_OF_TASK,
        )
        .join(ProgressReport, ProgressReport.id == ProgressFile.report_id)
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Attachment, Attachment.id == ProgressFile.attachment_id),
        ProgressFile.id,
        _evidence,
        {"task": ProgressReport.task_id, "report": ProgressFile.report_id},
    ),
    Kind.SCAN: Reading(
        select(TaskEvent.id, TaskEvent.done_at, Attachment.name, *_OF_TASK)
        .join(Task, Task.id == TaskEvent.task_id)
        .join(Attachment, Attachment.id == TaskEvent.scan_id),
        TaskEvent.id,
        _scan,
        {"task": TaskEvent.task_id},
    ),
}
