"""Indicators as papers show them, from the same standings as the pages."""

from collections.abc import Mapping
from decimal import Decimal

from meetings.core.i18n import gettext as _
from meetings.plans import words
from meetings.plans.models import IndicatorState
from meetings.plans.queries.monitoring import Standing
from meetings.plans.rules.figures import Figure, figure_text
from meetings.plans.rules.judgement import Judgement
from meetings.reporting.gather.disclosure import KEPT_INSIDE
from reports.facts import Light, LightCode
from reports.indicators import IndicatorFacts, YearValue

_LIGHTS: Mapping[str, LightCode] = {
    "done": "blue",
    "ok": "green",
    "warn": "yellow",
    "late": "red",
    "new": "hollow",
    "apart": "grey",
}
# Why there is no value, where that is no gap.
_OUTSIDE = frozenset({IndicatorState.NOT_DUE, IndicatorState.NOT_MONITORED, IndicatorState.NOT_QUANTIFIED})


def state_light(state: IndicatorState) -> Light:
    """The word of a state with the light that goes with it."""
    return Light(code=_LIGHTS[words.STATE_MARKS[state]], word=words.INDICATOR_STATES[state])


def indicator_facts(standing: Standing, judgement: Judgement, year: int, *, is_internal: bool) -> IndicatorFacts:
    """One indicator, judged in ``year``; its figures of the years up to it, for outside without small counts."""
    yardstick = standing.yardstick
    is_left_out = not is_internal and standing.is_baseline_kept_inside
    values = [
        _value(standing, at, figure, is_internal=is_internal)
        for at, figure in sorted(standing.figures.items())
        if at <= year
    ]
    if judgement.state in _OUTSIDE and year not in standing.figures:
        values.append(YearValue(year=year, reason=words.INDICATOR_STATES[judgement.state]))
    return IndicatorFacts(
        name=standing.name,
        unit=standing.unit_of_measure,
        state=state_light(judgement.state),
        lead_units=tuple(name for _id, name in standing.main_units),
        baseline_year=standing.baseline_year,
        baseline=None if is_left_out else shown(yardstick.baseline, standing.decimals),
        baseline_words=_(KEPT_INSIDE) if is_left_out else "",
        target_year=yardstick.target_year,
        target=shown(yardstick.target, standing.decimals),
        target_words=standing.target_text,
        tolerance=shown(standing.tolerance, standing.decimals),
        values=tuple(values),
        milestones=tuple(
            (at, value)
            for at, given in sorted(standing.milestones.items())
            if (value := shown(given, standing.decimals)) is not None
        ),
        level=words.LEVELS[standing.level],
        remark=_("人工判定：%(reason)s", reason=judgement.reason) if judgement.is_manual else "",
    )


def _value(standing: Standing, year: int, figure: Figure, *, is_internal: bool) -> YearValue:
    if not is_internal and standing.is_kept_inside(year):
        return YearValue(year=year, reason=_(KEPT_INSIDE))
    return YearValue(
        year=year,
        value=shown(figure.value, standing.decimals),
        numerator=_whole(figure.numerator),
        denominator=_whole(figure.denominator),
    )


def shown(value: Decimal | None, decimals: int) -> Decimal | None:
    """The figure with the places that pages show; a column keeps four whatever was entered."""
    return None if value is None else Decimal(figure_text(value, decimals).replace(",", ""))


def _whole(count: Decimal | None) -> int | Decimal | None:
    """A count of whole things as such."""
    return count if count is None or count != count.to_integral_value() else int(count)
