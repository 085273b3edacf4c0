"""Lists of drafts that are, or were, with their units."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.tasks.models import (
    Consultation,
    ConsultationLine,
    ConsultationOpinion,
    ConsultationUnit,
    Task,
    TaskStatus,
    TaskUnit,
)


class ConsultationRow(NamedTuple):
    """A list with how many units were asked and how many have answered."""

    consultation: Consultation
    asked: int
    answered: int


def _seen(actor: Actor) -> Select[Any]:
    rows = select(Consultation).where(Consultation.committee_id == actor.committee_id)
    if actor.may("tasks.read_all"):
        return rows
    own = select(ConsultationUnit.consultation_id).where(ConsultationUnit.unit_id.in_(sorted(actor.unit_ids)))
    return rows.where(Consultation.id.in_(own)) if actor.may("tasks.read_own") else rows.where(Consultation.id < 0)


def consultations(actor: Actor) -> list[ConsultationRow]:
    """The lists that the actor may see, open ones first: two statements."""
    rows: Sequence[Consultation] = db.session.scalars(
        _seen(actor).order_by(Consultation.closed_at.is_not(None), Consultation.id.desc()).limit(200)
    ).all()
    counted = (
        select(
            ConsultationUnit.consultation_id,
            func.count(),
            func.sum(case((ConsultationUnit.answered_at.is_not(None), 1), else_=0)),
        )
        .where(ConsultationUnit.consultation_id.in_([row.id for row in rows]))
        .group_by(ConsultationUnit.consultation_id)
    )
    counts = {of: (asked, int(answered)) for of, asked, answered in db.session.execute(counted)}
    return [ConsultationRow(row, *counts.get(row.id, (0, 0))) for row in rows]


def find_consultation(consultation_id: int, *, actor: Actor) -> Consultation:
    """A list with lines, their tasks in brief with standards, opinions, and units. Raises ``NotFound``.

    A unit that is asked sees it before its tasks are handed out; what of it concerns the unit is for
    ``rules.lines_for`` to say.
    """
    task = selectinload(Consultation.lines).joinedload(ConsultationLine.task)
    row: Consultation | None = db.session.scalar(
        _seen(actor)
        .where(Consultation.id == consultation_id)
        .options(
            task.joinedload(Task.lead_unit),
            task.selectinload(Task.units).joinedload(TaskUnit.unit),
            task.selectinload(Task.standards),
            selectinload(Consultation.lines)
            .selectinload(ConsultationLine.opinions)
            .joinedload(ConsultationOpinion.unit),
            selectinload(Consultation.units).joinedload(ConsultationUnit.unit),
        )
    )
    if row is None:
        raise NotFound
    return row


def drafts_to_consult(actor: Actor) -> Sequence[tuple[int, str]]:
    """Drafts to choose from, the latest first: id, and title with its lead unit."""
    rows = (
        select(Task)
        .where(Task.committee_id == actor.committee_id, Task.status == TaskStatus.DRAFT)
        .options(joinedload(Task.lead_unit))
        .order_by(Task.id.desc())
        .limit(200)
    )
    return [(task.id, f"{task.title}（{task.lead_unit.short_name}）") for task in db.session.scalars(rows)]
