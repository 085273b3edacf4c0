"""What an action asks before it goes on. The rows it is given were loaded by somebody who may see them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select

from meetings.core import clock
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting, Minutes, Requirement, Section, Speech, TextStatus
from meetings.tasks.models import (
    ProgressFile,
    ProgressReport,
    ReportedQuantity,
    ReportStatus,
    Task,
    TaskExtension,
    TaskRequirement,
    TaskStatus,
    TaskUnit,
)
from meetings.tasks.rules import HANDED_OUT, OPEN_EXTENSIONS


def has_settled_text(task: Task) -> bool:
    """The task's requirement stands in a reviewed speech, or the minutes of its meeting are issued."""
    reviewed = exists().where(
        Requirement.id == task.requirement_id,
        Speech.id == Requirement.speech_id,
        Speech.text_status == TextStatus.REVIEWED,
    )
    minuted = exists().where(
        Minutes.meeting_id == task.meeting_id, Minutes.committee_id == task.committee_id, Minutes.locked_at.is_not(None)
    )
    return bool(db.session.scalar(select(or_(reviewed, minuted))))


def section_of(task: Task) -> Section | None:
    """The section in which the task's requirement stands."""
    return db.session.scalar(select(Requirement.section).where(Requirement.id == task.requirement_id))


def units_among(unit_ids: Collection[int], committee_id: int) -> set[int]:
    """Those of the ids that are units of the committee."""
    rows = select(Unit.id).where(Unit.id.in_(unit_ids), Unit.committee_id == committee_id)
    return set(db.session.scalars(rows))


def names_of_units(unit_ids: Collection[int]) -> dict[int, str]:
    """The short names of units, by id."""
    rows = select(Unit.id, Unit.short_name).where(Unit.id.in_(sorted(unit_ids)))
    return {row.id: row.short_name for row in db.session.execute(rows)}


def closed_in(year: int, committee_id: int, unit_id: int | None) -> dict[str, int]:
    """Number and id of the tasks that were closed within the office's year, of one lead unit where it is named."""
    first, last = (clock.begin_of(date(each, 1, 1)) for each in (year, year + 1))
    rows = select(Task.number, Task.id).where(
        Task.committee_id == committee_id,
        Task.status == TaskStatus.CLOSED,
        Task.closed_at >= first,
        Task.closed_at < last,
    )
    if unit_id is not None:
        rows = rows.where(Task.lead_unit_id == unit_id)
    return {number: id_ for number, id_ in db.session.execute(rows) if number}


def open_subtask_count(task: Task) -> int:
    """Sub-tasks that stand against the parent's completion."""
    finished = {TaskStatus.COMPLETED, TaskStatus.CLOSED, TaskStatus.CANCELLED}
    rows = select(func.count()).where(Task.parent_id == task.id, Task.status.not_in(finished))
    return db.session.scalar(rows) or 0


def subtask_progress(task_id: int) -> list[tuple[int, int]]:
    """(weight, percent) of the sub-tasks that were handed out and not cancelled."""
    counted = HANDED_OUT - {TaskStatus.CANCELLED}
    rows = select(Task.weight, Task.percent_done).where(Task.parent_id == task_id, Task.status.in_(counted))
    return [(weight, percent) for weight, percent in db.session.execute(rows)]


def lead_percent(task: Task) -> int:
    """How far the lead itself says that it is."""
    rows = select(TaskUnit.percent_done).where(TaskUnit.task_id == task.id, TaskUnit.unit_id == task.lead_unit_id)
    return db.session.scalar(rows) or 0


def evidence_count(task: Task) -> int:
    """Files that came with reports which were not returned."""
    rows = (
        select(func.count())
        .select_from(ProgressFile)
        .join(ProgressReport, ProgressReport.id == ProgressFile.report_id)
        .where(ProgressReport.task_id == task.id, ProgressReport.status != ReportStatus.RETURNED)
    )
    return db.session.scalar(rows) or 0


