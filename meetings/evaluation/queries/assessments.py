"""Self-assessments: the list of an evaluation in the plan's order, one of them, its versions and its course."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory.models import Unit
from meetings.evaluation.models import (
    Assessment,
    AssessmentEvent,
    AssessmentScore,
    AssessmentStatus,
    AssessmentVersion,
    EvaluatedPlan,
    Evaluation,
)
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.queries.finding import handed_out


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Needs a join with ``Task``: a unit sees its own once it was handed out."""
    own = Assessment.committee_id == actor.committee_id
    if actor.may("evaluations.read"):
        return own
    if not actor.may("evaluations.read_own"):
        return false()
    return and_(own, Assessment.unit_id.in_(sorted(actor.unit_ids)), handed_out())


class Row(NamedTuple):
    """A unit in the list of an evaluation; ``points`` only where the office has scored it."""

    id: int
    unit_id: int
    unit_name: str
    status: AssessmentStatus
    revision: int
    submitted_at: datetime | None
    return_reason: str
    task_id: int
    task_status: TaskStatus
    original_due_on: date
    due_on: date
    points: Decimal | None


def assessments(evaluation: Evaluation, *, actor: Actor) -> Sequence[Row]:
    """In the order of the committee's list of units, never by state or points. One statement."""
    points = (
        select(func.sum(AssessmentScore.points)).where(AssessmentScore.assessment_id == Assessment.id).scalar_subquery()
    )
    rows = (
        select(
            Assessment.id,
            Assessment.unit_id,
            Unit.short_name,
            Assessment.status,
            Assessment.revision,
            Assessment.submitted_at,
            Assessment.return_reason,
            Assessment.task_id,
            Task.status,
            Task.original_due_on,
            Task.due_on,
            points,
        )
        .join(Unit, Unit.id == Assessment.unit_id)
        .join(Task, Task.id == Assessment.task_id)
        .where(Assessment.evaluation_id == evaluation.id, _visible(actor))
        .order_by(Unit.position, Unit.id)
    )
    found: Any = db.session.execute(rows)
    return [Row(*row) for row in found]


def find_assessment(assessment_id: int, *, actor: Actor) -> Assessment:
    """With its evaluation (stages, duties), unit, task, reasons and scores, or ``NotFound``."""
    row = db.session.scalar(
        select(Assessment)
        .join(Task, Task.id == Assessment.task_id)
        .where(Assessment.id == assessment_id, _visible(actor))
        .options(
            joinedload(Assessment.evaluation).options(
                selectinload(Evaluation.assessed),
                selectinload(Evaluation.stages),
                selectinload(Evaluation.evaluated).joinedload(EvaluatedPlan.plan),
            ),
            joinedload(Assessment.unit),
            joinedload(Assessment.task),
            selectinload(Assessment.scores),
            selectinload(Assessment.reasons_given),
        )
    )
    if row is None:
        raise NotFound
    return row


def assessment_of_task(task: Task, *, actor: Actor) -> tuple[int, int, str] | None:
    """Evaluation, self-assessment and the evaluation's title of the task that asked for it."""
    row = db.session.execute(
        select(Assessment.evaluation_id, Assessment.id, Evaluation.title)
        .join(Evaluation, Evaluation.id == Assessment.evaluation_id)
        .join(Task, Task.id == Assessment.task_id)
        .where(Assessment.task_id == task.id, _visible(actor))
    ).first()
    return (row[0], row[1], row[2]) if row else None


def versions_of(assessment: Assessment) -> Sequence[AssessmentVersion]:
    """As sent, the latest first."""
    rows = select(AssessmentVersion).where(AssessmentVersion.assessment_id == assessment.id)
    return db.session.scalars(rows.order_by(AssessmentVersion.revision.desc())).all()


def find_version(assessment: Assessment, revision: int) -> AssessmentVersion:
    row = db.session.scalar(
        select(AssessmentVersion).where(
            AssessmentVersion.assessment_id == assessment.id, AssessmentVersion.revision == revision
        )
    )
    if row is None:
        raise NotFound
    return row


def course(assessment: Assessment) -> Sequence[AssessmentEvent]:
    """Every step, the latest first, with its scan."""
    rows = (
        select(AssessmentEvent)
        .where(AssessmentEvent.assessment_id == assessment.id)
        .options(joinedload(AssessmentEvent.scan))
    )
    return db.session.scalars(rows.order_by(AssessmentEvent.id.desc())).all()
