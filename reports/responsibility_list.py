"""任务分解表（责任清单、台账） (``responsibility-list``): a landscape ledger with columns to choose from."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from reports.facts import Count, Light, day_text
from reports.fonts import Faces
from reports.imprint import Imprint
from reports.page import LANDSCAPE, Composer, Paper
from reports.tables import Align, Cell, Table

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
    (2026年9月30日（原2026年6月30日）).
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


class Column(NamedTuple):
    """A column's head, its share of the width, and how its cells stand."""

    head: str
    weight: float
    align: Align


COLUMNS: Final[dict[ColumnCode, Column]] = {
    "sequence": Column("序号", 15, "center"),
    "number": Column("编号", 28, "center"),
    "source": Column("来源", 28, "left"),
    "domain": Column("领域", 18, "center"),
    "objective": Column("目标任务", 46, "left"),
    "measures": Column("具体措施", 52, "left"),
    "standards": Column("完成标准", 40, "left"),
    "lead_unit": Column("牵头单位", 26, "center"),
    "cooperating_units": Column("配合单位", 30, "left"),
    "responsible_person": Column("责任人", 21, "center"),
    "liaison": Column("联络员", 21, "center"),
    "due": Column("完成时限", 27, "center"),
    "progress": Column("进展", 52, "left"),
    "completion_rate": Column("完成率", 21, "center"),
    "problems": Column("存在问题", 34, "left"),
    "next_steps": Column("下一步", 34, "left"),
    "state": Column("状态", 27, "left"),
    "closed_on": Column("销号时间", 27, "center"),
    "remarks": Column("备注", 18, "left"),
}


def render(listing: ResponsibilityList, imprint: Imprint, faces: Faces | None = None) -> Paper:
    """The list as a landscape ledger. ValueError if it has no columns or one it does not know."""
    unknown = [code for code in listing.columns if code not in COLUMNS]
    if unknown or not listing.columns:
        raise ValueError(f"columns: {', '.join(unknown) or 'none'}")
    composer = Composer(LANDSCAPE, imprint, title=listing.title, faces=faces)
    under = [listing.subtitle] if listing.subtitle else []
    composer.title_block([*under, f"（截至{day_text(listing.as_of)}）"])
    count = sum(len(section.rows) for section in listing.sections)
    totals = "　".join(f"{total.label} {total.value} {total.unit}" for total in listing.totals)
    composer.note(f"共 {count} 项" + (f"　其中：{totals}" if totals else ""))
    _table(composer, listing)
    return composer.finish()


def _table(composer: Composer, listing: ResponsibilityList) -> None:
    columns = [COLUMNS[code] for code in listing.columns]
    unit = composer.width / sum(column.weight for column in columns)
    size, leading = (9.0, 12.5) if len(columns) <= 12 else (7.5, 10.5)
    table = Table(
        composer,
        [column.weight * unit for column in columns],
        head=[[column.head for column in columns]],
        aligns=[column.align for column in columns],
        size=size,
        leading=leading,
        pad=2.5,
    )
    number = 0
    for section in listing.sections:
        if section.heading:
            table.band(section.heading)
        for row in section.rows:
            number += 1
            table.row([_cell(row, code, number) for code in listing.columns])
    if not number:
        table.row([Cell("（没有符合条件的任务）", span=len(columns), align="center")])
    table.close()


def _cell(row: ListRow, code: ColumnCode, number: int) -> str | Cell:
    if code == "sequence":
        return str(number)
    if code == "state":
        return Cell(row.state, light=row.light.code) if row.light else row.state
    text: str = getattr(row, code)
    return text
