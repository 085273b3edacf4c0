"""Lines that break the rules, counted from the text positions in a PDF, whoever wrote it.

A line is what stands on one base line in one column. The rules are those of GB/T 15834-2011, 5.1, and that numbers
and words stay whole; the lists here are the benchmark's own, not those of the engine.
"""

import ctypes
import math
import re
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
NEVER_FIRST = frozenset("，。、；：？！”’）》〉】〕%‰℃")
NEVER_LAST = frozenset("“‘（《〈【〔￥")
_WORD = re.compile(r"[0-9A-Za-z]")
_UNIT = re.compile("万元|公里|[年月日个亩项%]")


Column = tuple[float, tuple[float, float]]
"""Size of type, left and right edge."""


class Line(NamedTuple):
    text: str
    left: float
    right: float
    y: float


def count(path: Path, document: Any) -> Counter[str]:
    """Breaks by kind: ``start``, ``end``, ``cut`` (numbers, words, ——, ……), ``unit``, ``overflow``; and ``lines``."""
    found: Counter[str] = Counter()
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            columns = _columns(document)
            for (size, (_, right)), lines in _lines(page, columns).items():
                leading = next(pair[1] for pair in (document["text"], document["table"]) if pair[0] == size)
                found += _judge(lines, right, leading)
    return found


def _columns(document: Any) -> dict[float, list[tuple[float, float]]]:
    """Edges of the columns by size of type: the cells of the table, and the width of the text."""
    sheet = document["sheet"]
    width = 297 if sheet["landscape"] else 210
    found = {document["text"][0]: [(sheet["left"] * MM, (width - sheet["right"]) * MM)]}
    for part in document["parts"]:
        if part[0] == "table":
            edges = [sheet["left"] * MM + edge * MM for edge in accumulate(part[2], initial=0)]
            found[document["table"][0]] = list(pairwise(edges))
    return found


def _lines(page: Any, columns: Any) -> dict[Column, list[Line]]:
    """The lines of each column from top to bottom."""
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = raw.FS_MATRIX()
    box = [ctypes.c_double() for _ in range(4)]
    places: dict[tuple[Column, int], list[tuple[float, float, str, float]]] = defaultdict(list)
    for place in range(raw.FPDFText_CountChars(text)):
        char = chr(raw.FPDFText_GetUnicode(text, place))
        raw.FPDFText_GetMatrix(text, place, matrix)
        size = raw.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
        known = next((known for known in columns if abs(known - size) < 0.4), None)
        if known is None or char.isspace() or raw.FPDFText_IsGenerated(text, place) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        raw.FPDFText_GetCharBox(text, place, *box)
        middle = (box[0].value + box[1].value) / 2  # of the ink: a squeezed mark may begin in the column before
        edges = columns[known]
        column = next((each for each in edges if each[0] <= middle < each[1]), edges[-1])
        places[(known, column), round(y.value)].append((x.value, box[1].value, char, y.value))
    lines: dict[Column, list[Line]] = defaultdict(list)
    for (column, _), chars in sorted(places.items(), key=lambda item: -item[0][1]):
        chars.sort()
        words = "".join(char for _, _, char, _ in chars)
        lines[column].append(Line(words, chars[0][0], max(right for _, right, _, _ in chars), chars[0][3]))
    return lines


def _judge(lines: list[Line], right: float, leading: float) -> Counter[str]:
    found: Counter[str] = Counter(lines=len(lines))
    for place, line in enumerate(lines):
        found["overflow"] += line.right > right + 0.5
        found["start"] += line.text[0] in NEVER_FIRST
        found["end"] += line.text[-1] in NEVER_LAST
        after = lines[place + 1] if place + 1 < len(lines) else None
        if after and line.y - after.y < leading + 1.5 and after.left < min(line.left + 4, right):
            found += _cut(line.text, after.text)
    return found


def _cut(before: str, after: str) -> Counter[str]:
    """Whether a break stands inside a number, a word, a dash, or between a number and its unit."""
    last, first = before[-1], after[0]
    is_inside = bool(_WORD.match(last) and _WORD.match(first)) and last.isdigit() == first.isdigit()
    is_decimal = last in ".," and before[-2:-1].isdigit() and first.isdigit()
    is_dash = last == first and last in "—…"
    is_unit = last.isdigit() and bool(_UNIT.match(after))
    return Counter(cut=int(is_inside or is_decimal or is_dash), unit=int(is_unit))
