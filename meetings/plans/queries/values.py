"""Values for the grid where they are entered, for those who check them, and for who may see which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory.models import Unit, UnitKind
from meetings.plans.models import (
    Area,
    Domain,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Level,
    Milestone,
    Plan,
    Responsibility,
    Sex,
    StatisticsUnit,
    ValuePeriod,
    ValueState,
)
from meetings.plans.rules import entry
from meetings.plans.rules.figures import Figure

# The parts in which a figure may stand besides the whole.
PARTS: tuple[tuple[Sex, Area], ...] = (
    (Sex.MALE, Area.ALL),
    (Sex.FEMALE, Area.ALL),
    (Sex.ALL, Area.URBAN),
    (Sex.ALL, Area.RURAL),
)
WHOLE = (Sex.ALL, Area.ALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a line of the grid has to know of its indicator."""

    id: int
    plan_id: int
    number: str
    name: str
    domain: str
    unit_of_measure: str
    numerator_name: str
    denominator_name: str
    factor: int
    decimals: int
    level: Level
    is_sensitive: bool
    has_sex: bool
    has_area: bool
    available_month: int | None
    available_day: int | None

    @property
    def is_rate(self) -> bool:
        return bool(self.denominator_name)

    @property
    def available(self) -> tuple[int | None, int | None]:
        """Month and day of the next year from which a year's figure exists."""
        return self.available_month, self.available_day


@dataclass(frozen=True, slots=True)
class Kept:
    """A value as it stands."""

    id: int
    version: int
    state: ValueState
    figure: Figure
    note: str
    reason: str
    return_reason: str
    entered_unit_id: int | None
    entered_by_name: str
    entered_at: datetime | None
    checked_by_name: str
    checked_at: datetime | None


class Townships(NamedTuple):
    """What is known of the townships in a year, and whether every one of them has a figure."""

    figures: Sequence[Figure]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a grid: an indicator, or a part of it, in one year."""

    measured: Measured
    sex: Sex = Sex.ALL
    area: Area = Area.ALL
    unit_id: int | None = None
    unit_name: str = ""
    kept: Kept | None = None
    milestone: Decimal | None = None
    earlier: Mapping[int, Figure] = field(default_factory=dict)
    townships: Townships | None = None

    @property
    def key(self) -> str:
        """Names the line among those of its page."""
        part = self.sex.value if self.sex is not Sex.ALL else self.area.value if self.area is not Area.ALL else ""
        return "_".join(filter(None, (str(self.measured.id), part, f"u{self.unit_id}" if self.unit_id else "")))

    @property
    def is_whole(self) -> bool:
        return (self.sex, self.area) == WHOLE

    @property
    def last(self) -> tuple[int, Figure] | None:
        """The latest figure before this year."""
        return max(self.earlier.items(), key=lambda item: item[0], default=None)


# --- who is who -------------------------------------------------------------------------------------------------


def statistics_unit(actor: Actor) -> StatisticsUnit | None:
    """The unit that checks values, with its name, or None where the office does."""
    rows = select(StatisticsUnit).where(StatisticsUnit.committee_id == actor.committee_id)
    return db.session.scalar(rows.options(joinedload(StatisticsUnit.unit)))


def statistics_unit_id(actor: Actor) -> int | None:
    return db.session.scalar(_checking_unit, {"committee": actor.committee_id})


_checking_unit = select(StatisticsUnit.unit_id).where(StatisticsUnit.committee_id == bindparam("committee"))


def is_checker(actor: Actor) -> bool:
    return entry.is_checker(actor, None if actor.may("plans.check_values") else statistics_unit_id(actor))


def lead_of() -> ColumnElement[bool]:
    """The unit of this ``IndicatorUnit`` is the lead: no other with 主要责任 stands before it."""
    before = aliased(IndicatorUnit)
    return and_(
        IndicatorUnit.role == Responsibility.MAIN,
        ~exists().where(
            before.indicator_id == IndicatorUnit.indicator_id,
            before.role == Responsibility.MAIN,
            or_(
                before.position < IndicatorUnit.position,
                and_(before.position == IndicatorUnit.position, before.id < IndicatorUnit.id),
            ),
        ),
    )


def leads(indicator_ids: Collection[int]) -> dict[int, int]:
    """The lead unit of each indicator that has one."""
    rows = select(IndicatorUnit.indicator_id, IndicatorUnit.unit_id).where(
        IndicatorUnit.indicator_id.in_(sorted(indicator_ids)), lead_of()
    )
    return dict(db.session.execute(rows).all())


def values_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on ``IndicatorValue`` joined to its indicator: a unit sees what it answers for or entered.

    The office, leaders, observers and the statistics unit see all of the committee. What a unit has only typed is seen
    by that unit and by those who check.
    """
    if actor.may("plans.check_values"):
        return true()
    units = sorted(actor.unit_ids)
    own = IndicatorValue.entered_unit_id.in_(units) if units else false()
    if actor.may("plans.read_values") or is_checker(actor):
        return or_(IndicatorValue.state.in_(entry.KNOWN), own)
    mine = exists().where(IndicatorUnit.indicator_id == IndicatorValue.indicator_id, IndicatorUnit.unit_id.in_(units))
    return or_(own, and_(IndicatorValue.state.in_(entry.KNOWN), or_(mine, IndicatorValue.unit_id.in_(units))))


