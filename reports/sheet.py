"""The sheet of GB/T 9704-2012: 版心, grid, page numbers, paragraphs of mixed faces, tables turned on upright sheets."""

from collections.abc import Sequence
from typing import Final

from reports import typeset
from reports.flow import MM, PageKind, Run, Shape
from reports.fonts import FaceName, Faces
from reports.imprint import PREVIEW, Imprint
from reports.page import FOOT_SIZE, Composer
from reports.structure import Element

SIZE: Final = 15.75
"""3号 in points: 28 characters of 16 pt would not fit 156 mm."""
SMALL: Final = 14.0
"""4号."""
LARGE: Final = 22.0
"""2号."""
WIDTH, HEIGHT = 156 * MM, 225 * MM
"""版心 (5.2.1)."""
CHARS: Final = 28
LINES: Final = 22
"""Of a page, and characters of a line (5.2.3)."""
PITCH: Final = WIDTH / CHARS
TITLE_LINE: Final = LARGE + 7 / 8 * SIZE
SMALL_LINE: Final = SMALL + 7 / 8 * SIZE
"""行: the height of a character and 7/8 of a 3号 one (3.2)."""
RED: Final = "0.886 0.09 0.102"
BASE: Final = 0.88
"""The base line under the top of the em box, in em."""

_UPRIGHT = PageKind(210 * MM, 297 * MM, left=28 * MM, right=26 * MM, top=37 * MM, bottom=35 * MM)
_TURNED = PageKind(297 * MM, 210 * MM, left=35 * MM, right=37 * MM, top=28 * MM, bottom=26 * MM)
_INDENTED: Final = Shape()
_FULL_WIDTH: Final = 990
_TRACKED: Final = PITCH / SIZE * 1000 - 1000
_SLACK: Final = 0.05


