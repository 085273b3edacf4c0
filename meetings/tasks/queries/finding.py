"""One task, one report, one file: found only by those who may see it, with all that a page shows."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from meetings.attachments.models import Attachment
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.meetings.models import Requirement, Speech
from meetings.tasks.models import (
    ProgressFile,
    ProgressReport,
    ReportStatus,
    Task,
    TaskEvent,
    TaskStatus,
    TaskUnit,
)
from meetings.tasks.rules import HANDED_OUT


def visible_to(actor: Actor) -> Select[Task]:
    """The base of every query of tasks: nobody gets rows by another way.

    The office, leaders and observers see the committee's; a unit those it leads or helps, once handed out;
    administrators none.
    """
    return select(Task).where(*visible(actor))


def visible(actor: Actor) -> list[ColumnElement[bool]]:
    """The conditions of ``visible_to``, for statements that select columns."""
    conditions: list[ColumnElement[bool]] = [Task.committee_id == actor.committee_id]
    if actor.may("tasks.read_all"):
        return conditions
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return [false()]
    own = select(TaskUnit.task_id).where(TaskUnit.unit_id.in_(sorted(actor.unit_ids)))
    return [*conditions, handed_out(), Task.id.in_(own)]


def handed_out() -> ColumnElement[bool]:
    """Issued at least once, and not back with the office.

    Written so that no index is read for it: nearly every task is handed out, and few are one's own.
    """
    return and_(func.coalesce(Task.number, "") != "", Task.status.not_in(sorted(set(TaskStatus) - HANDED_OUT)))


# What a task's page shows and what its actions need.
FULL: Sequence[ORMOption] = (
    joinedload(Task.lead_unit),
    joinedload(Task.meeting),
    joinedload(Task.requirement)
    .joinedload(Requirement.speech)
    .defer(Speech.text, raiseload=True)
    .defer(Speech.key_points, raiseload=True),
    selectinload(Task.units).joinedload(TaskUnit.unit),
    selectinload(Task.standards),
    selectinload(Task.stages),
    selectinload(Task.quantities),
)
_BRIEF: Sequence[ORMOption] = (joinedload(Task.lead_unit), selectinload(Task.units).joinedload(TaskUnit.unit))


def find(task_id: int, *, actor: Actor, full: bool = True) -> Task:
    """A task with lead unit, parts with their units, standards, stage points, quantities, requirement, speech, meeting.

    The text of the speech is left out. Without ``full`` only lead unit and parts are loaded. Raises ``NotFound``.
    """
    task = db.session.scalar(visible_to(actor).where(Task.id == task_id).options(*(FULL if full else _BRIEF)))
    if task is None:
        raise NotFound
    return task


def find_many(task_ids: Collection[int], *, actor: Actor) -> list[Task]:
    """Tasks in full, in the order of their ids; ``NotFound`` when one of them is not to be seen."""
    wanted = set(task_ids)
    rows = db.session.scalars(visible_to(actor).where(Task.id.in_(sorted(wanted))).options(*FULL).order_by(Task.id))
    tasks = list(rows)
    if len(tasks) != len(wanted):
        raise NotFound
    return tasks


def history(task: Task, *, actor: Actor | None = None) -> Sequence[TaskEvent]:
    """All that was done to a task, oldest first, with unit and scan.

    Of what ``actor`` may see: a report that waits for a unit's head is that unit's alone, with the words in its step.
    The unit that a decline proposes is for the office only: it is loaded when ``actor`` may read all.
    """
    rows = task.events.select().options(joinedload(TaskEvent.unit), joinedload(TaskEvent.scan)).order_by(TaskEvent.id)
    if actor is not None:
        rows = rows.outerjoin(ProgressReport, ProgressReport.id == TaskEvent.report_id)
        rows = rows.where(or_(TaskEvent.report_id.is_(None), _sent(actor)))
    if actor is not None and actor.may("tasks.read_all"):
        rows = rows.options(joinedload(TaskEvent.proposed_unit))
    return db.session.scalars(rows).all()


def subtasks(task: Task, *, actor: Actor) -> Sequence[Task]:
    """The sub-tasks that the actor may see, with lead unit and parts, by date."""
    rows = visible_to(actor).where(Task.parent_id == task.id).options(*_BRIEF).order_by(Task.due_on, Task.id)
    return db.session.scalars(rows).all()


def reports_of(task: Task, *, actor: Actor) -> Sequence[ProgressReport]:
    """The reports on a task, the latest first, with unit, files and amounts.

    What waits for a unit's head is seen by that unit alone.
    """
    rows = (
        select(ProgressReport)
        .where(ProgressReport.task_id == task.id, _sent(actor))
        .options(*_REPORT)
        .order_by(ProgressReport.submitted_at.desc(), ProgressReport.id.desc())
    )
    return db.session.scalars(rows).all()


def find_report(report_id: int, *, actor: Actor) -> ProgressReport:
    """A report with unit, files, amounts and its task in full. Raises ``NotFound``."""
    return _reports([report_id], actor)[0]


def find_reports(report_ids: Collection[int], *, actor: Actor) -> list[ProgressReport]:
    """Reports as ``find_report``, in the order of their ids; ``NotFound`` when one is not to be seen."""
    return _reports(report_ids, actor)


_REPORT: Sequence[ORMOption] = (
    joinedload(ProgressReport.unit),
    selectinload(ProgressReport.files),
    selectinload(ProgressReport.quantities),
)
_REPORTED_TASK: Sequence[ORMOption] = (
    joinedload(ProgressReport.task).joinedload(Task.lead_unit),
    joinedload(ProgressReport.task).selectinload(Task.units).joinedload(TaskUnit.unit),
    joinedload(ProgressReport.task).selectinload(Task.standards),
    joinedload(ProgressReport.task).selectinload(Task.stages),
    joinedload(ProgressReport.task).selectinload(Task.quantities),
)


def _reports(report_ids: Collection[int], actor: Actor) -> list[ProgressReport]:
    wanted = set(report_ids)
    rows = (
        select(ProgressReport)
        .join(Task, Task.id == ProgressReport.task_id)
        .where(*visible(actor), _sent(actor), ProgressReport.id.in_(sorted(wanted)))
        .options(*_REPORT, *_REPORTED_TASK)
        .order_by(ProgressReport.id)
    )
    reports = list(db.session.scalars(rows))
    if len(reports) != len(wanted) or not reports:
        raise NotFound
    return reports


def _sent(actor: Actor) -> ColumnElement[bool]:
    """Sent to the office, or still within the actor's own unit."""
    return or_(
        ProgressReport.status.not_in([ReportStatus.UNIT_REVIEW]), ProgressReport.unit_id.in_(sorted(actor.unit_ids))
    )


def find_file(task_id: int, attachment_id: int, *, actor: Actor) -> Attachment:
    """Evidence of one of the task's reports, or the scan of one of its steps. Raises ``NotFound``."""
    report = aliased(ProgressReport)
    evidence = (
        select(ProgressFile.attachment_id)
        .join(report, report.id == ProgressFile.report_id)
        .where(
            report.task_id == task_id,
            or_(report.status.not_in([ReportStatus.UNIT_REVIEW]), report.unit_id.in_(sorted(actor.unit_ids))),
        )
    )
    scans = select(TaskEvent.scan_id).where(TaskEvent.task_id == task_id, TaskEvent.scan_id.is_not(None))
    seen = visible_to(actor).where(Task.id == task_id).with_only_columns(Task.id)
    attachment = db.session.scalar(
        select(Attachment).where(
            Attachment.id == attachment_id,
            Attachment.committee_id == actor.committee_id,
            seen.exists(),
            or_(Attachment.id.in_(evidence), Attachment.id.in_(scans)),
        )
    )
    if attachment is None:
        raise NotFound
    return attachment
