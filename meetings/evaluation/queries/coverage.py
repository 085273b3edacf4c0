"""The table of coverage: every indicator of a plan with its cells, and which of them are empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.evaluation.queries.links import ServingTask, tasks_of_indicators
from meetings.evaluation.rules.coverage import Gap, gaps_of
from meetings.plans.models import Domain, Goal, Indicator, IndicatorState, Level, Plan
from meetings.plans.queries import monitoring
from meetings.plans.queries.monitoring import Standing
from meetings.plans.rules.figures import figure_text
from meetings.plans.rules.judgement import Judgement
from meetings.plans.rules.owing import value_due_on
from meetings.workdays.queries import calendar
from meetings.workdays.rules import Calendar


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the table; its value is in time up to ``due_on``, ``is_late`` where it is missing after."""

    standing: Standing
    judged: Judgement
    tasks: Sequence[ServingTask]
    gaps: frozenset[Gap]
    due_on: date
    is_late: bool

    @property
    def asks_nothing(self) -> bool:
        """县级不监测: it stands in the table, and outside all counts of gaps."""
        return self.standing.level is Level.NOT_MONITORED

    @property
    def units(self) -> str:
        """The responsible units by name, those with 主要责任 first."""
        return "、".join(name for _id, name in (*self.standing.main_units, *self.standing.shared_units))

    def counts(self, year: int) -> str:
        """Numerator and denominator of a year, 964/1,023; empty where the value is no rate or not known."""
        figure = self.standing.figures.get(year)
        if figure is None or figure.denominator is None:
            return ""
        return f"{figure_text(figure.numerator)}/{figure_text(figure.denominator)}"


def coverage(plan: Plan, year: int, *, actor: Actor, today: date) -> list[Line]:
    """The lines of a plan in its order; six statements, however many there are, and none until something changes."""
    key = ("coverage", plan.id, year, actor.unit_ids, actor.permissions)
    return kept(key, lambda: _lines(plan.id, year, actor, today), committee_id=actor.committee_id)


def _lines(plan_id: int, year: int, actor: Actor, today: date) -> list[Line]:
    standings = monitoring.of_plan(plan_id, actor=actor)
    tasks = tasks_of_indicators([each.id for each in standings], actor=actor) if standings else {}
    days = calendar(actor.committee_id)
    return [line_of(each, year, today, tasks.get(each.id, ()), days) for each in standings]


def line_of(standing: Standing, year: int, today: date, tasks: Sequence[ServingTask], days: Calendar) -> Line:
    """An indicator in the table of ``year``, with the tasks that serve it."""
    judged, yardstick = standing.judged(year, today), standing.yardstick
    gaps = gaps_of(
        level=standing.level,
        direction=yardstick.direction,
        is_text=yardstick.is_text,
        has_target=yardstick.target is not None,
        target_year=yardstick.target_year,
        year=year,
        state=judged.state,
        has_lead=bool(standing.main_units),
        has_milestone=year in standing.milestones,
        has_task=bool(tasks),
    )
    due_on = value_due_on(year, standing.available, days)
    return Line(standing, judged, tasks, gaps, due_on, Gap.VALUE in gaps and due_on < today)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many indicators how many lack what, and of how many the value is late; without those that ask nothing."""

    indicators: int
    gaps: dict[Gap, int]
    missed: int
    late: int

    @property
    def total(self) -> int:
        return sum(self.gaps.values())


def tally(lines: Iterable[Line]) -> Tally:
    """The gaps counted."""
    counted = [line for line in lines if not line.asks_nothing]
    return Tally(
        len(counted),
        {gap: sum(gap in line.gaps for line in counted) for gap in Gap},
        sum(line.judged.state is IndicatorState.MISSED for line in counted),
        sum(line.is_late for line in counted),
    )


def grouped(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under the names of their domains, in order."""
    found: dict[int, tuple[str, list[Line]]] = {}
    for line in lines:
        found.setdefault(line.standing.domain_id, (line.standing.domain, []))[1].append(line)
    return list(found.values())


def by_lead(lines: Iterable[Line]) -> dict[tuple[int, str], list[Line]]:
    """The lines of each lead unit (id, name), in the order of the plan."""
    found: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        if line.standing.lead:
            found.setdefault(line.standing.lead, []).append(line)
    return found


def omitted_goals(plan: Plan) -> Sequence[tuple[int, str, str]]:
    """遗漏: goals that hold a figure and have no indicator, as (id, number, text), in the plan's order."""
    rows = (
        select(Goal.id, Goal.number, Goal.text)
        .join(Domain, Domain.id == Goal.domain_id)
        .where(Goal.plan_id == plan.id, Goal.is_text.is_(False), ~exists().where(Indicator.goal_id == Goal.id))
        .order_by(Domain.position, Domain.id, Goal.position, Goal.id)
    )
    return [(id_, number, text) for id_, number, text in db.session.execute(rows)]
