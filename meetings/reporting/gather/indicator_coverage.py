"""指标责任覆盖表: the lines of the page of coverage, with the words of its cells."""

from collections.abc import Sequence
from datetime import date

from meetings.core.actor import Actor
from meetings.core.i18n import gettext as _
from meetings.evaluation.queries.coverage import Line, Tally, by_lead, coverage, grouped, omitted_goals, tally
from meetings.evaluation.rules.coverage import Gap
from meetings.plans.models import Plan
from meetings.reporting.gather.disclosure import KEPT_INSIDE, notes_for
from meetings.reporting.gather.indicator_facts import shown, state_light
from reports.facts import Count
from reports.indicator_coverage import CoverageDomain, CoverageLine, IndicatorCoverage, UnitCoverage

_CELLS = {Gap.UNIT: "units", Gap.MILESTONE: "milestone", Gap.VALUE: "value", Gap.TASK: "task"}


def gather(plan: Plan, year: int, *, actor: Actor, today: date, is_internal: bool) -> IndicatorCoverage:
    """The table of ``year``; for outside the committee without small counts of deaths, violence and cases."""
    lines = coverage(plan, year, actor=actor, today=today)
    omitted = omitted_goals(plan)
    return IndicatorCoverage(
        plan=plan.title,
        year=year,
        as_of=today,
        domains=domains(lines, year, is_internal=is_internal),
        counts=counts(lines, year, len(omitted)),
        units=tuple(
            UnitCoverage(name=name, indicators=len(rows), gaps=tally(rows).total)
            for (_id, name), rows in by_lead(lines).items()
        ),
        omitted=tuple(f"{number} {text}".strip() for _id, number, text in omitted),
        notes=(rule(), *notes_for([line.standing for line in lines], [year], is_internal=is_internal)),
    )


def domains(lines: Sequence[Line], year: int, *, is_internal: bool) -> tuple[CoverageDomain, ...]:
    """The lines under their domains, each with the number of its gaps."""
    return tuple(
        CoverageDomain(
            name=name,
            gaps=tally(rows).total,
            lines=tuple(_line(line, place, year, is_internal) for place, line in enumerate(rows, 1)),
        )
        for name, rows in grouped(lines)
    )


def counts(lines: Sequence[Line], year: int, omitted: int) -> tuple[Count, ...]:
    """The gaps by kind; none of no lines. ``omitted`` goals hold a figure and have no indicator."""
    return _counts(tally(lines), year, omitted) if lines else ()


def rule() -> str:
    """What is counted as a gap, in words."""
    return _(
        "空白：没有主要责任单位；目标年份之前没有当年时间表；已到产出时间没有数据（过了报送期限的为逾期未报）；未达标又没有已交办的任务。"
    )


def _counts(whole: Tally, year: int, omitted: int) -> tuple[Count, ...]:
    return (
        Count(label=_("有数值的目标没有指标"), value=omitted, unit=_("项")),
        Count(label=_("未定责任单位"), value=whole.gaps[Gap.UNIT], unit=_("项")),
        Count(label=_("无达标时间表"), value=whole.gaps[Gap.MILESTONE], unit=_("项")),
        Count(label=_("无%(year)s年数据", year=year), value=whole.gaps[Gap.VALUE], unit=_("项")),
        Count(label=_("其中逾期未报"), value=whole.late, unit=_("项")),
        Count(label=_("未达标且无任务"), value=whole.gaps[Gap.TASK], unit=_("项")),
    )


def _line(line: Line, place: int, year: int, is_internal: bool) -> CoverageLine:
    standing = line.standing
    figure, decimals = standing.figures.get(year), standing.decimals
    is_left_out = not is_internal and standing.is_kept_inside(year)
    is_baseline_left_out = not is_internal and standing.is_baseline_kept_inside
    measured = _("（%(unit)s）", unit=standing.unit_of_measure) if standing.unit_of_measure else ""
    return CoverageLine(
        number=standing.number or str(place),
        name=standing.name + measured,
        state=state_light(line.judged.state),
        units=line.units,
        baseline=None if is_baseline_left_out else shown(standing.yardstick.baseline, decimals),
        baseline_words=_(KEPT_INSIDE) if is_baseline_left_out else "",
        target=standing.target_words,
        milestone=shown(standing.milestones.get(year), decimals),
        milestone_words=_("目标年") if standing.is_target_year(year) else _("无须"),
        value=shown(figure.value, decimals) if figure and not is_left_out else None,
        value_words=_(KEPT_INSIDE) if is_left_out else "",
        counts=line.counts(year) if not is_left_out else "",
        task=_task(line),
        gaps=tuple(_CELLS[gap] for gap in Gap if gap in line.gaps),
        is_late=line.is_late,
    )


def _task(line: Line) -> str:
    if not line.tasks:
        return _("无须")
    number = line.tasks[-1].number
    return number if len(line.tasks) == 1 else number + " " + _("等 %(n)s 件", n=len(line.tasks))
