"""版记: 抄送 and 印发 between rules at the foot of an official paper's last page (GB/T 9704-2012, 7.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports import typeset
from reports.blocks import Official
from reports.facts import day_text
from reports.flow import MM
from reports.sheet import BASE, HEIGHT, SMALL, SMALL_LINE, Sheet
from reports.structure import Element

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
        self._elements: dict[Entry, Element] = {}
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
        """The entries from the foot of the 版心 upwards; the last rule lies on its edge.

        A list longer than a page goes on over the next ones.
        """
        rows = [(entry, place) for entry in self._entries for place in range(len(entry.lines))]
        most = int(HEIGHT / SMALL_LINE)
        parts = [rows[start : start + most] for start in range(0, len(rows), most)]
        for turn, part in enumerate(parts):
            if turn:
                self._sheet.new_page()
            self._draw_part(part, is_last=turn == len(parts) - 1)

    def _draw_part(self, rows: Sequence[tuple[Entry, int]], *, is_last: bool) -> None:
        sheet = self._sheet
        y = sheet.kind.bottom + len(rows) * SMALL_LINE
        for entry, place in rows:
            if self._has_rules and not place:
                sheet.rule(y, _OUTER if entry is self._entries[0] else _INNER)
            self._row(entry, place, y)
            y -= SMALL_LINE
        if self._has_rules and is_last:
            sheet.rule(sheet.kind.bottom, _OUTER)

    def _row(self, entry: Entry, place: int, y: float) -> None:
        sheet = self._sheet
        element = self._elements.get(entry) or self._elements.setdefault(entry, sheet.doc.root.add("P"))
        base = y - (SMALL_LINE - SMALL) / 2 - BASE * SMALL
        x = sheet.left + SMALL
        with sheet.doc.tagged(element):
            if entry.label and not place:
                sheet.text(x, base, entry.label, "fang", SMALL)
            sheet.text(x + len(entry.label) * SMALL, base, entry.lines[place], "fang", SMALL)
            if entry.right and place == len(entry.lines) - 1:
                at = sheet.left + sheet.width - SMALL - sheet.faces.width(entry.right, "fang", SMALL)
                sheet.text(at, base, entry.right, "fang", SMALL)
