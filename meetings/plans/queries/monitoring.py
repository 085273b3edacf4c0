"""How indicators stand: figures, milestones and judged states of a plan or of one indicator, for pages and papers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory.models import Unit
from meetings.plans.models import (
    Area,
    Direction,
    Domain,
    Indicator,
    IndicatorState,
    IndicatorUnit,
    IndicatorValue,
    Level,
    ManualJudgement,
    Milestone,
    Plan,
    Responsibility,
    Sex,
    ValueState,
)
from meetings.plans.queries.values import lead_of, values_visible_to
from meetings.plans.rules.disclosure import is_small
from meetings.plans.rules.figures import Figure, figure_text, target_figure
from meetings.plans.rules.judgement import Judgement, Yardstick, available_on, judge


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator with what is known of its years. ``units`` are (id, short name), the lead first."""

    id: int
    plan_id: int
    domain_id: int
    domain: str
    number: str
    name: str
    unit_of_measure: str
    numerator_name: str
    denominator_name: str
    factor: int
    decimals: int
    level: Level
    is_sensitive: bool
    baseline_year: int | None
    target_text: str
    available: tuple[int | None, int | None]
    yardstick: Yardstick
    main_units: tuple[tuple[int, str], ...]
    shared_units: tuple[tuple[int, str], ...]
    figures: Mapping[int, Figure]
    states: Mapping[int, ValueState]
    milestones: Mapping[int, Decimal]
    manual: Mapping[int, tuple[IndicatorState, str]]

    @property
    def is_rate(self) -> bool:
        return bool(self.denominator_name)

    @property
    def lead(self) -> tuple[int, str] | None:
        """The unit that enters the value."""
        return self.main_units[0] if self.main_units else None

    @property
    def target_words(self) -> str:
        """≥95.0, 45.0±2.0, 提高; empty where the plan says nothing."""
        yardstick = self.yardstick
        if yardstick.target is None:
            return self.target_text
        return target_figure(yardstick.direction, yardstick.target, yardstick.tolerance, self.decimals)

    @property
    def tolerance(self) -> Decimal | None:
        """How far from the target on either side still counts as reached; None where only one side does."""
        return self.yardstick.tolerance if self.yardstick.direction is Direction.AROUND else None

    @property
    def target_shown(self) -> str:
        """The target without its direction, 95.0, but 45.0±2.0 where both sides count; 提高; empty for none."""
        if self.yardstick.target is None or self.tolerance:
            return self.target_words
        return figure_text(self.yardstick.target, self.decimals)

    def is_target_year(self, year: int) -> bool:
        """The target itself is what is to be reached in ``year``."""
        return self.yardstick.target is not None and year >= self.yardstick.target_year

    def is_out(self, year: int, today: date) -> bool:
        """The year's figure exists by today."""
        return available_on(year, *self.available) <= today

    def is_kept_inside(self, year: int) -> bool:
        """The year's figure is a small count of deaths, violence or cases, not to be shown outside the committee."""
        figure = self.figures.get(year)
        return self.is_sensitive and figure is not None and is_small(figure)

    @property
    def is_baseline_kept_inside(self) -> bool:
        """The same of the baseline: by the counts of its year where they are known, else by the figure itself."""
        baseline = self.yardstick.baseline
        if not self.is_sensitive or baseline is None:
            return False
        return is_small(self.figures.get(self.baseline_year or 0) or Figure(baseline))

    def judged(self, year: int, today: date) -> Judgement:
        """The state of a year, by the rule or by hand."""
        figure = self.figures.get(year)
        return judge(
            self.yardstick,
            year,
            figure.value if figure else None,
            milestone=self.milestones.get(year),
            is_out=self.is_out(year, today),
            manual=self.manual.get(year),
        )


