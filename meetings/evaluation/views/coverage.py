"""/plans/<id>/coverage: every indicator with its unit, milestone, value, task and state, and a button for each gap."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import NotFound
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, current_actor, require
from meetings.directory import queries as directory
from meetings.evaluation import actions
from meetings.evaluation.actions.coverage import ask_for_values
from meetings.evaluation.forms.coverage import AskForValuesForm
from meetings.evaluation.forms.visits import RectifyForm
from meetings.evaluation.queries.coverage import Line, by_lead, coverage, grouped, omitted_goals, tally
from meetings.evaluation.rules.coverage import Gap, asked_unit, needs_milestone
from meetings.evaluation.views.rectifications import WITHIN, remedy, said_of
from meetings.plans import queries as plans
from meetings.plans.models import Level, Plan
from meetings.plans.queries import monitoring, values
from meetings.plans.rules.figures import figure_text
from meetings.rounds import queries as rounds
from meetings.workdays.queries import calendar

bp = Blueprint("coverage", __name__)

WORKING_DAYS = 10  # at least so many are proposed for a round of values


class Shown(NamedTuple):
    """A line as the page tells it: ready words, so that two hundred of them cost little."""

    line: Line
    href: str
    baseline: str
    target: str
    milestone: str
    value: str
    counts: str
    units: str
    lead_id: int | None


def _years(plan: Plan, today: date) -> list[int]:
    """The years that can be looked at: those of the plan that have begun, or its first."""
    return [year for year in plan.years if year <= today.year] or [plan.from_year]


def year_asked(plan: Plan, today: date) -> int:
    """The year in the address; else the latest of which figures can exist: last year, within the plan."""
    years = _years(plan, today)
    asked = request.args.get("year", "")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in years):
            raise NotFound
        return int(asked)
    return max((year for year in years if year < today.year), default=years[0])


@bp.get("/plans/<int:plan_id>/coverage")
def plan(plan_id: int) -> str:
    actor = current_actor()
    found = plans.find_plan(plan_id, actor=actor)
    today = clock.today()
    year = year_asked(found, today)
    lines = coverage(found, year, actor=actor, today=today)
    domain = request.args.get("domain", "")
    unit = request.args.get("unit", "")
    only_gaps, only_key = bool(request.args.get("gaps")), bool(request.args.get("key"))
    keys = plans.key_indicators(found)
    of_unit = [line for line in lines if not unit or unit in {str(id_) for id_, _n in line.standing.main_units}]
    chosen = [
        line
        for line in of_unit
        if (not domain or str(line.standing.domain_id) == domain)
        and (not only_gaps or line.gaps)
        and (not only_key or line.standing.id in keys)
    ]
    omitted = omitted_goals(found)
    return render_template(
        "coverage/plan.html",
        plan=found,
        year=year,
        years=_years(found, today),
        today=today,
        whole=tally(lines),
        omitted=omitted,
        domains=_by_domain(of_unit),
        shown=[(name, _shown_lines(rows, year), tally(rows).total) for name, rows in grouped(chosen)],
        total=len(lines),
        key_count=len(keys),
        units=_by_unit(lines),
        unit=unit,
        domain=domain,
        only_gaps=only_gaps,
        only_key=only_key,
        may_fill=actor.may("plans.edit") and found.closed_on is None,
        may_make_task=actor.may("evaluations.run"),
        needs_milestone=lambda line: needs_milestone(
            line.standing.yardstick.direction,
            is_text=line.standing.yardstick.is_text,
            has_target=line.standing.yardstick.target is not None,
            target_year=line.standing.yardstick.target_year,
            year=year,
        ),
        asked=rounds.asked_in([line.standing.id for line in lines if Gap.VALUE in line.gaps], year),
        may_enter_above=values.is_checker(actor),
        checker_id=values.statistics_unit_id(actor),
        levels=Level,
        gaps=Gap,
    )


def _by_domain(lines: Sequence[Line]) -> list[tuple[int, str, int]]:
    """Id, name and gaps of each domain."""
    return [(rows[0].standing.domain_id, name, tally(rows).total) for name, rows in grouped(lines)]


def _by_unit(lines: Sequence[Line]) -> list[tuple[int, str, int, int]]:
    """Id, name, indicators and gaps of each lead unit, in the order of the plan."""
    return [(id_, name, len(rows), tally(rows).total) for (id_, name), rows in by_lead(lines).items()]


def _shown_lines(lines: Sequence[Line], year: int) -> list[Shown]:
    return [_shown(line, year) for line in lines]


def _shown(line: Line, year: int) -> Shown:
    standing = line.standing
    figure, decimals = standing.figures.get(year), standing.decimals
    return Shown(
        line,
        url_for("plans.indicator", indicator_id=standing.id, year=year),
        figure_text(standing.yardstick.baseline, decimals),
        standing.target_words,
        figure_text(standing.milestones.get(year), decimals),
        figure_text(figure.value, decimals) if figure else "",
        line.counts(year),
        line.units,
        standing.lead[0] if standing.lead else None,
    )


def _back(plan_id: int, year: int) -> str:
    """The table as it was: the address carries the filter."""
    names = ("domain", "unit", "gaps", "key")
    kept: Mapping[str, Any] = {name: request.args[name] for name in names if request.args.get(name)}
    return url_for("coverage.plan", plan_id=plan_id, year=year, **kept)


@bp.route("/plans/<int:plan_id>/coverage/ask", methods=["GET", "POST"])
def ask(plan_id: int) -> Any:
    """催填: the units that enter missing values are asked for them in a round, which begins at once."""
    actor = require("evaluations.run")
    found = plans.find_plan(plan_id, actor=actor)
    today = clock.today()
    year = year_asked(found, today)
    back = _back(plan_id, year)
    wanted = request.args.get("indicator", "")
    missing = _missing(found, year, actor)
    if not missing:
        flash(_("%(year)s年没有可以催填的指标数值", year=year))
        return redirect(back, 303)
    chosen = [line for line in missing if not wanted or str(line.standing.id) == wanted] or missing
    form = AskForValuesForm(
        indicators=_by_asked(missing, actor),
        data={
            "title": _("%(year)s年指标数值填报", year=year),
            "indicator_ids": [line.standing.id for line in chosen],
            "due_on": max(*(line.due_on for line in chosen), calendar(actor.committee_id).add(today, WORKING_DAYS)),
        },
    )
    done = carry_out(
        form,
        lambda: ask_for_values(
            _missing(plans.find_plan(plan_id, actor=actor), year, actor), year, **_asked(form), by=actor
        ),
        said=lambda round_: flash(_("已开始填报“%(title)s”，已通知各填报单位", title=round_.title)),
        to=back,
    )
    return done or render_template(
        "coverage/ask.html", form=form, plan=plans.find_plan(plan_id, actor=actor), year=year, back=back
    )


def _missing(plan: Plan, year: int, actor: Actor) -> list[Line]:
    """The lines whose value is missing, is not asked for yet, and has somebody who enters it."""
    checker_id = values.statistics_unit_id(actor)
    lines = [
        line
        for line in coverage(plan, year, actor=actor, today=clock.today())
        if Gap.VALUE in line.gaps and asked_unit(line.standing.level, line.standing.lead, checker_id)
    ]
    there = rounds.asked_in([line.standing.id for line in lines], year)
    return [line for line in lines if line.standing.id not in there]


def _by_asked(lines: Sequence[Line], actor: Actor) -> dict[str, list[tuple[int, str]]]:
    """The choices under the names of the units that are asked."""
    checker = values.statistics_unit(actor)
    found: dict[str, list[tuple[int, str]]] = {}
    for line in lines:
        lead = line.standing.lead
        name = lead[1] if lead and line.standing.level is Level.COUNTY else checker.unit.short_name if checker else ""
        late = _("（逾期未报）") if line.is_late else ""
        found.setdefault(name, []).append(
            (line.standing.id, f"{line.standing.number} {line.standing.name}{late}".strip())
        )
    return found


def _asked(form: AskForValuesForm) -> dict[str, Any]:
    return {**form.payload, "note": form.note.data or ""}


def _standing_and_year(indicator_id: int, actor: Actor) -> tuple[monitoring.Standing, int]:
    standing = monitoring.of_indicator(indicator_id, actor=actor)
    return standing, year_asked(plans.find_plan(standing.plan_id, actor=actor), clock.today())


@bp.route("/plans/coverage/<int:indicator_id>/task", methods=["GET", "POST"])
def make_task(indicator_id: int) -> Any:
    """建任务: what is off track becomes a task of its lead unit."""
    actor = require("evaluations.run")
    standing, year = _standing_and_year(indicator_id, actor)
    form = RectifyForm(
        units=directory.pickable(actor),
        data={
            "problem": _("%(name)s%(year)s年未达标", name=standing.name, year=year),
            "lead_unit_id": standing.lead[0] if standing.lead else None,
            "cooperating_unit_ids": [id_ for id_, _name in (*standing.main_units[1:], *standing.shared_units)],
            "due_on": clock.today() + timedelta(days=WITHIN.days),
        },
    )
    done = carry_out(
        form,
        lambda: actions.rectify_indicator(
            plans.find_indicator(indicator_id, actor=actor), year, remedy(form), by=actor
        ),
        said=said_of(actor),
        to=_back(standing.plan_id, year),
    )
    return done or render_template(
        "coverage/make_task.html",
        form=form,
        standing=standing,
        plan=plans.find_plan(standing.plan_id, actor=actor),
        year=year,
        back=_back(standing.plan_id, year),
    )