# --- years ------------------------------------------------------------------------------------------------------


def period(year: int, *, actor: Actor) -> ValuePeriod | None:
    """What is known of a year of values."""
    rows = select(ValuePeriod).where(ValuePeriod.committee_id == actor.committee_id, ValuePeriod.year == year)
    return db.session.scalar(rows)


def years_to_enter(actor: Actor, *, last: int) -> list[int]:
    """The years of the plans that are not closed, up to ``last``, the latest first."""
    spans = db.session.execute(
        select(func.min(Plan.from_year), func.max(Plan.until_year)).where(
            Plan.committee_id == actor.committee_id, Plan.closed_on.is_(None)
        )
    ).one()
    if spans[0] is None:
        return []
    return list(range(min(last, spans[1]), spans[0] - 1, -1))


# --- the grid ---------------------------------------------------------------------------------------------------

measured_columns: Any = (
    select(
        Indicator.id,
        Indicator.plan_id,
        Indicator.number,
        Indicator.name,
        Domain.name,
        Indicator.unit_of_measure,
        Indicator.numerator_name,
        Indicator.denominator_name,
        Indicator.factor,
        Indicator.decimals,
        Indicator.level,
        Indicator.is_sensitive,
        Indicator.has_sex,
        Indicator.has_area,
        Indicator.available_month,
        Indicator.available_day,
    )
    .join(Domain, Domain.id == Indicator.domain_id)
    .join(Plan, Plan.id == Indicator.plan_id)
    .order_by(Plan.kind.desc(), Plan.id, Domain.position, Domain.id, Indicator.position, Indicator.id)
)


def _of_year(actor: Actor, year: int) -> Any:
    return measured_columns.where(
        Indicator.committee_id == actor.committee_id,
        Plan.closed_on.is_(None),
        Plan.from_year <= year,
        Plan.until_year >= year,
        Indicator.is_text.is_(False),
    )


def lines_of_unit(unit_id: int, year: int, *, actor: Actor) -> list[Line]:
    """What a unit enters for a year: the indicators that it leads and that the county has, with their parts."""
    rows = (
        _of_year(actor, year)
        .join(IndicatorUnit, IndicatorUnit.indicator_id == Indicator.id)
        .where(IndicatorUnit.unit_id == unit_id, lead_of(), Indicator.level == Level.COUNTY)
    )
    return _lines([Measured(*row) for row in db.session.execute(rows)], year, actor)


def lines_from_above(year: int, *, actor: Actor) -> list[Line]:
    """What comes from the prefecture or the region for a year, entered by those who check."""
    rows = _of_year(actor, year).where(Indicator.level.in_((Level.PREFECTURE, Level.REGION)))
    return _lines([Measured(*row) for row in db.session.execute(rows)], year, actor)


def lines_of_townships(indicator_id: int, year: int, *, actor: Actor) -> list[Line]:
    """One indicator in a year, township by township in list order."""
    row = db.session.execute(_of_year(actor, year).where(Indicator.id == indicator_id)).first()
    if row is None:
        raise NotFound
    measured = Measured(*row)
    known = known_figures([measured.id], year, of_units=True)
    return [
        Line(
            measured,
            unit_id=unit_id,
            unit_name=name,
            kept=known.get((measured.id, unit_id, *WHOLE), {}).get(year),
            earlier=figures_before(known.get((measured.id, unit_id, *WHOLE), {}), year),
        )
        for unit_id, name in townships(actor)
    ]


def townships(actor: Actor) -> Sequence[tuple[int, str]]:
    """The townships that exist, in list order."""
    rows = select(Unit.id, Unit.short_name).where(
        Unit.committee_id == actor.committee_id, Unit.kind == UnitKind.TOWNSHIP, Unit.until_on.is_(None)
    )
    return [(unit_id, name) for unit_id, name in db.session.execute(rows.order_by(Unit.position, Unit.id))]


def _of_townships(indicator_ids: Collection[int], year: int, actor: Actor) -> dict[int, Townships]:
    """By indicator what the townships have in a year; one statement where there is nothing."""
    found: dict[int, list[Figure]] = {}
    for (indicator_id, *_part), years in known_figures(indicator_ids, year, of_units=True).items():
        if year in years and not years[year].figure.is_empty:
            found.setdefault(indicator_id, []).append(years[year].figure)
    total = len(townships(actor)) if found else 0
    return {indicator_id: Townships(figures, len(figures) == total) for indicator_id, figures in found.items()}


