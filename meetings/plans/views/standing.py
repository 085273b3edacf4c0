"""How an indicator stands, in words: for its page, the page of its plan, and whoever shows a state."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from meetings.core import clock
from meetings.core.i18n import day
from meetings.core.i18n import gettext as _
from meetings.plans import words
from meetings.plans.models import IndicatorState
from meetings.plans.queries.monitoring import Standing
from meetings.plans.rules.figures import Figure, figure_text
from meetings.plans.rules.judgement import Ground, Judgement, available_on
from meetings.plans.views.blueprint import bp


@bp.app_template_filter("state_word")
def state_word(state: IndicatorState) -> str:
    """已达标, 无数据 …"""
    return _(words.INDICATOR_STATES[state])


@bp.app_template_filter("state_mark")
def state_mark(state: IndicatorState) -> str:
    """The light that goes with the word; empty for what is not judged."""
    mark = words.STATE_MARKS[state]
    return "" if mark == "apart" else mark


def ground_words(standing: Standing, year: int, judged: Judgement) -> str:
    """By which line of the rule the state was found, with the figures it rests on."""
    decimals = standing.decimals
    figure = standing.figures.get(year)
    said = _(
        words.GROUNDS[judged.ground],
        year=year,
        reason=judged.reason,
        out_on=day(available_on(year, *standing.available)) if judged.ground is Ground.NOT_OUT else "",
        value=figure_text(figure.value, decimals) if figure else "",
        baseline=figure_text(standing.yardstick.baseline, decimals),
        target=standing.target_words,
        target_text=standing.target_text or _("提高"),
        milestone=figure_text(standing.milestones.get(year), decimals),
    )
    if judged.progress is not None and judged.ground is not Ground.MANUAL:
        said += _("；已走完基期到目标差距的%(percent)s%%", percent=judged.progress)
    return said


class Year(NamedTuple):
    """A year in an indicator's table."""

    year: int
    figure: Figure
    milestone: Decimal | None
    is_baseline: bool
    judged: Judgement


def years_of(standing: Standing, first: int, last: int, today: date | None = None) -> list[Year]:
    """The years of a plan, from the baseline on where there is one."""
    today = today or clock.today()
    baseline = standing.baseline_year
    years = ([baseline] if baseline is not None and baseline < first else []) + list(range(first, last + 1))
    found = []
    for year in years:
        figure = standing.figures.get(year) or Figure(standing.yardstick.baseline if year == baseline else None)
        found.append(Year(year, figure, standing.milestones.get(year), year == baseline, standing.judged(year, today)))
    return found
