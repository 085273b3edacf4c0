"""How an indicator stands in a year: one rule for every page and paper (docs/plans.md, "Judgement").

All arithmetic is exact. One quantity carries the rule: what the value lacks of the target, counted so that less is
better whatever the direction. Nothing is capped: twice the way is 200 %, going backwards is below zero.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from meetings.core.errors import DomainError
from meetings.plans.models import Direction, IndicatorState, Level
from meetings.plans.rules.figures import computed

S = IndicatorState

# 基本达标: how much of the way from the baseline to the target must have been gone in the target year.
NEARLY: Final = Decimal("0.9")

# What rates of attainment are counted over. The rest stands outside: nothing is there to be judged, or not yet.
JUDGED: Final = frozenset({S.MET, S.ON_COURSE, S.NEARLY_MET, S.MISSED, S.NO_VALUE})
# What a person may decide: the states that tell how far an indicator has come, or that it cannot be told.
DECIDABLE: Final = (S.MET, S.ON_COURSE, S.NEARLY_MET, S.MISSED, S.NOT_QUANTIFIED)


class Ground(StrEnum):
    """The line of the rule by which a state was found."""

    MANUAL = "manual"
    NOT_MONITORED = "not_monitored"
    TEXT = "text"
    NOT_OUT = "not_out"
    NO_VALUE = "no_value"
    COUNTED = "counted"
    NO_YARDSTICK = "no_yardstick"
    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    TARGET_MET = "target_met"
    NEARLY = "nearly"
    TARGET_MISSED = "target_missed"
    MILESTONE_MET = "milestone_met"
    MILESTONE_MISSED = "milestone_missed"
    NO_MILESTONE = "no_milestone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What an indicator is measured by. ``target_year`` is the plan's last year where the indicator names none.

    ``target`` is None where the plan gives no figure (提高, 降低): then the baseline is to be bettered.
    """

    direction: Direction
    target: Decimal | None
    target_year: int
    tolerance: Decimal | None = None
    baseline: Decimal | None = None
    level: Level = Level.COUNTY
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A state, the line of the rule that led to it, and how much of the way was gone, in percent.

    ``progress`` is None where there is no way to go: no baseline, no target, or a baseline that met the target already.
    """

    state: IndicatorState
    ground: Ground
    progress: Decimal | None = None
    reason: str = ""

    @property
    def is_manual(self) -> bool:
        return self.ground is Ground.MANUAL


def shortfall(yardstick: Yardstick, value: Decimal) -> Decimal:
    """What ``value`` lacks of the target; zero or less is reached. Only for a yardstick with a target.

    Around: the distance to the band target ± tolerance, both ends within.
    """
    target = yardstick.target
    if target is None:
        raise ValueError("no target")
    match yardstick.direction:
        case Direction.LOWER:
            return value - target
        case Direction.AROUND:
            return max(Decimal(0), abs(value - target) - (yardstick.tolerance or Decimal(0)))
        case _:
            return target - value


def is_met(yardstick: Yardstick, value: Decimal) -> bool:
    """The value reaches the target."""
    return shortfall(yardstick, value) <= 0


def progress(yardstick: Yardstick, value: Decimal) -> Decimal | None:
    """How much of the way from baseline to target was gone, in percent to one decimal; not capped at either end.

    30 → 20 with 25 reached is 50 %. None where the baseline is missing or had met the target: there is no way to go.
    """
    if yardstick.target is None or yardstick.baseline is None:
        return None
    whole = shortfall(yardstick, yardstick.baseline)
    return computed(whole - shortfall(yardstick, value), whole, factor=100, decimals=1) if whole > 0 else None


def is_better(direction: Direction, value: Decimal, than: Decimal) -> bool:
    """Strictly more, or strictly less where less is good."""
    return value < than if direction is Direction.LOWER else value > than


def judge(
    yardstick: Yardstick,
    year: int,
    value: Decimal | None,
    *,
    milestone: Decimal | None = None,
    is_out: bool = True,
    manual: tuple[IndicatorState, str] | None = None,
) -> Judgement:
    """The state of a year. ``value`` is rounded as it is published, so that nothing printed as 95.0 misses 95.0.

    ``is_out`` says whether the year's figure exists by now; ``manual`` is the state that a person gave, with the
    reason. The rule is explained with examples in docs/plans.md.
    """
    if manual:
        given, reason = manual
        return Judgement(given, Ground.MANUAL, None if value is None else progress(yardstick, value), reason)
    if yardstick.level is Level.NOT_MONITORED:
        return Judgement(S.NOT_MONITORED, Ground.NOT_MONITORED)
    if yardstick.is_text:
        return Judgement(S.NOT_QUANTIFIED, Ground.TEXT)
    if value is None:
        return Judgement(S.NO_VALUE, Ground.NO_VALUE) if is_out else Judgement(S.NOT_DUE, Ground.NOT_OUT)
    if yardstick.target is None:
        return _without_target(yardstick, value)
    return _with_target(yardstick, year, value, milestone)


def _with_target(yardstick: Yardstick, year: int, value: Decimal, milestone: Decimal | None) -> Judgement:
    """Against the target, then in its year against the way to it, before its year against the year's milestone."""
    gone = progress(yardstick, value)
    lacking = shortfall(yardstick, value)
    if lacking <= 0:
        return Judgement(S.MET, Ground.TARGET_MET, gone)
    if year >= yardstick.target_year:
        return _in_target_year(yardstick, lacking, gone)
    if milestone is None:
        return Judgement(S.MISSED, Ground.NO_MILESTONE, gone)
    if lacking <= shortfall(yardstick, milestone):
        return Judgement(S.ON_COURSE, Ground.MILESTONE_MET, gone)
    return Judgement(S.MISSED, Ground.MILESTONE_MISSED, gone)


