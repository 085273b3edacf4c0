"""What a cell of a table may hold, and how it is read and written. Pure.

Whatever kind Excel made of what was typed: a day may be a date, a text (2026-07-14, 2026年7月14日, 2026.7.14) or a bare
number; digits and marks may be full-width. What cannot be read is refused by a ``DomainError`` about the column.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from meetings.core import redline
from meetings.core.errors import DomainError
from meetings.tasks.rules import lines_of


class CellKind(StrEnum):
    """How a column's cells are read."""

    TEXT = "text"
    LINES = "lines"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    YES = "yes"
    UNIT = "unit"
    UNITS = "units"
    QUANTITIES = "quantities"
    STAGES = "stages"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``name`` is the action's argument, ``heading`` and ``note`` are what people read.

    ``most`` is the longest text or the largest number. ``choices`` are code → words. A fixed column says what the row
    is; it is not read into a value. ``blank``: what an empty cell means for a new row.
    """

    name: str
    heading: str
    kind: CellKind = CellKind.TEXT
    note: str = ""
    is_required: bool = False
    is_fixed: bool = False
    most: int = 200
    least: int = 0
    choices: Mapping[Any, str] = field(default_factory=dict)
    blank: Any = None
    width: float = 14


@dataclass(frozen=True, slots=True)
class Units:
    """The units that cells may name: by full, short or former name; ids go back to short names."""

    ids: Mapping[str, int]
    names: Mapping[int, str]


_APART = re.compile(r"[、，,；;\s/]+")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 1 January 2000 and 31 December 2099 as Excel counts days
_SERIAL_ZERO = date(1899, 12, 30)
YES_WORDS = ("是", "否")
_YES = {"是": True, "√": True, "✓": True, "y": True, "1": True, "否": False, "×": False, "n": False, "0": False}

Typed = object  # what a workbook holds in a cell


def text_of(value: Typed) -> str:
    """A cell as text: one form of each character, LF, whole numbers without a point, days as 2026-07-14."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
        return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.min.time() else f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def read(column: Column, value: Typed, units: Units) -> Any:
    """The value of a cell that is not empty.

    Raises ``DomainError`` about ``column.name``: ``cell.day``, ``cell.number``, ``cell.choice``, ``cell.yes``,
    ``cell.unit``, ``cell.units_twice``, ``cell.too_long``, ``cell.control``, ``cell.secret``, ``cell.quantity``,
    ``cell.stage``.
    """
    text = text_of(value)
    if column.kind is CellKind.DAY:
        return _day(column, value, text)
    if column.kind is CellKind.NUMBER:
        return _number(column, text)
    if column.kind is CellKind.YES:
        return _yes(column, text)
    if column.kind is CellKind.CHOICE:
        return _choice(column, text)
    if code := redline.control_character(text):
        raise DomainError("cell.control", field=column.name, character=code)
    if len(text) > column.most:
        raise DomainError("cell.too_long", field=column.name, most=column.most, count=len(text))
    if mark := redline.secrecy_mark(text):
        raise DomainError("cell.secret", field=column.name, mark=mark)
    return _READ[column.kind](column, text, units)


def _day(column: Column, value: Typed, text: str) -> date:
    plain = unicodedata.normalize("NFKC", text)
    day: date | None = None
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
    elif told := _DAY.fullmatch(plain) or _PLAIN_DAY.fullmatch(plain):
        day = _calendar_day(told.groups())
    elif plain.isdecimal() and len(plain) == 5 and _FIRST_SERIAL <= int(plain) <= _LAST_SERIAL:
        day = _SERIAL_ZERO + timedelta(int(plain))
    if day is None or not 1900 <= day.year <= 2199:
        raise DomainError("cell.day", field=column.name, typed=text[:30])
    return day


