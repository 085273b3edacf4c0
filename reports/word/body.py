"""The blocks of a paper in Word: headings in heading styles, grids as tables with repeated heads."""

from collections.abc import Iterable, Iterator, Sequence

from reports.blocks import Band, Block, Cell, Chart, Heading, Note, PageBreak, Row, Table, Text, Value, value_text
from reports.grids import Grid, Tabular, grid_of
from reports.titles import title_lines
from reports.typeset import legible
from reports.word.markup import Box, Look, Page, paragraph, row, shared, table_start, words
from reports.word.styles import HEI

GAP = paragraph("Gap", "")
"""Keeps one table from growing into the next."""
_ALIGNS = {"left": Look(align="left"), "center": Look(align="center"), "right": Look(align="right")}
_MOST_OF_A_PAGE = 900
_LINES = {"Wide": 300, "Full": 250, "Crowded": 210}


def blocks(body: Iterable[Block], width: int) -> Iterator[str]:
    """The blocks one after another over a text of ``width`` twips."""
    begins_page = False
    for block in body:
        if isinstance(block, PageBreak):
            begins_page = True
            continue
        if begins_page:
            yield paragraph("Gap", "", Look(begins_page=True))
            begins_page = False
        yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading():
            yield paragraph(f"Heading{block.level}", words(block.text.replace("\n", " ")))
        case Text():
            yield from text(block)
        case Note():
            yield paragraph("Note", words(block.text))
        case PageBreak():
            pass
        case _:
            yield from _tabular(block, width)


def text(block: Text) -> Iterator[str]:
    """A paragraph for each line; the lead before the first."""
    lead = words(block.lead, HEI)
    for line in block.text.split("\n"):
        yield paragraph("Quote" if block.is_quoted else "Body", lead + words(line))
        lead = ""


class _Widths(dict[int, float]):
    """Of a face whose Hanzi are as wide as high and whose Latin is half as wide; in 1/1000 em."""

    def __missing__(self, code: int) -> float:
        return 500.0 if code < 0x80 else 1000.0


_WIDTHS = _Widths()
_TITLE_SIZE = 22 * 20


def title(content: str, page: Page) -> str:
    """A title broken into the lines of a trapezoid or a rhombus, as the PDF has them."""
    line = legible(content).replace("\n", " ").strip()
    return "\n".join(title_lines(line, _WIDTHS, (page.text_width / _TITLE_SIZE - 0.3) * 1000))


def _tabular(block: Tabular, width: int) -> Iterator[str]:
    name = ""
    if isinstance(block, Table | Chart):
        name = block.caption or (block.name if isinstance(block, Table) else "")
        if block.caption:
            yield paragraph("Caption", words(block.caption), Look(keeps_next=True))
    yield from grid(grid_of(block), width, name)
    yield GAP


def grid(rows: Grid, width: int, name: str = "") -> Iterator[str]:
    """The rows of a grid as one table."""
    density = _density(rows, width)
    widths = shared(rows.weights, width)
    yield table_start(widths, name=name)
    for place, heads in enumerate(rows.head):
        yield row(_head_boxes(rows, place, heads, widths, density), is_head=True)
    least = round(rows.row_lines * _LINES[density]) if rows.row_lines > 1 else 0
    for cells in rows.rows:
        if isinstance(cells, Band):
            content = paragraph(f"Head{density}", words(cells.text), Look(align="left", keeps_next=True))
            yield row([Box(content, width, span=len(widths))])
        else:
            yield _row(cells, rows, widths, density, least)
    yield "</w:tbl>"


def _density(rows: Grid, width: int) -> str:
    if rows.kind != "table":
        return "Full" if rows.kind == "card" else "Wide"
    columns = len(rows.weights)
    if width < 10_000:
        return "Wide" if columns <= 5 else "Full" if columns <= 8 else "Crowded"
    return "Full" if columns <= 12 else "Crowded"


def _head_boxes(
    rows: Grid, place: int, cells: Sequence[Cell | None], widths: Sequence[int], density: str
) -> Iterator[Box]:
    """The cells of a row of the head; one that goes on below is merged downwards."""
    below = rows.head[place + 1] if place + 1 < len(rows.head) else ()
    column = 0
    for cell in cells:
        if cell is None:
            yield Box(paragraph(f"Head{density}", ""), widths[column], merge="continue", is_filled=True)
            column += 1
            continue
        goes_on = column < len(below) and below[column] is None and cell.span == 1
        style = "Head" if cell.is_head else "Cell"
        yield Box(
            _content(cell, f"{style}{density}", "center" if cell.is_head else rows.aligns[column]),
            sum(widths[column : column + cell.span]),
            cell.span,
            "restart" if goes_on else "",
            is_filled=True,
        )
        column += cell.span


def _row(cells: Row, rows: Grid, widths: Sequence[int], density: str, least: int) -> str:
    boxes: list[Box] = []
    column = length = 0
    height = least
    is_heading = all(isinstance(item, Cell) and item.is_head for item in cells)
    for item in cells:
        cell = item if isinstance(item, Cell) else Cell(item)
        is_head = cell.is_head
        align = cell.align or ("center" if is_heading else rows.aligns[column])
        content = _content(cell, f"{'Head' if is_head else 'Cell'}{density}", align, keeps_next=is_heading)
        boxes.append(Box(content, sum(widths[column : column + cell.span]), cell.span))
        column += cell.span
        length = max(length, len(content))
        if cell.lines > 1:
            height = max(height, round(cell.lines * _LINES[density]))
    return row(boxes, height=height, is_whole=length < _MOST_OF_A_PAGE)


def _content(cell: Cell, style: str, align: str, *, keeps_next: bool = False) -> str:
    look = Look(align=align, keeps_next=True) if keeps_next else _ALIGNS[align]
    return paragraph(style, words(cell.instead or _printed(cell.value, cell.unit)), look)


def _printed(value: Value, unit: str) -> str:
    return value if isinstance(value, str) else value_text(value, unit)
