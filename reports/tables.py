"""Long tables: heads repeated on every page, rows split only when taller than a page, set row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from reports import marks
from reports.facts import LightCode
from reports.fonts import FaceName
from reports.page import Composer
from reports.structure import Element

Align = Literal["left", "center", "right"]

_HEAD_FILL = "0.94 g"
_THIN, _THICK = 0.35, 0.8
_LIGHT = 1.2
"""The room of a light before its words, in em."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over ``span`` columns. ``light`` draws a shape before the text, ``strip`` a bar filled to that share
    (0 to 1) under it. A ``scope`` makes it a heading cell of its row or column. ``lines`` is its least height in lines.
    """

    text: str
    span: int = 1
    align: Align | None = None
    face: FaceName = "song"
    light: LightCode | None = None
    strip: float | None = None
    scope: Literal["Row", "Column"] | None = None
    lines: float = 1


@dataclass(slots=True)
class _Set:
    """A cell set in lines, with where it stands; in a head it may go ``down`` over several rows, ``tall`` together."""

    cell: Cell
    column: int
    x: float
    width: float
    lines: Sequence[str]
    down: int = 1
    tall: float = 0


class Table:
    """A table being set by a composer. ``widths`` are in points; ``head`` rows come again on every page, and a None in
    them goes on with the cell above it. ``row_lines`` is the least height of a row in lines.
    """

    def __init__(
        self,
        composer: Composer,
        widths: Sequence[float],
        *,
        head: Sequence[Sequence[str | Cell | None]] = (),
        aligns: Sequence[Align] | None = None,
        size: float = 9,
        leading: float = 13,
        pad: float = 3,
        row_lines: float = 1,
    ) -> None:
        self._composer = composer
        self._doc = composer.doc
        self._edges = list(accumulate(widths, initial=composer.left))
        self._widths = list(widths)
        self._aligns: list[Align] = list(aligns or ["left"] * len(widths))
        self._size, self._leading, self._pad = size, leading, pad
        self._least_lines = row_lines
        self._element = self._doc.root.add("Table")
        self._head_rows = self._set_head(head)
        self._head_height = sum(height for _, height in self._head_rows)
        self._start = composer.y
        self._verticals: tuple[tuple[float, ...], float] = ((), composer.y)
        self._waiting: list[str] = []
        self._is_begun = False

    # -- rows

    def row(self, cells: Sequence[str | Cell], *, keep: float = 0) -> None:
        """One more row; ``keep`` points of what follows stay on its page."""
        sets = self._set(cells)
        height = self._height(sets)
        if self._waiting:
            self._set_bands(height)
        self._begin(height + keep)
        composer = self._composer
        room = composer.y - composer.bottom
        if height + keep > room:
            if height > self._page_room:
                self._split(sets)
                return
            self._turn()
        self._draw(sets, height, self._place(sets))

    def height_of(self, cells: Sequence[str | Cell]) -> float:
        """The height a row would have."""
        return self._height(self._set(cells))

    def band(self, text: str) -> None:
        """A heading across the table, kept with the next row."""
        self._waiting.append(text)

    def _set_bands(self, height: float) -> None:
        """Set the headings that wait for a row of this height, all on its page unless it is split anyway."""
        cells = [Cell(text, span=len(self._widths), face="hei", scope="Row", align="left") for text in self._waiting]
        self._waiting = []
        rest = sum(self._height(self._set([cell])) for cell in cells)
        for cell in cells:
            rest -= self._height(self._set([cell]))
            self.row([cell], keep=min(rest + height, self._page_room / 2))

    def close(self, space: float = 8) -> None:
        """Rule off the table and leave room under it."""
        if self._waiting:
            self._set_bands(0)
        self._begin(0)
        self._rule_off()
        self._composer.space(space)

    # -- setting

    @property
    def _page_room(self) -> float:
        return self._composer.top - self._composer.bottom - self._head_height

    def _set(self, cells: Sequence[str | Cell | None]) -> list[_Set]:
        sets: list[_Set] = []
        column = 0
        for item in cells:
            if item is None:
                column += 1
                continue
            cell = Cell(item) if isinstance(item, str) else item
            x = self._edges[column]
            width = self._edges[column + cell.span] - x
            room = width - 2 * self._pad - (self._size * _LIGHT if cell.light else 0)
            sets.append(_Set(cell, column, x, width, self._composer.wrap(cell.text, cell.face, self._size, room)))
            column += cell.span
        return sets

    def _height(self, sets: Sequence[_Set]) -> float:
        lines = [max(len(each.lines) + (0.6 if each.cell.strip is not None else 0), each.cell.lines) for each in sets]
        return max(self._least_lines, *lines) * self._leading + 2 * self._pad

    def _set_head(self, head: Sequence[Sequence[str | Cell | None]]) -> list[tuple[list[_Set], float]]:
        """The rows of the head with their heights."""
        rows = [self._set([_heading(cell) for cell in row]) for row in head]
        for place, row in enumerate(rows[:-1]):
            below = {each.x for each in rows[place + 1]}
            for each in row:
                each.down = 1 if each.x in below else len(rows) - place
        heights = [self._height([each for each in row if each.down == 1] or row) for row in rows]
        for place, row in enumerate(rows):
            for each in row:
                each.tall = sum(heights[place : place + each.down])
                if (short := self._height([each]) - each.tall) > 0:
                    heights[place] += short
                    each.tall += short
        return list(zip(rows, heights, strict=True))

    def _place(self, sets: Sequence[_Set], element: Element | None = None) -> list[Element] | None:
        """The elements of a row's cells, or None for a plain row, which is recorded as a whole."""
        if element is None and all(each.cell.scope is None and each.cell.span == 1 for each in sets):
            return None
        row = element or self._element.add("TR")
        return [row.add("TH" if each.cell.scope else "TD", _attributes(each)) for each in sets]

    def _split(self, sets: Sequence[_Set]) -> None:
        """A row taller than a page, over as many pages as it needs; its cells stay one row for a reader of tags."""
        elements = self._place(sets, self._element.add("TR"))
        rest = [list(each.lines) for each in sets]
        while any(rest):
            room = int((self._composer.y - self._composer.bottom - 2 * self._pad) // self._leading)
            if room < 3:
                self._turn()
                continue
            part = [
                _Set(each.cell, each.column, each.x, each.width, lines[:room])
                for each, lines in zip(sets, rest, strict=True)
            ]
            rest = [lines[room:] for lines in rest]
            height = max(len(each.lines) for each in part) * self._leading + 2 * self._pad
            self._draw(part, height, elements, at_top=True)

    # -- drawing

    def _begin(self, height: float) -> None:
        """The head, on the page of the first row, unless that is so tall that it is split anyway."""
        if self._is_begun:
            return
        self._is_begun = True
        least = 2 * self._leading + 2 * self._pad
        self._composer.ensure(self._head_height + max(least, height if height <= self._page_room else 0))
        self._begin_page(is_first=True)

    def _begin_page(self, *, is_first: bool) -> None:
        """The head at the top of this page's part: tagged once, furniture when it is repeated."""
        composer = self._composer
        self._start = composer.y
        self._verticals = ((), composer.y)
        if not self._head_rows:
            return
        box = f"{self._edges[0]:.2f} {composer.y - self._head_height:.2f} {self._edges[-1] - self._edges[0]:.2f}"
        self._doc.draw(f"/Artifact BMC q {_HEAD_FILL} {box} {self._head_height:.2f} re f Q EMC")
        going_down: list[_Set] = []
        for place, (sets, height) in enumerate(self._head_rows):
            elements = self._place(sets, self._element.add("TR")) if is_first else None
            edges = tuple(sorted(each.x for each in (*sets, *going_down)))[1:]
            going_down += [each for each in sets if each.down > 1]
            if place == len(self._head_rows) - 1:
                going_down = []
            self._draw(sets, height, elements, is_furniture=not is_first, edges=edges, whole=going_down)

    def _turn(self) -> None:
        self._rule_off()
        self._composer.new_page()
        self._begin_page(is_first=False)

    def _draw(
        self,
        sets: Sequence[_Set],
        height: float,
        elements: list[Element] | None,
        *,
        at_top: bool = False,
        is_furniture: bool = False,
        edges: tuple[float, ...] | None = None,
        whole: Sequence[_Set] = (),
    ) -> None:
        """A row at the present height, with its text in one text object.

        ``edges`` are those between its cells, ``whole`` the cells of a head that no rule may cut.
        """
        doc, size, leading = self._doc, self._size, self._leading
        top = self._composer.y
        drop = (leading - size) / 2 + 0.88 * size
        operators = [f"/Artifact BMC BT {leading:g} TL" if is_furniture else f"BT {leading:g} TL"]
        shapes: list[str] = []
        face: FaceName | None = None
        for place, each in enumerate(sets):
            cell, lines = each.cell, each.lines
            if not is_furniture:
                operators.append(doc.begin(elements[place]) if elements else doc.begin_cell())
            if cell.face != face:
                face = cell.face
                operators.append(doc.font(face, size))
            used = len(lines) * leading + (0.6 * leading if cell.strip is not None else 0)
            first = top - (self._pad if at_top else ((each.tall or height) - used) / 2)
            align = cell.align or self._aligns[each.column]
            x = each.x + self._pad
            if cell.light and lines:
                x += 0 if align == "left" else self._slack(each, align)
                shapes.append(marks.shape(cell.light, x + size * 0.5, first - leading / 2, size * 0.8))
                x += size * _LIGHT
            if align == "left":
                operators.append(f"1 0 0 1 {x:.2f} {first - drop:.2f} Tm")
                operators.append(" T* ".join([doc.show(line, face, size) if line else "" for line in lines]))
            else:
                operators += self._aligned(each, align, first - drop)
            if cell.strip is not None:
                shapes.append(_strip(cell.strip, each.x + self._pad, first - used + 2, each.width - 2 * self._pad))
            if not is_furniture:
                operators.append("EMC")
        operators.append("ET EMC" if is_furniture else "ET")
        doc.draw("\n".join(operators))
        if shapes:
            doc.draw("/Artifact BMC " + " ".join(shapes) + " EMC")
        if elements is None and not is_furniture:
            doc.add_row(self._element, len(sets))
        self._rule(tuple([each.x for each in sets[1:]]) if edges is None else edges, top, height, whole)

    def _aligned(self, each: _Set, align: Align, y: float) -> list[str]:
        """Lines centred or flush right, each set from its own place."""
        operators: list[str] = []
        light = self._size * _LIGHT if each.cell.light else 0.0
        for line in each.lines:
            width = self._composer.faces.width(line.rstrip(), each.cell.face, self._size)
            slack = each.width - 2 * self._pad - light - width
            x = each.x + self._pad + light + (slack / 2 if align == "center" else slack)
            operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {self._doc.show(line, each.cell.face, self._size)}")
            y -= self._leading
        return operators

    def _slack(self, each: _Set, align: Align) -> float:
        """The room before the light of a cell whose lines are centred or flush right: it stands beside the widest."""
        widest = max(self._composer.faces.width(line.rstrip(), each.cell.face, self._size) for line in each.lines)
        slack = each.width - 2 * self._pad - self._size * _LIGHT - widest
        return slack / 2 if align == "center" else slack

    # -- rules

    def _rule(self, edges: tuple[float, ...], top: float, height: float, whole: Sequence[_Set]) -> None:
        """The rule under a row; the vertical ones are drawn in one stroke over rows with the same edges."""
        if edges != self._verticals[0]:
            self._rule_columns(top)
            self._verticals = (edges, top)
        bottom = self._composer.y = top - height
        x = self._edges[0]
        lines: list[str] = []
        for each in whole:
            if each.x > x:
                lines.append(f"{x:.2f} {bottom:.2f} m {each.x:.2f} {bottom:.2f} l S")
            x = each.x + each.width
        if self._edges[-1] > x:
            lines.append(f"{x:.2f} {bottom:.2f} m {self._edges[-1]:.2f} {bottom:.2f} l S")
        self._doc.draw(f"/Artifact BMC {_THIN} w 0 G {' '.join(lines)} EMC")

    def _rule_columns(self, bottom: float) -> None:
        edges, top = self._verticals
        if edges and top > bottom:
            lines = " ".join(f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l" for x in edges)
            self._doc.draw(f"/Artifact BMC {_THIN} w 0 G {lines} S EMC")

    def _rule_off(self) -> None:
        """The last vertical rules and the frame of this page's part."""
        bottom = self._composer.y
        self._rule_columns(bottom)
        self._verticals = ((), bottom)
        if self._start > bottom:
            width, height = self._edges[-1] - self._edges[0], self._start - bottom
            box = f"{self._edges[0]:.2f} {bottom:.2f} {width:.2f} {height:.2f} re"
            self._doc.draw(f"/Artifact BMC {_THICK} w 0 G {box} S EMC")
            self._start = bottom


def _heading(item: str | Cell | None) -> Cell | None:
    return Cell(item, face="hei", align="center", scope="Column") if isinstance(item, str) else item


def _attributes(each: _Set) -> str:
    """The table attributes of a cell's element (ISO 32000-1, 14.8.5.7)."""
    cell = each.cell
    scope = f"/Scope/{cell.scope}" if cell.scope else ""
    span = f"/ColSpan {cell.span}" if cell.span > 1 else ""
    span += f"/RowSpan {each.down}" if each.down > 1 else ""
    return f"/A<</O/Table{scope}{span}>>" if scope or span else ""


def _strip(share: float, x: float, y: float, width: float) -> str:
    """A thin bar filled to a share."""
    filled = width * min(1.0, max(0.0, share))
    box = f"{x:.2f} {y:.2f} {width:.2f} 3.5 re"
    return f"q 0.5 w 0.35 G 1 g {box} B 0.10 0.33 0.62 rg {x:.2f} {y:.2f} {filled:.2f} 3.5 re f Q"
