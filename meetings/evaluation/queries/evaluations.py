"""Evaluations: the list, and one of them with its stages and duties."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory.models import Unit
from meetings.evaluation.models import (
    Assessment,
    AssessmentStatus,
    DomainReview,
    EvaluatedPlan,
    Evaluation,
    EvaluationKind,
    EvaluationStage,
    Visit,
)
from meetings.plans.models import Domain
from meetings.tasks.models import Task
from meetings.tasks.queries.finding import handed_out


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The office and its readers see the committee's; a unit those in which it was asked or visited."""
    own = Evaluation.committee_id == actor.committee_id
    if actor.may("evaluations.read"):
        return own
    if not actor.may("evaluations.read_own") or not actor.unit_ids:
        return false()
    asked = (
        select(Assessment.evaluation_id)
        .join(Task, Task.id == Assessment.task_id)
        .where(Assessment.unit_id.in_(sorted(actor.unit_ids)), handed_out())
    )
    visited = select(Visit.evaluation_id).where(Visit.unit_id.in_(sorted(actor.unit_ids)))
    return and_(own, or_(Evaluation.id.in_(asked), Evaluation.id.in_(visited)))


def find(evaluation_id: int, *, actor: Actor, with_reviews: bool = False) -> Evaluation:
    """The evaluation with its stages, duties, plans and document, or ``NotFound``."""
    more = (selectinload(Evaluation.reviews),) if with_reviews else ()
    row = db.session.scalar(
        select(Evaluation)
        .where(Evaluation.id == evaluation_id, visible_to(actor))
        .options(
            selectinload(Evaluation.stages),
            selectinload(Evaluation.assessed),
            selectinload(Evaluation.evaluated).joinedload(EvaluatedPlan.plan),
            joinedload(Evaluation.document),
            *more,
        )
    )
    if row is None:
        raise NotFound
    return row


class Listed(NamedTuple):
    """An evaluation in the list: its days, and how many units were asked, have sent, and were accepted."""

    id: int
    kind: EvaluationKind
    title: str
    year: int
    from_on: date
    until_on: date
    is_finished: bool
    asked: int
    sent: int
    accepted: int


_SENT = (AssessmentStatus.OFFICE_REVIEW, AssessmentStatus.ACCEPTED)


def listed(actor: Actor) -> Sequence[Listed]:
    """All that the actor may see, the latest first. A unit's counts are of its own self-assessments."""
    own = [] if actor.may("evaluations.read") else [Assessment.unit_id.in_(sorted(actor.unit_ids))]
    counts = (
        select(
            Assessment.evaluation_id,
            func.count().label("asked"),
            func.sum(case((Assessment.status.in_(_SENT), 1), else_=0)).label("sent"),
            func.sum(case((Assessment.status == AssessmentStatus.ACCEPTED, 1), else_=0)).label("accepted"),
        )
        .where(*own)
        .group_by(Assessment.evaluation_id)
        .subquery()
    )
    days = (
        select(
            EvaluationStage.evaluation_id,
            func.min(EvaluationStage.from_on).label("from_on"),
            func.max(EvaluationStage.until_on).label("until_on"),
        )
        .group_by(EvaluationStage.evaluation_id)
        .subquery()
    )
    rows = (
        select(
            Evaluation.id,
            Evaluation.kind,
            Evaluation.title,
            Evaluation.year,
            days.c.from_on,
            days.c.until_on,
            Evaluation.finished_at.is_not(None),
            func.coalesce(counts.c.asked, 0),
            func.coalesce(counts.c.sent, 0),
            func.coalesce(counts.c.accepted, 0),
        )
        .join(days, days.c.evaluation_id == Evaluation.id)
        .outerjoin(counts, counts.c.evaluation_id == Evaluation.id)
        .where(visible_to(actor))
        .order_by(days.c.from_on.desc(), Evaluation.id.desc())
    )
    return [Listed(*row) for row in db.session.execute(rows)]


def reviews_of(evaluation: Evaluation) -> Sequence[DomainReview]:
    """What the office's report says of the domains."""
    return db.session.scalars(select(DomainReview).where(DomainReview.evaluation_id == evaluation.id)).all()


def domains_of(evaluation: Evaluation) -> list[tuple[int, str]]:
    """Id and name of the domains of its plans, in their order; needs ``evaluated``."""
    rows = select(Domain.id, Domain.name).where(Domain.plan_id.in_(evaluation.plan_ids))
    return [(row.id, row.name) for row in db.session.execute(rows.order_by(Domain.plan_id, Domain.position, Domain.id))]


def accepted_texts(evaluation: Evaluation) -> list[tuple[str, Assessment]]:
    """What units say in self-assessments that were accepted, in the plan's order, for those who write the report."""
    rows = (
        select(Unit.short_name, Assessment)
        .join(Unit, Unit.id == Assessment.unit_id)
        .where(Assessment.evaluation_id == evaluation.id, Assessment.status == AssessmentStatus.ACCEPTED)
        .order_by(Unit.position, Unit.id)
    )
    return [(name, assessment) for name, assessment in db.session.execute(rows)]


def newest(actor: Actor) -> int | None:
    """The evaluation that began last."""
    return db.session.scalar(select(Evaluation.id).where(visible_to(actor)).order_by(Evaluation.id.desc()).limit(1))


def choices(actor: Actor) -> list[tuple[int, str]]:
    """Id and title, the latest first, for forms."""
    rows = select(Evaluation.id, Evaluation.title).where(visible_to(actor)).order_by(Evaluation.id.desc())
    return [(row.id, row.title) for row in db.session.execute(rows)]
