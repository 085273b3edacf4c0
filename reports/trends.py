"""Lines over years: values whole, targets dashed, each line with a mark and words of its own beside its colour."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, log10
from typing import Final

from reports import marks
from reports.blocks import Series
from reports.page import Composer

_LABEL: Final = 9.0
_SMALL: Final = 7.5
_HEIGHT: Final = 118.0
HEIGHT: Final = 158.0
"""About what a chart takes with its key and caption, in points."""
_TICKS: Final = 4
_INKS: Final = (
    "0.10 0.33 0.62",
    "0.72 0.11 0.11",
    "0.10 0.45 0.22",
    "0.45 0.30 0.55",
    "0.75 0.50 0.00",
    "0.25 0.25 0.25",
)
_DASH: Final = "[4 2.5] 0 d"
_SAMPLE: Final = 26.0


def lines(composer: Composer, axis: Sequence[str], series: Sequence[Series], caption: str, unit: str = "") -> None:
    """Series over the places of an axis, with a key; a missing value breaks its line. Draws nothing without values."""
    known = [value for each in series for value in each.values if value is not None]
    if not known or not axis:
        return
    key = _key(composer, series)
    composer.ensure(_HEIGHT + 30 + 14 * (1 + max(row for row, _, _ in key)))
    is_whole = all(value.as_tuple().exponent == 0 for value in known)
    plot = _Plot(composer, axis, ticks(min(known), max(known), is_whole=is_whole))
    operators = [*plot.frame(unit)]
    for place, each in enumerate(series):
        operators += plot.series(each, place)
    if len(series) <= 2 and len(axis) <= 10:
        operators += plot.numbers(series)
    y = plot.bottom - 32
    for row, x, place in key:
        operators += _key_entry(composer, series[place], place, x, y - 14 * row)
    composer.figure(_alt(axis, series, caption, unit), "\n".join(operators))
    composer.y = y - 14 * max(row for row, _, _ in key) - 6
    composer.caption(caption)


def ticks(low: Decimal, high: Decimal, *, is_whole: bool = False) -> list[Decimal]:
    """Round numbers that enclose all values; from zero unless the values lie close together far from it.

    Only whole ones where things are counted.
    """
    if low > 0 and high - low >= high / 4:
        low = Decimal(0)
    spread = high - low or abs(high) or Decimal(1)
    magnitude = Decimal(10) ** floor(log10(spread / _TICKS))
    step = next(magnitude * factor for factor in (1, 2, Decimal("2.5"), 5, 10) if magnitude * factor * _TICKS >= spread)
    if is_whole:
        step = max(Decimal(1), step)
    first = floor(low / step)
    if low > 0 and first * step == low:
        first -= 1  # a line on the axis would not be seen
    last = max(ceil(high / step), first + 1)
    return [step * place for place in range(first, last + 1)]


class _Plot:
    """The field of a chart, with its scales."""

    def __init__(self, composer: Composer, axis: Sequence[str], levels: Sequence[Decimal]) -> None:
        self._composer = composer
        self._axis = axis
        self._levels = levels
        widest = max(composer.faces.width(_number(level), "song", _SMALL) for level in levels)
        self.left = composer.left + widest + 8
        self.right = composer.left + composer.width - 12
        self.top = composer.y - 18
        self.bottom = composer.y - _HEIGHT

    def x(self, place: int) -> float:
        return self.left + (self.right - self.left) * (place + 0.5) / len(self._axis)

    def y(self, value: Decimal) -> float:
        low, high = self._levels[0], self._levels[-1]
        return self.bottom + (self.top - self.bottom) * float((value - low) / (high - low))

    def frame(self, unit: str) -> list[str]:
        """Scale, grid, names of the places, unit."""
        composer = self._composer
        found: list[str] = []
        for level in self._levels:
            y = self.y(level)
            found.append(f"q 0.4 w 0.8 G {self.left:.2f} {y:.2f} m {self.right:.2f} {y:.2f} l S Q")
            words = _number(level)
            x = self.left - 5 - composer.faces.width(words, "song", _SMALL)
            found.append(composer.text_operators(x, y - 2.6, words, "song", _SMALL))
        found.append(
            f"q 0.7 w 0.3 G {self.left:.2f} {self.top:.2f} m {self.left:.2f} {self.bottom:.2f} l "
            f"{self.right:.2f} {self.bottom:.2f} l S Q"
        )
        widest = max(composer.faces.width(words, "song", _SMALL) for words in self._axis) + 6
        each = max(1, ceil(widest / ((self.right - self.left) / len(self._axis))))
        for place in range(0, len(self._axis), each):
            words = self._axis[place]
            x = self.x(place) - composer.faces.width(words, "song", _SMALL) / 2
            found.append(composer.text_operators(x, self.bottom - 12, words, "song", _SMALL))
        if unit:
            found.append(composer.text_operators(composer.left, self.top + 9, f"单位：{unit}", "song", _SMALL))
        return found

    def series(self, series: Series, place: int) -> list[str]:
        """The line in pieces between missing values, a mark at each value."""
        found = [_style(series, place)]
        was_there = False
        for at, value in enumerate(series.values[: len(self._axis)]):
            if value is not None:
                found.append(f"{self.x(at):.2f} {self.y(value):.2f} {'l' if was_there else 'm'}")
            was_there = value is not None
        found.append("S [] 0 d")
        found += [
            _mark(place, self.x(at), self.y(value), is_hollow=series.is_target)
            for at, value in enumerate(series.values)
            if value is not None
        ]
        found.append("Q")
        return found

    def numbers(self, series: Sequence[Series]) -> list[str]:
        """The values beside their marks: over two marks the greater, under them the smaller; the same value once."""
        found: list[str] = []
        for at in range(len(self._axis)):
            here = [value for each in series if at < len(each.values) and (value := each.values[at]) is not None]
            for value in dict.fromkeys((max(here), min(here))) if here else ():
                is_under = len(here) > 1 and value < max(here) and self.y(value) - 11 > self.bottom
                words = f"{value:,f}"
                x = self.x(at) - self._composer.faces.width(words, "song", _SMALL) / 2
                y = self.y(value) + (-11.0 if is_under else 5.5)
                found.append(self._composer.text_operators(x, y, words, "song", _SMALL))
        return found


def _style(series: Series, place: int) -> str:
    ink = _INKS[place % len(_INKS)]
    return f"q 1.2 w {ink} RG {ink} rg {_DASH if series.is_target else ''}"


def _mark(place: int, x: float, y: float, *, is_hollow: bool) -> str:
    """Disc, square, triangle, diamond in turn; a target's is hollow."""
    size = 2.6
    paths = (
        marks.circle(x, y, size),
        marks.polygon((x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)),
        marks.polygon((x, y + size), (x + size, y - size), (x - size, y - size)),
        marks.polygon((x, y + size * 1.3), (x + size * 1.3, y), (x, y - size * 1.3), (x - size * 1.3, y)),
    )
    path = paths[place % len(paths)]
    return f"q 1 g 0.9 w {path} B Q" if is_hollow else f"{path} f"


