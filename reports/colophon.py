"""版记: 抄送 and 印发 between rules at the foot of an official paper's last page (GB/T 9704-2012, 7.4)."""

from dataclasses import dataclass
from typing import Final

from reports import typeset
from reports.blocks import Official
from reports.facts import day_text
from reports.page import MM
from reports.sheet import BASE, SMALL, SMALL_LINE, Sheet

_OUTER: Final = 0.35 * MM
_INNER: Final = 0.25 * MM


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines of one part, 主送 or 抄送, hanging after the label's colon; or the last one with office and day."""

    label: str
    lines: tuple[str, ...]
    right: str = ""


class Colophon:
    """The 版记 of a paper, wrapped; ``height`` is what it takes above the foot of the 版心."""

    def __init__(self, sheet: Sheet, official: Official, *, addressees: str = "") -> None:
        """``addressees`` are given if 主送 is moved here because page 1 would show no text (7.3.2)."""
        self._sheet = sheet
        self._has_rules = official.form != "letter"
        copies = (("主送：", addressees), ("抄送：", official.copies_to))
        self._entries = [self._list(label, text) for label, text in copies if text.strip()]
        if self._has_rules and (official.printed_by or official.printed_on):
            day = f"{day_text(official.printed_on)}印发" if official.printed_on else ""
            self._entries.append(self._printed(typeset.clean(official.printed_by), day))

    @property
    def height(self) -> float:
        lines = sum(len(entry.lines) for entry in self._entries)
        return lines * SMALL_LINE if lines else 0.0

    def _list(self, label: str, text: str) -> Entry:
        text = typeset.clean(text).replace("\n", "").strip().rstrip("。")
        hang = len(label)
        measure = (self._sheet.width / SMALL - 2 - hang) * 1000
        return Entry(label, typeset.wrap(f"{text}。", self._sheet.faces.widths("fang"), measure))

    def _printed(self, office: str, day: str) -> Entry:
        faces = self._sheet.faces
        measure = (self._sheet.width / SMALL - 3) * 1000 - faces.width(day, "fang", 1000)
        return Entry("", typeset.wrap(office.replace("\n", " "), faces.widths("fang"), measure), day)

    def draw(self) -> None:
        """The entries from the foot of the 版心 upwards; the last rule lies on its edge."""
        if not self._entries:
            return
        sheet = self._sheet
        foot = sheet.kind.bottom
        y = foot + self.height
        for place, entry in enumerate(self._entries):
            if self._has_rules:
                sheet.rule(y, _INNER if place else _OUTER)
            self._entry(entry, y)
            y -= len(entry.lines) * SMALL_LINE
        if self._has_rules:
            sheet.rule(foot, _OUTER)

    def _entry(self, entry: Entry, y: float) -> None:
        sheet = self._sheet
        element = sheet.doc.root.add("P")
        x = sheet.left + SMALL
        base = y - (SMALL_LINE - SMALL) / 2 - BASE * SMALL
        with sheet.doc.tagged(element):
            if entry.label:
                sheet.text(x, base, entry.label, "fang", SMALL)
            for place, line in enumerate(entry.lines):
                at = x + len(entry.label) * SMALL
                sheet.text(at, base - place * SMALL_LINE, line, "fang", SMALL)
            if entry.right:
                last = base - (len(entry.lines) - 1) * SMALL_LINE
                at = sheet.left + sheet.width - SMALL - sheet.faces.width(entry.right, "fang", SMALL)
                sheet.text(at, last, entry.right, "fang", SMALL)
