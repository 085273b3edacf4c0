"""Small charts of counts: patterns and words beside colours."""

from collections.abc import Sequence

from reports import marks
from reports.facts import Count, LightCode, Rate
from reports.page import Composer

_LABEL = 9.0
_ROW, _THICK = 19.0, 11.0
_MOST_STACKED = 24


def bars(composer: Composer, counts: Sequence[Count], caption: str) -> None:
    """One bar for each count, over a common zero line, with label and number; draws nothing if there are no counts.

    More bars than fit go on over the next pages.
    """
    label_width = max((composer.faces.width(count.label, "song", _LABEL) for count in counts), default=0.0) + 6
    label_width = min(composer.width * 0.4, label_width)
    greatest = max(1, *(count.value for count in counts), 1)
    numbers = max((composer.faces.width(_number(count), "song", _LABEL) for count in counts), default=0.0) + 8
    scale = (composer.width - label_width - numbers) / greatest
    most = max(1, int((composer.top - composer.bottom - 30) / _ROW))
    for start in range(0, len(counts), most):
        part = counts[start : start + most]
        composer.ensure(_ROW * len(part) + 30)
        composer.figure(_alt(caption, part), "\n".join(_bars(composer, part, start, (label_width, scale))))
        composer.y -= _ROW * len(part)
    if counts:
        composer.caption(caption)


def _bars(composer: Composer, counts: Sequence[Count], start: int, sizes: tuple[float, float]) -> list[str]:
    """Bars of one page, the first being number ``start``; ``sizes`` are the room for labels and points per thing."""
    label_width, scale = sizes
    left = composer.left + label_width
    operators: list[str] = []
    y = composer.y
    for place, count in enumerate(counts, start):
        base = y - _ROW + (_ROW - _THICK) / 2
        words = composer.fitting(count.label, _LABEL, label_width - 4)
        at = left - 5 - composer.faces.width(words, "song", _LABEL)
        operators.append(composer.text_operators(at, base + 2.2, words, "song", _LABEL))
        if count.value:
            operators.append(marks.patch(_code(count, place), left, base, scale * count.value, _THICK))
        operators.append(
            composer.text_operators(left + scale * count.value + 5, base + 2.2, _number(count), "song", _LABEL)
        )
        y -= _ROW
    operators.append(f"q 0.6 w 0.3 G {left:.2f} {composer.y:.2f} m {left:.2f} {y:.2f} l S Q")
    return operators


def _number(count: Count) -> str:
    return f"{count.value} {count.unit}"


def stacked_bar(composer: Composer, counts: Sequence[Count], caption: str) -> None:
    """All counts as one bar, with a key of pattern, word, number and share; draws nothing if the total is zero.

    More counts than patterns can tell apart in one bar stand as bars of their own.
    """
    total = sum(count.value for count in counts)
    if not total:
        return
    if len(counts) > _MOST_STACKED:
        bars(composer, counts, caption)
        return
    thick = 18.0
    composer.ensure(thick + 40 + 15 * len(counts) / 2)
    operators: list[str] = []
    x = composer.left
    base = composer.y - thick
    for place, count in enumerate(counts):
        width = composer.width * count.value / total
        if count.value:
            operators.append(marks.patch(_code(count, place), x, base, width, thick))
        x += width
    x, y = composer.left, base - 15
    for place, count in enumerate(counts):
        number = f" {count.value} {count.unit}（{share(count.value, total)}）"
        room = composer.width - 34 - composer.faces.width(number, "song", _LABEL)
        words = composer.fitting(count.label, _LABEL, room) + number
        width = composer.faces.width(words, "song", _LABEL) + 34
        if x + width - 18 > composer.left + composer.width and x > composer.left:
            x, y = composer.left, y - 15
        operators.append(marks.patch(_code(count, place), x, y - 1, 12, 8))
        operators.append(composer.text_operators(x + 16, y, words, "song", _LABEL))
        x += width
    composer.figure(_alt(caption, counts), "\n".join(operators))
    composer.y = y - 6
    composer.caption(caption)


def share(value: int, total: int) -> str:
    """A share in percent by the rule of ``Rate``, without a label."""
    return Rate(label="", numerator=value, denominator=total, rule="").percent_text


def _code(count: Count, place: int) -> LightCode:
    return count.light or marks.PLAIN[place % len(marks.PLAIN)]


def _alt(caption: str, counts: Sequence[Count]) -> str:
    return caption + "：" + "，".join(f"{count.label} {count.value} {count.unit}" for count in counts)