def _key(composer: Composer, series: Sequence[Series]) -> list[tuple[int, float, int]]:
    """Row and left edge of each entry of the key."""
    found: list[tuple[int, float, int]] = []
    row, x = 0, composer.left
    for place, each in enumerate(series):
        width = composer.faces.width(_name(composer, each), "song", _LABEL) + _SAMPLE + 20
        if x > composer.left and x + width - 14 > composer.left + composer.width:
            row, x = row + 1, composer.left
        found.append((row, x, place))
        x += width
    return found


def _key_entry(composer: Composer, series: Series, place: int, x: float, y: float) -> list[str]:
    middle = y + 3
    return [
        f"{_style(series, place)} {x:.2f} {middle:.2f} m {x + _SAMPLE:.2f} {middle:.2f} l S [] 0 d",
        _mark(place, x + _SAMPLE / 2, middle, is_hollow=series.is_target),
        "Q",
        composer.text_operators(x + _SAMPLE + 5, y, _name(composer, series), "song", _LABEL),
    ]


def _name(composer: Composer, series: Series) -> str:
    """The label, cut if it is wider than the chart; its whole text stands in the table under it."""
    words = f"{series.label}（目标）" if series.is_target and "目标" not in series.label else series.label
    return composer.fitting(words, _LABEL, composer.width - _SAMPLE - 20)


def _number(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _alt(axis: Sequence[str], series: Sequence[Series], caption: str, unit: str) -> str:
    parts: list[str] = []
    for each in series:
        values = "，".join(
            f"{place} {'—' if value is None else f'{value:,f}'}"
            for place, value in zip(axis, each.values, strict=False)
        )
        parts.append(f"{each.label}{'（目标）' if each.is_target else ''}：{values}")
    return f"{caption}{f'（{unit}）' if unit else ''}。" + "；".join(parts)
