"""Small numbers: where one case moves the rate, and which counts may tell of single persons. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from meetings.plans.rules.figures import Figure, computed

LEAST_SHOWN: Final = 5  # counts of deaths, violence and cases below this are not shown by township or outside


def one_case(figure: Figure, *, factor: int, decimals: int) -> Decimal | None:
    """By how much one case more or less moves the rate, where that is a whole unit or more; else None.

    With 1,000 births one death is 100 of 100,000: such a rate is read with its counts.
    """
    if not figure.denominator or figure.denominator > factor:
        return None
    return computed(Decimal(1), figure.denominator, factor=factor, decimals=decimals)


def is_small(figure: Figure) -> bool:
    """The count, or the value where it is itself a count, is below what may be shown."""
    count = figure.numerator if figure.numerator is not None else figure.value
    return count is not None and count < LEAST_SHOWN


def hidden(parts: Sequence[Figure], *, whole_is_shown: bool = True) -> frozenset[int]:
    """The places of the parts that are not shown: the small ones, and one more where the whole betrays the only one.

    The second is the smallest of those that could be shown, so that as little as possible is kept back.
    """
    small = {place for place, part in enumerate(parts) if is_small(part)}
    if len(small) == 1 and whole_is_shown:
        others = [
            (part.numerator if part.numerator is not None else part.value or Decimal(0), place)
            for place, part in enumerate(parts)
            if place not in small and not part.is_empty
        ]
        if others:
            small.add(min(others)[1])
    return frozenset(small)
