"""The next cycle: a new plan that takes over what continues, each row naming the one before it."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.plans import queries
from meetings.plans.actions.plans import add_plan, check_office
from meetings.plans.models import (
    Domain,
    Goal,
    GoalUnit,
    Indicator,
    IndicatorUnit,
    Measure,
    MeasureUnit,
    Plan,
)

# What an indicator of the next cycle has from the one before: how it is measured, not where it is to stand.
_KEPT = (
    "number",
    "name",
    "definition",
    "formula",
    "numerator_name",
    "denominator_name",
    "factor",
    "decimals",
    "unit_of_measure",
    "source",
    "direction",
    "tolerance",
    "level",
    "available_month",
    "available_day",
    "is_text",
    "is_key",
    "is_sensitive",
    "has_sex",
    "has_area",
    "position",
)


def open_next(
    plan: Plan,
    *,
    title: str,
    until_year: int,
    goal_ids: Collection[int],
    measure_ids: Collection[int],
    indicator_ids: Collection[int],
    by: Actor,
) -> Plan:
    """Begin the plan that follows ``plan``, with every domain and the goals, measures and indicators named.

    Units come along. An indicator begins with the last known value of the county as its baseline and without targets:
    these are for the new plan to set. Raises ``plan.has_next``, and as ``add_plan``.
    """
    check_office(by)
    if queries.next_of(plan) is not None:
        raise DomainError("plan.has_next")
    new = add_plan(
        kind=plan.kind,
        title=title,
        from_year=plan.until_year + 1,
        until_year=until_year,
        document_id=None,
        note="",
        by=by,
    )
    new.previous_id = plan.id
    whole = queries.whole(plan)
    values = queries.last_values([row.id for domain in whole for row in domain.indicators])
    for domain in whole:
        copy = Domain(
            committee_id=plan.committee_id,
            plan_id=new.id,
            position=domain.position,
            number=domain.number,
            name=domain.name,
            previous_id=domain.id,
        )
        db.session.add(copy)
        db.session.flush()
        place = {"committee_id": plan.committee_id, "plan_id": new.id, "domain_id": copy.id}
        goals = {row.id: _goal(row, place) for row in domain.goals if row.id in goal_ids}
        db.session.add_all(goals.values())
        db.session.add_all(_measure(row, place) for row in domain.measures if row.id in measure_ids)
        db.session.flush()
        db.session.add_all(
            _indicator(row, place, goals.get(row.goal_id or 0), values.get(row.id))
            for row in domain.indicators
            if row.id in indicator_ids
        )
    db.session.flush()
    return new


Place = Mapping[str, int]


def _goal(row: Goal, place: Place) -> Goal:
    units = [GoalUnit(unit_id=part.unit_id, role=part.role, position=part.position) for part in row.units]
    text = {"number": row.number, "text": row.text, "is_text": row.is_text}
    return Goal(**place, **text, position=row.position, previous_id=row.id, units=units)


def _measure(row: Measure, place: Place) -> Measure:
    units = [MeasureUnit(unit_id=part.unit_id, role=part.role, position=part.position) for part in row.units]
    return Measure(**place, number=row.number, text=row.text, position=row.position, previous_id=row.id, units=units)


def _indicator(row: Indicator, place: Place, goal: Goal | None, last: tuple[int, Decimal] | None) -> Indicator:
    units = [IndicatorUnit(unit_id=part.unit_id, role=part.role, position=part.position) for part in row.units]
    year, value = last or (None, None)
    return Indicator(
        **place,
        **{name: getattr(row, name) for name in _KEPT},
        goal_id=goal.id if goal else None,
        previous_id=row.id,
        baseline_year=year,
        baseline_value=value,
        units=units,
    )
