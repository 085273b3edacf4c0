"""The rows of a plan: counted, in order, with the units that answer for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.plans.models import (
    Area,
    Domain,
    Goal,
    GoalUnit,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Measure,
    MeasureUnit,
    Plan,
    PlanKind,
    Sex,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each kind a plan or a domain has."""

    domains: int = 0
    goals: int = 0
    measures: int = 0
    indicators: int = 0


def counts_by_plan(plan_ids: Collection[int]) -> dict[int, Counts]:
    """Rows of each kind by plan; four statements."""
    counted = [_counted(kind, kind.plan_id, plan_ids) for kind in (Domain, Goal, Measure, Indicator)]
    return {plan_id: Counts(*(counts.get(plan_id, 0) for counts in counted)) for plan_id in plan_ids}


def domain_counts(plan: Plan) -> dict[int, Counts]:
    """Goals, measures and indicators by domain of a plan; three statements."""
    counted = []
    for kind in (Goal, Measure, Indicator):
        rows = select(kind.domain_id, func.count()).where(kind.plan_id == plan.id).group_by(kind.domain_id)
        counted.append({row[0]: row[1] for row in db.session.execute(rows)})
    ids = {domain_id for counts in counted for domain_id in counts}
    return {domain_id: Counts(1, *(counts.get(domain_id, 0) for counts in counted)) for domain_id in ids}


def _counted(kind: Any, column: Any, ids: Collection[int]) -> dict[int, int]:
    rows = select(column, func.count()).select_from(kind).where(column.in_(list(ids))).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def domains_of(plan: Plan) -> Sequence[Domain]:
    """The domains of a plan in its order."""
    rows = select(Domain).where(Domain.plan_id == plan.id).order_by(Domain.position, Domain.id)
    return db.session.scalars(rows).all()


def rows_of(domain: Domain) -> tuple[Sequence[Goal], Sequence[Measure], Sequence[Indicator]]:
    """Goals, measures and indicators of a domain in its order, with their units; six statements."""
    goals = (
        select(Goal)
        .where(Goal.domain_id == domain.id)
        .order_by(Goal.position, Goal.id)
        .options(selectinload(Goal.units).joinedload(GoalUnit.unit))
    )
    measures = (
        select(Measure)
        .where(Measure.domain_id == domain.id)
        .order_by(Measure.position, Measure.id)
        .options(selectinload(Measure.units).joinedload(MeasureUnit.unit))
    )
    indicators = (
        select(Indicator)
        .where(Indicator.domain_id == domain.id)
        .order_by(Indicator.position, Indicator.id)
        .options(selectinload(Indicator.units).joinedload(IndicatorUnit.unit), joinedload(Indicator.goal))
    )
    return db.session.scalars(goals).all(), db.session.scalars(measures).all(), db.session.scalars(indicators).all()


def whole(plan: Plan) -> Sequence[Domain]:
    """Every row of a plan with the units that answer for it; seven statements."""
    rows = (
        select(Domain)
        .where(Domain.plan_id == plan.id)
        .order_by(Domain.position, Domain.id)
        .options(
            selectinload(Domain.goals).selectinload(Goal.units),
            selectinload(Domain.measures).selectinload(Measure.units),
            selectinload(Domain.indicators).selectinload(Indicator.units),
        )
    )
    return db.session.scalars(rows).all()


def neighbours_of(row: Domain | Goal | Measure | Indicator) -> Sequence[Any]:
    """The row and what stands beside it, in order."""
    kind: Any = type(row)
    where = kind.plan_id == row.plan_id if isinstance(row, Domain) else kind.domain_id == row.domain_id
    return db.session.scalars(select(kind).where(where).order_by(kind.position, kind.id)).all()


def last_position(kind: Any, *, plan_id: int, domain_id: int | None = None) -> int:
    rows = select(func.max(kind.position)).where(kind.plan_id == plan_id)
    if domain_id is not None:
        rows = rows.where(kind.domain_id == domain_id)
    return db.session.scalar(rows) or 0


def plan_of_years(actor: Actor, *, kind: PlanKind, from_year: int) -> Plan | None:
    """The plan of that kind that begins in that year."""
    return db.session.scalar(
        select(Plan).where(Plan.committee_id == actor.committee_id, Plan.kind == kind, Plan.from_year == from_year)
    )


def next_of(plan: Plan) -> Plan | None:
    """The plan that follows."""
    return db.session.scalars(select(Plan).where(Plan.previous_id == plan.id).order_by(Plan.id)).first()


def following(row: Goal | Measure | Indicator) -> Sequence[Any]:
    """What continues the row in the next cycle, with its plan."""
    kind: Any = type(row)
    rows = select(kind).where(kind.previous_id == row.id).options(joinedload(kind.plan)).order_by(kind.id)
    return db.session.scalars(rows).all()


def unknown_units(unit_ids: Collection[int], committee_id: int) -> set[int]:
    """Those of the ids that are no units of the committee."""
    known = select(Unit.id).where(Unit.id.in_(list(unit_ids)), Unit.committee_id == committee_id)
    return set(unit_ids) - set(db.session.scalars(known))


def indicator_called(name: str, *, plan_id: int) -> int | None:
    """The id of the plan's indicator of that name."""
    return db.session.scalar(select(Indicator.id).where(Indicator.plan_id == plan_id, Indicator.name == name).limit(1))


def is_goal_of(goal_id: int, *, domain_id: int) -> bool:
    return db.session.scalar(select(Goal.id).where(Goal.id == goal_id, Goal.domain_id == domain_id)) is not None


def goal_numbered(number: str, *, domain_id: int) -> int | None:
    """The id of the domain's goal with that number."""
    return db.session.scalar(select(Goal.id).where(Goal.domain_id == domain_id, Goal.number == number).limit(1))


def key_indicators(plan: Plan) -> set[int]:
    """The ids of those that are 重点监测."""
    return set(db.session.scalars(select(Indicator.id).where(Indicator.plan_id == plan.id, Indicator.is_key)))


def last_values(indicator_ids: Collection[int]) -> dict[int, tuple[int, Decimal]]:
    """The latest year and value of the whole county for each indicator that has one."""
    rows = (
        select(IndicatorValue.indicator_id, IndicatorValue.year, IndicatorValue.value)
        .where(
            IndicatorValue.indicator_id.in_(list(indicator_ids)),
            IndicatorValue.unit_id.is_(None),
            IndicatorValue.sex == Sex.ALL,
            IndicatorValue.area == Area.ALL,
            IndicatorValue.value.is_not(None),
        )
        .order_by(IndicatorValue.year)
    )
    return {row.indicator_id: (row.year, row.value) for row in db.session.execute(rows)}
