"""The page of an indicator: what it is, how it stands in each year, and its state given by hand."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from flask import redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, require
from meetings.plans import queries, words
from meetings.plans.actions import values as actions
from meetings.plans.forms.values import JudgeForm, question_words
from meetings.plans.models import Area, Sex
from meetings.plans.queries import checking, monitoring
from meetings.plans.queries import values as value_queries
from meetings.plans.queries.monitoring import Part, Standing
from meetings.plans.rules import checks
from meetings.plans.rules.disclosure import hidden, one_case
from meetings.plans.rules.figures import factor_of
from meetings.plans.rules.judgement import Judgement
from meetings.plans.views.blueprint import bp
from meetings.plans.views.rows import place_of
from meetings.plans.views.standing import ground_words, years_of


class UnitFigure(NamedTuple):
    """A township's figure; hidden where it would tell of single persons."""

    part: Part
    is_hidden: bool


@bp.get("/indicators/<int:indicator_id>")
def indicator(indicator_id: int) -> Any:
    actor = require("plans.read")
    row = queries.find_indicator(indicator_id, actor=actor)
    standing = monitoring.of_indicator(indicator_id, actor=actor)
    today = clock.today()
    last = max(row.plan.until_year, standing.yardstick.target_year, *standing.figures, *standing.milestones)
    years = years_of(standing, row.plan.from_year, last)
    known = [each.year for each in years if not each.figure.is_empty and not each.is_baseline]
    year = _year_asked([each.year for each in years], known[-1] if known else min(last, today.year))
    judged = standing.judged(year, today)
    parts = monitoring.parts_of(indicator_id, actor=actor)
    is_checker = value_queries.is_checker(actor)
    kept = value_queries.kept_of_year(indicator_id, year, actor=actor)
    lead_id = standing.lead[0] if standing.lead else None
    return render_template(
        "plans/indicator.html",
        indicator=row,
        standing=standing,
        years=years,
        year=year,
        judged=judged,
        ground=ground_words(standing, year, judged),
        target=standing.target_words,
        kept=kept,
        asked=_asked(standing, year),
        one_case=_one_case(standing, year),
        sexes=[each for each in parts if each.year == year and each.sex is not Sex.ALL],
        areas=[each for each in parts if each.year == year and each.area is not Area.ALL],
        townships=_townships([each for each in parts if each.year == year and each.unit_id], standing),
        corrections=checking.corrections_of([kept.id]) if kept else [],
        is_checker=is_checker,
        may_enter=actor.may("plans.enter_values") and (is_checker or lead_id in actor.unit_ids),
        place=place_of(row),
        following=queries.following(row),
        is_open=actor.may("plans.edit") and row.plan.closed_on is None,
        factors=words.FACTORS,
        level_words=words.LEVELS,
        direction_words=words.DIRECTIONS,
        state_words=words.VALUE_STATES,
        sex_words=words.SEXES,
        area_words=words.AREAS,
        rule=words.RULE,
    )


def _year_asked(years: Sequence[int], otherwise: int) -> int:
    text = request.args.get("year", "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) in years):
        raise NotFound
    return int(text)


def _asked(standing: Standing, year: int) -> list[str]:
    """What the checks ask about the figure of a year, in words."""
    figure = standing.figures.get(year)
    if figure is None:
        return []
    asked = checks.questions(figure, year=year, factor=factor_of(standing.unit_of_measure), earlier=standing.figures)
    return [question_words(question, standing.decimals) for question in asked]


def _one_case(standing: Standing, year: int) -> Decimal | None:
    """By how much one case moves the figure, where that is a whole unit or more."""
    figure = standing.figures.get(year)
    return one_case(figure, factor=standing.factor, decimals=standing.decimals) if figure else None


def _townships(parts: Sequence[Part], standing: Standing) -> list[UnitFigure]:
    """The townships of a year; small counts of deaths, violence and cases are kept back."""
    kept_back = hidden([each.figure for each in parts]) if standing.is_sensitive else frozenset()
    return [UnitFigure(each, place in kept_back) for place, each in enumerate(parts)]


@bp.route("/indicators/<int:indicator_id>/judge", methods=["GET", "POST"])
def judge(indicator_id: int) -> Any:
    """人工判定 of one year, or its end."""
    actor = require("plans.judge")
    row = queries.find_indicator(indicator_id, actor=actor)
    year = _year_asked(range(row.plan.from_year, row.plan.until_year + 1), min(row.plan.until_year, clock.today().year))
    given = monitoring.manual_judgement(indicator_id, year)
    filled = JudgeForm.values_of(given) if given else {}
    form = JudgeForm(**({} if request.method == "POST" else {"data": filled}))
    there = url_for(".indicator", indicator_id=indicator_id, year=year)

    def act() -> None:
        actions.judge_by_hand(
            queries.find_indicator(indicator_id, actor=actor),
            year=year,
            **form.payload,
            version=form.version.data or None,
            by=actor,
        )

    if done := carry_out(form, act, said=N_("已作人工判定"), to=there):
        return done
    standing = monitoring.of_indicator(indicator_id, actor=actor)
    computed = _by_rule(standing, year)
    return render_template(
        "plans/judge.html",
        form=form,
        indicator=queries.find_indicator(indicator_id, actor=actor),
        standing=standing,
        year=year,
        given=monitoring.manual_judgement(indicator_id, year),
        computed=computed,
        ground=ground_words(standing, year, computed),
        button=Form(),
    )


@bp.post("/indicators/<int:indicator_id>/judge/withdraw")
def withdraw_judgement(indicator_id: int) -> Any:
    """The rule decides again."""
    actor = require("plans.judge")
    queries.find_indicator(indicator_id, actor=actor)
    year = _year_asked(range(1900, 2200), 0)

    def act() -> None:
        found = monitoring.manual_judgement(indicator_id, year)
        if found is None:
            raise NotFound
        actions.judge_by_rule(found)

    there = url_for(".indicator", indicator_id=indicator_id, year=year)
    return carry_out(Form(), act, said=N_("已撤销人工判定，由系统判定"), to=there) or redirect(there, 303)


def _by_rule(standing: Standing, year: int) -> Judgement:
    """What the rule says, whatever a person decided."""
    return replace(standing, manual={}).judged(year, clock.today())
