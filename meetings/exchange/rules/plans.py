"""A county's own 任务分解书 and list of indicators as tables: what they may leave out, what is looked at. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from meetings.core.errors import DomainError
from meetings.exchange.rules import cells
from meetings.exchange.rules.cells import Column
from meetings.exchange.rules.tables import Line, Outcome, Present
from meetings.plans.rules import tree
from meetings.plans.rules.figures import factor_of, read_figure

Rows = Sequence[Sequence[object]]
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]

_WITHIN = 12  # rows from the top in which the headings are looked for
_DOMAIN = "领域"
# What offices call the columns of their own tables.
_CALLED = {
    "目标": "主要目标",
    "主要责任": "主要责任单位",
    "牵头单位": "主要责任单位",
    "指标名称": "指标",
}
_AMOUNTS = ("tolerance", "baseline_value", "target_value")
_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")


def pasted(text: str) -> list[list[str]]:
    """The rows of a table that was copied out of Word or Excel: cells apart by tabs, or by upright lines."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    by = "\t" if any("\t" in line for line in lines) else "|"
    if by == "|":
        lines = [line.translate(str.maketrans("｜", "|")).strip().strip("|") for line in lines]
        lines = [line for line in lines if not re.fullmatch(r"[|\s:—-]*", line)]
    rows = [[cell.strip().strip('"') for cell in line.split(by)] for line in lines]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def prepared(rows: Rows, merged: Merged, columns: Sequence[Column], plan: str) -> tuple[list[list[object]], Merged]:
    """The table with what offices leave out: columns that the system fills in, the plan, a domain named once.

    A cell that is merged over rows says the same of each of them. The other merges stay, and are refused as in any
    table. Where no row of headings is found nothing is changed.
    """
    found: list[list[object]] = [list(row) for row in rows]
    wanted = {column.heading for column in columns}
    at = next((at for at, row in enumerate(found[:_WITHIN]) if len({*_names(row)} & wanted) >= 2), None)
    if at is None:
        return found, merged
    found[at] = list(_names(found[at]))
    kept = []
    for (top, left), (bottom, right) in merged:
        if left == right and top > at:
            for row in found[top + 1 : bottom + 1]:
                row[left] = found[top][left]
        else:
            kept.append(((top, left), (bottom, right)))
    missing = [column.heading for column in columns if column.heading not in found[at]]
    domain = found[at].index(_DOMAIN) if _DOMAIN in found[at] else None
    last: object = ""
    for row in found[at + 1 :]:
        is_filled = any(value != "" for value in row)
        if domain is not None and is_filled:
            row[domain] = last = row[domain] if row[domain] != "" else last
        row.extend(plan if heading == "规划" and is_filled else "" for heading in missing)
    found[at].extend(missing)
    return found, kept


def _names(row: Sequence[object]) -> Iterable[str]:
    for cell in row:
        name = "".join(cells.text_of(cell).split()).rstrip("*＊")
        yield _CALLED.get(name, name)


def check_plans(found: Iterable[Line], plans: Collection[str]) -> None:
    """Each row names a plan that may be changed."""
    for line in found:
        if line.outcome is not Outcome.WRONG and line.values["plan"] not in plans:
            line.refuse(DomainError("row.unknown_plan", field="plan", name=line.values["plan"][:50]))


def check_goals(found: Iterable[Line], present: Iterable[Present]) -> None:
    """A unit stands in one of the two roles, the first of 主要责任 leads, and no goal comes twice."""
    there = {tuple(row.values[name] for name in ("plan", "domain", "text")) for row in present}
    for line in found:
        if line.outcome is Outcome.NEW and tuple(line.values[name] for name in ("plan", "domain", "text")) in there:
            line.refuse(DomainError("row.same_goal", field="text"))
        _judge(line, lambda line=line: tree.responsible(line.values["main_units"], line.values["shared_units"]))
        _stays(line)


def check_indicators(found: Iterable[Line], present: Iterable[Present]) -> None:
    """Figures are figures of their unit, fields fit together, and no indicator is claimed twice."""
    there = {(row.values["plan"], row.values["name"]): row.key for row in present}
    seen: dict[tuple[str, str], Line] = {}
    for line in found:
        _stays(line)
        _judge(line, lambda line=line: tree.responsible(line.values["main_units"], line.values["shared_units"]))
        for name in _AMOUNTS:
            _judge(line, lambda line=line, name=name: amount(line, name))
        _judge(line, lambda line=line: _fits(line.values))
        if line.outcome is Outcome.WRONG:
            continue
        key = (line.values["plan"], line.values["name"])
        if key in seen:
            same = seen[key].values["main_units"][:1] == line.values["main_units"][:1]
            line.refuse(
                DomainError(
                    "row.same_indicator" if same else "row.claimed_twice", field="name", number=seen[key].number
                )
            )
        elif key in there and there[key] != line.key:
            line.refuse(DomainError("indicator.name_taken", field="name"))
        seen.setdefault(key, line)


def _judge(line: Line, rule: Any) -> None:
    if line.outcome is Outcome.WRONG:
        return
    try:
        rule()
    except DomainError as refusal:
        line.refuse(refusal)


def _stays(line: Line) -> None:
    """A row that is there stays in its plan and domain."""
    for change in line.changes:
        if change.column.name in {"plan", "domain"}:
            line.refuse(DomainError("row.other_domain", field=change.column.name))


def amount(line: Line, name: str) -> Decimal | None:
    """The number in one of the columns of figures; "12.3%" is one where the unit is %. Raises as ``read_figure``."""
    return read_figure(line.values[name], line.values["unit_of_measure"], field=name)


def available(text: str) -> tuple[int | None, int | None]:
    """3-31 or 3月31日 as month and day."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return None, None
    told = _DAY.fullmatch(plain)
    if not told or not 1 <= int(told[1]) <= 12 or not 1 <= int(told[2]) <= 31:
        raise DomainError("row.available", field="available", typed=text[:20])
    return int(told[1]), int(told[2])


def factor(unit_of_measure: str, denominator_name: str) -> int:
    """What a rate is multiplied by: that of its unit, 1 where the unit says nothing."""
    return factor_of(unit_of_measure) or (100 if denominator_name and not unit_of_measure else 1)


def _fits(values: Mapping[str, Any]) -> None:
    month, day = available(values["available"])
    unit = values["unit_of_measure"]
    tree.check_indicator(
        direction=values["direction"],
        tolerance=read_figure(values["tolerance"], unit),
        baseline_year=values["baseline_year"],
        baseline_value=read_figure(values["baseline_value"], unit),
        target_year=values["target_year"],
        target_value=read_figure(values["target_value"], unit),
        target_text=values["target_text"],
        level=values["level"],
        is_text=values["is_text"],
        available_month=month,
        available_day=day,
    )
