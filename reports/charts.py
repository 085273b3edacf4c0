"""Small charts of counts: patterns and words beside colours, and the same numbers as a table under each."""

from collections.abc import Sequence

from reports import marks
from reports.facts import NONE, Count, LightCode, Rate
from reports.page import Composer
from reports.tables import Cell, Table

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
    _caption(composer, caption)


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
    _caption(composer, caption)


def count_table(composer: Composer, counts: Sequence[Count], head: str) -> None:
    """The numbers of a chart: label, number, share, and the total."""
    total = sum(count.value for count in counts)
    width = composer.width
    composer.ensure(min(21.0 * (len(counts) + 2), 400))
    table = Table(
        composer,
        [width * 0.46, width * 0.27, width * 0.27],
        head=[[head, "数量", "占比"]],
        aligns=["left", "center", "center"],
        size=10,
        leading=15,
    )
    for count in counts:
        table.row(
            [
                Cell(count.label, light=count.light, scope="Row"),
                f"{count.value} {count.unit}",
                share(count.value, total),
            ]
        )
    unit = counts[0].unit if counts else "项"
    table.row([Cell("合计", face="hei", scope="Row"), Cell(f"{total} {unit}", face="hei"), share(total, total)])
    table.close()


def rate_table(composer: Composer, rates: Sequence[Rate]) -> None:
    """Rates with numerator, denominator and rule, each with a strip filled to its share."""
    width = composer.width
    table = Table(
        composer,
        [width * 0.24, width * 0.17, width * 0.15, width * 0.44],
        head=[["指标", "分子 ÷ 分母", "比率", "计算口径"]],
        aligns=["left", "center", "center", "left"],
        size=10,
        leading=15,
    )
    for rate in rates:
        is_counted = rate.denominator > 0
        strip = rate.numerator / rate.denominator if is_counted else None
        table.row(
            [
                Cell(rate.label, scope="Row"),
                f"{rate.numerator} ÷ {rate.denominator}",
                Cell(rate.percent_text if is_counted else NONE, strip=strip),
                rate.rule,
            ]
        )
    table.close()


def share(value: int, total: int) -> str:
    """A share in percent by the rule of ``Rate``, without a label."""
    return Rate(label="", numerator=value, denominator=total, rule="").percent_text


def _code(count: Count, place: int) -> LightCode:
    return count.light or marks.PLAIN[place % len(marks.PLAIN)]


def _alt(caption: str, counts: Sequence[Count]) -> str:
    return caption + "：" + "，".join(f"{count.label} {count.value} {count.unit}" for count in counts)


def _caption(composer: Composer, caption: str) -> None:
    size = 10.0
    composer.y -= 4
    element = composer.doc.root.add("Caption")
    width = composer.faces.width(caption, "kai", size)
    with composer.doc.tagged(element):
        composer.text(composer.left + (composer.width - width) / 2, composer.y - size, caption, "kai", size)
    composer.y -= size + 8
