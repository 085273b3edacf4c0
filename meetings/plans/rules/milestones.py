"""The 达标时间表: a path from the baseline to the target, proposed and checked. Pure and exact.

Straight (等步): every year the same share of the way. 87.5 in 2020 to 95.0 in 2030 is 0.75 a year: 88.3 in 2021,
89.0 in 2022 … 95.0 in 2030. Stepped (分步): the same line, but looked at every so many years, counted back from the
target year, and held in between. With steps of two years: 89.0 in 2022 and 2023, 90.5 in 2024 and 2025 … 95.0 in 2030;
before the first step it stands at the baseline. Where the baseline is already as good as the target, there is no way to
go: every year asks for the target (0.0 deaths in 2020 and at most 14.5 asked for: 14.5 each year, not 2.9, 5.8 …).
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from meetings.core.errors import DomainError
from meetings.plans.models import Direction
from meetings.plans.rules.figures import computed
from meetings.plans.rules.judgement import is_better


class Path(StrEnum):
    STRAIGHT = "straight"
    STEPPED = "stepped"


def proposed(  # noqa: PLR0913 -- the ends of a path, named as the indicator's columns
    path: Path,
    years: Iterable[int],
    *,
    baseline_year: int | None,
    baseline_value: Decimal | None,
    target_year: int | None,
    target_value: Decimal | None,
    direction: Direction,
    decimals: int,
    step: int = 2,
) -> dict[int, Decimal]:
    """Year → value for the years after the baseline up to the target year, rounded half up to ``decimals`` places.

    ``step`` counts years of the stepped path. The target year holds the target itself. Raises
    ``milestone.no_ends`` where baseline or target has no figure or no year.
    """
    if baseline_year is None or baseline_value is None or target_year is None or target_value is None:
        raise DomainError("milestone.no_ends")
    length = target_year - baseline_year
    if direction is not Direction.AROUND and not is_better(direction, target_value, baseline_value):
        return {year: target_value for year in years if baseline_year < year <= target_year}
    found: dict[int, Decimal] = {}
    for year in years:
        if not baseline_year < year <= target_year:
            continue
        at = year if path is Path.STRAIGHT else target_year - -(-(target_year - year) // step) * step
        gone = max(at - baseline_year, 0)
        reached = baseline_value * (length - gone) + target_value * gone  # of ``length`` parts, so exact
        found[year] = (
            target_value if year == target_year else computed(reached, Decimal(length), factor=1, decimals=decimals)
        )
    return found


def check(milestones: Mapping[int, Decimal], years: range, target_year: int | None) -> None:
    """Milestones stand in years of the plan, not after the target year."""
    last = min(years[-1], target_year) if target_year is not None else years[-1]
    if wrong := sorted(year for year in milestones if not years[0] <= year <= last):
        raise DomainError("milestone.year_outside", year=wrong[0], first=years[0], last=last)
