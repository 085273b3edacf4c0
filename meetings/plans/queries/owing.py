"""Values that units owe: what exists by now, is entered by the county, and was not submitted."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.plans.models import (
    Area,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Level,
    Plan,
    Sex,
    ValuePeriod,
)
from meetings.plans.queries.values import lead_of
from meetings.plans.rules.entry import KNOWN
from meetings.plans.rules.judgement import available_on
from meetings.plans.rules.owing import value_due_on
from meetings.workdays.queries import calendar


class OwedValue(NamedTuple):
    """A value that its lead unit has still to submit."""

    unit_id: int
    indicator_id: int
    name: str
    year: int
    due_on: date


class OwedYear(NamedTuple):
    """The values of a year that a unit owes; ``due_on`` is the first day of them, ``late_count`` are past theirs."""

    unit_id: int
    year: int
    owed: int
    due_on: date
    late_count: int


def owed_values(unit_ids: Collection[int], *, actor: Actor, today: date) -> list[OwedValue]:
    """What units of the committee owe by today, the earliest due first; years that are locked are over.

    Three statements; one where the units lead nothing.
    """
    rows = db.session.execute(
        select(
            IndicatorUnit.unit_id,
            Indicator.id,
            Indicator.name,
            Indicator.available_month,
            Indicator.available_day,
            Plan.from_year,
            Plan.until_year,
        )
        .join(Indicator, Indicator.id == IndicatorUnit.indicator_id)
        .join(Plan, Plan.id == Indicator.plan_id)
        .where(
            Indicator.committee_id == actor.committee_id,
            IndicatorUnit.unit_id.in_(sorted(unit_ids)),
            lead_of(),
            Indicator.level == Level.COUNTY,
            Indicator.is_text.is_(False),
            Plan.closed_on.is_(None),
            Plan.from_year < today.year,
        )
        .order_by(Plan.kind.desc(), Plan.id, Indicator.domain_id, Indicator.position, Indicator.id)
    ).all()
    if not rows:
        return []
    known = _known([row.id for row in rows])
    locked = _locked(actor)
    days = calendar(actor.committee_id)
    found = [
        OwedValue(unit_id, id_, name, year, value_due_on(year, (month, day), days))
        for unit_id, id_, name, month, day, first, last in rows
        for year in range(first, min(last, today.year - 1) + 1)
        if year not in locked and (id_, year) not in known and available_on(year, month, day) <= today
    ]
    return sorted(found, key=lambda each: each.due_on)


def _known(indicator_ids: Collection[int]) -> set[tuple[int, int]]:
    rows = select(IndicatorValue.indicator_id, IndicatorValue.year).where(
        IndicatorValue.indicator_id.in_(sorted(indicator_ids)),
        IndicatorValue.unit_id.is_(None),
        IndicatorValue.sex == Sex.ALL,
        IndicatorValue.area == Area.ALL,
        IndicatorValue.value.is_not(None),
        IndicatorValue.state.in_(KNOWN),
    )
    return {(indicator_id, year) for indicator_id, year in db.session.execute(rows)}


def _locked(actor: Actor) -> set[int]:
    rows = select(ValuePeriod.year).where(
        ValuePeriod.committee_id == actor.committee_id, ValuePeriod.locked_at.is_not(None)
    )
    return set(db.session.scalars(rows))


def by_year(owed: Iterable[OwedValue], today: date) -> list[OwedYear]:
    """The same by unit and year, the earliest due first."""
    found: dict[tuple[int, int], list[OwedValue]] = {}
    for each in owed:
        found.setdefault((each.unit_id, each.year), []).append(each)
    return [
        OwedYear(unit_id, year, len(values), values[0].due_on, sum(each.due_on < today for each in values))
        for (unit_id, year), values in found.items()
    ]
