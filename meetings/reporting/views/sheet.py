"""The first page of a paper for the screen: the same blocks that PDF, Word and Excel are written from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

from reports.blocks import (
    Band,
    Block,
    Cell,
    Heading,
    Note,
    Official,
    PageBreak,
    Report,
    Row,
    Text,
    Value,
    value_text,
)
from reports.facts import LightCode, day_text
from reports.grids import Grid, grid_of
from reports.titles import title_lines
from reports.typeset import clean

UPRIGHT_LINES, LANDSCAPE_LINES = 28, 18
_TITLE, _TITLE_WIDE = 20, 34
"""Characters of a line of the title."""
_LINE, _TABLE_LINE = 28, 44
"""Characters of a line of text, and of all cells of a table's line together."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    span: int = 1
    rowspan: int = 1
    align: str = "left"
    is_head: bool = False
    light: LightCode | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as the page shows it: ``lines`` of text, or ``head`` and ``rows`` of a table; a band is a row of one."""

    kind: Literal["heading", "text", "quote", "note", "table"]
    lines: tuple[str, ...] = ()
    lead: str = ""
    level: int = 1
    head: tuple[tuple[ShownCell, ...], ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    columns: int = 0


@dataclass(frozen=True, slots=True)
class FirstPage:
    """``number``, ``office`` (its name and the day under the number, of minutes and briefs) and ``signed`` are those of
    a 公文. ``is_cut``: there is more of the paper than is shown."""

    title: str
    pieces: tuple[Piece, ...]
    is_cut: bool
    under: tuple[str, ...] = ()
    is_landscape: bool = False
    mark: str = ""
    number: str = ""
    office: tuple[str, ...] = ()
    addressees: str = ""
    after: tuple[tuple[str, str], ...] = ()
    signed: tuple[str, ...] = ()

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The lines of the title as the paper has them: no word is cut."""
        text = clean(self.title).replace("\n", " ").strip()
        widths = {ord(char): 550.0 if char.isascii() else 1000.0 for char in text}
        return title_lines(text, widths, (_TITLE_WIDE if self.is_landscape else _TITLE) * 1000)


def first_page(composed: Report | Official) -> FirstPage:
    """What stands on the first page, about; the body is gone through only so far."""
    if isinstance(composed, Report):
        room = LANDSCAPE_LINES if composed.is_landscape else UPRIGHT_LINES
        pieces, is_cut = _pieces(composed.body, room - len(composed.under))
        return FirstPage(composed.title, pieces, is_cut, composed.under, composed.is_landscape)
    pieces, is_cut = _pieces(composed.body, UPRIGHT_LINES - 6)
    day = day_text(composed.day)
    signature = (composed.signature, day)
    ends_signed = composed.form in ("document", "letter")
    return FirstPage(
        title=composed.title,
        pieces=pieces,
        is_cut=is_cut or bool(composed.annexes),
        mark=composed.mark,
        number=composed.number_text,
        office=() if ends_signed else signature,
        addressees=composed.addressees,
        after=() if is_cut else tuple((word, who) for word, who in composed.attendance if who),
        signed=(*composed.signed_by, day) if ends_signed and not is_cut else (),
    )


def _pieces(body: Iterable[Block], room: int) -> tuple[tuple[Piece, ...], bool]:
    """Pieces until the room, in lines, is used up; whether something was left out."""
    shown: list[Piece] = []
    for block in body:
        if room <= 0 or isinstance(block, PageBreak):
            return tuple(shown), True
        piece, used = _piece(block, room)
        shown.append(piece)
        room -= used
    return tuple(shown), room < 0


def _piece(block: Block, room: int) -> tuple[Piece, int]:
    match block:
        case Heading():
            return Piece("heading", (block.text,), level=block.level), 1
        case Text():
            lines = tuple(filter(str.strip, block.text.splitlines()))
            used = sum(ceil((len(line) + 2) / _LINE) for line in lines)
            return Piece("quote" if block.is_quoted else "text", lines or ("",), lead=block.lead), used
        case Note():
            return Piece("note", (block.text,)), ceil(len(block.text) / _LINE)
        case PageBreak():
            raise ValueError
        case _:
            return _table(grid_of(block), room)


def _table(grid: Grid, room: int) -> tuple[Piece, int]:
    """As many rows as there is room for, one at least; one line more than the room where rows were left out."""
    used = len(grid.head)
    rows: list[tuple[ShownCell, ...]] = []
    share = [weight / sum(grid.weights) for weight in grid.weights]
    for row in grid.rows:
        if rows and used >= room:
            used = room + 1
            break
        shown = tuple(_cells(row, grid))
        rows.append(shown)
        used += max((_height(cell, place, share) for place, cell in _placed(shown)), default=1)
    head = tuple(tuple(_head_cells(grid, line)) for line in range(len(grid.head)))
    return Piece("table", head=head, rows=tuple(rows), columns=len(grid.weights)), used


def _placed(cells: Iterable[ShownCell]) -> Iterator[tuple[int, ShownCell]]:
    place = 0
    for cell in cells:
        yield place, cell
        place += cell.span


def _height(cell: ShownCell, place: int, share: list[float]) -> int:
    width = max(1.0, sum(share[place : place + cell.span]) * _TABLE_LINE)
    return sum(max(1, ceil(len(line) / width)) for line in cell.text.split("\n"))


def _cells(row: Row | Band, grid: Grid) -> Iterator[ShownCell]:
    if isinstance(row, Band):
        yield ShownCell(row.text, span=len(grid.weights), align="center", is_head=True)
        return
    place = 0
    for item in row:
        cell = _cell(item, grid.aligns[min(place, len(grid.aligns) - 1)])
        yield cell
        place += cell.span


def _cell(item: Value | Cell, align: str) -> ShownCell:
    if not isinstance(item, Cell):
        return ShownCell(value_text(item), align=align)
    text = value_text(item.value, item.unit)
    return ShownCell(text, item.span, align=item.align or align, is_head=item.is_head, light=item.light)


def _head_cells(grid: Grid, line: int) -> Iterator[ShownCell]:
    """A cell of None goes on with the one above it."""
    place = 0
    for cell in grid.head[line]:
        if cell is None:
            place += 1
            continue
        below = grid.head[line + 1 :]
        rowspan = 2 if cell.span == 1 and below and _is_gap(below[0], place) else 1
        yield ShownCell(value_text(cell.value), cell.span, rowspan, "center", is_head=True)
        place += cell.span


def _is_gap(row: Iterable[Cell | None], place: int) -> bool:
    """Whether nothing stands at that column of the row."""
    at = 0
    for cell in row:
        if at == place:
            return cell is None
        at += cell.span if cell else 1
    return False
