"""Indicators: written down, changed, and the milestones on their way."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.plans import queries
from meetings.plans.actions.plans import check_change
from meetings.plans.actions.tree import assign_units
from meetings.plans.models import Direction, Domain, Indicator, Level, Milestone
from meetings.plans.rules import milestones as path
from meetings.plans.rules import tree


class IndicatorDetails(TypedDict):
    """What is written down about an indicator, named as its columns; units in the order printed."""

    goal_id: int | None
    number: str
    name: str
    definition: str
    formula: str
    numerator_name: str
    denominator_name: str
    factor: int
    decimals: int
    unit_of_measure: str
    source: str
    direction: Direction
    tolerance: Decimal | None
    baseline_year: int | None
    baseline_value: Decimal | None
    target_year: int | None
    target_value: Decimal | None
    target_text: str
    level: Level
    available_month: int | None
    available_day: int | None
    is_text: bool
    is_key: bool
    is_sensitive: bool
    has_sex: bool
    has_area: bool
    previous_id: int | None
    main_units: Sequence[int]
    shared_units: Sequence[int]


def add_indicator(domain: Domain, *, by: Actor, **details: Unpack[IndicatorDetails]) -> Indicator:
    """An indicator at the end of its domain, which has its plan.

    Raises what ``rules.tree.check_indicator`` and ``assign_units`` raise, ``indicator.name_taken`` and
    ``indicator.goal_elsewhere``.
    """
    check_change(domain.plan, by)
    indicator = Indicator(
        committee_id=domain.committee_id,
        plan_id=domain.plan_id,
        domain_id=domain.id,
        position=queries.last_position(Indicator, plan_id=domain.plan_id, domain_id=domain.id) + 1,
        units=[],
        milestones=[],
    )
    indicator.plan = domain.plan
    _write_down(indicator, details, by)
    db.session.add(indicator)
    db.session.flush()
    return indicator


def edit_indicator(indicator: Indicator, *, by: Actor, **details: Unpack[IndicatorDetails]) -> None:
    """Needs an indicator with plan and units. Raises as ``add_indicator``."""
    check_change(indicator.plan, by)
    _write_down(indicator, details, by)


def _write_down(indicator: Indicator, details: IndicatorDetails, by: Actor) -> None:
    tree.check_indicator(
        direction=details["direction"],
        tolerance=details["tolerance"],
        baseline_year=details["baseline_year"],
        baseline_value=details["baseline_value"],
        target_year=details["target_year"],
        target_value=details["target_value"],
        target_text=details["target_text"],
        level=details["level"],
        is_text=details["is_text"],
        available_month=details["available_month"],
        available_day=details["available_day"],
    )
    with db.session.no_autoflush:
        other = queries.indicator_called(details["name"], plan_id=indicator.plan_id)
        if other is not None and other != indicator.id:
            raise DomainError("indicator.name_taken", field="name")
        goal_id = details["goal_id"]
        if goal_id is not None and not queries.is_goal_of(goal_id, domain_id=indicator.domain_id):
            raise DomainError("indicator.goal_elsewhere", field="goal_id")
        assign_units(indicator, main_units=details["main_units"], shared_units=details["shared_units"], by=by)
    for name in IndicatorDetails.__annotations__.keys() - {"main_units", "shared_units"}:
        setattr(indicator, name, details[name])  # type: ignore[literal-required]  # a name of this dict


def set_milestones(indicator: Indicator, *, milestones: Mapping[int, Decimal], by: Actor) -> None:
    """The 达标时间表: year → value; a year that is left out has none. Needs an indicator with plan and milestones.

    Raises ``milestone.year_outside``.
    """
    check_change(indicator.plan, by)
    path.check(milestones, indicator.plan.years, indicator.target_year)
    there = {row.year: row for row in indicator.milestones}
    keep = []
    for year, value in sorted(milestones.items()):
        row = there.get(year) or Milestone(year=year)
        if row.value != value:
            row.value = value
        keep.append(row)
    for row in set(indicator.milestones) - set(keep):
        db.session.delete(row)  # by name: the audit does not see what falls away as an orphan
    indicator.milestones[:] = keep
