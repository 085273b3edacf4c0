"""What tasks ask of the units: how many each has under way, how many reports a year, and what it may report now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import and_, or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.tasks.models import Task, TaskStatus, TaskUnit
from meetings.tasks.queries.finding import FULL, visible, visible_to
from meetings.tasks.rules import reports_within_year


@dataclass(frozen=True, slots=True)
class Burden:
    """What a unit has under way once the chosen tasks are issued: tasks, and their reports a year.

    ``added_task_count`` and ``added_report_count`` are the chosen tasks' share.
    """

    unit_id: int
    unit_name: str
    task_count: int
    report_count: int
    added_task_count: int
    added_report_count: int


def burden(task_ids: Collection[int], *, actor: Actor, today: date) -> list[Burden]:
    """For each unit of the chosen tasks, in the order of the unit list, what issuing them makes of its load.

    A task counts with the reports that fall into the twelve months from ``today``, so that one due soon asks for few.
    """
    if not task_ids:
        return []
    chosen = and_(Task.id.in_(sorted(set(task_ids))), Task.status.in_([TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE]))
    units = select(TaskUnit.unit_id).join(Task, Task.id == TaskUnit.task_id).where(*visible(actor), chosen)
    rows = (
        select(Unit.id, Unit.short_name, chosen.label("is_chosen"), Task.reporting_cycle, Task.due_on)
        .join(TaskUnit, TaskUnit.unit_id == Unit.id)
        .join(Task, Task.id == TaskUnit.task_id)
        .where(*visible(actor), Unit.id.in_(units), or_(TaskUnit.is_open, chosen))
        .order_by(Unit.position, Unit.id)
    )
    found: dict[int, Burden] = {}
    for unit_id, name, is_chosen, cycle, due_on in db.session.execute(rows):
        before = found.get(unit_id) or Burden(unit_id, name, 0, 0, 0, 0)
        reports = reports_within_year(cycle, today, due_on)
        found[unit_id] = replace(
            before,
            task_count=before.task_count + 1,
            report_count=before.report_count + reports,
            added_task_count=before.added_task_count + bool(is_chosen),
            added_report_count=before.added_report_count + (reports if is_chosen else 0),
        )
    return list(found.values())


def to_report(unit_id: int, *, actor: Actor) -> Sequence[Task]:
    """Tasks in full on which a unit may report now, the earliest owed report first, then by date (本期填报)."""
    rows = (
        visible_to(actor)
        .join(TaskUnit, TaskUnit.task_id == Task.id)
        .where(TaskUnit.unit_id == unit_id, TaskUnit.is_open, Task.status == TaskStatus.IN_PROGRESS)
        .options(*FULL)
        .order_by(TaskUnit.report_due_on.is_(None), TaskUnit.report_due_on, TaskUnit.due_on, Task.id)
    )
    return db.session.scalars(rows).all()
