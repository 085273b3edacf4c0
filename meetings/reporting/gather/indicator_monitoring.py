"""指标监测表: the indicators of a plan in a year, as ``plans.queries.monitoring`` has them for the page."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from meetings.core.actor import Actor
from meetings.core.i18n import gettext as _
from meetings.plans import words
from meetings.plans.models import IndicatorState, Plan
from meetings.plans.queries import monitoring
from meetings.plans.queries.monitoring import Standing
from meetings.plans.rules.figures import Figure, figure_text
from meetings.plans.rules.judgement import Attainment, attainment
from meetings.reporting.gather.disclosure import KEPT_INSIDE, notes_for
from reports.facts import Light, LightCode, Rate
from reports.indicator_monitoring import IndicatorMonitoring
from reports.indicators import IndicatorDomain, IndicatorFacts, YearValue

_LIGHTS: dict[IndicatorState, LightCode] = {
    IndicatorState.MET: "blue",
    IndicatorState.ON_COURSE: "green",
    IndicatorState.NEARLY_MET: "yellow",
    IndicatorState.MISSED: "red",
    IndicatorState.NO_VALUE: "hollow",
}


def gather(plan: Plan, year: int, *, actor: Actor, today: date, is_internal: bool) -> IndicatorMonitoring:
    """The table of ``year``; for outside the committee without small counts of deaths, violence and cases."""
    standings = monitoring.of_plan(plan.id, actor=actor)
    shown = [*monitoring.earlier_years(plan, year), year]
    return IndicatorMonitoring(
        plan=plan.title,
        year=year,
        years=tuple(monitoring.earlier_years(plan, year)),
        as_of=today,
        domains=domains(standings, year, today=today, is_internal=is_internal),
        rates=rates(attainment(each.judged(year, today).state for each in standings)),
        notes=(_("判定办法：") + _(words.RULE), *notes_for(standings, shown, is_internal=is_internal)),
    )


def domains(standings: Sequence[Standing], year: int, *, today: date, is_internal: bool) -> tuple[IndicatorDomain, ...]:
    """The indicators under their domains, judged in ``year``."""
    return tuple(
        IndicatorDomain(
            name=name, indicators=tuple(facts(each, year, today=today, is_internal=is_internal) for each in members)
        )
        for name, members in monitoring.by_domain(standings)
    )


def rates(found: Attainment) -> tuple[Rate, ...]:
    """The two rates of attainment, with what they are counted over."""
    if not found.judged:
        return ()
    return (
        Rate(label=_("达标率"), numerator=found.met, denominator=found.judged, rule=_(words.MET_RATE)),
        Rate(
            label=_("达标和预期可达标率"),
            numerator=found.in_hand,
            denominator=found.judged,
            rule=_(words.IN_HAND_RATE),
        ),
    )


def facts(of: Standing, year: int, *, today: date, is_internal: bool) -> IndicatorFacts:
    """An indicator as papers show it, with its state in ``year``."""
    judged = of.judged(year, today)
    is_left_out = not is_internal and of.is_baseline_kept_inside
    return IndicatorFacts(
        name=of.name,
        unit=of.unit_of_measure,
        state=light(judged.state),
        lead_units=tuple(name for _id, name in of.main_units),
        baseline_year=of.baseline_year,
        baseline=None if is_left_out else _placed(of.yardstick.baseline, of.decimals),
        baseline_words=_(KEPT_INSIDE) if is_left_out else "",
        target_year=of.yardstick.target_year,
        target=_placed(of.yardstick.target, of.decimals),
        target_words=of.target_text,
        values=_values(of, year, judged.state, is_internal=is_internal),
        milestones=tuple((at, _exact(value, of.decimals)) for at, value in of.milestones.items()),
        level=_(words.LEVELS[of.level]),
        remark=_("人工判定：%(reason)s", reason=judged.reason) if judged.is_manual else "",
    )


def light(state: IndicatorState) -> Light:
    """The mark and word of a state."""
    return Light(code=_LIGHTS.get(state, "grey"), word=_(words.INDICATOR_STATES[state]))


def _values(of: Standing, year: int, state: IndicatorState, *, is_internal: bool) -> tuple[YearValue, ...]:
    """The years up to this one; where it has no figure because none is owed, that is said."""
    known = [_value(of, at, of.figures[at], is_internal=is_internal) for at in sorted(of.figures) if at <= year]
    if year not in of.figures and state in {IndicatorState.NOT_DUE, IndicatorState.NOT_MONITORED}:
        known.append(YearValue(year=year, reason=_(words.INDICATOR_STATES[state])))
    return tuple(known)


def _value(of: Standing, year: int, figure: Figure, *, is_internal: bool) -> YearValue:
    if not is_internal and of.is_kept_inside(year):
        return YearValue(year=year, reason=_(KEPT_INSIDE))
    return YearValue(
        year=year,
        value=_placed(figure.value, of.decimals),
        numerator=_whole(figure.numerator),
        denominator=_whole(figure.denominator),
    )


def _placed(value: Decimal | None, decimals: int) -> Decimal | None:
    return None if value is None else _exact(value, decimals)


def _exact(value: Decimal, decimals: int) -> Decimal:
    """With as many places as the page shows."""
    return Decimal(figure_text(value, decimals).replace(",", ""))


def _whole(count: Decimal | None) -> int | Decimal | None:
    """A count of whole things as such."""
    return count if count is None or count != count.to_integral_value() else int(count)