def _without_target(yardstick: Yardstick, value: Decimal) -> Judgement:
    """提高 or 降低: reached when the baseline is bettered; without one nothing can be said."""
    if yardstick.direction is Direction.COUNT:
        return Judgement(S.NOT_QUANTIFIED, Ground.COUNTED)
    if yardstick.baseline is None or yardstick.direction is Direction.AROUND:
        return Judgement(S.NOT_QUANTIFIED, Ground.NO_YARDSTICK)
    if is_better(yardstick.direction, value, yardstick.baseline):
        return Judgement(S.MET, Ground.IMPROVED)
    return Judgement(S.MISSED, Ground.NOT_IMPROVED)


def _in_target_year(yardstick: Yardstick, lacking: Decimal, gone: Decimal | None) -> Judgement:
    """Nine tenths of the way is 基本达标: judged by the exact shortfall, not by the rounded percent."""
    if gone is not None and yardstick.baseline is not None:
        whole = shortfall(yardstick, yardstick.baseline)
        if lacking <= (1 - NEARLY) * whole:
            return Judgement(S.NEARLY_MET, Ground.NEARLY, gone)
    return Judgement(S.MISSED, Ground.TARGET_MISSED, gone)


def available_on(year: int, month: int | None, day: int | None) -> date:
    """From when a year's figure exists: the day named for the next year, else its first day."""
    if month is None:
        return date(year + 1, 1, 1)
    for last in (day or 1, 30, 29, 28):  # a day that the month does not have is its last one
        try:
            return date(year + 1, month, last)
        except ValueError:
            continue
    raise ValueError("no such month")


@dataclass(frozen=True, slots=True)
class Attainment:
    """How many indicators stand in which state, and the rates over ``JUDGED``."""

    counts: Mapping[IndicatorState, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def judged(self) -> int:
        """The denominator: what has no value is in it; 不可量化, 未到产出时间 and 县级不监测 are not."""
        return sum(self.counts.get(state, 0) for state in JUDGED)

    @property
    def met(self) -> int:
        return self.counts.get(S.MET, 0)

    @property
    def in_hand(self) -> int:
        """Met, nearly met or on course to be."""
        return sum(self.counts.get(state, 0) for state in (S.MET, S.NEARLY_MET, S.ON_COURSE))

    @property
    def met_percent(self) -> Decimal | None:
        return percent(self.met, self.judged)

    @property
    def in_hand_percent(self) -> Decimal | None:
        return percent(self.in_hand, self.judged)


def attainment(states: Iterable[IndicatorState]) -> Attainment:
    """The states counted."""
    found = Counter(states)
    return Attainment({state: found[state] for state in IndicatorState if found[state]})


def percent(part: int, whole: int) -> Decimal | None:
    """A share in percent, rounded half up to one decimal; None of nothing."""
    return computed(Decimal(part), Decimal(whole), factor=100, decimals=1) if whole else None


def check_manual(state: IndicatorState, reason: str) -> None:
    """A person decides with a reason, and only what a person can decide."""
    if state not in DECIDABLE:
        raise DomainError("judgement.not_decidable", field="state")
    if not reason.strip():
        raise DomainError("judgement.reason_needed", field="reason")