_columns: Any = (
    select(
        Indicator.id,
        Indicator.plan_id,
        Indicator.domain_id,
        Domain.name.label("domain"),
        Indicator.number,
        Indicator.name,
        Indicator.unit_of_measure,
        Indicator.numerator_name,
        Indicator.denominator_name,
        Indicator.factor,
        Indicator.decimals,
        Indicator.level,
        Indicator.is_sensitive,
        Indicator.baseline_year,
        Indicator.target_text,
        Indicator.available_month,
        Indicator.available_day,
        Indicator.direction,
        Indicator.target_value,
        Indicator.target_year,
        Indicator.tolerance,
        Indicator.baseline_value,
        Indicator.is_text,
        Plan.until_year,
    )
    .join(Domain, Domain.id == Indicator.domain_id)
    .join(Plan, Plan.id == Indicator.plan_id)
    .order_by(Domain.position, Domain.id, Indicator.position, Indicator.id)
)


def of_plan(plan_id: int, *, actor: Actor) -> list[Standing]:
    """The indicators of a plan in their order, with the figures that the actor may see. Five statements."""
    return _standings(_columns.where(Indicator.plan_id == plan_id), actor)


def of_indicator(indicator_id: int, *, actor: Actor) -> Standing:
    """One indicator of the committee, or ``NotFound``."""
    found = _standings(_columns.where(Indicator.id == indicator_id), actor)
    if not found:
        raise NotFound
    return found[0]


def _standings(rows: Any, actor: Actor) -> list[Standing]:
    found = db.session.execute(rows.where(Indicator.committee_id == actor.committee_id)).mappings().all()
    ids = [row["id"] for row in found]
    figures, states = _figures(ids, actor)
    milestones = _by_year(select(Milestone.indicator_id, Milestone.year, Milestone.value), Milestone, ids)
    manual = _manual(ids)
    units = _units(ids)
    return [
        Standing(
            **{name: row[name] for name in _FACTS},
            available=(row["available_month"], row["available_day"]),
            yardstick=Yardstick(
                direction=row["direction"],
                target=row["target_value"],
                target_year=row["target_year"] or row["until_year"],
                tolerance=row["tolerance"],
                baseline=row["baseline_value"],
                level=row["level"],
                is_text=row["is_text"],
            ),
            main_units=units.get((row["id"], Responsibility.MAIN), ()),
            shared_units=units.get((row["id"], Responsibility.SHARED), ()),
            figures=figures.get(row["id"], {}),
            states=states.get(row["id"], {}),
            milestones=milestones.get(row["id"], {}),
            manual=manual.get(row["id"], {}),
        )
        for row in found
    ]


_FACTS = (
    "id",
    "plan_id",
    "domain_id",
    "domain",
    "number",
    "name",
    "unit_of_measure",
    "numerator_name",
    "denominator_name",
    "factor",
    "decimals",
    "level",
    "is_sensitive",
    "baseline_year",
    "target_text",
)


def _manual(ids: Collection[int]) -> dict[int, dict[int, tuple[IndicatorState, str]]]:
    rows = select(ManualJudgement.indicator_id, ManualJudgement.year, ManualJudgement.state, ManualJudgement.reason)
    found: dict[int, dict[int, tuple[IndicatorState, str]]] = {}
    for indicator_id, year, state, reason in db.session.execute(rows.where(ManualJudgement.indicator_id.in_(ids))):
        found.setdefault(indicator_id, {})[year] = (state, reason)
    return found


def _figures(
    ids: Collection[int], actor: Actor
) -> tuple[dict[int, dict[int, Figure]], dict[int, dict[int, ValueState]]]:
    """The whole figures of the county, by indicator and year."""
    rows = (
        select(
            IndicatorValue.indicator_id,
            IndicatorValue.year,
            IndicatorValue.state,
            IndicatorValue.value,
            IndicatorValue.numerator,
            IndicatorValue.denominator,
        )
        .where(
            IndicatorValue.indicator_id.in_(ids),
            IndicatorValue.unit_id.is_(None),
            IndicatorValue.sex == Sex.ALL,
            IndicatorValue.area == Area.ALL,
            IndicatorValue.value.is_not(None),
            values_visible_to(actor),
        )
        .order_by(IndicatorValue.year)
    )
    figures: dict[int, dict[int, Figure]] = {}
    states: dict[int, dict[int, ValueState]] = {}
    for indicator_id, year, state, *amounts in db.session.execute(rows):
        figures.setdefault(indicator_id, {})[year] = Figure(*amounts)
        states.setdefault(indicator_id, {})[year] = state
    return figures, states


