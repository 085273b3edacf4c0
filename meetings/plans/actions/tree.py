"""Domains, goals and measures: written down, changed, moved, taken out; and who answers for what."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.plans import queries
from meetings.plans.actions.plans import check_change
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
from meetings.plans.rules import tree

Row = Domain | Goal | Measure | Indicator
Added = TypeVar("Added", Domain, Goal, Measure)


def add_domain(plan: Plan, *, number: str, name: str, previous_id: int | None = None, by: Actor) -> Domain:
    """A domain at the end of the plan. Raises ``domain.name_taken``, ``plan.closed``."""
    check_change(plan, by)
    domain = Domain(
        committee_id=plan.committee_id, plan_id=plan.id, position=queries.last_position(Domain, plan_id=plan.id) + 1
    )
    _write_domain(domain, plan, number, name, previous_id)
    return _added(domain)


def edit_domain(domain: Domain, *, number: str, name: str, previous_id: int | None = None, by: Actor) -> None:
    """Needs a domain with its plan. Raises as ``add_domain``."""
    check_change(domain.plan, by)
    _write_domain(domain, domain.plan, number, name, previous_id)


def _write_domain(domain: Domain, plan: Plan, number: str, name: str, previous_id: int | None) -> None:
    if any(other.name == name and other.id != domain.id for other in queries.domains_of(plan)):
        raise DomainError("domain.name_taken", field="name")
    domain.number, domain.name, domain.previous_id = number, name, previous_id


def add_goal(
    domain: Domain,
    *,
    number: str,
    text: str,
    is_text: bool,
    main_units: Sequence[int],
    shared_units: Sequence[int],
    previous_id: int | None = None,
    by: Actor,
) -> Goal:
    """A goal at the end of its domain, which has its plan. Raises as ``assign_units``, and ``plan.closed``."""
    check_change(domain.plan, by)
    goal = Goal(**_place(domain, Goal), number=number, text=text, is_text=is_text, previous_id=previous_id, units=[])
    _assign(goal, main_units, shared_units)
    return _added(goal)


def edit_goal(
    goal: Goal,
    *,
    number: str,
    text: str,
    is_text: bool,
    main_units: Sequence[int],
    shared_units: Sequence[int],
    previous_id: int | None = None,
    by: Actor,
) -> None:
    """Needs a goal with plan and units. Raises as ``add_goal``."""
    check_change(goal.plan, by)
    goal.number, goal.text, goal.is_text, goal.previous_id = number, text, is_text, previous_id
    _assign(goal, main_units, shared_units)


def add_measure(
    domain: Domain,
    *,
    number: str,
    text: str,
    main_units: Sequence[int],
    shared_units: Sequence[int],
    previous_id: int | None = None,
    by: Actor,
) -> Measure:
    """A measure at the end of its domain, which has its plan. Raises as ``add_goal``."""
    check_change(domain.plan, by)
    measure = Measure(**_place(domain, Measure), number=number, text=text, previous_id=previous_id, units=[])
    _assign(measure, main_units, shared_units)
    return _added(measure)


def edit_measure(
    measure: Measure,
    *,
    number: str,
    text: str,
    main_units: Sequence[int],
    shared_units: Sequence[int],
    previous_id: int | None = None,
    by: Actor,
) -> None:
    """Needs a measure with plan and units. Raises as ``add_measure``."""
    check_change(measure.plan, by)
    measure.number, measure.text, measure.previous_id = number, text, previous_id
    _assign(measure, main_units, shared_units)


def assign_units(
    row: Goal | Measure | Indicator, *, main_units: Sequence[int], shared_units: Sequence[int], by: Actor
) -> None:
    """Say which units answer for the row, in the order printed: of ``main_units`` the first leads.

    Needs a row with plan and units. Raises ``plan.unit_in_both``, ``plan.no_lead``, ``plan.unit_unknown``.
    """
    check_change(row.plan, by)
    _assign(row, main_units, shared_units)


def _assign(row: Goal | Measure | Indicator, main: Sequence[int], shared: Sequence[int]) -> None:
    wanted = tree.responsible(main, shared)
    there = {each.unit_id: each for each in row.units}
    if new := {unit_id for unit_id, _role in wanted} - there.keys():
        with db.session.no_autoflush:
            if queries.unknown_units(new, row.committee_id):
                raise DomainError("plan.unit_unknown", field="main_units")
    kind: type[GoalUnit | MeasureUnit | IndicatorUnit]
    kind = GoalUnit if isinstance(row, Goal) else MeasureUnit if isinstance(row, Measure) else IndicatorUnit
    keep = []
    for position, (unit_id, role) in enumerate(wanted):
        part = there.get(unit_id) or kind(unit_id=unit_id)
        part.role, part.position = role, position
        keep.append(part)
    for gone in set(row.units) - set(keep):
        db.session.delete(gone)  # by name: the audit does not see what falls away as an orphan
    row.units[:] = keep  # type: ignore[assignment]  # a list of the row's own kind of parts


def move(row: Row, *, up: bool, by: Actor) -> None:
    """One place up or down among its neighbours. Needs a row with its plan; the first stays first."""
    check_change(row.plan, by)
    rows = list(queries.neighbours_of(row))
    at = rows.index(row)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for position, each in enumerate(rows, start=1):
        if each.position != position:
            each.position = position


def remove(row: Row, *, by: Actor) -> None:
    """Take out a row on which nothing rests; what the log says of it stays. Raises ``plan.row_in_use``."""
    check_change(row.plan, by)
    try:
        db.session.delete(row)
        db.session.flush()
    except IntegrityError:
        raise DomainError("plan.row_in_use") from None


def _place(domain: Domain, kind: type[Goal] | type[Measure]) -> dict[str, int]:
    return {
        "committee_id": domain.committee_id,
        "plan_id": domain.plan_id,
        "domain_id": domain.id,
        "position": queries.last_position(kind, plan_id=domain.plan_id, domain_id=domain.id) + 1,
    }


def _added(row: Added) -> Added:
    db.session.add(row)
    db.session.flush()
    return row
