"""Values for those who check them: what waits, how far units are, what was corrected, which sheets were sealed."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory.models import Unit
from meetings.plans.models import (
    Area,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Level,
    Plan,
    Sex,
    ValueCorrection,
    ValueSheet,
    ValueState,
)
from meetings.plans.queries.owing import owed_values
from meetings.plans.queries.values import (
    Kept,
    Line,
    Measured,
    figures_before,
    is_checker,
    known_figures,
    lead_of,
    measured_columns,
    townships,
)


def find_value(value_id: int, *, actor: Actor) -> IndicatorValue:
    """A value with its indicator and unit, for those who check; else ``NotFound``."""
    if not is_checker(actor):
        raise NotFound
    row = db.session.scalar(
        select(IndicatorValue)
        .where(IndicatorValue.id == value_id, IndicatorValue.committee_id == actor.committee_id)
        .options(joinedload(IndicatorValue.indicator), joinedload(IndicatorValue.unit))
    )
    if row is None:
        raise NotFound
    return row


def values_to_change(ids: Collection[int], *, actor: Actor) -> Sequence[IndicatorValue]:
    """Values of these ids in the committee, for those who check."""
    if not is_checker(actor):
        raise NotFound
    rows = select(IndicatorValue).where(
        IndicatorValue.committee_id == actor.committee_id, IndicatorValue.id.in_(sorted(ids))
    )
    return db.session.scalars(rows.order_by(IndicatorValue.id)).all()


def values_of_year(year: int, *, actor: Actor, states: Collection[ValueState]) -> Sequence[IndicatorValue]:
    """The committee's values of a year in these states, to be changed."""
    rows = select(IndicatorValue).where(
        IndicatorValue.committee_id == actor.committee_id,
        IndicatorValue.year == year,
        IndicatorValue.state.in_(sorted(states)),
    )
    return db.session.scalars(rows.order_by(IndicatorValue.id)).all()


def typed_by(unit_id: int | None, year: int, *, actor: Actor) -> Sequence[IndicatorValue]:
    """What a unit, or the office itself, has typed for a year and not yet submitted."""
    rows = select(IndicatorValue).where(
        IndicatorValue.committee_id == actor.committee_id,
        IndicatorValue.year == year,
        IndicatorValue.entered_unit_id == unit_id if unit_id is not None else IndicatorValue.entered_unit_id.is_(None),
        IndicatorValue.state == ValueState.ENTERED,
        IndicatorValue.value.is_not(None),
    )
    return db.session.scalars(rows.order_by(IndicatorValue.id)).all()


@dataclass(frozen=True, slots=True)
class Submitted:
    """A value as those who check it see it."""

    line: Line
    kept: Kept
    unit: str


