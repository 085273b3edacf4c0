"""Reading, computing and rounding the figures of indicators. Pure, in exact decimals."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from meetings.core.errors import DomainError
from meetings.plans.models import Direction

MOST: Final = Decimal(10) ** 12  # what a column of sixteen figures with four places holds

_EMPTY: Final = frozenset({"", "-", "--", "—", "——", "–", "/", "\\"})
_NUMBER: Final = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<mark>\D*|/1?0*万|/\d+)")
# How a figure that is "of so many" may be marked, as typed after NFKC; the number of which it is a part.
_MARKS: Final = {
    "%": 100,
    "‰": 1000,
    "/千": 1000,
    "/1000": 1000,
    "/万": 10_000,
    "/10000": 10_000,
    "/10万": 100_000,
    "/十万": 100_000,
    "/100000": 100_000,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one year: the value, and the two numbers from which it comes where it is a rate."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.numerator is None and self.denominator is None


def computed(numerator: Decimal, denominator: Decimal, *, factor: int, decimals: int) -> Decimal:
    """numerator ÷ denominator × factor, rounded half up (away from zero) to ``decimals`` places.

    Exact fractions: nothing is rounded twice. ``denominator`` is not zero.
    """
    scaled = Fraction(numerator) / Fraction(denominator) * factor * 10**decimals
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up to so many places, as every value is published."""
    return computed(value, Decimal(1), factor=1, decimals=decimals)


def factor_of(unit_of_measure: str) -> int | None:
    """Of how many a unit counts: 100 for %, 1000 for ‰, 100000 for 1/10万; None for 岁, 人, 所."""
    mark = _plain(unit_of_measure).removeprefix("1")
    return _MARKS.get(mark)


def read_figure(text: str, unit_of_measure: str = "", *, field: str | None = None) -> Decimal | None:
    """What was typed or pasted, as a number in ``unit_of_measure``; None where nothing is meant.

    Full-width digits, thousands commas, spaces and the unit itself ("12.3%", "12.3/10万", "78.5岁") are understood; a
    dash is nothing. Another unit, text, and what is below zero or too large are refused: nothing is converted silently.
    """
    plain = _plain(text)
    if plain in _EMPTY:
        return None
    found = _NUMBER.fullmatch(plain)
    if not found:
        raise DomainError("figure.not_a_number", field=field, text=text.strip()[:40])
    mark = found["mark"]
    if mark and mark not in {_plain(unit_of_measure), f"/{_plain(unit_of_measure).removeprefix('1/')}"}:
        given, wanted = _MARKS.get(mark), factor_of(unit_of_measure)
        if given is None:
            raise DomainError("figure.not_a_number", field=field, text=text.strip()[:40])
        if given != wanted:
            raise DomainError("figure.other_unit", field=field, unit=unit_of_measure or "—", text=text.strip()[:40])
    number = Decimal(found["number"].replace(",", ""))
    if number < 0:
        raise DomainError("figure.below_zero", field=field, text=text.strip()[:40])
    if number >= MOST:
        raise DomainError("figure.too_large", field=field, text=text.strip()[:40])
    return rounded(number, 4).normalize() + 0


def _plain(text: str) -> str:
    # NFKC makes ％ to %, １２ to 12, ， to ,; the minus signs that are typed for one another become one.
    kept = unicodedata.normalize("NFKC", text).translate({0x2212: "-", 0x2013: "-", 0x2044: "/"})
    return "".join(kept.split())


def figure_of(
    *,
    numerator: Decimal | None,
    denominator: Decimal | None,
    value: Decimal | None,
    factor: int,
    decimals: int,
    is_rate: bool,
) -> Figure:
    """The figure that is kept: computed where both counts are given, else the value as entered, rounded.

    ``is_rate`` says that the indicator has a denominator. A rate handed down without its counts is entered as a value;
    one that contradicts its counts is refused, as are half a pair of counts and a denominator of zero.
    """
    if not is_rate:
        numerator = denominator = None
    if numerator is None and denominator is None:
        return Figure(None if value is None else rounded(value, decimals))
    if numerator is None:
        raise DomainError("figure.numerator_missing", field="numerator")
    if denominator is None:
        raise DomainError("figure.denominator_missing", field="denominator")
    if denominator == 0:
        raise DomainError("figure.denominator_zero", field="denominator")
    result = computed(numerator, denominator, factor=factor, decimals=decimals)
    if result >= MOST:
        raise DomainError("figure.too_large", field="value", text=str(result))
    if value is not None and rounded(value, decimals) != result:
        raise DomainError("figure.contradiction", field="value", computed=f"{result:f}", value=f"{value:f}")
    return Figure(result, numerator, denominator)


def figure_text(value: Decimal | None, decimals: int = 0) -> str:
    """As it stands in a table: at least ``decimals`` places, thousands apart; an empty text for None."""
    if value is None:
        return ""
    shortest = value.normalize()
    places = max(decimals, -int(shortest.as_tuple().exponent), 0)
    return f"{value:,.{places}f}"


_REACHED = {Direction.HIGHER: "≥", Direction.LOWER: "≤", Direction.COUNT: "≥"}


def target_figure(direction: Direction, target: Decimal, tolerance: Decimal | None, decimals: int) -> str:
    """≥95.0, ≤6.6, 45.0±2.0: what is to be reached, as it stands in a table."""
    number = figure_text(target, decimals)
    if direction is not Direction.AROUND:
        return f"{_REACHED[direction]}{number}"
    return f"{number}±{figure_text(tolerance, decimals)}" if tolerance else number
