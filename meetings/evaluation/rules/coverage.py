"""Coverage (无遗漏、无空白、有落实): which cells of a plan's table are empty and have to be filled. Pure.

Nothing is asked of an indicator that the county does not monitor. Of the others:

| cell | is a gap when |
|---|---|
| responsible unit | nobody has 主要责任 |
| milestone of the year | there is a target with a figure, the year comes before the target year, and none is set |
| value of the year | the figure exists by now (产出时间) and none is known |
| task | the year's state is 未达标 and no task that was handed out serves the indicator |

What is 不可量化 or counted without a target needs neither milestone nor task. A goal that holds a figure and has no
indicator is an omission (遗漏) of the plan and stands beside the table.
"""

from enum import StrEnum

from meetings.plans.models import Direction, IndicatorState, Level


class Gap(StrEnum):
    """A cell that has to be filled, in the order of the columns."""

    UNIT = "unit"
    MILESTONE = "milestone"
    VALUE = "value"
    TASK = "task"


def gaps_of(  # noqa: PLR0913 -- the cells of one line
    *,
    level: Level,
    direction: Direction,
    is_text: bool,
    has_target: bool,
    target_year: int,
    year: int,
    state: IndicatorState,
    has_lead: bool,
    has_milestone: bool,
    has_task: bool,
) -> frozenset[Gap]:
    """The gaps of one indicator in a year."""
    if level is Level.NOT_MONITORED:
        return frozenset()
    found = set()
    if not has_lead:
        found.add(Gap.UNIT)
    if needs_milestone(direction, is_text=is_text, has_target=has_target, target_year=target_year, year=year):
        found |= set() if has_milestone else {Gap.MILESTONE}
    if state is IndicatorState.NO_VALUE:
        found.add(Gap.VALUE)
    if state is IndicatorState.MISSED and not has_task:
        found.add(Gap.TASK)
    return frozenset(found)


def asked_unit(level: Level, lead: tuple[int, str] | None, checker_id: int | None) -> int | None:
    """The unit that enters a value: the lead of what the county has, whoever checks values of what comes from above."""
    if level is Level.COUNTY:
        return lead[0] if lead else None
    return checker_id


def needs_milestone(direction: Direction, *, is_text: bool, has_target: bool, target_year: int, year: int) -> bool:
    """Whether a year before the target year needs its own line of the 达标时间表."""
    return has_target and not is_text and direction is not Direction.COUNT and year < target_year
