"""Where the elements of an official paper stand, read from its PDF; lengths are in points."""

from functools import lru_cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from reports import official
from reports.blocks import Official
from reports.flow import MM
from reports.samples import texts

TOLERANCE = 0.5 * MM
"""Half a millimetre."""
LEFT, TOP = 28 * MM, 260 * MM
RIGHT, BOTTOM = LEFT + 156 * MM, TOP - 225 * MM
LINE = (225 * MM - 15.75) / 21


def simple(**elements):
    return Official(**({"form": "document", "mark": "某县文件", "title": "关于工作的通知", "body": ()} | elements))


def made(paper, **imprint):
    return official.render(paper, texts.imprint(**{"is_verified": False} | imprint))


def chars(paper, page=0, *, loose=True):
    """Every drawn character of a page with its box (left, bottom, right, top) in points."""
    return _chars(bytes(paper), page, loose=loose)


@lru_cache(maxsize=8)
def _chars(content, page, *, loose):
    text = pypdfium2.PdfDocument(content)[page].get_textpage()
    places = range(text.count_chars())
    found = [(text.get_text_range(place, 1), text.get_charbox(place, loose=loose)) for place in places]
    return [(char, box) for char, box in found if char.strip()]


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


def rules(paper, page=0):
    """Horizontal rules as (left, right, y, width), lengths in points."""
    pdf = pikepdf.open(BytesIO(paper))
    drawn, start, width = [], None, 0.0
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[page]):
        match str(operator):
            case "w":
                width = float(operands[0])
            case "m":
                start = [float(each) for each in operands]
            case "l" if start and start[1] == float(operands[1]):
                drawn.append((start[0], float(operands[0]), start[1], width))
    return drawn


def box(paper, words, page=0, *, loose=True):
    """The box around some words: left, bottom, right, top."""
    drawn = chars(paper, page, loose=loose)
    bare = words.replace(" ", "")
    at = "".join(char for char, _ in drawn).index(bare)
    boxes = [each for _, each in drawn[at : at + len(bare)]]
    return tuple(pick(each[side] for each in boxes) for side, pick in enumerate((min, min, max, max)))


def near(value, expected):
    return value == pytest.approx(expected, abs=TOLERANCE)
