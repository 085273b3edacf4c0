"""Small charts of counts: patterns and words beside colours."""

from collections.abc import Sequence

from reports import marks
from reports.facts import Count, LightCode, Rate
from reports.page import Composer

_LABEL = 9.0


def bars(composer: Composer, counts: Sequence[Count], caption: str) -> None:
    """One bar for each count, over a common zero line, with label and number; draws nothing if there are no counts."""
    if not counts:
        return
    row, thick = 19.0, 11.0
    label_width = min(90.0, max(composer.faces.width(count.label, "song", _LABEL) for count in counts) + 6)
    greatest = max(1, *(count.value for count in counts))
    full = composer.width - label_width - 70
    composer.ensure(row * len(counts) + 30)
    left = composer.left + label_width
    operators: list[str] = []
    y = composer.y
    for place, count in enumerate(counts):
        base = y - row + (row - thick) / 2
        words = composer.wrap(count.label, "song", _LABEL, label_width - 4)[0]
        at = left - 5 - composer.faces.width(words, "song", _LABEL)
        operators.append(composer.text_operators(at, base + 2.2, words, "song", _LABEL))
        width = full * count.value / greatest
        if count.value:
            operators.append(marks.patch(_code(count, place), left, base, width, thick))
        value = f"{count.value} {count.unit}"
        operators.append(composer.text_operators(left + width + 5, base + 2.2, value, "song", _LABEL))
        y -= row
    operators.append(f"q 0.6 w 0.3 G {left:.2f} {composer.y:.2f} m {left:.2f} {y:.2f} l S Q")
    composer.figure(_alt(caption, counts), "\n".join(operators))
    composer.y = y
    composer.caption(caption)


def stacked_bar(composer: Composer, counts: Sequence[Count], caption: str) -> None:
    """All counts as one bar, with a key of pattern, word, number and share; draws nothing if the total is zero."""
    total = sum(count.value for count in counts)
    if not total:
        return
    thick = 18.0
    composer.ensure(thick + 60)
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
        words = f"{count.label} {count.value} {count.unit}（{share(count.value, total)}）"
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
