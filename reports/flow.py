"""The flow of a paper: pages, lines and paragraphs of mixed faces, one under another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports import typeset
from reports.document import Document
from reports.fonts import FaceName, Faces
from reports.structure import Element, hex_text

MM: Final = 72 / 25.4
_SCRIPT_SPACING: Final = 250.0
"""A quarter em between Hanzi and Latin letters or digits."""
Run = tuple[str, FaceName]
"""A piece of a paragraph in one face."""
_WRAPS_KEPT = 20_000


@dataclass(frozen=True)
class PageKind:
    """A sheet and its margins, in points; ``bottom`` is where the foot ends, the text ends above the foot."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Shape:
    """Of a paragraph: ``indent`` of its first line, ``hang`` of the others, ``ends`` (room beside all lines),
    in characters. A ``label`` stands at the indent, and all lines then hang.
    """

    indent: float = 2
    hang: float = 0
    ends: tuple[float, float] = (0, 0)
    label: Run | None = None


_PLAIN = Shape()


class Flow:
    """Sets lines from top to bottom; ``y`` is where the next thing begins, in points from the foot of the sheet.

    ``bottom`` is where the text of a page ends.
    """

    def __init__(self, kind: PageKind, faces: Faces, *, title: str, author: str, created: datetime) -> None:
        self.kind = kind
        self.faces = faces
        self.title = title
        self.doc = Document(faces, title=title, author=typeset.clean(author), created=created)
        self.left = kind.left
        self.width = kind.width - kind.left - kind.right
        self.bottom = kind.bottom
        self._wraps: dict[tuple[str, FaceName, float], tuple[str, ...]] = {}
        self._is_open = False
        self.y = 0.0
        self.new_page()

    # -- pages

    @property
    def top(self) -> float:
        return self.kind.height - self.kind.top

    def new_page(self) -> None:
        self._end_page()
        self.doc.start_page(self.kind.width, self.kind.height)
        self._is_open = True
        self.y = self.top

    def begin_page(self) -> None:
        """Go on at the top of a page."""
        if self.y < self.top:
            self.new_page()

    def _end_page(self) -> None:
        if self._is_open:
            self.doc.end_page()
            self._is_open = False

    def ensure(self, height: float) -> None:
        """Go on to a new page unless there is room for this height, or the page is still empty."""
        if self.y - height < self.bottom and self.y < self.top:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave room, but none at the top of a page."""
        if self.y < self.top:
            self.y -= height

    def wrap(self, text: str, face: FaceName, size: float, width: float) -> tuple[str, ...]:
        """A cell's text in lines, kept for texts that come again."""
        key = (text, face, width / size)
        found = self._wraps.get(key)
        if found is None:
            measure = width / size * 1000
            found = typeset.wrap(typeset.clean(text), self.faces.widths(face), measure)
            if len(self._wraps) < _WRAPS_KEPT and len(text) < 80:
                self._wraps[key] = found
        return found

    def fitting(self, text: str, size: float, width: float) -> str:
        """The text in 宋体, cut with …… if it is wider than its room."""
        first, *rest = self.wrap(text, "song", size, width)
        return self.wrap(text, "song", size, max(size, width - 2 * size))[0].rstrip() + "……" if rest else first

    # -- paragraphs

    def set_runs(
        self,
        runs: Sequence[Run],
        *,
        size: float,
        leading: float,
        shape: Shape = _PLAIN,
        tag: str = "P",
        hold: int = 0,
    ) -> None:
        """A justified paragraph of pieces in faces of their own, by the widow rule; ``hold`` lines begin a new page."""
        runs = [(typeset.clean(text).replace("\n", " "), face) for text, face in runs if text]
        lines, at = self._lines(runs, size, shape)
        element = self.doc.root.add(tag)
        full = self.lines_within(self.top - self.bottom, size, leading)
        room = self.lines_within(self.y - self.bottom, size, leading)
        shares = [len(lines) - hold, hold] if hold else typeset.page_shares(len(lines), room, full)
        place = 0
        for turn, share in enumerate(shares):
            if turn:
                self.new_page()
            for line, places in zip(lines[place : place + share], at[place : place + share], strict=True):
                y = self.base(size, leading)
                if shape.label and not line.start:
                    with self.doc.tagged(element):
                        self.text(self.left + shape.indent * self.em(size), y, *shape.label, size)
                self._set_line(element, line, runs, places, size, y)
                self.y -= leading
            place += share

    def _lines(self, runs: Sequence[Run], size: float, shape: Shape) -> tuple[list[typeset.Line], list[list[float]]]:
        """Lines of a paragraph, and where their characters stand in 1/1000 em from the left edge of the text."""
        indent = shape.hang if shape.label else shape.indent
        advances = self.advances(runs, size)
        each = self.em(size) / size * 1000
        measure = self.width / size * 1000 - sum(shape.ends) * each
        lines = typeset.break_lines(
            "".join(text for text, _ in runs),
            advances,
            measure,
            indent=indent * each,
            hang=shape.hang * each,
            spacing=_SCRIPT_SPACING,
        )
        places: list[list[float]] = []
        for line in lines:
            first = (shape.hang if line.start else indent) * each
            at = typeset.positions(line, advances, measure - first, _SCRIPT_SPACING)
            places.append([shape.ends[0] * each + first + x for x in at])
        return lines, places

    def _set_line(
        self,
        element: Element,
        line: typeset.Line,
        runs: Sequence[Run],
        at: Sequence[float],
        size: float,
        y: float,
    ) -> None:
        """One line with its base line at ``y``, its characters at ``at`` from the left edge in 1/1000 em."""
        operators = ["BT 0 g"]
        start = 0
        for text, face in runs:
            low, high = max(line.start, start), min(line.start + len(line.text), start + len(text))
            if low < high:
                begin = at[low - line.start]
                places = [x - begin for x in at[low - line.start : high - line.start]]
                shown = self.doc.show_at(text[low - start : high - start], places, self.faces.widths(face), face, size)
                x = self.left + begin * size / 1000
                operators.append(f"{self.doc.font(face, size)} 1 0 0 1 {x:.2f} {y:.2f} Tm {shown}")
            start += len(text)
        with self.doc.tagged(element):
            self.doc.draw(" ".join([*operators, "ET"]))

    def em(self, size: float) -> float:
        """The width of a full-width character of this size, in points."""
        return size

    def base(self, size: float, leading: float) -> float:
        """The base line of the next line."""
        return self.y - (leading - size) / 2 - 0.88 * size

    def advances(self, runs: Sequence[Run], size: float) -> list[float]:
        """The width of each character in 1/1000 em."""
        return [self.faces.widths(face)[ord(char)] for text, face in runs for char in text]

    def lines_within(self, height: float, size: float, leading: float) -> int:
        """How many lines fit."""
        return max(0, int(height / leading + 0.001))

    # -- drawing

    def text(self, x: float, y: float, text: str, face: FaceName, size: float, colour: str = "0 g") -> None:
        """One line of text with its base line at ``y``."""
        self.doc.draw(self.text_operators(x, y, text, face, size, colour))

    def text_operators(self, x: float, y: float, text: str, face: FaceName, size: float, colour: str = "0 g") -> str:
        shown = self.doc.show(text, face, size)
        return f"BT {colour} {self.doc.font(face, size)} {x:.2f} {y:.2f} Td {shown} ET"

    def figure(self, alt: str, operators: str) -> None:
        """A drawing tagged as a figure with its words."""
        element = self.doc.root.add("Figure", f"/Alt {hex_text(typeset.clean(alt))}")
        with self.doc.tagged(element):
            self.doc.draw(operators)