def county_figure(indicator_id: int, year: int) -> Figure:
    """The whole figure of the county in a year, as it stands; empty where there is none."""
    kept = known_figures([indicator_id], year).get((indicator_id, None, *WHOLE), {}).get(year)
    return kept.figure if kept else Figure()


def _lines(measured: Sequence[Measured], year: int, actor: Actor) -> list[Line]:
    ids = [each.id for each in measured]
    of_townships = _of_townships(ids, year, actor)
    known = known_figures(ids, year)
    milestones = select(Milestone.indicator_id, Milestone.value).where(
        Milestone.indicator_id.in_(ids), Milestone.year == year
    )
    due = dict(db.session.execute(milestones).all())
    found = []
    for each in measured:
        for sex, area in [WHOLE, *(PARTS[:2] if each.has_sex else ()), *(PARTS[2:] if each.has_area else ())]:
            years = known.get((each.id, None, sex, area), {})
            is_whole = (sex, area) == WHOLE
            milestone = due.get(each.id) if is_whole else None
            parts = of_townships.get(each.id) if is_whole else None
            earlier = figures_before(years, year)
            found.append(Line(each, sex, area, None, "", years.get(year), milestone, earlier, parts))
    return found


Key = tuple[int, int | None, Sex, Area]

kept_columns = (
    IndicatorValue.indicator_id,
    IndicatorValue.unit_id,
    IndicatorValue.sex,
    IndicatorValue.area,
    IndicatorValue.year,
    IndicatorValue.id,
    IndicatorValue.version,
    IndicatorValue.state,
    IndicatorValue.value,
    IndicatorValue.numerator,
    IndicatorValue.denominator,
    IndicatorValue.note,
    IndicatorValue.reason,
    IndicatorValue.return_reason,
    IndicatorValue.entered_unit_id,
    IndicatorValue.entered_by_name,
    IndicatorValue.entered_at,
    IndicatorValue.checked_by_name,
    IndicatorValue.checked_at,
)


def known_figures(indicator_ids: Iterable[int], year: int, *, of_units: bool = False) -> dict[Key, dict[int, Kept]]:
    """All figures up to a year: by what they are of, then by year."""
    rows = select(*kept_columns).where(
        IndicatorValue.indicator_id.in_(sorted(indicator_ids)),
        IndicatorValue.year <= year,
        IndicatorValue.unit_id.is_not(None) if of_units else IndicatorValue.unit_id.is_(None),
    )
    found: dict[Key, dict[int, Kept]] = {}
    for (
        indicator_id,
        unit_id,
        sex,
        area,
        at,
        id_,
        version,
        state,
        value,
        numerator,
        denominator,
        *rest,
    ) in db.session.execute(rows):
        kept = Kept(id_, version, state, Figure(value, numerator, denominator), *rest)
        found.setdefault((indicator_id, unit_id, sex, area), {})[at] = kept
    return found


def figures_before(years: Mapping[int, Kept], before: int) -> dict[int, Figure]:
    return {at: kept.figure for at, kept in years.items() if at < before and kept.figure.value is not None}


def kept_of_year(indicator_id: int, year: int, *, actor: Actor) -> Kept | None:
    """The whole figure of the county in a year, with who entered and checked it, as far as the actor may see it."""
    seen = db.session.scalar(
        select(IndicatorValue.id).where(
            IndicatorValue.indicator_id == indicator_id,
            IndicatorValue.committee_id == actor.committee_id,
            IndicatorValue.year == year,
            IndicatorValue.unit_id.is_(None),
            IndicatorValue.sex == Sex.ALL,
            IndicatorValue.area == Area.ALL,
            values_visible_to(actor),
        )
    )
    kept = known_figures([indicator_id], year).get((indicator_id, None, *WHOLE), {}).get(year)
    return kept if kept and kept.id == seen else None


def rows_to_change(lines: Iterable[tuple[int, int | None, Sex, Area]], year: int) -> dict[Key, IndicatorValue]:
    """The stored values of these lines, to be changed."""
    wanted = set(lines)
    rows = select(IndicatorValue).where(
        IndicatorValue.indicator_id.in_(sorted({key[0] for key in wanted})), IndicatorValue.year == year
    )
    found = {(row.indicator_id, row.unit_id, row.sex, row.area): row for row in db.session.scalars(rows)}
    return {key: row for key, row in found.items() if key in wanted}


def levels_of(indicator_ids: Collection[int]) -> dict[int, Level]:
    """From where the county has each of these indicators, which were loaded for the actor."""
    rows = select(Indicator.id, Indicator.level).where(Indicator.id.in_(sorted(indicator_ids)))
    return dict(db.session.execute(rows).all())


def indicators_to_enter(ids: Collection[int], *, actor: Actor) -> dict[int, Indicator]:
    """The indicators of these ids within the committee."""
    rows = select(Indicator).where(Indicator.committee_id == actor.committee_id, Indicator.id.in_(sorted(ids)))
    return {row.id: row for row in db.session.scalars(rows)}
