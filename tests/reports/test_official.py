"""Official papers: every element in its place, measured from the PDF itself, next to GB/T 9704-2012."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from reports import official, sheet
from reports.blocks import Official, Text
from reports.page import MM
from reports.samples import texts

TOLERANCE = 0.5 * MM
"""Half a millimetre."""
LEFT, TOP = 28 * MM, 260 * MM
RIGHT, BOTTOM = LEFT + 156 * MM, TOP - 225 * MM


def simple(**elements):
    return Official(**({"form": "document", "mark": "某县文件", "title": "关于工作的通知", "body": ()} | elements))


def made(paper, **imprint):
    return official.render(paper, texts.imprint(**imprint))


def chars(paper, page=0):
    """Every drawn character of a page with its loose box (left, bottom, right, top) in points."""
    text = pypdfium2.PdfDocument(bytes(paper))[page].get_textpage()
    whole = text.get_text_range()
    assert len(whole) == text.count_chars()
    return [(char, text.get_charbox(place, loose=True)) for place, char in enumerate(whole) if not char.isspace()]


def base_lines(paper, page=0):
    """Base lines of the text in the order it is drawn, as (x, y, size)."""
    pdf = pikepdf.open(BytesIO(paper))
    content = pikepdf.parse_content_stream(pdf.pages[page])
    lines, size = [], 0.0
    for operands, operator in content:
        if str(operator) == "Tf":
            size = float(operands[1])
        elif str(operator) in {"Td", "Tm"}:
            lines.append((*(float(each) for each in operands[-2:]), size))
    return lines


def near(value, expected):
    return value == pytest.approx(expected, abs=TOLERANCE)


def test_the_page_has_twenty_two_lines_of_twenty_eight_characters():
    paper = made(simple(body=(Text("妇" * 28 * 60),)))
    second = [box for char, box in chars(paper, 1) if char == "妇"]
    assert len(second) == 22 * 28
    assert near(min(box[0] for box in second), LEFT)
    assert near(max(box[2] for box in second), RIGHT)
    lines = sorted({round(y, 1) for x, y, size in base_lines(paper, 1) if size == sheet.SIZE}, reverse=True)
    assert len(lines) == 22
    assert near(lines[0] + 0.88 * 15.75, TOP)
    assert near(lines[-1] - 0.12 * 15.75, BOTTOM)
    pitch = (lines[0] - lines[-1]) / 21
    assert near(pitch, 15.75 * 15 / 8)
    columns = sorted({round(box[0], 1) for box in second})
    assert len(columns) == 28
    assert near((columns[-1] - columns[0]) / 27, 156 * MM / 28)