def _by_year(rows: Any, model: Any, ids: Collection[int]) -> dict[int, dict[int, Any]]:
    found: dict[int, dict[int, Any]] = {}
    for indicator_id, year, value in db.session.execute(rows.where(model.indicator_id.in_(ids)).order_by(model.year)):
        found.setdefault(indicator_id, {})[year] = value
    return found


def _units(ids: Collection[int]) -> dict[tuple[int, Responsibility], tuple[tuple[int, str], ...]]:
    found: dict[tuple[int, Responsibility], tuple[tuple[int, str], ...]] = {}
    rows = (
        select(IndicatorUnit.indicator_id, IndicatorUnit.role, Unit.id, Unit.short_name)
        .join(Unit, Unit.id == IndicatorUnit.unit_id)
        .where(IndicatorUnit.indicator_id.in_(ids))
        .order_by(IndicatorUnit.position, IndicatorUnit.id)
    )
    for indicator_id, role, unit_id, name in db.session.execute(rows):
        found[indicator_id, role] = (*found.get((indicator_id, role), ()), (unit_id, name))
    return found


def by_domain(standings: Iterable[Standing]) -> list[tuple[str, list[Standing]]]:
    """The indicators under the names of their domains, in order."""
    found: dict[int, tuple[str, list[Standing]]] = {}
    for each in standings:
        found.setdefault(each.domain_id, (each.domain, []))[1].append(each)
    return list(found.values())


def monitored_year(plan: Plan, standings: Sequence[Standing]) -> int:
    """The year that is asked about: the latest of the plan of which a figure is known, else its first."""
    known = [year for each in standings for year in each.figures if year in plan.years]
    return max(known, default=plan.from_year)


def plan_years(actor: Actor) -> list[tuple[int, str]]:
    """The years of all plans, the latest first, with their words."""
    spans = db.session.execute(select(Plan.from_year, Plan.until_year).where(Plan.committee_id == actor.committee_id))
    years = {year for first, last in spans for year in range(first, last + 1)}
    return [(year, f"{year}年") for year in sorted(years, reverse=True)]


def newest_with_values(actor: Actor) -> int | None:
    """The plan of the latest cycle in which a figure is known, the women's before the children's; else the latest."""
    if not actor.may("plans.read"):
        return None
    known = exists().where(IndicatorValue.indicator_id == Indicator.id, Indicator.plan_id == Plan.id)
    rows = select(Plan.id).where(Plan.committee_id == actor.committee_id)
    return db.session.scalar(rows.order_by(known.desc(), Plan.from_year.desc(), Plan.kind.desc(), Plan.id).limit(1))


def latest_year(plan: Plan, *, actor: Actor) -> int:
    """The same, asked of the database alone."""
    known = db.session.scalar(
        select(func.max(IndicatorValue.year))
        .join(Indicator, Indicator.id == IndicatorValue.indicator_id)
        .where(
            Indicator.plan_id == plan.id,
            IndicatorValue.year.between(plan.from_year, plan.until_year),
            IndicatorValue.unit_id.is_(None),
            IndicatorValue.sex == Sex.ALL,
            IndicatorValue.area == Area.ALL,
            IndicatorValue.value.is_not(None),
            values_visible_to(actor),
        )
    )
    return known or plan.from_year


def earlier_years(plan: Plan, year: int) -> list[int]:
    """The years of the plan before, as a table shows them beside a year: four at most, oldest first."""
    return list(range(max(plan.from_year, year - 4), year))


