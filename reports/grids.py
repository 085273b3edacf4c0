"""Tables, cards, facts and the numbers of charts as one thing: rows over weighted columns, for every format alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

from reports.blocks import (
    Align,
    Band,
    Cell,
    Chart,
    Column,
    Facts,
    Fields,
    NameCards,
    Rates,
    Row,
    Series,
    Table,
    TaskCard,
    value_text,
)
from reports.cards import task_rows
from reports.facts import NONE, Rate

CARD: tuple[float, ...] = (64, 48, 58, 54, 64, 160)
"""One grid for both halves of a card: label and value twice, and below day, act, who and words."""
_FACTS: tuple[float, ...] = (64, 160, 64, 160)
_FIELDS: tuple[float, ...] = (64, 384)
_SHORT = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """``rows`` over columns that share the width by ``weights``; the rows of ``head`` come again on every page.

    Each row of ``head`` covers all columns; a cell of None goes on with the one above it. ``rows`` is gone through
    once. ``kind`` tells a format how dense to set it. ``row_lines`` is the least height of a row.
    """

    kind: Literal["facts", "fields", "card", "cards", "table", "counts"]
    weights: Sequence[float]
    aligns: Sequence[Align]
    rows: Iterable[Row | Band]
    head: Sequence[Sequence[Cell | None]] = ()
    row_lines: float = 1


Tabular = Facts | Fields | Table | Chart | Rates | TaskCard | NameCards


def grid_of(block: Tabular) -> Grid:
    """The rows of a block."""
    if isinstance(block, Table):
        return _of_columns(block.columns, _table_rows(block), "table", block.row_lines)
    if isinstance(block, Facts):
        return Grid(kind="facts", weights=_FACTS, aligns=("left",) * 4, rows=_fact_rows(block))
    if isinstance(block, Fields):
        return Grid(kind="fields", weights=_FIELDS, aligns=("left",) * 2, rows=_field_rows(block))
    if isinstance(block, TaskCard):
        head, *rows = task_rows(block)
        return Grid(kind="card", weights=CARD, aligns=("left",) * 6, head=(head,), rows=rows)
    if isinstance(block, NameCards):
        return Grid(kind="cards", weights=(1, 1), aligns=("center",) * 2, rows=_card_rows(block))
    return _number_grid(block)


def _number_grid(block: Chart | Rates) -> Grid:
    if isinstance(block, Rates):
        return _of_columns(_RATES, map(_rate_row, block.rates), "counts")
    if block.kind == "lines":
        return _of_columns(_series_columns(block), _series_rows(block), "counts")
    return _of_columns(_count_columns(block), _count_rows(block), "counts")


def label(text: str) -> Cell:
    """The heading of a row."""
    return Cell(text, align="center", is_head=True)


def _of_columns(
    columns: Sequence[Column], rows: Iterable[Row | Band], kind: Literal["table", "counts"], row_lines: float = 1
) -> Grid:
    return Grid(
        kind=kind,
        weights=[column.weight for column in columns],
        aligns=[column.align for column in columns],
        head=_head(columns),
        rows=rows,
        row_lines=row_lines,
    )


def _head(columns: Sequence[Column]) -> Sequence[Sequence[Cell | None]]:
    """One row of heads, or two where columns stand in groups."""
    heads = [label(column.head) for column in columns]
    if not any(column.group for column in columns):
        return (heads,)
    upper: list[Cell | None] = []
    lower: list[Cell | None] = []
    place = 0
    for group, members in groupby(columns, key=lambda column: column.group):
        count = len(list(members))
        if group:
            upper.append(Cell(group, span=count, align="center", is_head=True))
            lower += heads[place : place + count]
        else:
            upper += heads[place : place + count]
            lower += [None] * count
        place += count
    return (upper, lower)


def _table_rows(table: Table) -> Iterator[Row | Band]:
    """The rows, or the words that there are none."""
    is_empty = True
    for row in table.rows:
        is_empty = False
        yield row
    if is_empty and table.empty:
        yield [Cell(table.empty, span=len(table.columns), align="center")]


# -- facts and fields


def _fact_rows(facts: Facts) -> Iterator[Row]:
    """Two pairs a row; a value of more than 20 characters or with a line break has a row of its own."""
    waiting: list[Cell] = []
    for name, value in facts.pairs:
        text = value_text(value) or NONE
        shown = NONE if value == "" else value
        if len(text) > _SHORT or "\n" in text:
            if waiting:
                yield _alone(*waiting)
                waiting = []
            yield [label(name), Cell(shown, span=3)]
        elif waiting:
            yield [*waiting, label(name), Cell(shown)]
            waiting = []
        else:
            waiting = [label(name), Cell(shown)]
    if waiting:
        yield _alone(*waiting)


def _alone(name: Cell, value: Cell) -> Row:
    return [name, Cell(value.value, span=3)]


def _field_rows(fields: Fields) -> Iterator[Row]:
    for name, text, lines in fields.boxes:
        yield [label(name), Cell(text, lines=lines)]


def _card_rows(block: NameCards) -> Iterator[Row]:
    """Two cards a row; an odd one has an empty place beside it."""
    for left, right in zip_longest(block.cards[::2], block.cards[1::2], fillvalue=""):
        yield [Cell(left, lines=3), Cell(right, lines=3)]


# -- numbers

_RATES = (
    Column(head="指标", weight=24),
    Column(head="分子 ÷ 分母", weight=17, align="center"),
    Column(head="比率", weight=15, align="center"),
    Column(head="计算口径", weight=44),
)


def _rate_row(rate: Rate) -> Row:
    return [
        Cell(rate.label, is_head=True),
        f"{rate.numerator} ÷ {rate.denominator}",
        Cell(rate.percent, unit="%", strip=rate.numerator / rate.denominator if rate.denominator > 0 else None),
        rate.rule,
    ]


def _count_columns(chart: Chart) -> Sequence[Column]:
    return (
        Column(head=chart.head, weight=46),
        Column(head="数量", weight=27, align="center"),
        Column(head="占比", weight=27, align="center"),
    )


def _count_rows(chart: Chart) -> Iterator[Row]:
    """Label, number and share of each count, and the total."""
    total = sum(count.value for count in chart.counts)
    for count in chart.counts:
        yield [
            Cell(count.label, light=count.light, is_head=True),
            Cell(count.value, unit=count.unit),
            _share(count.value, total),
        ]
    unit = chart.counts[0].unit if chart.counts else "项"
    yield [Cell("合计", is_head=True), Cell(total, unit=unit), _share(total, total)]


def _share(value: int, total: int) -> Cell:
    """A share by the rule of ``Rate``."""
    return Cell(Rate(label="", numerator=value, denominator=total, rule="").percent, unit="%")


_MOST_PLACES = 7


def is_long(chart: Chart) -> bool:
    """Whether the places of the axis would be too narrow as columns and stand as rows."""
    return len(chart.axis) > _MOST_PLACES >= len(chart.series)


def _series_columns(chart: Chart) -> Sequence[Column]:
    names = [_series_name(chart, each) for each in chart.series] if is_long(chart) else chart.axis
    first = 20 if is_long(chart) else 30
    weight = (100 - first) / max(1, len(names))
    return (
        Column(head=chart.head, weight=first),
        *(Column(head=name, weight=weight, align="center") for name in names),
    )


def _series_rows(chart: Chart) -> Iterator[Row]:
    if not is_long(chart):
        for series in chart.series:
            yield [Cell(_series_name(chart, series), is_head=True), *series.values]
        return
    for place, name in enumerate(chart.axis):
        yield [Cell(name, is_head=True), *(each.values[place] for each in chart.series)]


def _series_name(chart: Chart, series: Series) -> str:
    return f"{series.label}（{chart.unit}）" if chart.unit else series.label
