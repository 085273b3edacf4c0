"""版头 of the four forms (GB/T 9704-2012, 7.2 and 10).

份号, 紧急程度, 发文机关标志, 发文字号, 签发人 and the red rules.
"""

from typing import Final

from reports.blocks import Official
from reports.facts import day_text
from reports.fonts import FaceName
from reports.page import MM
from reports.sheet import PITCH, RED, SIZE, Sheet
from reports.typeset import clean, wrap

MARK_TOP: Final = 35 * MM
"""The mark's ink under the top of the 版心 (7.2.4, 10.3)."""
LETTER_MARK_TOP: Final = 30 * MM
LETTER_FOOT: Final = 20 * MM
LETTER_RULE: Final = 170 * MM
"""Of a letter: the mark's ink under the sheet's edge, the lower double rule over its foot, their length (10.1)."""
RULE_DROP: Final = 4 * MM
RED_RULE: Final = 0.5 * MM
_SIGNER: Final = "签发人："
_MARK_INK: Final = 15 * MM
_NARROWEST: Final = 0.6
_THICK, _FINE, _APART = 0.9 * MM, 0.3 * MM, 1.2 * MM


def set_head(sheet: Sheet, official: Official) -> None:
    """Everything over the title; leaves ``y`` two lines under it."""
    if official.form == "letter":
        _letter_head(sheet, official)
        return
    _left_lines(sheet, official)
    sheet.y = sheet.top - MARK_TOP
    set_mark(sheet, official.mark)
    sheet.y -= 2 * sheet.line
    if official.form == "document":
        _number_and_signer(sheet, official)
    else:
        _issue_lines(sheet, official)
    sheet.y -= SIZE + RULE_DROP
    sheet.rule(sheet.y, RED_RULE, colour=f"{RED} RG")
    sheet.y -= 2 * sheet.line


def number_text(official: Official) -> str:
    """The number as printed, in one line."""
    return clean(official.number_text).replace("\n", " ")


def set_mark(sheet: Sheet, mark: str) -> None:
    """The mark in red 小标宋, its ink beginning at ``y``; condensed to fit, smaller or in two lines only if it must."""
    text = clean(mark).replace("\n", " ").strip()
    element = sheet.doc.root.add("P")
    for line in _mark_lines(sheet, text):
        low, high = sheet.faces.ink(line, "title")
        size = _MARK_INK * 1000 / max(high - low, 1)
        natural = sheet.faces.width(line, "title", size)
        narrow = min(1.0, sheet.width / natural) if natural else 1.0
        if narrow < _NARROWEST:
            size *= narrow / _NARROWEST
            narrow = _NARROWEST
        width = sheet.faces.width(line, "title", size) * narrow
        x = sheet.left + (sheet.width - width) / 2
        base = sheet.y - high / 1000 * size
        shown = sheet.doc.show(line, "title", size)
        font = sheet.doc.font("title", size)
        with sheet.doc.tagged(element):
            sheet.doc.draw(f"q BT {RED} rg {font} {narrow * 100:.2f} Tz {x:.2f} {base:.2f} Td {shown} ET Q")
        sheet.y = base + low / 1000 * size - 3 * MM
    sheet.y += 3 * MM


def _mark_lines(sheet: Sheet, text: str) -> tuple[str, ...]:
    """One line, unless its characters would be smaller than those of a title."""
    measure = sheet.width / _NARROWEST / 26 * 1000
    return tuple(line.rstrip() for line in wrap(text, sheet.faces.widths("title"), measure))[:3]


def _left_lines(sheet: Sheet, official: Official) -> None:
    """份号 in 3号, 紧急程度 in 3号黑体, flush left from the first line (7.2.1-3)."""
    lines: tuple[tuple[str, FaceName], ...] = ((official.copy_number, "song"), (official.urgency, "hei"))
    for text, face in lines:
        if text:
            sheet.piece(sheet.doc.root.add("P"), 0, _lines(sheet, text, face, sheet.width)[0], face)
            sheet.y -= sheet.line