def last_standing_report(task_id: int, unit_id: int) -> ProgressReport | None:
    """The unit's latest report that counts: submitted or accepted."""
    return db.session.scalar(
        select(ProgressReport)
        .where(
            ProgressReport.task_id == task_id,
            ProgressReport.unit_id == unit_id,
            ProgressReport.status.in_([ReportStatus.SUBMITTED, ReportStatus.ACCEPTED]),
        )
        .order_by(ProgressReport.submitted_at.desc(), ProgressReport.id.desc())
        .limit(1)
    )


def amounts_before(task_id: int, unit_id: int) -> dict[int, ReportedQuantity]:
    """What the unit last reported of each quantity, in reports that count; quantity id → amounts."""
    latest = (
        select(func.max(ReportedQuantity.id))
        .join(ProgressReport, ProgressReport.id == ReportedQuantity.report_id)
        .where(
            ProgressReport.task_id == task_id,
            ProgressReport.unit_id == unit_id,
            ProgressReport.status.in_([ReportStatus.SUBMITTED, ReportStatus.ACCEPTED]),
        )
        .group_by(ReportedQuantity.quantity_id)
    )
    rows = select(ReportedQuantity).where(ReportedQuantity.id.in_(latest))
    return {row.quantity_id: row for row in db.session.scalars(rows)}


def live_task_count(requirement: Requirement) -> int:
    """Tasks made from the requirement, or that it was joined to, and that were not cancelled."""
    joined = select(TaskRequirement.task_id).where(TaskRequirement.requirement_id == requirement.id)
    rows = select(func.count()).where(
        or_(Task.requirement_id == requirement.id, Task.id.in_(joined)), Task.status != TaskStatus.CANCELLED
    )
    return db.session.scalar(rows) or 0


def answers(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a task that holds the conditions answers ``Requirement``: one made from it, or one it was joined to."""
    own = select(Task.id).where(Task.requirement_id == Requirement.id, *conditions).correlate(Requirement)
    joined = (
        select(TaskRequirement.id)
        .join(Task, Task.id == TaskRequirement.task_id)
        .where(TaskRequirement.requirement_id == Requirement.id, *conditions)
        .correlate(Requirement)
    )
    return or_(own.exists(), joined.exists())


def find_joined(task_id: int, requirement_id: int) -> TaskRequirement | None:
    """The row that joins a requirement to a task, if there is one."""
    return db.session.scalar(
        select(TaskRequirement).where(
            TaskRequirement.task_id == task_id, TaskRequirement.requirement_id == requirement_id
        )
    )


def requirement_ids_of(task_ids: Collection[int]) -> list[int]:
    """The requirements that these tasks answer, those joined to them among them, in order."""
    made = select(Task.requirement_id).where(Task.id.in_(task_ids), Task.requirement_id.is_not(None))
    joined = select(TaskRequirement.requirement_id).where(TaskRequirement.task_id.in_(task_ids))
    return sorted(id_ for id_ in db.session.scalars(made.union(joined)) if id_ is not None)


def requirements_to_carry(earlier: Meeting, into: Meeting) -> list[Requirement]:
    """The earlier meeting's requirements that have no task, or one unfinished, and were not carried into ``into``."""
    live = Task.status != TaskStatus.CANCELLED
    finished = Task.status.in_([TaskStatus.COMPLETED, TaskStatus.CLOSED])
    carried = select(Requirement.carried_from_id).where(
        Requirement.meeting_id == into.id, Requirement.carried_from_id.is_not(None)
    )
    rows = select(Requirement).where(
        Requirement.meeting_id == earlier.id,
        Requirement.is_actionable,
        Requirement.set_aside_reason == "",
        Requirement.id.not_in(carried),
        or_(~answers(live), answers(live, ~finished)),
    )
    return list(db.session.scalars(rows.order_by(Requirement.number)))


def open_extension(task: Task) -> TaskExtension:
    """The request for more time that is open; a task holds at most one, and says so in ``extension_status``."""
    rows = select(TaskExtension).where(
        TaskExtension.task_id == task.id, TaskExtension.status.in_(sorted(OPEN_EXTENSIONS))
    )
    return db.session.scalars(rows).one()
