"""署名 and 成文日期 of an official paper: under seals, without, or beside name stamps (GB/T 9704-2012, 7.3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.blocks import Official
from reports.facts import day_text
from reports.flow import MM
from reports.sheet import PITCH, SIZE, Sheet
from reports.titles import title_lines
from reports.typeset import clean

_SEAL_BLANK: Final = 2
_SEAL_UNDER: Final = 1
"""Lines kept free over the signature and under the day for a seal of 42 mm whose top is within a line of the text."""
_SEAL_ROW: Final = 5
"""Lines from one row of seals to the next, 52 mm: seals of 42 mm do not touch."""
_STAMP_BLANK: Final = 2
STAMP_WIDTH: Final = 40 * MM
"""Of the room for a name stamp; those in use are 30 to 40 mm wide and up to 20 mm high."""
_STAMP_LINES: Final = 2
MOST_COLUMNS: Final = 3
"""Seals of 42 mm side by side in the 156 mm of the 版心."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that begins ``start`` points from the left edge, ``line`` lines (also parts of one) under the first."""

    start: float
    line: float
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """``blank`` lines are free over it; it takes ``lines`` lines, those kept for seal or stamp included."""

    pieces: tuple[Piece, ...]
    lines: int
    blank: int


def signature_of(official: Official, sheet: Sheet) -> Signature:
    """Where the names and the day of a paper stand; one without both has no pieces."""
    names = [clean(name).replace("\n", " ").strip() for name in official.signed_by]
    day = day_text(official.day) if official.day else ""
    if official.signing == "stamp":
        return _stamped(names, day, sheet)
    if official.signing == "seal":
        return _sealed(names, day, sheet)
    return _plain(names, day, sheet)


def seal_rows(widths: Sequence[float], measures: Sequence[float]) -> list[list[int | None]]:
    """The places of names in rows of seals, the last row standing right, over the day; None is an empty place.

    ``measures`` are the room of a name in rows of one, two and three. Three seals stand in a row where every name
    fits over its own, two otherwise.
    """
    count = len(widths)
    columns = 1
    if count > 1:
        columns = MOST_COLUMNS if count > 2 and max(widths) <= measures[MOST_COLUMNS - 1] else 2
    missing = -count % columns
    full = count - count % columns if missing else count
    places: list[int | None] = [*range(full), *[None] * missing, *range(full, count)]
    return [places[start : start + columns] for start in range(0, len(places), columns)]


def _sealed(names: Sequence[str], day: str, sheet: Sheet) -> Signature:
    """Each name under its seal, the last with the day under it; the day four characters from the right (7.3.5.1)."""
    day_width = _width(day, sheet)
    if len(names) < 2:
        return _sealed_alone(names, day, day_width, sheet)
    measures = [sheet.width / columns - PITCH for columns in range(1, MOST_COLUMNS + 1)]
    rows = seal_rows([_width(name, sheet) for name in names], measures)
    columns = len(rows[0])
    last = min(sheet.width - 4 * PITCH - day_width / 2, sheet.width * (1 - 0.5 / columns))
    if columns == MOST_COLUMNS:
        last = sheet.width * (1 - 0.5 / columns)
    step = (2 * last - sheet.width) / (columns - 1)
    pieces: list[Piece] = []
    line = 0
    for turn, row in enumerate(rows):
        parts = [_lines(names[place], sheet, step - PITCH) if place is not None else [] for place in row]
        deepest = max(map(len, parts))
        for column, wrapped in enumerate(parts):
            middle = last - (columns - 1 - column) * step
            for under, text in enumerate(wrapped, line + deepest - len(wrapped)):
                pieces.append(Piece(middle - _width(text, sheet) / 2, under, text))
        line += deepest if turn == len(rows) - 1 else max(_SEAL_ROW, deepest + _SEAL_ROW - 1)
    if day:
        pieces.append(Piece(last - day_width / 2, line, day))
    return Signature(tuple(pieces), line + bool(day) + _SEAL_UNDER, _SEAL_BLANK)


def _sealed_alone(names: Sequence[str], day: str, day_width: float, sheet: Sheet) -> Signature:
    lines = [part for name in names for part in _lines(name, sheet)]
    wide = max((_width(line, sheet) for line in lines), default=0.0)
    middle = min(sheet.width - 4 * PITCH - day_width / 2, sheet.width - wide / 2)
    pieces = [Piece(middle - _width(text, sheet) / 2, line, text) for line, text in enumerate(lines)]
    if day:
        pieces.append(Piece(middle - day_width / 2, len(lines), day))
    return Signature(tuple(pieces), len(pieces) + _SEAL_UNDER, _SEAL_BLANK)


def _plain(names: Sequence[str], day: str, sheet: Sheet) -> Signature:
    """Names two characters from the right, one under another, the day's first character two right of the first name's.

    A day longer than the names stands two from the right itself (7.3.5.2).
    """
    lines = [part for name in names for part in _lines(name, sheet)]
    right, day_width = sheet.width - 2 * PITCH, _width(day, sheet)
    widths = [_width(line, sheet) for line in lines]
    starts = [right - width for width in widths]
    day_start = min(min(starts, default=right - day_width) + 2 * PITCH, sheet.width - day_width)
    if day_width > max(widths, default=0):
        day_start = right - day_width
        starts = [day_start - 2 * PITCH for _ in lines]
    pieces = [Piece(start, line, text) for line, (start, text) in enumerate(zip(starts, lines, strict=True))]
    if day:
        pieces.append(Piece(day_start, len(lines), day))
    return Signature(tuple(pieces), len(pieces), 1)


def _stamped(posts: Sequence[str], day: str, sheet: Sheet) -> Signature:
    """Posts two characters left of the room of their name stamps, which ends four from the right; one body a row.

    The day stands a line below the last stamp, four from the right (7.3.5.3).
    """
    at = sheet.width - 4 * PITCH - STAMP_WIDTH
    end = at - 2 * PITCH
    pieces: list[Piece] = []
    line = 0
    for post in posts:
        wrapped = _lines(post, sheet, end)
        height = max(_STAMP_LINES, len(wrapped))
        above = (height - len(wrapped)) / 2
        wide = max(_width(text, sheet) for text in wrapped)
        pieces += [Piece(end - wide, line + above + under, text) for under, text in enumerate(wrapped)]
        line += height + 1
    if day:
        pieces.append(Piece(sheet.width - 4 * PITCH - _width(day, sheet), line, day))
    return Signature(tuple(pieces), line + bool(day), _STAMP_BLANK)


def _width(text: str, sheet: Sheet) -> float:
    return sheet.faces.width(text, "fang", SIZE)


def _lines(text: str, sheet: Sheet, width: float | None = None) -> list[str]:
    measure = (width or sheet.width - 2 * PITCH) / SIZE * 1000
    return list(title_lines(text, sheet.faces.widths("fang"), measure)) if text else []
