"""任务分解表（责任清单、台账） (``responsibility-list``): a landscape ledger with columns to choose from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from reports.blocks import Band, Block, Cell, Column, Note, Report, Row, Table, Value
from reports.facts import Count, Light, day_text

ColumnCode = Literal[
    "sequence",
    "number",
    "source",
    "domain",
    "objective",
    "measures",
    "standards",
    "lead_unit",
    "cooperating_units",
    "responsible_person",
    "liaison",
    "due",
    "progress",
    "completion_rate",
    "problems",
    "next_steps",
    "state",
    "closed_on",
    "remarks",
]

COLUMN_SETS: dict[str, tuple[ColumnCode, ...]] = {
    "issue": (
        "sequence",
        "number",
        "objective",
        "measures",
        "standards",
        "lead_unit",
        "cooperating_units",
        "due",
        "remarks",
    ),
    "tracking": (
        "sequence",
        "number",
        "objective",
        "lead_unit",
        "cooperating_units",
        "due",
        "progress",
        "completion_rate",
        "problems",
        "next_steps",
        "state",
    ),
    "closing": (
        "sequence",
        "number",
        "source",
        "objective",
        "standards",
        "lead_unit",
        "due",
        "state",
        "closed_on",
        "remarks",
    ),
    "full": (
        "sequence",
        "number",
        "source",
        "domain",
        "objective",
        "measures",
        "standards",
        "lead_unit",
        "cooperating_units",
        "responsible_person",
        "liaison",
        "due",
        "progress",
        "completion_rate",
        "problems",
        "next_steps",
        "state",
        "closed_on",
        "remarks",
    ),
}
"""Ready-made column sets: 交办, 跟踪, 销号, 全部."""


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One task of the list, every cell as text; ``light`` stands before the words of ``state``.

    The running number is counted by the paper. ``due`` holds both days where they differ
    (2026年9月30日, below it （原2026年6月30日）).
    """

    number: str = ""
    source: str = ""
    domain: str = ""
    objective: str = ""
    measures: str = ""
    standards: str = ""
    lead_unit: str = ""
    cooperating_units: str = ""
    responsible_person: str = ""
    liaison: str = ""
    due: str = ""
    progress: str = ""
    completion_rate: str = ""
    problems: str = ""
    next_steps: str = ""
    state: str = ""
    light: Light | None = None
    closed_on: str = ""
    remarks: str = ""


@dataclass(frozen=True, kw_only=True)
class ListSection:
    """Rows under one heading across the table (a domain, a meeting); an empty ``heading`` prints none."""

    rows: tuple[ListRow, ...]
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class ResponsibilityList:
    """The list: title, day, the columns in their order, the sections, and totals for the line above the table."""

    title: str
    as_of: date
    sections: tuple[ListSection, ...]
    columns: tuple[ColumnCode, ...] = COLUMN_SETS["issue"]
    subtitle: str = ""
    totals: tuple[Count, ...] = ()


COLUMNS: Final[dict[ColumnCode, Column]] = {
    "sequence": Column(head="序号", weight=15, align="center"),
    "number": Column(head="编号", weight=28, align="center"),
    "source": Column(head="来源", weight=28),
    "domain": Column(head="领域", weight=18, align="center"),
    "objective": Column(head="目标任务", weight=46),
    "measures": Column(head="具体措施", weight=52),
    "standards": Column(head="完成标准", weight=40),
    "lead_unit": Column(head="牵头单位", weight=26, align="center"),
    "cooperating_units": Column(head="配合单位", weight=30),
    "responsible_person": Column(head="责任人", weight=21, align="center"),
    "liaison": Column(head="联络员", weight=21, align="center"),
    "due": Column(head="完成时限", weight=33, align="center"),
    "progress": Column(head="进展", weight=52),
    "completion_rate": Column(head="完成率", weight=21, align="center"),
    "problems": Column(head="存在问题", weight=34),
    "next_steps": Column(head="下一步", weight=34),
    "state": Column(head="状态", weight=27),
    "closed_on": Column(head="销号时间", weight=27, align="center"),
    "remarks": Column(head="备注", weight=18),
}


def compose(listing: ResponsibilityList) -> Report:
    """The list as a landscape ledger. ValueError if it has no columns or one it does not know."""
    unknown = [code for code in listing.columns if code not in COLUMNS]
    if unknown or not listing.columns:
        raise ValueError(f"columns: {', '.join(unknown) or 'none'}")
    under = [listing.subtitle] if listing.subtitle else []
    return Report(
        title=listing.title,
        under=(*under, f"（截至{day_text(listing.as_of)}）"),
        is_landscape=True,
        body=_body(listing),
    )


def _body(listing: ResponsibilityList) -> Iterator[Block]:
    count = sum(len(section.rows) for section in listing.sections)
    totals = "　".join(f"{total.label} {total.value} {total.unit}" for total in listing.totals)
    yield Note(f"共 {count} 项" + (f"　其中：{totals}" if totals else ""))
    columns = _columns(listing)
    yield Table(
        columns=[COLUMNS[code] for code in columns],
        rows=_rows(listing, columns),
        name="任务分解表",
        empty="（没有符合条件的任务）",
    )


def _columns(listing: ResponsibilityList) -> Sequence[ColumnCode]:
    """Without that of numbers while no task has one: those of a list of drafts."""
    rows = [row for section in listing.sections for row in section.rows]
    if not rows or any(row.number for row in rows):
        return listing.columns
    return [code for code in listing.columns if code != "number"]


_OF_THE_TASK: Final = ("measures", "standards")
_LONG: Final = 26
"""What a task asks for, in so many characters or more, is printed once for tasks that were handed out alike."""


def _rows(listing: ResponsibilityList, columns: Sequence[ColumnCode]) -> Iterator[Row | Band]:
    number = 0
    for section in listing.sections:
        if section.heading:
            yield Band(section.heading)
        said: dict[tuple[str, str], int] = {}
        for row in section.rows:
            number += 1
            yield [_cell(row, code, number, said) for code in columns]


def _cell(row: ListRow, code: ColumnCode, number: int, said: dict[tuple[str, str], int]) -> Value | Cell:
    """A cell; ``said`` holds in which row of the section a long text of a column stood first."""
    if code == "sequence":
        return number
    if code == "state":
        return Cell(row.state, light=row.light.code) if row.light else row.state
    text: str = getattr(row, code)
    if code not in _OF_THE_TASK or len(text) < _LONG:
        return text
    first = said.setdefault((code, text), number)
    return text if first == number else Cell(text, instead=f"同第{first}项")
