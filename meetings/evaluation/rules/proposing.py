"""The words that a self-assessment begins with: facts reported already, for the unit to keep or to rewrite."""

from collections.abc import Iterable, Mapping, Sequence

from meetings.evaluation.models import Assessment
from meetings.plans.models import IndicatorState

MOST_LINES = 20
_STATES: Mapping[IndicatorState, str] = {
    IndicatorState.MET: "已达标",
    IndicatorState.ON_COURSE: "预期可达标",
    IndicatorState.NEARLY_MET: "基本达标",
    IndicatorState.MISSED: "未达标",
    IndicatorState.NO_VALUE: "无数据",
    IndicatorState.NOT_QUANTIFIED: "不可量化",
    IndicatorState.NOT_DUE: "未到产出时间",
    IndicatorState.NOT_MONITORED: "县级不监测",
}


def proposed_reached(states: Mapping[IndicatorState, int], *, year: int) -> str:
    """How many of the unit's indicators stand where: 本单位承担指标 5 项：已达标 3 项，未达标 2 项。"""
    counted = "，".join(f"{_STATES[state]} {count} 项" for state, count in states.items())
    return f"截至 {year} 年，本单位承担指标 {sum(states.values())} 项：{counted}。"


def proposed_measures(done: Sequence[tuple[str, str]]) -> str:
    """A line for each task with what was last reported of it: (title, report)."""
    return _lines(f"{title}：{' '.join(said.split())}" for title, said in done if said.strip())


def proposed_reasons(problems: Sequence[tuple[str, str]]) -> str:
    """A line for each problem that a report names: (title, problem)."""
    return _lines(f"{title}：{' '.join(said.split())}" for title, said in problems if said.strip())


def _lines(said: Iterable[str]) -> str:
    return "\n".join(line[:300] for line in list(said)[:MOST_LINES])


# The parts of the report, and the text of a self-assessment with which each begins.
_BEGINS_WITH: Mapping[str, str] = {
    "laws": "laws",
    "plans": "plans",
    "duties": "duties",
    "mechanisms": "mechanisms",
    "experience": "experience",
    "problems": "reasons",
    "next_steps": "next_steps",
}


def proposed_report(accepted: Sequence[tuple[str, Assessment]]) -> dict[str, str]:
    """What the office's parts begin with: a line of each unit's own words, for the office to draw together."""
    return {
        section: _lines(
            f"{unit}：{' '.join(said.split())}" for unit, one in accepted if (said := getattr(one, name).strip())
        )
        for section, name in _BEGINS_WITH.items()
    }