def _number(column: Column, text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not re.fullmatch(r"\d{1,12}", plain) or not column.least <= int(plain) <= column.most:
        raise DomainError("cell.number", field=column.name, typed=text[:30], least=column.least, most=column.most)
    return int(plain)


def _yes(column: Column, text: str) -> bool:
    found = _YES.get(unicodedata.normalize("NFKC", text).lower())
    if found is None:
        raise DomainError("cell.yes", field=column.name, typed=text[:30])
    return found


def _choice(column: Column, text: str) -> StrEnum:
    plain = unicodedata.normalize("NFKC", text)
    for code, words in column.choices.items():
        if plain in {code, unicodedata.normalize("NFKC", words)}:
            found: StrEnum = code
            return found
    raise DomainError("cell.choice", field=column.name, typed=text[:30], choices="、".join(column.choices.values()))


def _unit(column: Column, text: str, units: Units) -> int:
    if text not in units.ids:
        raise DomainError("cell.unit", field=column.name, name=text[:50])
    return units.ids[text]


def _units(column: Column, text: str, units: Units) -> tuple[int, ...]:
    ids = [_unit(column, name, units) for name in _APART.split(text) if name]
    if len(set(ids)) != len(ids):
        raise DomainError("cell.units_twice", field=column.name)
    return tuple(ids)


def _quantities(column: Column, text: str, _units: Units) -> tuple[tuple[str, str, Decimal | None], ...]:
    """排查学校，所，28 on each line; the target may be left out."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in re.split(r"[，,]", line) if part.strip()]
        if not parts:
            continue
        if not 2 <= len(parts) <= 3 or len(parts[0]) > 50 or len(parts[1]) > 20:
            raise DomainError("cell.quantity", field=column.name, line=line[:30])
        target = _amount(parts[2]) if parts[2:] else None
        if parts[2:] and target is None:
            raise DomainError("cell.quantity", field=column.name, line=line[:30])
        found.append((parts[0], parts[1], target))
    return tuple(found)


def _amount(text: str) -> Decimal | None:
    """A positive number of the database's size, or None."""
    try:
        amount = Decimal(unicodedata.normalize("NFKC", text))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < 10**12 else None


def _stages(column: Column, text: str, _units: Units) -> tuple[tuple[date, str], ...]:
    """2026-09-01 完成排查 on each line."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        day = _DAY.match(unicodedata.normalize("NFKC", line[:14]))
        said = line[day.end() :].strip(" ，,：:\u3000") if day else ""
        if not day or not said or len(said) > 300 or (on := _calendar_day(day.groups())) is None:
            raise DomainError("cell.stage", field=column.name, line=line[:30])
        found.append((on, said))
    return tuple(sorted(found))


def _calendar_day(parts: Sequence[str]) -> date | None:
    """Year, month and day as a day that the calendar has, or None."""
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _figure(_column: Column, text: str, _units: Units) -> str:
    """A number in one way of writing: 12.0, １２ and 12 are the same; what is no plain number stays as it was typed."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    return f"{Decimal(plain).normalize():f}" if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", plain) else text


_READ: Mapping[CellKind, Any] = {
    CellKind.FIGURE: _figure,
    CellKind.TEXT: lambda _column, text, _units: text,
    CellKind.LINES: lambda _column, text, _units: tuple(lines_of(text)),
    CellKind.UNIT: _unit,
    CellKind.UNITS: _units,
    CellKind.QUANTITIES: _quantities,
    CellKind.STAGES: _stages,
}

EMPTY: Mapping[CellKind, Any] = {
    CellKind.FIGURE: "",
    CellKind.TEXT: "",
    CellKind.LINES: (),
    CellKind.UNITS: (),
    CellKind.QUANTITIES: (),
    CellKind.STAGES: (),
    CellKind.YES: False,
}


def shown(column: Column, value: Any, units: Units) -> str | int | date:
    """A value as its cell shows it, which ``read`` takes back: words of a choice, short names of units."""
    if value is None or value == ():
        return ""
    if column.kind is CellKind.UNIT:
        return units.names.get(value, "")
    if column.kind is CellKind.CHOICE:
        return column.choices.get(value, str(value))
    if column.kind is CellKind.YES:
        return "是" if value else "否"
    if column.kind in _JOINED:
        joined: str = _JOINED[column.kind](value, units)
        return joined
    return value if isinstance(value, date | int) else str(value)


def _shown_quantities(value: Iterable[tuple[str, str, Decimal | None]], _units: Units) -> str:
    return "\n".join("，".join((name, unit, *([f"{t.normalize():f}"] if t else []))) for name, unit, t in value)


_JOINED: Mapping[CellKind, Any] = {
    CellKind.LINES: lambda value, _units: "\n".join(value),
    CellKind.UNITS: lambda value, units: "、".join(units.names.get(id_, "") for id_ in value),
    CellKind.QUANTITIES: _shown_quantities,
    CellKind.STAGES: lambda value, _units: "\n".join(f"{day} {said}" for day, said in value),
}


def personal_data(values: Sequence[Typed]) -> bool:
    """Whether the texts of a row hold identity numbers or several names with phone numbers."""
    text = "\n".join(value for value in values if isinstance(value, str))
    return bool(text) and bool(redline.personal_data(text))
