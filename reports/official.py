"""A 公文类 paper as PDF by GB/T 9704-2012: 版头, 主体, annexes, 版记, in the form it asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from reports.blocks import Annex, Block, Fields, Heading, Note, Official, PageBreak, Table, Text
from reports.body import set_block
from reports.colophon import Colophon
from reports.drawn import Paper
from reports.flow import Run, Shape
from reports.fonts import Faces
from reports.heads import set_head
from reports.imprint import Imprint
from reports.sheet import HEADING_FACES, LARGE, LINES, PITCH, SIZE, SMALL, SMALL_LINE, TITLE_LINE, Sheet
from reports.signatures import signature_of
from reports.titles import title_lines
from reports.typeset import clean

_OTHER_LINES: Final = (23, 21, 24, 20)
"""Lines of a page tried in turn when the signature would stand without text (7.3.5.5)."""
_WHOLE: Final = 3
"""A paragraph of so few lines is not parted between pages."""
_TITLE_MEASURE: Final = 20
_FINE: Final = 12.0
"""小四: how the figures of a brief are counted, so that it keeps to two pages."""
_SNUG: Final = (0.8, 0.6)
"""Of the height of a form's boxes, tried in turn when the 版记 would stand on a page of its own after it."""


def render(official: Official, imprint: Imprint, faces: Faces | None = None) -> Paper:
    """The paper's bytes, the same for the same content and imprint."""
    official = _kept(official)
    first = _Setting(official, imprint, faces, LINES)
    if first.is_sound:
        return first.finish()
    has_form = bool(official.annexes) and any(isinstance(block, Fields) for block in official.annexes[-1].body)
    if has_form and first.is_signed_with_text:
        for snug in (*_SNUG, None):
            setting = _Setting(official, imprint, faces, LINES, snug=snug)
            if setting.is_sound:
                return setting.finish()
    others = [_Setting(official, imprint, faces, lines) for lines in _OTHER_LINES]
    for setting in others:
        if setting.is_sound:
            return setting.finish()
    held = _Setting(official, imprint, faces, LINES, hold=2)
    if held.is_sound:  # the last lines of the text go on to the page of the 版记
        return held.finish()
    for setting in (first, *others):
        if setting.is_signed_with_text:
            return setting.finish()
    return held.finish()


def _kept(official: Official) -> Official:
    """With bodies and rows that can be gone through more than once."""
    annexes = tuple(replace(annex, body=_kept_body(annex.body)) for annex in official.annexes)
    return replace(official, body=_kept_body(official.body), annexes=annexes)


