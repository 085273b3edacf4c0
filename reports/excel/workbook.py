"""The sheets of a workbook: the overview in the order of the paper, a sheet for each table."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.blocks import Band, Block, Cell, Chart, Heading, Note, Official, PageBreak, Report, Row, Table, Text
from reports.excel.cells import Cells, Look
from reports.facts import day_text
from reports.grids import Grid, Tabular, grid_of
from reports.imprint import PREVIEW, Imprint, copy_lines
from reports.typeset import legible

COLUMNS: Final = 12
"""Of the overview, on which grids of any columns lie as merged cells."""
_COLUMN_CHARS: Final = 8.5
_LINE_HEIGHT: Final = 16.0
_MOST_HEIGHT: Final = 409.0
_TITLE = Look(font="方正小标宋简体", size=18, align="center", is_bold=True, border="")
_UNDER = Look(font="楷体_GB2312", size=11, align="center", border="")
_HEADINGS = {
    1: Look(font="黑体", size=14, border=""),
    2: Look(font="楷体_GB2312", size=12, border=""),
    3: Look(font="黑体", size=11, border=""),
    4: Look(font="宋体", size=11, border=""),
}
_TEXT = Look(font="宋体", size=11, border="")
_QUOTE = Look(font="楷体_GB2312", size=11, border="", indent=1)
_NOTE = Look(font="宋体", size=10, border="", colour="#404040")
_CELL = Look()
_HEAD = Look(font="黑体", align="center", is_filled=True)
_LABEL = Look(font="黑体")
_BAND = Look(font="黑体", is_filled=True, wraps=False, border="rules")


class Book:
    """Writes a paper into a workbook."""

    def __init__(self, workbook: Workbook, cells: Cells, title: str, imprint: Imprint) -> None:
        self._workbook = workbook
        self._cells = cells
        self._title = legible(title).replace("\n", " ")
        self._imprint = imprint
        self._names: set[str] = set()
        self._under: tuple[str, ...] = ()
        self._overview = self._sheet("概况")
        self._overview.set_column(0, COLUMNS - 1, _COLUMN_CHARS)
        self._overview.set_portrait()
        self._at = 0
        self._notes: list[str] = []

    def write(self, composed: Report | Official) -> None:
        """The whole paper, with what it says of its making at the end of the overview."""
        if isinstance(composed, Official):
            self._official(composed)
        else:
            self._report(composed)
        self._at += 1
        for line in copy_lines(self._imprint):
            self._line(line, _NOTE)

    def _report(self, report: Report) -> None:
        self._under = report.under
        self._line(self._title, _TITLE, height=30)
        for line in report.under:
            self._line(line, _UNDER)
        self._body(report.body, is_landscape=report.is_landscape)

    def _official(self, official: Official) -> None:
        """The elements of an official paper in their order."""
        right = replace(_TEXT, align="right")
        for text, look in (
            (official.copy_number, _TEXT),
            (official.urgency, _HEADINGS[3]),
            (official.mark, replace(_TITLE, colour="#E2171A")),
            (official.number_text, replace(_TEXT, align="center")),
            (f"签发人：{official.signers_name}" if official.signers_name else "", right),
            (official.title, replace(_TITLE, size=16)),
            (f"{official.addressees.rstrip('：:')}：" if official.addressees else "", _TEXT),
        ):
            self._line(text, look)
        self._body(official.body)
        names = [f"{place}.{name}" for place, name in enumerate(official.attachments, 1)]
        for text, look in (
            ("附件：" + "\n".join(names if len(names) > 1 else official.attachments) if names else "", _TEXT),
            *((name, right) for name in official.signed_by),
            (day_text(official.day) if official.day else "", right),
            (f"（{official.remark}）" if official.remark else "", _TEXT),
            *((f"{label}：{text.rstrip('。')}。" if text else "", _TEXT) for label, text in official.attendance),
        ):
            self._line(text, look)
        for place, annex in enumerate(official.annexes, 1):
            self._at += 1
            self._line(f"附件{place if len(official.annexes) > 1 else ''}", _HEADINGS[3])
            self._line(annex.title, replace(_TITLE, size=16))
            self._body(annex.body, is_landscape=annex.is_landscape)
        self._line(f"抄送：{official.copies_to.rstrip('。')}。" if official.copies_to else "", _NOTE)
        day = f"{day_text(official.printed_on)}印发" if official.printed_on else ""
        self._line("　".join(part for part in (official.printed_by, day) if part), _NOTE)

    # -- the overview

    def _body(self, body: Iterable[Block], *, is_landscape: bool = False) -> None:
        for block in body:
            match block:
                case Heading():
                    self._line(block.text, _HEADINGS[block.level], height=24)
                case Text():
                    self._line(block.lead + block.text, _QUOTE if block.is_quoted else _TEXT)
                case Note():
                    self._line(block.text, _NOTE)
                    self._notes.append(block.text)
                    continue
                case PageBreak():
                    self._at += 1
                case _:
                    self._tabular(block, is_landscape=is_landscape)
            self._notes.clear()

    def _tabular(self, block: Tabular, *, is_landscape: bool) -> None:
        """A table on a sheet of its own, anything else on the overview."""
        grid = grid_of(block)
        if isinstance(block, Table) or len(grid.weights) > COLUMNS or (isinstance(block, Chart) and block.series):
            caption = block.caption if isinstance(block, Table | Chart) else ""
            name = (block.name if isinstance(block, Table) else "") or caption or "表"
            sheet = self._sheet(name)
            count = self._table(sheet, grid, caption, is_landscape=is_landscape)
            self._line(f"（{caption or name}：共 {count} 行，见工作表“{sheet.get_name()}”）", _NOTE)
            if isinstance(block, Chart):
                self._draw_lines(sheet, block, count)
            return
        if isinstance(block, Chart):
            self._line(block.caption, replace(_UNDER, size=10.5))
        first = self._at
        self._grid(grid)
        if isinstance(block, Chart):
            self._draw_bars(block, first + len(grid.head))
        self._at += 1

    def _line(self, text: str, look: Look, height: float = _LINE_HEIGHT) -> None:
        """Words across the overview, as high as they need."""
        if not text:
            return
        lines = _lines(legible(text), COLUMNS * _COLUMN_CHARS * 10.5 / look.size)
        self._overview.set_row(self._at, min(_MOST_HEIGHT, max(height, lines * look.size * 1.5)))
        self._cells.put(self._overview, self._at, 0, Cell(text, span=COLUMNS), look)
        self._at += 1

    def _grid(self, grid: Grid) -> None:
        """A grid on the columns of the overview."""
        edges = _edges(grid.weights)
        for head in grid.head:
            self._grid_row([cell for cell in head if cell], grid, edges, is_head=True)
        for row in grid.rows:
            if isinstance(row, Band):
                self._grid_row([Cell(row.text, span=len(grid.weights), is_head=True)], grid, edges)
            else:
                self._grid_row([item if isinstance(item, Cell) else Cell(item) for item in row], grid, edges)

    def _grid_row(self, cells: Sequence[Cell], grid: Grid, edges: Sequence[int], *, is_head: bool = False) -> None:
        is_head = is_head or all(cell.is_head for cell in cells)
        column, height = 0, _LINE_HEIGHT
        for cell in cells:
            start, end = edges[column], edges[column + cell.span]
            look = _HEAD if is_head and cell.is_head else _LABEL if cell.is_head else _CELL
            look = replace(look, align=cell.align or ("center" if look is _HEAD else grid.aligns[column]))
            self._cells.put(self._overview, self._at, start, replace(cell, span=end - start), look)
            text = cell.value if isinstance(cell.value, str) else ""
            lines = max(_lines(text, (end - start) * _COLUMN_CHARS), cell.lines)
            height = max(height, lines * _LINE_HEIGHT + 2)
            column += cell.span
        self._overview.set_row(self._at, min(_MOST_HEIGHT, height))
        self._at += 1

    # -- sheets

    def _sheet(self, name: str) -> Worksheet:
        """A sheet for print on A4, as wide as the page, with its page numbers."""
        sheet = self._workbook.add_worksheet(self._sheet_name(name))
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        left = PREVIEW if self._imprint.preview else f"编号：{self._imprint.number}"
        left = legible(left)[:100].replace("&", "&&")
        sheet.set_footer(f"&L&8{left}&R&8第 &P 页 共 &N 页")
        return sheet

    def _sheet_name(self, name: str) -> str:
        """A name that Excel takes: up to 31 characters, none of its signs, no apostrophe at an end, not used before."""
        kept = "".join(char for char in legible(name) if char not in "[]:*?/\\\n").strip("' ")[:28] or "表"
        found, place = kept, 1
        while found.lower() in self._names or found.lower() == "history":
            place += 1
            found = f"{kept}{place}"
        self._names.add(found.lower())
        return found

    def _table(self, sheet: Worksheet, grid: Grid, caption: str, *, is_landscape: bool) -> int:
        """Title, filter and totals above, heads that stay and come again in print, rows to filter; returns how many."""
        columns = len(grid.weights)
        if is_landscape or columns > 5:
            sheet.set_landscape()
        widths = _widths(grid)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        at = self._above(sheet, caption, columns, sum(widths))
        first = at
        for place, cells in enumerate(grid.head):
            self._head(sheet, at, cells, grid.head[place + 1] if place + 1 < len(grid.head) else ())
            at += 1
        if grid.head:
            sheet.freeze_panes(at, 0)
            sheet.repeat_rows(first, at - 1)
        count, begin = 0, at
        for row in grid.rows:
            if isinstance(row, Band):
                self._band(sheet, at, row.text, columns)
            else:
                count += self._row(sheet, at, row, grid, widths)
            at += 1
        if count and grid.head:
            sheet.autofilter(begin - 1, 0, at - 1, columns - 1)
        return count

    def _above(self, sheet: Worksheet, caption: str, columns: int, chars: float) -> int:
        """What stands over a table; returns the row after it."""
        lines = [(self._title, replace(_TITLE, size=16)), *((line, _UNDER) for line in self._under)]
        if caption:
            lines.append((caption, _UNDER))
        if self._imprint.filter_text:
            lines.append((f"筛选条件：{self._imprint.filter_text}", _NOTE))
        lines += [(note, _NOTE) for note in self._notes]
        for at, (text, look) in enumerate(lines):
            self._cells.put(sheet, at, 0, Cell(text, span=columns), look)
            rows = _lines(legible(text), chars * 10.5 / look.size)
            sheet.set_row(at, min(_MOST_HEIGHT, rows * look.size * 1.6))
        return len(lines)

    def _head(self, sheet: Worksheet, at: int, cells: Sequence[Cell | None], below: Sequence[Cell | None]) -> None:
        column = 0
        for cell in cells:
            if cell is None:
                column += 1
                continue
            if column < len(below) and below[column] is None and cell.span == 1:
                sheet.merge_range(at, column, at + 1, column, "", self._cells.format(_HEAD))
            self._cells.put(sheet, at, column, cell, _HEAD)
            column += cell.span

    def _band(self, sheet: Worksheet, at: int, text: str, columns: int) -> None:
        """A heading across, in the first cell and over the empty ones beside it: merged cells could not be sorted."""
        self._cells.text(sheet, at, 0, text, _BAND)
        blank = self._cells.format(_BAND)
        for column in range(1, columns):
            sheet.write_blank(at, column, None, blank)

    def _row(self, sheet: Worksheet, at: int, row: Row, grid: Grid, widths: Sequence[float]) -> int:
        """A row of a table; returns 1, or 0 for the words that there are none."""
        column = 0
        lines = grid.row_lines
        for item in row:
            cell = item if isinstance(item, Cell) else Cell(item)
            align = cell.align or grid.aligns[column]
            look = _LABEL if cell.is_head else _CELL
            if look.align != align:
                look = replace(look, align=align)
            self._cells.put(sheet, at, column, cell, look)
            text = cell.value if isinstance(cell.value, str) else ""
            lines = max(lines, cell.lines, _lines(text, sum(widths[column : column + cell.span])))
            column += cell.span
        if lines > 1:  # not every program finds the height of a row by itself
            sheet.set_row(at, min(_MOST_HEIGHT, lines * _LINE_HEIGHT))
        return 0 if len(row) == 1 and len(widths) > 1 else 1

    # -- charts

    def _draw_bars(self, chart: Chart, first: int) -> None:
        """The numbers that stand on the overview as bars under them."""
        if not any(count.value for count in chart.counts):
            return
        edges = _edges((46, 27, 27))
        last = first + len(chart.counts) - 1
        drawn = self._workbook.add_chart({"type": "bar"})
        drawn.add_series(
            {
                "categories": ["概况", first, 0, last, 0],
                "values": ["概况", first, edges[1], last, edges[1]],
                "data_labels": {"value": True},
                "fill": {"color": "#1A549E"},
                "gap": 60,
            }
        )
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"major_gridlines": {"visible": False}})
        self._insert(self._overview, drawn, self._at, chart, 40 + 24 * len(chart.counts))
        self._at += ceil((70 + 24 * len(chart.counts)) / 20)

    def _draw_lines(self, sheet: Worksheet, chart: Chart, count: int) -> None:
        """The rows of a sheet as lines over its heads."""
        drawn = self._workbook.add_chart({"type": "line"})
        name = sheet.get_name()
        head = sheet.dim_rowmax - count
        for place, series in enumerate(chart.series, 1):
            row = head + place
            drawn.add_series(
                {
                    "name": [name, row, 0],
                    "categories": [name, head, 1, head, len(chart.axis)],
                    "values": [name, row, 1, row, len(chart.axis)],
                    "marker": {"type": "automatic"},
                    "line": {"dash_type": "dash"} if series.is_target else {},
                }
            )
        drawn.show_blanks_as("gap")
        self._insert(sheet, drawn, head + count + 2, chart, 300)

    @staticmethod
    def _insert(sheet: Worksheet, drawn: Any, row: int, chart: Chart, height: int) -> None:
        drawn.set_title({"name": legible(chart.caption), "name_font": {"size": 11}})
        if not chart.series:
            drawn.set_legend({"none": True})
        drawn.set_size({"width": 640, "height": height + 40})
        sheet.insert_chart(row, 0, drawn, {"description": legible(chart.caption)})


def _edges(weights: Sequence[float]) -> list[int]:
    """Where the columns of a grid begin and end among those of the overview, each at least one wide."""
    total, count = sum(weights), len(weights)
    edges = [0]
    for place, reached in enumerate(accumulate(weights), 1):
        nearest = round(COLUMNS * reached / total)
        edges.append(max(edges[-1] + 1, min(nearest, COLUMNS - (count - place))))
    return edges


def _widths(grid: Grid) -> list[float]:
    """The widths of a table's columns in characters of the Latin kind."""
    total = 90 if len(grid.weights) <= 5 else 150 if len(grid.weights) <= 12 else 200
    heads = grid.head[-1] if grid.head else ()
    least = [6.0 if not cell else 2 * len(str(cell.value)) + 4 for cell in heads] or [6.0] * len(grid.weights)
    whole = sum(grid.weights)
    return [max(least[place], min(60.0, total * weight / whole)) for place, weight in enumerate(grid.weights)]


def _lines(text: str, chars: float) -> int:
    """How many lines a text takes in a width of Latin characters; others are twice as wide."""
    return sum(
        max(1, ceil((2 * len(line) - len(line.encode("ascii", "ignore"))) / max(1.0, chars - 1)))
        for line in text.split("\n")
    )
