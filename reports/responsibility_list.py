"""任务分解表（责任清单、台账） (``responsibility-list``): a landscape ledger with columns to choose from."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports.facts import Count, Light

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
