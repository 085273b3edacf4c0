"""The page of a report: kinds, furniture, headings and paragraphs, and how a paper becomes bytes."""

import functools
from collections.abc import Iterator, Sequence
from typing import Final

from reports import typeset
from reports.drawn import Paper
from reports.facts import NONE, day_text
from reports.flow import MM, Flow, PageKind, Shape
from reports.fonts import FaceName, Faces, load
from reports.imprint import PREVIEW, Imprint
from reports.structure import Element
from reports.titles import title_lines

__all__ = ["LANDSCAPE", "MM", "UPRIGHT", "Composer", "Imprint", "PageKind"]

FOOT_SIZE: Final = 7.5
FOOT_LEADING: Final = 11.0
_FILTER_LINES = 5


UPRIGHT = PageKind(210 * MM, 297 * MM, left=26 * MM, right=26 * MM, top=27 * MM, bottom=14 * MM)
LANDSCAPE = PageKind(297 * MM, 210 * MM, left=15 * MM, right=15 * MM, top=20 * MM, bottom=10 * MM)


class Composer(Flow):
    """Sets a report from top to bottom: title, headings, text and notes, with a foot on every page."""

    def __init__(self, kind: PageKind, imprint: Imprint, *, title: str, faces: Faces | None = None) -> None:
        self.imprint = imprint
        title = typeset.clean(title).replace("\n", " ").strip()
        super().__init__(kind, faces or load(), title=title, author=imprint.issuer, created=imprint.printed_at)
        self._foot = self._foot_lines()
        self.bottom = kind.bottom + len(self._foot) * FOOT_LEADING + 12
        self._furniture: dict[bool, tuple[str, str]] = {}

    # -- elements

    def title_block(self, under: Sequence[str] = ()) -> None:
        """The title, centred in 小标宋, its lines a trapezoid or a rhombus, with small centred lines under it."""
        size = 22.0
        element = self.doc.root.add("H1")
        self.doc.bookmark(self.title, 0, self.y + 8)
        for line in title_lines(self.title, self.faces.widths("title"), self.width / size * 1000):
            self._centred(line, "title", size, 33, element)
        self.y -= 4
        for text in under:
            for line in self.wrap(text, "kai", 12, self.width):
                self._centred(line, "kai", 12, 19, self.doc.root.add("P"))
        self.y -= 10

    def _centred(self, text: str, face: FaceName, size: float, leading: float, element: Element) -> None:
        self.ensure(leading)
        x = self.left + (self.width - self.faces.width(text, face, size)) / 2
        with self.doc.tagged(element):
            self.text(x, self.y - (leading - size) / 2 - 0.88 * size, text, face, size)
        self.y -= leading

    def heading(self, text: str, level: int = 1) -> None:
        """A section heading of level 1 to 4, bookmarked, kept with what follows."""
        size, leading, face = _HEADINGS[level]
        text = typeset.clean(text).replace("\n", " ")
        lines = self.wrap(text, face, size, self.width)
        self.space(6 if level == 1 else 4)
        self.ensure(leading * len(lines) + 60)
        self.doc.bookmark(text[:60], level, self.y + 4)
        element = self.doc.root.add(f"H{level + 1}")
        with self.doc.tagged(element):
            for line in lines:
                self.text(self.left, self.y - (leading - size) / 2 - 0.88 * size, line, face, size)
                self.y -= leading
        self.space(2)

    def paragraph(
        self,
        text: str,
        *,
        face: FaceName = "fang",
        size: float = 14,
        leading: float = 24,
        indent: float = 2,
        inset: float = 0,
        lead: str = "",
    ) -> None:
        """Justified text with its first line indented by ``indent`` em and all lines inset by ``inset`` points.

        ``lead`` are the first words, in 黑体; a line break begins a new paragraph.
        """
        shape = Shape(indent=indent, ends=(inset / size, inset / size))
        for part in typeset.clean(text).split("\n"):
            self.set_runs([(lead, "hei"), (part, face)], size=size, leading=leading, shape=shape)
            lead = ""

    def note_height(self, text: str, *, size: float = 10, leading: float = 16) -> float:
        """What ``note`` takes."""
        return leading * len(self.wrap(text, "song", size, self.width))

    def note(self, text: str, *, face: FaceName = "song", size: float = 10, leading: float = 16) -> None:
        """Small ragged text of the full width, such as the totals over a table or the source of a sentence."""
        element = self.doc.root.add("P")
        for line in self.wrap(text, face, size, self.width):
            self.ensure(leading)
            with self.doc.tagged(element):
                self.text(self.left, self.y - (leading - size) / 2 - 0.88 * size, line, face, size)
            self.y -= leading

    def caption(self, text: str) -> None:
        """The words under a figure or over a table, centred in 楷体."""
        size = 10.0
        text = typeset.clean(text).replace("\n", " ")
        self.y -= 4
        element = self.doc.root.add("Caption")
        for line in self.wrap(text, "kai", size, self.width):
            self.ensure(size + 8)
            x = self.left + (self.width - self.faces.width(line, "kai", size)) / 2
            with self.doc.tagged(element):
                self.text(x, self.y - size, line, "kai", size)
            self.y -= size + 4
        self.y -= 4

    # -- furniture

    def _foot_lines(self) -> list[str]:
        """What the foot says, in lines of the text width; the first leaves room for the page number."""
        imprint = self.imprint
        number = "预览，未编号" if imprint.preview else imprint.number or NONE
        first = f"编号：{number}　打印时间：{day_text(imprint.printed_at)}　打印人：{imprint.printed_by or NONE}"
        last = [self.verification_line()]
        if imprint.audit_head:
            last.append(f"审计链首：{imprint.audit_head}")
        lines: list[str] = []
        lines += self.wrap(first.replace("\n", " "), "song", FOOT_SIZE, self.width - 90)
        if imprint.filter_text:
            text = f"筛选条件：{imprint.filter_text}".replace("\n", " ")
            wrapped = self.wrap(text, "song", FOOT_SIZE, self.width)
            lines += (
                wrapped
                if len(wrapped) <= _FILTER_LINES
                else (*wrapped[: _FILTER_LINES - 1], "……（筛选条件过长，余略）")
            )
        if said := "　".join(filter(None, last)):
            lines += self.wrap(said.replace("\n", " "), "song", FOOT_SIZE, self.width)
        return lines

    def verification_line(self) -> str:
        """The verification code in groups and where to type it; empty where the paper has none."""
        imprint = self.imprint
        said = [f"核验码：{_grouped(imprint.verification_code)}"] if imprint.verification_code else []
        if imprint.verify_address:
            said.append(f"核验地址：{imprint.verify_address}")
        return "　".join(said)

    def _furnish(self, number: int, count: int) -> tuple[str, str]:
        """The operators under and over a page: preview mark below, running head and foot above."""
        is_first = number == 1
        if is_first not in self._furniture:
            self._furniture[is_first] = (self._preview_mark(), "\n".join(self._furnish_all(is_first=is_first)))
        under, over = self._furniture[is_first]
        page = f"第 {number} 页 共 {count} 页"
        size = FOOT_SIZE + 1
        x = self.left + self.width - self.faces.width(page, "song", size)
        y = self.kind.bottom + len(self._foot) * FOOT_LEADING - FOOT_SIZE
        return under, f"/Artifact BMC\n{self.text_operators(x, y, page, 'song', size)}\n{over}\nEMC"

    def _preview_mark(self) -> str:
        """A large pale 预览 across a sheet that is none."""
        if not self.imprint.preview:
            return ""
        size = 150.0
        x = self.kind.width / 2 - size * 0.95
        y = self.kind.height / 2 - size * 0.75
        shown = self.doc.show("预览", "hei", size)
        place = f"0.866 0.5 -0.5 0.866 {x:.2f} {y:.2f} Tm"
        return f"/Artifact BMC q BT 0.95 g {self.doc.font('hei', size)} {place} {shown} ET Q EMC"

    def _furnish_all(self, *, is_first: bool) -> Iterator[str]:
        """What the furniture of all pages has in common; the first page bears no running head."""
        right = self.left + self.width
        grey = "0.25 g"
        top = self.kind.height - self.kind.top + 14
        notice = PREVIEW if self.imprint.preview else ""
        issuer = typeset.clean(self.imprint.issuer)
        if not is_first:
            size = 8.5
            left_text = self.fitting(issuer, size, self.width * 0.4)
            yield self.text_operators(self.left, top, left_text, "song", size, grey)
            title = self.fitting(self.title, size, self.width - self.faces.width(left_text, "song", size) - 20)
            at = right - self.faces.width(title, "song", size)
            yield self.text_operators(at, top, title, "song", size, grey)
            yield f"0.4 w 0.4 G {self.left:.2f} {top - 5:.2f} m {right:.2f} {top - 5:.2f} l S"
        if notice:
            at = self.left + (self.width - self.faces.width(notice, "hei", 8.5)) / 2
            yield self.text_operators(at, top + 13, notice, "hei", 8.5, "0.72 0.11 0.11 rg")
        y = self.kind.bottom + len(self._foot) * FOOT_LEADING
        yield f"0.4 w 0.4 G {self.left:.2f} {y + 3:.2f} m {right:.2f} {y + 3:.2f} l S"
        for line in self._foot:
            yield self.text_operators(self.left, y - FOOT_SIZE, line, "song", FOOT_SIZE, grey)
            y -= FOOT_LEADING

    def finish(self) -> Paper:
        """The bytes of the paper; nothing can be set after."""
        self._end_page()
        content = self.doc.save(self._furnish)
        return Paper(content, page_count=self.doc.page_count, missing=tuple(self.doc.missing))


_HEADINGS: Final[dict[int, tuple[float, float, FaceName]]] = {
    1: (15.0, 26.0, "hei"),
    2: (13.0, 22.0, "kai"),
    3: (12.5, 21.0, "hei"),
    4: (12.0, 20.0, "fang"),
}


@functools.lru_cache(maxsize=64)
def _grouped(code: str) -> str:
    """A verification code in groups of four, easier to type."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
