"""Values in cells: text stays text, numbers and days keep their kind and are shown as they are printed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports import marks
from reports.blocks import Cell, value_text
from reports.facts import LightCode
from reports.typeset import legible

MOST_CHARS: Final = 32_767
"""Of a cell (Excel specifications and limits)."""
_SURE_DIGITS: Final = 15
_BEGINNING: Final = date(1900, 3, 1)
"""Days before it are counted wrongly by Excel and stand as text."""
_DAY: Final = 'yyyy"年"m"月"d"日"'
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a cell looks; ``border`` is around it or over and under it, ``number`` its number format."""

    font: str = "宋体"
    size: float = 10.5
    align: str = "left"
    is_bold: bool = False
    is_filled: bool = False
    border: Literal["box", "rules", ""] = "box"
    wraps: bool = True
    indent: int = 0
    colour: str = ""
    number: str = ""
    is_quoted: bool = False


class Cells:
    """Writes values into the sheets of a workbook, each look made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[Look, Format] = {}

    def format(self, look: Look) -> Format:
        found = self._formats.get(look)
        if found is None:
            found = self._formats[look] = self._workbook.add_format(_properties(look))
        return found

    def put(self, sheet: Worksheet, row: int, column: int, cell: Cell, look: Look) -> None:
        """A cell's value at a place, merged over its span; the look of a number or a light is added."""
        value, number = _stored(cell)
        if cell.light:
            look = replace(look, colour=_colour(cell.light))
        if number:
            look = replace(look, number=number)
        elif isinstance(value, str) and value.startswith(_STARTS):
            look = replace(look, is_quoted=True)
        shown = self.format(look)
        if cell.span > 1:
            sheet.merge_range(row, column, row, column + cell.span - 1, "", shown)
        if isinstance(value, str):
            sheet.write_string(row, column, value, shown) if value else sheet.write_blank(row, column, None, shown)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, shown)
        else:
            sheet.write_number(row, column, value, shown)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: Look) -> None:
        """Words at a place."""
        self.put(sheet, row, column, Cell(text), look)


def shortened(text: str) -> str:
    """A text that fits a cell; what is cut off is said."""
    text = legible(text)
    if len(text) <= MOST_CHARS:
        return text
    kept = MOST_CHARS - 60
    return f"{text[:kept]}……（Excel 单元格最多容纳 {MOST_CHARS} 字，余下 {len(text) - kept} 字见 PDF 或 Word 文书）"


def _stored(cell: Cell) -> tuple[str | float | datetime, str]:
    """What a sheet keeps of a value, with its number format; none for text."""
    value = cell.value
    if isinstance(value, date) and value_day(value) >= _BEGINNING:
        if isinstance(value, datetime):
            return value.replace(tzinfo=None, second=0, microsecond=0), f"{_DAY} hh:mm"
        return datetime.combine(value, time()), _DAY
    if isinstance(value, int | Decimal) and _is_sure(value):
        places = -min(0, int(Decimal(value).as_tuple().exponent))
        whole = "#,##0" if isinstance(value, Decimal) and cell.unit != "%" else "0"
        digits = whole + ("." + "0" * places if places else "")
        if cell.unit == "%":
            return float(Decimal(value).scaleb(-2)), f"{digits}%"
        unit = cell.unit.replace('"', "")
        return float(value), f'{digits}" {unit}"' if unit else digits
    return shortened(value_text(value, cell.unit)), ""


def value_day(value: date) -> date:
    """The day of a day or a moment."""
    return value.date() if isinstance(value, datetime) else value


def _is_sure(value: int | Decimal) -> bool:
    """Whether Excel keeps all digits of a number."""
    number = Decimal(value)
    return number.is_finite() and len(number.as_tuple().digits) <= _SURE_DIGITS


def _colour(light: LightCode) -> str:
    """The ink of a light as ``#RRGGBB``; its word stands in the cell."""
    return "#" + "".join(f"{round(float(part) * 255):02X}" for part in marks.INK[light].split())


def _properties(look: Look) -> dict[str, Any]:
    found: dict[str, Any] = {
        "font_name": look.font,
        "font_size": look.size,
        "align": look.align,
        "valign": "vcenter",
        "text_wrap": look.wraps,
        "bold": look.is_bold,
        "indent": look.indent,
        "quote_prefix": look.is_quoted,
    }
    for side in {"box": ("left", "right", "top", "bottom"), "rules": ("top", "bottom"), "": ()}[look.border]:
        found[side] = 1
    if look.is_filled:
        found["bg_color"] = "#F0F0F0"
    if look.colour:
        found["font_color"] = look.colour
    if look.number:
        found["num_format"] = look.number
    return found
