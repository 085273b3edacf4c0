"""Indicators as papers show them: baseline, values by year, target, milestone, state; and the states counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.blocks import Value, value_text
from reports.facts import Light

_ORDER = ("已达标", "预期可达标", "基本达标", "未达标", "无数据", "不可量化", "未到产出时间", "县级不监测")


@dataclass(frozen=True, kw_only=True)
class YearValue:
    """The value of one year; numerator and denominator where it is a rate. ``reason`` says why there is none."""

    year: int
    value: Decimal | None = None
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class IndicatorFacts:
    """An indicator. ``state`` is its judgement: the word (已达标, 未达标, 无数据 …) and the light beside it.

    ``target`` is None where the plan names none (提高), then ``target_words`` says it. ``milestones`` are the yearly
    ones; ``baseline_words`` stand where the baseline is not shown. ``tolerance`` is how far from the target on either
    side counts as reached. ``level`` is 县级可得, 州级反馈 or 自治区测算.
    """

    name: str
    unit: str
    state: Light
    lead_units: tuple[str, ...] = ()
    baseline_year: int | None = None
    baseline: Decimal | None = None
    baseline_words: str = ""
    target_year: int | None = None
    target: Decimal | None = None
    target_words: str = ""
    tolerance: Decimal | None = None
    values: tuple[YearValue, ...] = ()
    milestones: tuple[tuple[int, Decimal], ...] = ()
    level: str = ""
    remark: str = ""

    @property
    def target_shown(self) -> Value:
        """As a cell shows it: 95.0, 50.0±3.0, 提高."""
        if self.target is not None and self.tolerance:
            return f"{value_text(self.target)}±{value_text(self.tolerance)}"
        return self.target if self.target is not None else self.target_words or None

    def value_of(self, year: int) -> YearValue | None:
        """What is known of a year."""
        return next((each for each in self.values if each.year == year), None)

    def milestone_of(self, year: int) -> Decimal | None:
        """What was to be reached in a year."""
        return next((value for at, value in self.milestones if at == year), None)


@dataclass(frozen=True, kw_only=True)
class IndicatorDomain:
    """The indicators of one domain of a plan (妇女与健康)."""

    name: str
    indicators: tuple[IndicatorFacts, ...]


def states_counted(domains: Sequence[IndicatorDomain]) -> list[tuple[Light, int]]:
    """How many indicators there are in each state, from the best to those that are not judged."""
    found = Counter(each.state for domain in domains for each in domain.indicators)
    return sorted(found.items(), key=lambda item: _ORDER.index(item[0].word) if item[0].word in _ORDER else len(_ORDER))


def states_text(domains: Sequence[IndicatorDomain]) -> str:
    """The same in words: 共12项：已达标7项，未达标2项."""
    found = states_counted(domains)
    counted = "，".join(f"{state.word}{count}项" for state, count in found)
    return f"共{sum(count for _state, count in found)}项" + (f"：{counted}" if counted else "")