def _lines(sheet: Sheet, text: str, face: FaceName, width: float) -> tuple[str, ...]:
    """A text of the head in lines of 3号 that fit a width."""
    return sheet.wrap(clean(text).replace("\n", " "), face, SIZE, width)


def _number_and_signer(sheet: Sheet, official: Official) -> None:
    """发文字号 centred; in an upward paper one character in, with the 签发人 one character from the right (7.2.5-6)."""
    number = _lines(sheet, number_text(official), "fang", sheet.width)
    if not official.signers_name:
        _centred(sheet, number)
        return
    label = sheet.faces.width(_SIGNER, "fang", SIZE)
    names = _lines(sheet, official.signers_name, "kai", sheet.width - 2 * PITCH - label)
    width = label + max(sheet.faces.width(name, "kai", SIZE) for name in names)
    x = sheet.width - PITCH - width
    element = sheet.doc.root.add("P")
    for place, name in enumerate(names):
        sheet.y -= sheet.line if place else 0
        if not place:
            sheet.piece(element, x, _SIGNER)
        sheet.piece(element, x + label, name, "kai")
    if sheet.faces.width(number[-1], "fang", SIZE) + 2 * PITCH > x:
        sheet.y -= sheet.line
    element = sheet.doc.root.add("P")
    for place, line in enumerate(number):
        sheet.y -= sheet.line if place else 0
        sheet.piece(element, PITCH if len(number) == 1 else 0, line)


def _centred(sheet: Sheet, lines: tuple[str, ...]) -> None:
    """Lines under each other; ``y`` is left at the last one."""
    element = sheet.doc.root.add("P")
    for place, line in enumerate(lines):
        sheet.y -= sheet.line if place else 0
        sheet.centred(line, "fang", SIZE, element)


def _issue_lines(sheet: Sheet, official: Official) -> None:
    """纪要 and 简报: number centred; on the next line the office one character in and the day one from the right."""
    _centred(sheet, _lines(sheet, number_text(official), "fang", sheet.width))
    if not official.signature and official.day is None:
        return
    element = sheet.doc.root.add("P")
    day = day_text(official.day) if official.day else ""
    width = sheet.faces.width(day, "fang", SIZE)
    for line in _lines(sheet, official.signature, "fang", sheet.width - 3 * PITCH - width):
        sheet.y -= sheet.line
        sheet.piece(element, PITCH, line)
    if day:
        sheet.piece(element, sheet.width - PITCH - width, day)


def _letter_head(sheet: Sheet, official: Official) -> None:
    """信函: mark and double rules; under the first one 份号 and 紧急程度 left, 发文字号 right (10.1)."""
    sheet.unnumbered.add(1)
    sheet.y = sheet.kind.height - LETTER_MARK_TOP
    set_mark(sheet, official.mark)
    upper = sheet.y - RULE_DROP
    _double(sheet, upper, is_upper=True)
    _double(sheet, LETTER_FOOT, is_upper=False)
    top = sheet.y = upper - _THICK - _APART - _FINE - 7 / 8 * SIZE
    _left_lines(sheet, official)
    under_left, sheet.y = sheet.y, top
    element = sheet.doc.root.add("P")
    for line in _lines(sheet, number_text(official), "fang", sheet.width - 4 * PITCH):
        sheet.piece(element, sheet.width - sheet.faces.width(line, "fang", SIZE), line)
        sheet.y -= sheet.line
    sheet.y = min(sheet.y, under_left) - 2 * sheet.line


def _double(sheet: Sheet, y: float, *, is_upper: bool) -> None:
    """A red double rule of 170 mm: thick over thin above, thin over thick below; ``y`` is its outer edge."""
    middle = sheet.kind.width / 2
    span = (middle - LETTER_RULE / 2, middle + LETTER_RULE / 2)
    inwards = -1 if is_upper else 1
    sheet.rule(y + inwards * _THICK / 2, _THICK, colour=f"{RED} RG", span=span)
    sheet.rule(y + inwards * (_THICK + _APART + _FINE / 2), _FINE, colour=f"{RED} RG", span=span)
