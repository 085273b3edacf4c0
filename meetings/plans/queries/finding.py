"""Plans, their rows and their indicators, found for somebody."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.plans.models import Domain, Indicator, IndicatorUnit, Plan


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return Plan.committee_id == actor.committee_id if actor.may("plans.read") else false()


def indicators_visible_to(actor: Actor) -> ColumnElement[bool]:
    return Indicator.committee_id == actor.committee_id if actor.may("plans.read") else false()


def plans(actor: Actor) -> Sequence[Plan]:
    """The plans, those of the latest cycle first, the women's before the children's."""
    rows = select(Plan).where(visible_to(actor)).order_by(Plan.from_year.desc(), Plan.kind.desc(), Plan.id)
    return db.session.scalars(rows).all()


def find_plan(plan_id: int, *, actor: Actor) -> Plan:
    """The plan with document and stages, or ``NotFound``."""
    row = db.session.scalar(
        select(Plan)
        .where(Plan.id == plan_id, visible_to(actor))
        .options(joinedload(Plan.document), joinedload(Plan.previous), selectinload(Plan.stages))
    )
    if row is None:
        raise NotFound
    return row


def find_indicator(indicator_id: int, *, actor: Actor) -> Indicator:
    """The indicator with plan, domain, goal, units and milestones, or ``NotFound``."""
    row = db.session.scalar(
        select(Indicator)
        .where(Indicator.id == indicator_id, indicators_visible_to(actor))
        .options(
            joinedload(Indicator.plan),
            joinedload(Indicator.domain),
            joinedload(Indicator.goal),
            joinedload(Indicator.previous),
            selectinload(Indicator.units).joinedload(IndicatorUnit.unit),
            selectinload(Indicator.milestones),
        )
    )
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
