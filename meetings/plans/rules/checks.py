"""What a figure is asked before it is believed: each check asks for a reason once, none refuses. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from meetings.plans.rules.figures import Figure, computed

SLIPS: Final = (10, 100, 1000, 10_000, 100_000)
TIMES: Final = 10  # a jump
NEAR: Final = Decimal("0.2")  # two values are of one size
STEPS: Final = 3  # an outlier is further from last year than so many times the greatest step before
LEAST_STEP: Final = Decimal("0.05")  # and than this share of last year's value
DENOMINATOR: Final = Decimal("0.2")
FEW: Final = 20  # counts so small that their rates jump by themselves


class Check(StrEnum):
    """What may be wrong with a figure."""

    OUT_OF_RANGE = "out_of_range"
    UNIT_SLIP = "unit_slip"
    TEN_TIMES = "ten_times"
    OUTLIER = "outlier"
    DENOMINATOR_CHANGED = "denominator_changed"
    PARTS = "parts"
    TOWNSHIPS = "townships"
    WEIGHTED = "weighted"


@dataclass(frozen=True, slots=True)
class Question:
    """A check that a figure did not pass, with what its words need."""

    check: Check
    details: Mapping[str, object] = field(default_factory=dict)


def questions(
    figure: Figure, *, year: int, factor: int | None, earlier: Mapping[int, Figure], parts: Sequence[Figure] = ()
) -> list[Question]:
    """What to ask about a figure of ``year``.

    ``factor`` is that of the printed unit (100 for %), None where it is no rate; ``earlier`` holds figures by year;
    ``parts`` are the figures of which this one is the whole (male and female, urban and rural), all of them.
    """
    asked: list[Question] = []
    before = {at: known for at, known in earlier.items() if at < year and known.value is not None}
    if figure.value is not None:
        if factor and figure.value > factor:
            asked.append(Question(Check.OUT_OF_RANGE, {"most": factor}))
        if before:
            asked += _against(figure, before)
    if parts and (different := _parts(figure, parts)):
        asked.append(different)
    return asked


def of_townships(
    whole: Figure, parts: Sequence[Figure], *, is_complete: bool, factor: int, decimals: int, is_rate: bool
) -> list[Question]:
    """What to ask where the townships and the county do not agree; ``is_complete`` where every township has a figure.

    Counts of townships add up to those of the county, and are never more while some are missing: 400 + 300 of 690. A
    rate of the county without counts is Σ numerators ÷ Σ denominators. A figure with decimals that is no rate (years
    of schooling) adds up to nothing, and rates without counts cannot be weighed: nothing is asked.
    """
    known = [part for part in parts if not part.is_empty]
    if whole.is_empty or not known:
        return []
    counts = ("numerator", "denominator") if is_rate else ("value",) if decimals == 0 else ()
    for name in counts:
        total = getattr(whole, name)
        amounts = [getattr(part, name) for part in known]
        if total is None or None in amounts:
            continue
        if sum(amounts) > total or (is_complete and sum(amounts) != total):
            return [Question(Check.TOWNSHIPS, {"sum": sum(amounts), "whole": total})]
    if is_rate and whole.denominator is None and is_complete:
        return _weighed(whole, known, factor=factor, decimals=decimals)
    return []


def _weighed(whole: Figure, parts: Sequence[Figure], *, factor: int, decimals: int) -> list[Question]:
    counts = [(part.numerator, part.denominator) for part in parts]
    over = sum((numerator for numerator, _under in counts if numerator is not None), Decimal(0))
    under = sum((denominator for _over, denominator in counts if denominator is not None), Decimal(0))
    if any(None in pair for pair in counts) or not under:
        return []
    rate = computed(over, under, factor=factor, decimals=decimals)
    return [] if rate == whole.value else [Question(Check.WEIGHTED, {"last": rate, "usual": whole.value})]


def _against(figure: Figure, before: Mapping[int, Figure]) -> list[Question]:
    last_year = max(before)
    last = before[last_year]
    asked: list[Question] = []
    if figure.value is not None and last.value is not None:
        asked += _size(figure, last, last_year)
        if not asked:
            asked += _step(
                figure.value, [known.value for _at, known in sorted(before.items()) if known.value is not None]
            )
    if figure.denominator and last.denominator:
        change = (figure.denominator - last.denominator) / last.denominator
        if abs(change) > DENOMINATOR:
            asked.append(Question(Check.DENOMINATOR_CHANGED, {"year": last_year, "last": last.denominator}))
    return asked


def _size(figure: Figure, last: Figure, last_year: int) -> list[Question]:
    """A slip of units is off by a power of ten; any other change of ten times is a jump."""
    value, before = figure.value or Decimal(0), last.value or Decimal(0)
    if not before or (_is_few(figure) and _is_few(last)):
        return []
    for slip in SLIPS:
        if value and any(abs(value * ratio - before) <= NEAR * before for ratio in (Decimal(slip), 1 / Decimal(slip))):
            return [Question(Check.UNIT_SLIP, {"year": last_year, "last": before, "times": slip})]
    if value >= TIMES * before or value * TIMES <= before:
        return [Question(Check.TEN_TIMES, {"year": last_year, "last": before})]
    return []


def _is_few(figure: Figure) -> bool:
    return figure.numerator is not None and figure.numerator < FEW


def _step(value: Decimal, before: Sequence[Decimal]) -> list[Question]:
    """Three known years give two steps; from then on an unusual step is asked about."""
    if len(before) < 3:
        return []
    usual = max(abs(later - sooner) for sooner, later in pairwise(before))
    step = abs(value - before[-1])
    if step > STEPS * usual and step > LEAST_STEP * abs(before[-1]):
        return [Question(Check.OUTLIER, {"last": before[-1], "usual": usual})]
    return []


def _parts(whole: Figure, parts: Sequence[Figure]) -> Question | None:
    for name in ("numerator", "denominator"):
        total = getattr(whole, name)
        amounts = [getattr(part, name) for part in parts]
        if total is not None and None not in amounts and sum(amounts) != total:
            return Question(Check.PARTS, {"sum": sum(amounts), "whole": total})
    return None
