"""When a unit is merged into another its open tasks go with it, and lists that ask it; what is over stays."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.tasks.actions import totals
from meetings.tasks.actions.step import hold
from meetings.tasks.models import (
    Consultation,
    ConsultationLine,
    ConsultationUnit,
    Task,
    TaskAction,
    TaskEvent,
    TaskStatus,
    TaskUnit,
    UnitRole,
)

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
    _ask_instead(sender, into)


def _ask_instead(sender: Unit, into: Unit) -> None:
    """Lists of drafts that are with their units ask the one that takes over; what was answered goes along.

    Where both are asked each keeps its answer, and the merged unit is asked no more.
    """
    rows = (
        select(Consultation)
        .join(ConsultationUnit, ConsultationUnit.consultation_id == Consultation.id)
        .where(Consultation.closed_at.is_(None), ConsultationUnit.unit_id == sender.id)
        .options(
            selectinload(Consultation.units), selectinload(Consultation.lines).selectinload(ConsultationLine.opinions)
        )
    )
    for row in db.session.scalars(rows.order_by(Consultation.id)).all():
        asked = next(each for each in row.units if each.unit_id == sender.id)
        if any(each.unit_id == into.id for each in row.units):
            if asked.answered_at is None:
                row.units.remove(asked)
            continue
        asked.unit_id = into.id
        for line in row.lines:
            for opinion in line.opinions:
                if opinion.unit_id == sender.id:
                    opinion.unit_id = into.id


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