# --- parts of a figure ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of one sex, one area, or one unit in a year."""

    year: int
    sex: Sex
    area: Area
    unit_id: int | None
    unit: str
    figure: Figure


def parts_of(indicator_id: int, *, actor: Actor) -> Sequence[Part]:
    """The parts of an indicator's figures that the actor may see: by sex, area and unit, in order of years."""
    rows = (
        select(
            IndicatorValue.year,
            IndicatorValue.sex,
            IndicatorValue.area,
            IndicatorValue.unit_id,
            Unit.short_name,
            IndicatorValue.value,
            IndicatorValue.numerator,
            IndicatorValue.denominator,
        )
        .outerjoin(Unit, Unit.id == IndicatorValue.unit_id)
        .where(
            IndicatorValue.indicator_id == indicator_id,
            IndicatorValue.committee_id == actor.committee_id,
            (IndicatorValue.unit_id.is_not(None)) | (IndicatorValue.sex != Sex.ALL) | (IndicatorValue.area != Area.ALL),
            IndicatorValue.value.is_not(None),
            values_visible_to(actor),
        )
        .order_by(IndicatorValue.year, Unit.position, IndicatorValue.id)
    )
    return [
        Part(year, sex, area, unit_id, unit or "", Figure(*amounts))
        for year, sex, area, unit_id, unit, *amounts in db.session.execute(rows)
    ]


def manual_judgement(indicator_id: int, year: int) -> ManualJudgement | None:
    """The state that somebody gave an indicator for a year; the caller may see the indicator."""
    rows = select(ManualJudgement).where(ManualJudgement.indicator_id == indicator_id, ManualJudgement.year == year)
    return db.session.scalar(rows)


class WithoutValue(NamedTuple):
    """An indicator whose figure of the year exists by now and is not known here."""

    id: int
    plan_id: int
    name: str
    lead_name: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """无数据 of a year: the first of them in the order of the plans, how many, and of how many."""

    year: int
    first: Sequence[WithoutValue]
    count: int
    asked: int


def without_value(actor: Actor, *, today: date, limit: int) -> Missing:
    """What last year's figures still lack in the plans that go on, as ``judge`` has it; one statement.

    Asked are the indicators that the county monitors by a figure and for which nobody has judged the year by hand.
    """
    year = today.year - 1
    known = exists().where(
        IndicatorValue.indicator_id == Indicator.id,
        IndicatorValue.year == year,
        IndicatorValue.unit_id.is_(None),
        IndicatorValue.sex == Sex.ALL,
        IndicatorValue.area == Area.ALL,
        IndicatorValue.value.is_not(None),
        values_visible_to(actor),
    )
    lead = (
        select(Unit.short_name)
        .join(IndicatorUnit, IndicatorUnit.unit_id == Unit.id)
        .where(IndicatorUnit.indicator_id == Indicator.id, lead_of())
        .limit(1)
        .scalar_subquery()
    )
    by_hand = exists().where(ManualJudgement.indicator_id == Indicator.id, ManualJudgement.year == year)
    rows = (
        select(
            Indicator.id,
            Indicator.plan_id,
            Indicator.name,
            lead,
            known,
            Indicator.available_month,
            Indicator.available_day,
        )
        .join(Domain, Domain.id == Indicator.domain_id)
        .join(Plan, Plan.id == Indicator.plan_id)
        .where(
            Indicator.committee_id == actor.committee_id,
            Plan.closed_on.is_(None),
            Plan.from_year <= year,
            Plan.until_year >= year,
            Indicator.is_text.is_(False),
            Indicator.level != Level.NOT_MONITORED,
            ~by_hand,
        )
        .order_by(Plan.kind.desc(), Plan.id, Domain.position, Domain.id, Indicator.position, Indicator.id)
    )
    asked = db.session.execute(rows).all()
    missing = [
        WithoutValue._make(said)
        for *said, is_known, month, day in asked
        if not is_known and available_on(year, month, day) <= today
    ]
    return Missing(year, missing[:limit], len(missing), len(asked))