def submitted(year: int, *, actor: Actor) -> list[Submitted]:
    """What waits to be checked, by unit in list order, then as the plans have it."""
    rows = db.session.execute(
        select(
            IndicatorValue.indicator_id,
            IndicatorValue.unit_id,
            IndicatorValue.sex,
            IndicatorValue.area,
            Unit.short_name,
        )
        .join(Indicator, Indicator.id == IndicatorValue.indicator_id)
        .outerjoin(Unit, Unit.id == IndicatorValue.entered_unit_id)
        .where(
            IndicatorValue.committee_id == actor.committee_id,
            IndicatorValue.year == year,
            IndicatorValue.state == ValueState.SUBMITTED,
        )
        .order_by(Unit.position, Unit.id, Indicator.plan_id, Indicator.domain_id, Indicator.position, IndicatorValue.id)
    ).all()
    ids = sorted({row[0] for row in rows})
    measured = {row[0]: Measured(*row) for row in db.session.execute(measured_columns.where(Indicator.id.in_(ids)))}
    known = known_figures(ids, year) | (known_figures(ids, year, of_units=True) if any(row[1] for row in rows) else {})
    names = dict(townships(actor)) if any(row[1] for row in rows) else {}
    found = []
    for indicator_id, unit_id, sex, area, unit in rows:
        years = known[indicator_id, unit_id, sex, area]
        name = names.get(unit_id, "") if unit_id else ""
        line = Line(
            measured[indicator_id],
            sex,
            area,
            unit_id,
            name,
            kept=years[year],
            earlier=figures_before(years, year),
        )
        found.append(Submitted(line, years[year], unit or ""))
    return found


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How far a unit is with a year: what it owes, has typed, submitted, what was checked, and what is late."""

    unit_id: int
    unit: str
    owed: int
    typed: int
    submitted: int
    checked: int
    late: int = 0

    @property
    def missing(self) -> int:
        return self.owed - self.typed - self.submitted - self.checked


def counts_by_unit(year: int, *, actor: Actor) -> list[UnitCount]:
    """The units that owe values of a year, in list order; whole figures of the county are counted, no parts."""
    of_year = (
        select(IndicatorUnit.unit_id, Unit.short_name, IndicatorValue.state, func.count())
        .join(Indicator, Indicator.id == IndicatorUnit.indicator_id)
        .join(Plan, Plan.id == Indicator.plan_id)
        .join(Unit, Unit.id == IndicatorUnit.unit_id)
        .outerjoin(
            IndicatorValue,
            and_(
                IndicatorValue.indicator_id == Indicator.id,
                IndicatorValue.year == year,
                IndicatorValue.unit_id.is_(None),
                IndicatorValue.sex == Sex.ALL,
                IndicatorValue.area == Area.ALL,
                IndicatorValue.value.is_not(None),
            ),
        )
        .where(
            Indicator.committee_id == actor.committee_id,
            Plan.closed_on.is_(None),
            Plan.from_year <= year,
            Plan.until_year >= year,
            Indicator.is_text.is_(False),
            Indicator.level == Level.COUNTY,
            lead_of(),
        )
        .group_by(IndicatorUnit.unit_id, Unit.short_name, Unit.position, Unit.id, IndicatorValue.state)
        .order_by(Unit.position, Unit.id)
    )
    late: Counter[int] = Counter()
    counted: dict[tuple[int, str], dict[ValueState | None, int]] = {}
    for unit_id, name, state, count in db.session.execute(of_year):
        counted.setdefault((unit_id, name), {})[state] = count
    today = clock.today()
    for owed in owed_values({unit_id for unit_id, _name in counted}, actor=actor, today=today):
        late[owed.unit_id] += owed.year == year and owed.due_on < today
    return [
        UnitCount(
            unit_id,
            name,
            sum(states.values()),
            states.get(ValueState.ENTERED, 0),
            states.get(ValueState.SUBMITTED, 0),
            states.get(ValueState.CHECKED, 0) + states.get(ValueState.LOCKED, 0),
            late[unit_id],
        )
        for (unit_id, name), states in counted.items()
    ]


def corrections_of(value_ids: Collection[int]) -> Sequence[ValueCorrection]:
    """What values were before they were corrected, the latest first."""
    rows = select(ValueCorrection).where(ValueCorrection.value_id.in_(sorted(value_ids)))
    return db.session.scalars(rows.order_by(ValueCorrection.id.desc())).all()


# --- sealed sheets ----------------------------------------------------------------------------------------------


def sheets(unit_id: int, year: int, *, actor: Actor) -> Sequence[ValueSheet]:
    """The scans of a unit's table of a year, for the unit itself and those who check."""
    if unit_id not in actor.unit_ids and not is_checker(actor):
        raise NotFound
    rows = select(ValueSheet).where(
        ValueSheet.committee_id == actor.committee_id, ValueSheet.unit_id == unit_id, ValueSheet.year == year
    )
    return db.session.scalars(rows.options(joinedload(ValueSheet.attachment)).order_by(ValueSheet.id.desc())).all()


def find_sheet(sheet_id: int, *, actor: Actor) -> ValueSheet:
    rows = select(ValueSheet).where(ValueSheet.id == sheet_id, ValueSheet.committee_id == actor.committee_id)
    row = db.session.scalar(rows.options(joinedload(ValueSheet.attachment)))
    if row is None or not (row.unit_id in actor.unit_ids or is_checker(actor)):
        raise NotFound
    return row