def _kept_body(body: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(replace(each, rows=tuple(each.rows)) if isinstance(each, Table) else each for each in body)


def _refitted(annex: Annex, snug: float | None) -> Annex:
    """The annex with the boxes of its forms lower, or with the last one on the next page."""
    if snug == 1:
        return annex
    body: list[Block] = []
    for block in annex.body:
        if not isinstance(block, Fields):
            body.append(block)
        elif snug is None and len(block.boxes) > 1:
            body += [Fields(block.boxes[:-1]), PageBreak(), Fields(block.boxes[-1:])]
        else:
            share = snug or _SNUG[-1]
            body.append(Fields(tuple((label, text, lines * share) for label, text, lines in block.boxes)))
    return replace(annex, body=tuple(body))


class _Setting:
    """One try at a paper with a number of lines a page; ``hold`` lines of text go with the signature.

    ``snug`` is the share of its height that a form in the last annex keeps; with None its last box goes on to the page
    of the 版记, which then does not stand alone.
    """

    def __init__(
        self,
        official: Official,
        imprint: Imprint,
        faces: Faces | None,
        lines: int,
        *,
        hold: int = 0,
        snug: float | None = 1,
    ) -> None:
        self.is_signed_with_text = True
        self._official = official
        self._is_held = False
        self._is_annexed = False
        self._sheet = sheet = Sheet(imprint, title=official.title, faces=faces, lines=lines)
        set_head(sheet, official)
        self._title(official.title)
        moved = self._addressees()
        self._body(official.body, hold=hold)
        self._attachments()
        if official.form in ("document", "letter"):
            self._signature()
        self._remark()
        self._attendance()
        for place, annex in enumerate(official.annexes, 1):
            is_last = place == len(official.annexes)
            self._annex(_refitted(annex, snug) if is_last else annex, place)
        self._colophon = Colophon(sheet, official, addressees=moved)
        self._ends_alone = not self._fits_colophon()

    @property
    def is_sound(self) -> bool:
        """Whether the signature stands with text and the 版记 needs no page of its own."""
        return self.is_signed_with_text and not self._ends_alone

    def finish(self) -> Paper:
        """Set the 版记 and return the bytes."""
        sheet = self._sheet
        if self._ends_alone:
            if sheet.page % 2 == 0:  # the 版记 stands on a back: a blank front lies between (7.5)
                sheet.unnumbered |= {sheet.page + 1, sheet.page + 2}
                sheet.turn(is_landscape=False)
            sheet.turn(is_landscape=False)
        self._colophon.draw()
        return sheet.finish()

    def _fits_colophon(self) -> bool:
        height = self._colophon.height
        if not height:
            return True
        sheet = self._sheet
        return not sheet.is_turned and sheet.y + sheet.line - SIZE >= sheet.kind.bottom + height + SIZE / 2

    # -- title and addressees

    def _title(self, title: str, *, tag: str = "H1") -> None:
        """2号小标宋, its lines a trapezoid or rhombus (7.3.1)."""
        sheet = self._sheet
        text = clean(title).replace("\n", " ").strip()
        element = sheet.doc.root.add(tag)
        sheet.doc.bookmark(text[:60], 0 if tag == "H1" else 1, sheet.y + 8)
        for line in title_lines(text, sheet.faces.widths("title"), _TITLE_MEASURE * 1000):
            sheet.centred(line, "title", LARGE, element, leading=TITLE_LINE)
        self._to_grid()

    def _to_grid(self) -> None:
        """Leave about one line under a title and go on on the grid."""
        sheet = self._sheet
        y = sheet.y + TITLE_LINE - LARGE - sheet.line
        rows = round((sheet.top - y) / sheet.line + 0.45)
        sheet.y = sheet.top - rows * sheet.line

    def _addressees(self) -> str:
        """主送, flush left, its further lines too (7.3.2); returns it if it must move to the 版记."""
        sheet = self._sheet
        names = clean(self._official.addressees).replace("\n", "").strip().rstrip("：:")
        if not names:
            return ""
        lines = sum(sheet.advances([(names, "fang")])) / (sheet.width / SIZE * 1000)
        if lines + 2 > sheet.room():
            return names
        sheet.set_grid_runs([(f"{names}：", "fang")], Shape(indent=0))
        return ""

    # -- text

    def _body(self, body: Iterable[Block], *, hold: int = 0) -> None:
        """Text on the grid; other blocks between its lines."""
        blocks = tuple(body)
        place = 0
        while place < len(blocks):
            block, after = blocks[place], blocks[place + 1] if place + 1 < len(blocks) else None
            place += 1
            held = hold if place + isinstance(block, Heading) >= len(blocks) else 0
            if isinstance(block, Heading):
                place += self._heading(block, after, hold=held)
            else:
                self._block(block, hold=held)

    def _heading(self, heading: Heading, after: Block | None, *, hold: int) -> int:
        """A heading kept with what follows it; one that ends with a full stop runs into the text, which counts as set.

        Returns the number of blocks set beyond the heading.
        """
        run: Run = (heading.text.strip(), HEADING_FACES[heading.level])
        if not isinstance(after, Text):
            self._sheet.set_heading([run], heading.text, heading.level)
            return 0
        first, _, rest = clean(after.text).partition("\n")
        runs: list[Run] = [(after.lead, "hei"), (first, "fang")]
        if not run[0].endswith("。"):
            lines = self._sheet.lines_of(runs)
            if hold and lines <= hold + 1:
                self._sheet.new_page()
                self._is_held = True
            self._sheet.set_heading([run], heading.text, heading.level, keep=lines if lines <= _WHOLE else 2)
            return 0
        self._sheet.set_heading([run, *runs], heading.text, heading.level)
        if rest:
            self._text(Text(rest), hold=hold)
        return 1

    def _block(self, block: Block, *, hold: int = 0) -> None:
        sheet = self._sheet
        match block:
            case Text():
                self._text(block, hold=hold)
            case Note() if self._is_annexed:
                sheet.set_runs([(block.text, "kai")], size=SMALL, leading=SMALL_LINE - 4, shape=Shape())
                sheet.snap()
            case Note() if self._official.form == "brief":
                sheet.set_runs([(block.text, "kai")], size=_FINE, leading=1.5 * _FINE, shape=Shape())
                sheet.snap()
            case Note():
                sheet.paragraph(block.text, face="kai")
            case PageBreak():
                set_block(sheet, block)
            case _:
                set_block(sheet, block)
                sheet.snap()

    def _text(self, block: Text, *, hold: int = 0) -> None:
        parts = clean(block.text).split("\n")
        for place, part in enumerate(parts):
            runs: list[Run] = [(part, "kai" if block.is_quoted else "fang")]
            if block.lead and not place:
                runs.insert(0, (block.lead, "hei"))
            self._held(runs, hold if place == len(parts) - 1 else 0, inset=2 if block.is_quoted else 0)

    def _held(self, runs: Sequence[Run], hold: int, *, inset: int = 0) -> None:
        """A paragraph whose last lines may have to go with the signature; a short one goes as a whole."""
        sheet = self._sheet
        if hold and sheet.lines_of(runs) <= hold + 1:
            if not self._is_held:
                sheet.new_page()
            hold = 0
        sheet.set_grid_runs(runs, Shape(ends=(inset, inset)), hold=hold)

    # -- after the text

    def _attachments(self) -> None:
        """附件说明: one line below the text, names without end marks, aligned under each other (7.3.4)."""
        names = [clean(name).replace("\n", " ").strip().rstrip("。；，、") for name in self._official.attachments]
        sheet = self._sheet
        if not names:
            return
        self._keep(min(len(names), 3), blank=1)
        for place, name in enumerate(names, 1):
            number = f"{place}. " if len(names) > 1 else ""
            label = ("附件：" if place == 1 else "") + number
            wide = sheet.faces.width(number, "fang", SIZE) / PITCH
            indent = 2 if place == 1 else 5
            sheet.set_grid_runs([(name, "fang")], Shape(indent, 5 + wide, label=(label, "fang")))

    def _signature(self) -> None:
        """Who signs and the day, with room for seals, without, or beside name stamps (7.3.5)."""
        sheet = self._sheet
        signature = signature_of(self._official, sheet)
        if not signature.pieces:
            return
        self._keep(signature.lines, blank=signature.blank, is_signature=True)
        top = sheet.y
        for piece in signature.pieces:
            sheet.y = top - piece.line * sheet.line
            sheet.piece(sheet.doc.root.add("P"), piece.start, piece.text)
        sheet.y = top - signature.lines * sheet.line

    def _keep(self, lines: int, *, blank: int, is_signature: bool = False) -> None:
        """Leave lines free and see that what follows them fits."""
        sheet = self._sheet
        if sheet.room() < lines + blank and sheet.y < sheet.top:
            sheet.new_page()
            if is_signature:
                self.is_signed_with_text = False
            return
        if is_signature and sheet.y >= sheet.top:
            self.is_signed_with_text = False
        sheet.skip(blank)

    def _remark(self) -> None:
        """附注 in round brackets, indented by two characters, on the line below the day (7.3.6)."""
        text = clean(self._official.remark).replace("\n", " ").strip()
        if text:
            self._sheet.set_grid_runs([(f"（{text}）", "fang")])

    def _attendance(self) -> None:
        """出席, 请假, 列席 of minutes: labels in 黑体, names hanging after the colon (10.3)."""
        official, sheet = self._official, self._sheet
        if official.form != "minutes":
            return
        lists = (("出席：", official.attended), ("请假：", official.on_leave), ("列席：", official.observers))
        is_first = True
        for label, names in lists:
            text = clean(names).replace("\n", " ").strip()
            if not text:
                continue
            if is_first:
                self._keep(2, blank=1)
                is_first = False
            sheet.set_grid_runs([(text.rstrip("。") + "。", "fang")], Shape(hang=2 + len(label), label=(label, "hei")))

    # -- annexes

    def _annex(self, annex: Annex, place: int) -> None:
        """A page of its own: 附件 and number in 3号黑体 on line 1, the title centred on line 3 (7.3.7)."""
        sheet = self._sheet
        sheet.turn(is_landscape=annex.is_landscape)
        self._is_annexed = True
        label = f"附件{place}" if len(self._official.annexes) > 1 else "附件"
        sheet.piece(sheet.doc.root.add("P"), 0, label, "hei")
        sheet.y -= 2 * sheet.line
        self._title(annex.title, tag="H2")
        self._body(annex.body)
