"""Lists of drafts that are, or were, with their units."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, select
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

# On which days each unit was reminded of a list; ``app.py`` says who keeps the log.
logs_of_reminders: list[Callable[[int], Mapping[int, Sequence[date]]]] = []


def reminded(row: Consultation) -> dict[int, list[date]]:
    """On which days each unit of the list was reminded, by unit."""
    found: dict[int, list[date]] = {}
    for log in logs_of_reminders:
        for unit_id, days in log(row.id).items():
            found.setdefault(unit_id, []).extend(days)
    return found


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


def newest_consultation(actor: Actor) -> int | None:
    """The list that a paper is made of where none is named."""
    return db.session.scalar(_seen(actor).with_only_columns(Consultation.id).order_by(Consultation.id.desc()).limit(1))


class AskedOpinion(NamedTuple):
    """A list on which a unit has not answered yet."""

    id: int
    unit_id: int
    title: str
    answer_by: date


def opinions_to_give(actor: Actor) -> list[AskedOpinion]:
    """The open lists on which the actor's units have not answered, the most pressing first."""
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return []
    rows = (
        select(Consultation.id, ConsultationUnit.unit_id, Consultation.title, Consultation.answer_by)
        .join(ConsultationUnit, ConsultationUnit.consultation_id == Consultation.id)
        .where(
            Consultation.committee_id == actor.committee_id,
            Consultation.closed_at.is_(None),
            ConsultationUnit.unit_id.in_(sorted(actor.unit_ids)),
            ConsultationUnit.answered_at.is_(None),
        )
        .order_by(Consultation.answer_by, Consultation.id)
    )
    return [AskedOpinion._make(row) for row in db.session.execute(rows)]


class OpenConsultation(NamedTuple):
    """A list that the office still has to see to: units that have not answered, opinions that are not settled."""

    id: int
    title: str
    answer_by: date
    unanswered: int
    unsettled: int


@cache  # put together once, because that takes longer than to run it
def _to_settle() -> Any:
    """Every open list with how many units have not answered and how many opinions are not settled."""
    asked = (
        select(func.count())
        .where(ConsultationUnit.consultation_id == Consultation.id, ConsultationUnit.answered_at.is_(None))
        .correlate(Consultation)
        .scalar_subquery()
    )
    given = (
        select(func.count())
        .select_from(ConsultationOpinion)
        .join(ConsultationLine, ConsultationLine.id == ConsultationOpinion.line_id)
        .where(ConsultationLine.consultation_id == Consultation.id, ConsultationOpinion.adoption.is_(None))
        .correlate(Consultation)
        .scalar_subquery()
    )
    return (
        select(Consultation.id, Consultation.title, Consultation.answer_by, asked, given)
        .where(Consultation.committee_id == bindparam("committee_id"), Consultation.closed_at.is_(None))
        .order_by(Consultation.answer_by, Consultation.id)
    )


def consultations_to_settle(actor: Actor, *, today: date) -> list[OpenConsultation]:
    """For the office, the oldest day first: lists that are past their day, were answered by all, or hold an opinion
    without a decision."""
    found = [
        OpenConsultation._make(row) for row in db.session.execute(_to_settle(), {"committee_id": actor.committee_id})
    ]
    return [row for row in found if row.unsettled or not row.unanswered or row.answer_by < today]


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
