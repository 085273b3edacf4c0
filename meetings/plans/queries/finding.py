"""Plans, their rows and their indicators, found for somebody."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.plans.models import Domain, Goal, GoalUnit, Indicator, IndicatorUnit, Measure, MeasureUnit, Plan


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return Plan.committee_id == actor.committee_id if actor.may("plans.read") else false()


def indicators_visible_to(actor: Actor) -> ColumnElement[bool]:
    return Indicator.committee_id == actor.committee_id if actor.may("plans.read") else false()


def _rows_visible_to(actor: Actor, kind: Any) -> ColumnElement[bool]:
    return kind.committee_id == actor.committee_id if actor.may("plans.read") else false()


def plans(actor: Actor) -> Sequence[Plan]:
    """The plans, those of the latest cycle first, the women's before the children's."""
    rows = select(Plan).where(visible_to(actor)).order_by(Plan.from_year.desc(), Plan.kind.desc(), Plan.id)
    return db.session.scalars(rows).all()


def find_plan(plan_id: int, *, actor: Actor) -> Plan:
    """The plan with document, the one before it and stages, or ``NotFound``."""
    rows = select(Plan).where(Plan.id == plan_id, visible_to(actor))
    found: Plan = _found(rows.options(joinedload(Plan.document), joinedload(Plan.previous), selectinload(Plan.stages)))
    return found


def find_domain(domain_id: int, *, actor: Actor) -> Domain:
    """The domain with its plan, or ``NotFound``."""
    rows = select(Domain).where(Domain.id == domain_id, _rows_visible_to(actor, Domain))
    found: Domain = _found(rows.options(joinedload(Domain.plan)))
    return found


def find_goal(goal_id: int, *, actor: Actor) -> Goal:
    """The goal with plan, domain, the one before it and units, or ``NotFound``."""
    rows = select(Goal).where(Goal.id == goal_id, _rows_visible_to(actor, Goal))
    found: Goal = _found(
        rows.options(
            joinedload(Goal.plan),
            joinedload(Goal.domain),
            joinedload(Goal.previous).joinedload(Goal.plan),
            selectinload(Goal.units).joinedload(GoalUnit.unit),
            selectinload(Goal.indicators),
        )
    )
    return found


def find_measure(measure_id: int, *, actor: Actor) -> Measure:
    """The measure with plan, domain, the one before it and units, or ``NotFound``."""
    rows = select(Measure).where(Measure.id == measure_id, _rows_visible_to(actor, Measure))
    found: Measure = _found(
        rows.options(
            joinedload(Measure.plan),
            joinedload(Measure.domain),
            joinedload(Measure.previous).joinedload(Measure.plan),
            selectinload(Measure.units).joinedload(MeasureUnit.unit),
        )
    )
    return found


def find_indicator(indicator_id: int, *, actor: Actor) -> Indicator:
    """The indicator with plan, domain, goal, the one before it, units and milestones, or ``NotFound``."""
    rows = select(Indicator).where(Indicator.id == indicator_id, indicators_visible_to(actor))
    found: Indicator = _found(
        rows.options(
            joinedload(Indicator.plan),
            joinedload(Indicator.domain),
            joinedload(Indicator.goal),
            joinedload(Indicator.previous).joinedload(Indicator.plan),
            selectinload(Indicator.units).joinedload(IndicatorUnit.unit),
            selectinload(Indicator.milestones),
        )
    )
    return found


def _found(rows: Select[Any]) -> Any:
    row = db.session.scalar(rows)
    if row is None:
        raise NotFound
    return row


def indicators_of(plan: Plan) -> Sequence[Indicator]:
    """The indicators of a plan in its order, with domain, units and milestones: a fixed number of statements."""
    rows = (
        select(Indicator)
        .join(Domain, Domain.id == Indicator.domain_id)
        .where(Indicator.plan_id == plan.id)
        .order_by(Domain.position, Domain.id, Indicator.position, Indicator.id)
        .options(
            joinedload(Indicator.domain),
            selectinload(Indicator.units).joinedload(IndicatorUnit.unit),
            selectinload(Indicator.milestones),
        )
    )
    return db.session.scalars(rows).all()
