"""A table to fill in as an .xlsx: headings with notes, lists to choose from, cells that may not be changed.

Text is written as text: it never becomes a formula, a link or a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS: Final = 32_767  # of a cell (Excel specifications and limits)
_DAY = "yyyy-mm-dd"
_SPARE = 500  # rows below the last one that offer choices too
_BEGINNING = date(1900, 3, 1)  # days before it are counted wrongly by Excel and stand as text
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, the note that is shown beside it, what may be chosen, whether it is fixed."""

    heading: str
    width: float = 14
    note: str = ""
    choices: Sequence[str] = ()
    is_day: bool = False
    is_required: bool = False
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: lines above the headings, the columns and the rows; values are texts, days and numbers.

    ``is_locked``: only the cells of columns that are not fixed can be typed into.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    above: Sequence[str] = ()
    explained: Sequence[tuple[str, str]] = ()
    is_locked: bool = False


def written(table: Table, *, title: str, choices_name: str, explained_name: str) -> bytes:
    """The bytes of the workbook: the table, a sheet that explains each column, and a hidden one with the choices."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- loaded for the first workbook that somebody asks for

    out = BytesIO()
    workbook = Workbook(out, _OPTIONS)
    workbook.set_properties({"title": title, "created": datetime(2026, 1, 1)})  # noqa: DTZ001 -- the same bytes each time
    sheet = workbook.add_worksheet(table.name)
    explained = workbook.add_worksheet(explained_name)
    choices = workbook.add_worksheet(choices_name)
    choices.hide()
    _write_table(workbook, sheet, table)
    _offer_choices(sheet, choices, table, choices_name)
    _explain(workbook, explained, table)
    workbook.close()
    return out.getvalue()


def _write_table(workbook: "Workbook", sheet: "Worksheet", table: Table) -> None:
    look = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    open_ = {"locked": not table.is_locked}
    plain = workbook.add_format({**look, **open_, "num_format": "@", "locked": False})
    day = workbook.add_format({**look, **open_, "num_format": _DAY, "locked": False, "align": "left"})
    number = workbook.add_format({**look, "locked": False, "align": "left"})
    fixed = workbook.add_format({**look, "bg_color": "#F0F0F0", "font_color": "#404040", "num_format": "@"})
    fixed_day = workbook.add_format({**look, "bg_color": "#F0F0F0", "font_color": "#404040", "num_format": _DAY})
    head = workbook.add_format({**look, "bold": True, "bg_color": "#DCE6F1", "valign": "vcenter"})
    needed = workbook.add_format({**look, "bold": True, "bg_color": "#FCE4D6", "valign": "vcenter"})
    above = workbook.add_format({"font_name": "宋体", "font_size": 12, "text_wrap": False})
    for at, line in enumerate(table.above):
        sheet.write_string(at, 0, line, above)
    top = len(table.above)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, None if table.is_locked else plain)
        sheet.write_string(top, place, column.heading, needed if column.is_required else head)
    for at, row in enumerate(table.rows, top + 1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            text = fixed if column.is_fixed else plain
            if isinstance(value, date) and value >= _BEGINNING:
                sheet.write_datetime(at, place, datetime.combine(value, time()), fixed_day if column.is_fixed else day)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(at, place, value, fixed if column.is_fixed else number)
            elif value in (None, ""):
                sheet.write_blank(at, place, None, day if column.is_day and not column.is_fixed else text)
            else:
                sheet.write_string(at, place, str(value)[:MOST_CHARACTERS], text)
    sheet.freeze_panes(top + 1, 0)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    if table.is_locked:
        sheet.protect("", {"format_rows": True, "format_columns": True, "autofilter": True, "sort": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _offer_choices(sheet: "Worksheet", choices: "Worksheet", table: Table, choices_name: str) -> None:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 -- as above

    top = len(table.above) + 1
    last = top + len(table.rows) + (0 if table.is_locked else _SPARE)
    for place, column in enumerate(table.columns):
        told: dict[str, Any] = {}
        if column.note:
            told = {"input_title": column.heading[:32], "input_message": column.note[:255]}
        if column.choices:
            for at, choice in enumerate(column.choices):
                choices.write_string(at, place, choice)
            letter = xl_col_to_name(place, col_abs=True)
            source = f"'{choices_name}'!{letter}$1:{letter}${len(column.choices)}"
            sheet.data_validation(top, place, last, place, {"validate": "list", "source": source, **told})
        elif told and not column.is_fixed:
            sheet.data_validation(top, place, last, place, {"validate": "any", **told})


def _explain(workbook: "Workbook", sheet: "Worksheet", table: Table) -> None:
    look = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    head, plain = workbook.add_format({**look, "bold": True}), workbook.add_format(look)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 80)
    for at, (name, words) in enumerate(table.explained):
        sheet.write_string(at, 0, name, plain if at else head)
        sheet.write_string(at, 1, words, plain if at else head)
