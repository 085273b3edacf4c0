"""When a unit is merged into another its open tasks go with it; what is over stays as it was."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.tasks.actions import totals
from meetings.tasks.actions.step import hold
from meetings.tasks.models import Task, TaskAction, TaskEvent, TaskStatus, TaskUnit, UnitRole

_OVER = frozenset({TaskStatus.COMPLETED, TaskStatus.CLOSED, TaskStatus.CANCELLED})


def follow_merge(sender: Unit, *, into: Unit, by: Actor) -> None:
    """Hand the unit's open tasks to the one that takes over; each task says so. Reports and receipts stay as they were.

    Where both took part the one that takes over keeps its part, and leads if the merged unit led.
    """
    own = select(TaskUnit.task_id).where(TaskUnit.unit_id == sender.id)
    rows = select(Task).where(Task.id.in_(own), Task.status.not_in(sorted(_OVER))).options(selectinload(Task.units))
    with totals.gathered(sender.committee_id):
        for task in db.session.scalars(rows.order_by(Task.id)).all():
            _move(task, sender, into, by)


def _move(task: Task, unit: Unit, into: Unit, by: Actor) -> None:
    hold(task)
    counted = totals.changes(task, {task.status: -1})
    part = next(row for row in task.units if row.unit_id == unit.id)
    there = next((row for row in task.units if row.unit_id == into.id), None)
    if there is None:
        part.unit_id = into.id
    else:
        if part.role is UnitRole.LEAD:
            there.role, there.position = UnitRole.LEAD, part.position
        task.units.remove(part)
    if task.lead_unit_id == unit.id:
        task.lead_unit_id = into.id
    db.session.flush()
    totals.write(task.committee_id, counted)
    totals.write(task.committee_id, totals.changes(task, {task.status: 1}))
    task.events.add(
        TaskEvent(
            action=TaskAction.ADJUST,
            status_before=task.status,
            status_after=task.status,
            done_at=clock.now(),
            done_by_id=by.user_id,
            done_by_name=by.name[:100],
            note=f"{unit.name}并入{into.name}，任务随转，签收、进展照旧",
        )
    )
