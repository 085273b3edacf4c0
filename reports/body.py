"""Sets the blocks of a paper on pages, each by the rules of its kind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports import charts, trends
from reports.blocks import (
    Band,
    Block,
    Cell,
    Chart,
    Heading,
    Note,
    PageBreak,
    Rates,
    Row,
    Table,
    TaskCard,
    Text,
    Value,
    value_text,
)
from reports.grids import Grid, Tabular, grid_of, is_long
from reports.page import Composer
from reports.tables import Cell as SetCell
from reports.tables import Table as SetTable


@dataclass(frozen=True, slots=True)
class Density:
    """How a grid is set: size and leading of its type, room in its cells and under it, all in points."""

    size: float
    leading: float
    pad: float
    space: float = 8


_DENSITIES = {
    "facts": Density(10.5, 16, 3.5),
    "fields": Density(10.5, 16, 3.5),
    "card": Density(9.5, 14, 3, space=12),
    "cards": Density(26, 40, 8),
    "counts": Density(10, 15, 3),
}
_WIDE, _FULL, _CROWDED = Density(10, 15, 3), Density(9, 12.5, 2.5), Density(7.5, 10.5, 2.5)


def set_body(composer: Composer, body: Iterable[Block]) -> None:
    """Set blocks one after another, with the room that belongs between their kinds."""
    before: Block | None = None
    for block, notes in _with_notes(body):
        composer.space(_room(before, block))
        set_block(composer, block, tail=sum(composer.note_height(note.text) for note in notes))
        before = block


def _with_notes(body: Iterable[Block]) -> Iterator[tuple[Block, Sequence[Note]]]:
    """Each block with the notes that follow it at once."""
    first: Block | None = None
    notes: list[Note] = []
    for block in body:
        if first is not None and isinstance(block, Note):
            notes.append(block)
            continue
        if first is not None:
            yield first, notes
            yield from ((note, ()) for note in notes)
        first, notes = block, []
    if first is not None:
        yield first, notes
        yield from ((note, ()) for note in notes)


def set_block(composer: Composer, block: Block, *, tail: float = 0) -> None:
    """Set one block where the composer stands; the last row of a grid keeps ``tail`` points after it on its page."""
    match block:
        case Heading():
            composer.heading(block.text, block.level)
        case Text(is_quoted=True):
            composer.paragraph(block.text, face="kai", size=12.5, leading=21, inset=10, lead=block.lead)
        case Text():
            composer.paragraph(block.text, lead=block.lead)
        case Note():
            composer.note(block.text)
        case PageBreak():
            composer.begin_page()
        case _:
            _set_tabular(composer, block, tail)


def _set_tabular(composer: Composer, block: Tabular, tail: float) -> None:
    """What stands over a grid, and the grid."""
    grid = grid_of(block)
    if isinstance(block, TaskCard):
        composer.ensure(120)
    elif isinstance(block, Table) and block.caption:
        composer.ensure(80)
        composer.caption(block.caption)
    elif isinstance(block, Chart):
        rows = len(block.axis) if is_long(block) else len(block.series)
        row = _DENSITIES["counts"].leading + 2 * _DENSITIES["counts"].pad
        figures = min(row * (len(block.counts) + rows + 2), 400)
        if block.kind == "lines":
            composer.ensure(trends.HEIGHT + figures)  # a line and its figures are read together
        _draw(composer, block)
        composer.ensure(figures)
    set_grid(composer, grid, tail=tail)


def set_grid(composer: Composer, grid: Grid, *, tail: float = 0) -> None:
    """Set the rows of a grid over the width of the text; ``tail`` points after the last row stay on its page."""
    unit = composer.width / sum(grid.weights)
    density = _density(composer, grid)
    tail += density.space if tail else 0
    table = SetTable(
        composer,
        [weight * unit for weight in grid.weights],
        head=[_head(row) for row in grid.head],
        aligns=grid.aligns,
        size=density.size,
        leading=density.leading,
        pad=density.pad,
        row_lines=grid.row_lines,
    )
    for row, after, is_last_after in _with_next(grid.rows):
        if isinstance(row, Band):
            table.band(row.text)
        elif type(row[0]) is Cell and row[0].is_head and _is_heading(row):
            table.row([_heading(cell) for cell in row if isinstance(cell, Cell)], keep=density.leading + 4)
        else:
            # A last row does not stand alone on a page, nor what is noted under it.
            keep = tail if after is None else 0
            if is_last_after and after and not isinstance(after, Band):
                keep = table.height_of(_cells(after)) + tail
            table.row(_cells(row), keep=min(keep, _MOST_KEPT))
    table.close(space=density.space)


_MOST_KEPT = 200.0
_Line = Row | Band


def _with_next(rows: Iterable[_Line]) -> Iterator[tuple[_Line, _Line | None, bool]]:
    """Each row with the one after it, and whether that is the last."""
    waiting: list[_Line] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) > 2:
            yield waiting[0], waiting[1], False
            del waiting[0]
    if len(waiting) > 1:
        yield waiting[0], waiting[1], True
    if waiting:
        yield waiting[-1], None, False


def _cells(row: Row) -> list[str | SetCell]:
    return [item if type(item) is str else _cell(item) for item in row]


def _room(before: Block | None, block: Block) -> float:
    """The room between two blocks; what is set as a grid leaves its own under it."""
    if before is None or isinstance(before, Heading | PageBreak) or isinstance(block, Heading | PageBreak):
        return 0
    if isinstance(block, Text | Note):
        return 0 if isinstance(before, Text | Note) else 4
    if isinstance(before, Note) and isinstance(block, Table):
        return 0
    return 6 if isinstance(before, Text | Note | Rates) else 0


def _density(composer: Composer, grid: Grid) -> Density:
    """Of a table by the number of its columns and the width of the page."""
    if grid.kind != "table":
        return _DENSITIES[grid.kind]
    columns = len(grid.weights)
    if composer.kind.width < composer.kind.height:
        return _WIDE if columns <= 5 else _FULL if columns <= 8 else _CROWDED
    return _FULL if columns <= 12 else _CROWDED


def _is_heading(row: Sequence[Value | Cell | None]) -> bool:
    """Whether nothing but headings stand in a row, which then heads what follows."""
    return all(cell is None or (isinstance(cell, Cell) and cell.is_head) for cell in row)


def _head(row: Sequence[Cell | None]) -> list[str | SetCell | None]:
    set_cell = _heading if _is_heading(row) else _cell
    return [set_cell(cell) if cell else None for cell in row]


def _heading(cell: Cell) -> SetCell:
    return SetCell(value_text(cell.value), span=cell.span, align="center", face="hei", scope="Column")


def _cell(item: Value | Cell) -> SetCell:
    if not isinstance(item, Cell):
        return SetCell(value_text(item))
    return SetCell(
        item.instead or value_text(item.value, item.unit),
        span=item.span,
        align=item.align,
        face="hei" if item.is_head else "song",
        light=item.light,
        strip=item.strip,
        scope="Row" if item.is_head else None,
        lines=item.lines,
    )


def _draw(composer: Composer, chart: Chart) -> None:
    match chart.kind:
        case "bars":
            charts.bars(composer, chart.counts, chart.caption)
        case "stacked":
            charts.stacked_bar(composer, chart.counts, chart.caption)
        case "lines":
            trends.lines(composer, chart.axis, chart.series, chart.caption, chart.unit)
