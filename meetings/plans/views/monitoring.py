"""How a plan stands in a year: the states counted, by domain, and every indicator with its figures."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import render_template, request

from meetings.core import clock
from meetings.core.errors import NotFound
from meetings.core.web import require
from meetings.plans import queries, words
from meetings.plans.models import IndicatorState, Plan
from meetings.plans.queries import monitoring
from meetings.plans.queries.monitoring import Standing, monitored_year
from meetings.plans.rules.judgement import JUDGED, Attainment, Judgement, attainment
from meetings.plans.views.blueprint import bp
from meetings.plans.views.standing import ground_words


class Row(NamedTuple):
    """An indicator in the table of a year."""

    standing: Standing
    judged: Judgement
    target: str
    ground: str


class DomainRows(NamedTuple):
    """A domain's indicators, and its states counted."""

    name: str
    rows: list[Row]
    attained: Attainment


def domains_of(standings: Sequence[Standing], year: int) -> list[DomainRows]:
    """The indicators of a plan in a year, domain by domain."""
    today = clock.today()
    found = []
    for name, members in monitoring.by_domain(standings):
        rows = []
        for each in members:
            judged = each.judged(year, today)
            rows.append(Row(each, judged, each.target_words, ground_words(each, year, judged)))
        found.append(DomainRows(name, rows, attainment(row.judged.state for row in rows)))
    return found


@bp.get("/plans/<int:plan_id>/monitoring")
def monitored(plan_id: int) -> str:
    """指标监测: the same figures as the paper ``indicator-monitoring``."""
    actor = require("plans.read")
    plan = queries.find_plan(plan_id, actor=actor)
    standings = monitoring.of_plan(plan_id, actor=actor)
    year = _year(plan, standings)
    domains = domains_of(standings, year)
    return render_template(
        "plans/monitored.html",
        plan=plan,
        year=year,
        years=list(reversed(plan.years)),
        earlier=monitoring.earlier_years(plan, year),
        domains=domains,
        all=attainment(row.judged.state for domain in domains for row in domain.rows),
        states=[state for state in IndicatorState if state in JUDGED],
        apart=[state for state in IndicatorState if state not in JUDGED],
        level_words=words.LEVELS,
        rule=words.RULE,
        met_rule=words.MET_RATE,
        in_hand_rule=words.IN_HAND_RATE,
    )


def _year(plan: Plan, standings: Sequence[Standing]) -> int:
    text = request.args.get("year", "")
    if not text:
        return monitored_year(plan, standings)
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) in plan.years):
        raise NotFound
    return int(text)
