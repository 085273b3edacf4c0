"""The rectification list, by the order of units; how far each is its task says."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlalchemy.orm import joinedload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.evaluation.models import Evaluation, Finding, Rectification, Visit
from meetings.plans.models import Indicator
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.queries.finding import handed_out


class Listed(NamedTuple):
    """A line of the list; of an indicator (with its year), or of a finding (with its visit)."""

    id: int
    unit: str
    problem: str
    indicator_id: int | None
    year: int | None
    visit_id: int | None
    task_id: int
    number: str
    status: TaskStatus
    percent_done: int
    original_due_on: date
    due_on: date
    closed_at: datetime | None
    completion_note: str


def _visible(actor: Actor) -> ColumnElement[bool]:
    own = Rectification.committee_id == actor.committee_id
    if actor.may("evaluations.read"):
        return own
    if not actor.may("evaluations.read_own"):
        return false()
    return and_(own, Rectification.unit_id.in_(sorted(actor.unit_ids)), handed_out())


def rectifications(evaluation: Evaluation, *, actor: Actor) -> Sequence[Listed]:
    """What this evaluation is to put right. One statement."""
    rows = (
        select(
            Rectification.id,
            Unit.short_name,
            Rectification.problem,
            Rectification.indicator_id,
            Rectification.year,
            Finding.visit_id,
            Rectification.task_id,
            func.coalesce(Task.number, ""),
            Task.status,
            Task.percent_done,
            Task.original_due_on,
            Task.due_on,
            Task.closed_at,
            Task.completion_note,
        )
        .join(Unit, Unit.id == Rectification.unit_id)
        .join(Task, Task.id == Rectification.task_id)
        .outerjoin(Finding, Finding.id == Rectification.finding_id)
        .where(Rectification.evaluation_id == evaluation.id, _visible(actor))
        .order_by(Unit.position, Unit.id, Rectification.id)
    )
    return [Listed._make(row) for row in db.session.execute(rows)]


def rectification_of(
    *, indicator_id: int | None = None, year: int | None = None, finding_id: int | None = None
) -> Rectification | None:
    """What puts an indicator of a year, or a finding, right; with its task. For acts of the office."""
    which = (
        Rectification.finding_id == finding_id
        if finding_id is not None
        else and_(Rectification.indicator_id == indicator_id, Rectification.year == year)
    )
    return db.session.scalar(select(Rectification).where(which).options(joinedload(Rectification.task)))


def rectifications_of_indicator(indicator: Indicator, *, actor: Actor) -> Sequence[Rectification]:
    """Of all years, the latest first, with their tasks."""
    rows = (
        select(Rectification)
        .join(Task, Task.id == Rectification.task_id)
        .where(Rectification.indicator_id == indicator.id, _visible(actor))
        .options(joinedload(Rectification.task))
    )
    return db.session.scalars(rows.order_by(Rectification.year.desc())).all()


def rectifies(task_id: int, indicator_id: int) -> bool:
    """The task puts the indicator right."""
    rows = select(Rectification.id).where(Rectification.task_id == task_id, Rectification.indicator_id == indicator_id)
    return db.session.scalar(rows) is not None


class Origin(NamedTuple):
    """What a task puts right: an indicator of a year, or what a visit of an evaluation found."""

    indicator_id: int | None
    year: int | None
    evaluation_id: int | None
    visit_id: int | None


def origin_of(task: Task, *, actor: Actor) -> Origin | None:
    """What a rectification task puts right; None of any other task."""
    row = db.session.execute(
        select(Rectification.indicator_id, Rectification.year, Visit.evaluation_id, Visit.id)
        .join(Task, Task.id == Rectification.task_id)
        .outerjoin(Finding, Finding.id == Rectification.finding_id)
        .outerjoin(Visit, Visit.id == Finding.visit_id)
        .where(Rectification.task_id == task.id, _visible(actor))
    ).first()
    return Origin(*row) if row else None