class Sheet(Composer):
    """Sets an official paper; ``y`` is the top of the next line's characters.

    ``lines`` of a page is 22; more or fewer change the room between lines (7.3.5.5).
    """

    def __init__(self, imprint: Imprint, *, title: str, faces: Faces | None = None, lines: int = LINES) -> None:
        self.line = (HEIGHT - SIZE) / (lines - 1)
        self._turned: set[int] = set()
        self.unnumbered: set[int] = set()
        super().__init__(_UPRIGHT, imprint, title=title, faces=faces)
        self.bottom = _UPRIGHT.bottom - _SLACK

    # -- the flow

    @property
    def page(self) -> int:
        """The number of the page being set."""
        return self.doc.page_count + 1

    @property
    def is_turned(self) -> bool:
        return self.kind is _TURNED

    def turn(self, *, is_landscape: bool) -> None:
        """A new page, upright or turned; what is on it begins at its top."""
        self.kind = _TURNED if is_landscape else _UPRIGHT
        self.left = self.kind.left
        self.width = self.kind.width - self.kind.left - self.kind.right
        self.new_page()
        self.bottom = self.kind.bottom - _SLACK

    def new_page(self) -> None:
        """Turned pages stand on the upright sheet, heads to its left: at the binding on odd pages, outside on even ones
        (8), and their number stays where it is.
        """
        if not self.is_turned:
            super().new_page()
            return
        self._end_page()
        self.doc.start_page(_UPRIGHT.width, _UPRIGHT.height)
        self._is_open = True
        self._turned.add(self.page)
        self.doc.draw(f"q 0 1 -1 0 {_UPRIGHT.width:.2f} 0 cm")
        self.y = self.top

    def _end_page(self) -> None:
        if self._is_open and self.page in self._turned:
            self.doc.draw("Q")
        super()._end_page()

    def snap(self) -> None:
        """Go on to the next line of the grid."""
        rows = (self.top - self.y) / self.line
        whole = int(rows + 0.95)
        self.y = self.top - whole * self.line

    def skip(self, lines: float = 1) -> None:
        """Leave lines empty, but none at the top of a page."""
        self.space(lines * self.line)

    def room(self) -> int:
        """Lines that still fit on this page."""
        return self.lines_within(self.y - self.bottom, SIZE, self.line)

    # -- paragraphs

    def em(self, size: float) -> float:
        return PITCH if size == SIZE else size

    def base(self, size: float, leading: float) -> float:
        return self.y - BASE * size

    def advances(self, runs: Sequence[Run], size: float = SIZE) -> list[float]:
        """Full-width characters have the pitch of the grid."""
        tracked = _TRACKED if size == SIZE else 0
        return [width + tracked if width >= _FULL_WIDTH else width for width in super().advances(runs, size)]

    def lines_within(self, height: float, size: float, leading: float) -> int:
        """The last line needs no room under it."""
        return int((height - size) / leading + 1) if height >= size else 0

    def set_grid_runs(self, runs: Sequence[Run], shape: Shape = _INDENTED, *, tag: str = "P", hold: int = 0) -> None:
        """``set_runs`` in 3号 on the lines of the sheet."""
        self.set_runs(runs, size=SIZE, leading=self.line, shape=shape, tag=tag, hold=hold)

    def lines_of(self, runs: Sequence[Run]) -> int:
        """How many lines a paragraph takes."""
        cleaned = [(typeset.clean(text).replace("\n", " "), face) for text, face in runs]
        return len(self._lines(cleaned, SIZE, _INDENTED)[0])

    def heading(self, text: str, level: int = 1) -> None:
        """一、黑体 （一）楷体 1. and （1）仿宋, indented by two characters, kept with what follows (7.3.3)."""
        self.set_heading([(text, HEADING_FACES[level])], text, level)

    def set_heading(self, runs: Sequence[Run], title: str, level: int, *, keep: int = 1) -> None:
        """A heading, with the text that runs on after it, if any; ``keep`` lines after it stay on its page."""
        lines = self.lines_of(runs) if len(runs) == 1 else 1
        if self.room() < lines + keep and self.y < self.top:
            self.new_page()
        title = typeset.clean(title).replace("\n", " ")
        self.doc.bookmark(title[:60].rstrip("。，：；"), min(level, 2), self._height_on_sheet())
        is_alone = len(runs) == 1
        self.set_grid_runs(runs, tag=f"H{min(level, 2) + 1}" if is_alone and level <= 2 else "P")

    def _height_on_sheet(self) -> float:
        """Where a bookmark leads."""
        return _UPRIGHT.height if self.is_turned else self.y + 8

    def paragraph(
        self,
        text: str,
        *,
        face: FaceName = "fang",
        size: float = SIZE,
        leading: float = 0,
        indent: float = 2,
        inset: float = 0,
        lead: str = "",
    ) -> None:
        """Text on the grid; size and leading are those of the sheet."""
        for part in typeset.clean(text).split("\n"):
            self.set_grid_runs([(lead, "hei"), (part, face)], Shape(indent=indent))
            lead = ""

    # -- single lines

    def piece(self, element: Element, x: float, text: str, face: FaceName = "fang", size: float = SIZE) -> None:
        """A text whose characters' tops stand at ``y``, ``x`` points from the left edge of the 版心."""
        self.ensure(size)
        with self.doc.tagged(element):
            self.text(self.left + x, self.y - BASE * size, text, face, size)

    def centred(
        self, text: str, face: FaceName, size: float, element: Element, *, colour: str = "0 g", leading: float = 0
    ) -> None:
        """A centred line whose characters' tops stand at ``y``; ``leading`` goes to the next one."""
        self.ensure(size)
        width = self.faces.width(text, face, size)
        with self.doc.tagged(element):
            self.text(self.left + (self.width - width) / 2, self.y - BASE * size, text, face, size, colour)
        self.y -= leading

    def rule(self, y: float, thick: float, *, colour: str = "0 G", span: tuple[float, float] | None = None) -> None:
        """A rule with its middle at ``y``, as wide as the 版心 or over ``span`` (left and right end)."""
        left, right = span or (self.left, self.left + self.width)
        self.doc.draw(f"/Artifact BMC {colour} {thick:.3f} w {left:.2f} {y:.3f} m {right:.2f} {y:.3f} l S EMC")

    # -- furniture

    def _foot_lines(self) -> list[str]:
        """An official paper bears nothing but the elements of the standard."""
        return []

    def _furnish(self, number: int, count: int) -> tuple[str, str]:
        """The page number: 4号 half-width 宋体 between one-em dashes that stand 7 mm below the 版心 (7.5).

        It stands one character in from the right on odd pages and from the left on even ones.
        """
        notice = self._preview_notice() if self.imprint.preview else self._verification(number)
        shown = "" if number in self.unnumbered else self._page_number(number)
        over = f"/Artifact BMC\n{shown}\n{notice}\nEMC" if shown or notice else ""
        return self._preview_mark_upright(), over

    def _page_number(self, number: int) -> str:
        text = f"— {number} —"
        low, high = self.faces.ink("—", "song")
        width = self.faces.width(text, "song", SMALL)
        left, right = _UPRIGHT.left + SMALL, _UPRIGHT.width - _UPRIGHT.right - SMALL
        y = _UPRIGHT.bottom - 7 * MM - (low + high) / 2000 * SMALL
        return self.text_operators(right - width if number % 2 else left, y, text, "song", SMALL)

    def _verification(self, number: int) -> str:
        """The verification code on the first page, where the office wants one: outside the 版心, near the edge."""
        text = self.verification_line() if number == 1 else ""
        if not text:
            return ""
        x = (_UPRIGHT.width - self.faces.width(text, "song", FOOT_SIZE)) / 2
        return self.text_operators(x, 12 * MM, text, "song", FOOT_SIZE)

    def _preview_mark_upright(self) -> str:
        self.kind = _UPRIGHT
        return self._preview_mark()

    def _preview_notice(self) -> str:
        text = PREVIEW
        x = (_UPRIGHT.width - self.faces.width(text, "hei", 8.5)) / 2
        return self.text_operators(x, 12 * MM, text, "hei", 8.5, "0.72 0.11 0.11 rg")


HEADING_FACES: Final[dict[int, FaceName]] = {1: "hei", 2: "kai", 3: "fang", 4: "fang"}
