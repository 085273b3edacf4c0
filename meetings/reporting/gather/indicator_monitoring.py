"""指标监测表: the indicators of a plan in a year, as ``plans.queries.monitoring`` has them for the page."""

from collections.abc import Sequence
from datetime import date

from meetings.core.actor import Actor
from meetings.core.i18n import gettext as _
from meetings.plans import words
from meetings.plans.models import Plan
from meetings.plans.queries import monitoring
from meetings.plans.queries.monitoring import Standing
from meetings.plans.rules.judgement import Attainment, attainment
from meetings.reporting.gather.disclosure import notes_for
from meetings.reporting.gather.indicator_facts import indicator_facts
from reports.facts import Rate
from reports.indicator_monitoring import IndicatorMonitoring
from reports.indicators import IndicatorDomain


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
            name=name,
            indicators=tuple(
                indicator_facts(each, each.judged(year, today), year, is_internal=is_internal) for each in members
            ),
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
