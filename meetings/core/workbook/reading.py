"""From the bytes of an .xlsx to its cells. Everything that could do harm is looked for before a parser sees it.

A workbook is an archive of XML. Refused are archives that unpack to too much, XML with a document type (entities),
sheets whose cells lie so far apart that they would fill the memory, and texts longer than Excel itself takes.
"""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from meetings.core.errors import DomainError

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_ROWS: Final = 10_000
_MOST_PARTS = 1000
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_RATIO = 200
_SMALL = 10_000  # bytes; a small file packs its few parts well without being a bomb
_MOST_CELLS = 1_000_000
_MOST_COLUMNS = 500
_LONGEST_TEXT = 32_767  # Excel specifications and limits: characters in a cell
_MOST_TEXT = 40_000_000  # characters in all cells together

Value = str | int | float | bool | date | datetime | time | timedelta
Place = tuple[int, int]  # row and column, from 0

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})""")
_ITEM = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
_UNSOLVED = re.compile(
    rb"""<c\b[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: ``rows`` from the first on, all of one width, empty cells as empty texts; merged areas by corners."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[tuple[Place, Place]]


def read(content: bytes, *, field: str = "files") -> list[Grid]:
    """The visible sheets of a workbook, formulas as the values that were last calculated for them.

    Raises ``DomainError`` beside ``field``: ``workbook.too_large``, ``workbook.not_one``, ``workbook.locked``,
    ``workbook.broken``, ``workbook.bomb``, ``workbook.entities``, ``workbook.too_wide``, ``workbook.too_many_rows``,
    ``workbook.cell_too_long``, ``workbook.unsolved`` (a formula without a value).
    """
    if len(content) > MOST_BYTES:
        raise DomainError("workbook.too_large", field=field, most=MOST_BYTES // 1024 // 1024)
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # an .xls, or an .xlsx behind a password
        raise DomainError("workbook.locked", field=field)
    if not content.startswith(b"PK\x03\x04"):
        raise DomainError("workbook.not_one", field=field)
    _look_through(content, field)
    return _parsed(content, field)


def _look_through(content: bytes, field: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if (
                len(parts) > _MOST_PARTS
                or unpacked > _MOST_UNPACKED
                or unpacked > _MOST_RATIO * max(len(content), _SMALL)
            ):
                raise DomainError("workbook.bomb", field=field)
            if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
                raise DomainError("workbook.not_one", field=field)
            lengths: Sequence[int] = ()
            sheets = []
            for part in parts:
                if not part.filename.lower().endswith((".xml", ".rels")):
                    continue
                xml = archive.read(part)  # of a part that is longer than it says the check sum fails
                if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")):
                    raise DomainError("workbook.entities", field=field)
                if _TEXTS.fullmatch(part.filename):
                    lengths = _lengths(xml, field)
                elif _SHEET.fullmatch(part.filename):
                    sheets.append(xml)
            for xml in sheets:
                _look_at_sheet(xml, lengths, field)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as broken:
        raise DomainError("workbook.broken", field=field) from broken


def _lengths(xml: bytes, field: str) -> list[int]:
    """How long each shared text is, in bytes of XML."""
    lengths = [len(item) for item in _ITEM.findall(xml)]
    if max(lengths, default=0) > _LONGEST_TEXT * 6:
        raise DomainError("workbook.cell_too_long", field=field, most=_LONGEST_TEXT)
    return lengths


def _look_at_sheet(xml: bytes, lengths: Sequence[int], field: str) -> None:
    rows = columns = 0
    for letters, digits in _REFERENCE.findall(xml):
        rows = max(rows, int(digits))
        if len(letters) > 1:
            columns = max(columns, _number(letters))
    if columns > _MOST_COLUMNS or rows * max(columns, 26) > _MOST_CELLS * 2:
        raise DomainError("workbook.too_wide", field=field)
    told = Counter(_SHARED.findall(xml))
    if sum(lengths[n] * count for text, count in told.items() if (n := int(text)) < len(lengths)) > _MOST_TEXT * 3:
        raise DomainError("workbook.bomb", field=field)
    if unsolved := _UNSOLVED.search(xml):
        raise DomainError("workbook.unsolved", field=field, cell=unsolved[1].decode())


def _number(letters: bytes) -> int:
    """The number of a column: A 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _parsed(content: bytes, field: str) -> list[Grid]:
    from python_calamine import (  # noqa: PLC0415 -- 3 MB that few pages need
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            return [
                _grid(book.get_sheet_by_name(sheet.name), field)
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
    except (CalamineError, OSError, ValueError, OverflowError) as broken:
        raise DomainError("workbook.broken", field=field) from broken


def _grid(sheet: Any, field: str) -> Grid:
    rows = [list(_tidy(row)) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise DomainError("workbook.too_many_rows", field=field, most=MOST_ROWS, count=len(rows))
    if any(isinstance(cell, str) and len(cell) > _LONGEST_TEXT for row in rows for cell in row):
        raise DomainError("workbook.cell_too_long", field=field, most=_LONGEST_TEXT)
    return Grid(sheet.name, rows, list(sheet.merged_cell_ranges or ()))


def _tidy(row: Sequence[Value]) -> Iterator[Value]:
    """A cell of spaces only is empty."""
    for cell in row:
        yield "" if isinstance(cell, str) and not cell.strip() else cell
