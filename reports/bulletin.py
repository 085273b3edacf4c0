"""情况通报 (``bulletin``): figures over all, what goes well, what does not, what comes next; units in list order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Annex, Block, Column, Note, Official, Row, Table, Text
from reports.facts import Count, Issuer, Rate, day_text, rate_text
from reports.sections import numbered_sections

BY_UNIT = "各单位任务办理情况表"


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """Numbers of tasks of one unit: ``led`` = ``done`` + ``going`` + ``suspended``; ``late`` is part of ``going``;
    ``due_changed`` of those led had their day moved.
    """

    unit: str
    led: int = 0
    done: int = 0
    going: int = 0
    late: int = 0
    suspended: int = 0
    due_changed: int = 0
    helped: int = 0


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """``states`` count the tasks by light. ``went_well``, ``problems``, ``next_steps`` are paragraphs, a line each.

    ``units`` stand in the order of the committee's list, never by their figures.
    """

    issuer: Issuer
    title: str
    addressees: str
    opening: str
    as_of: date
    day: date
    issued: int = 0
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()
    went_well: str = ""
    problems: str = ""
    next_steps: str = ""
    units: tuple[UnitFigures, ...] = ()
    copies_to: str = ""


def compose(bulletin: Bulletin) -> Official:
    """A document of the committee's office; the table of units is its annex."""
    return Official(
        form="document",
        mark=bulletin.issuer.office_mark,
        title=bulletin.title,
        body=_body(bulletin),
        year=bulletin.day.year,
        addressees=bulletin.addressees,
        attachments=(BY_UNIT,) if bulletin.units else (),
        signature=bulletin.issuer.office,
        day=bulletin.day,
        signing="seal",
        copies_to=bulletin.copies_to,
        printed_by=bulletin.issuer.office,
        annexes=(Annex(title=BY_UNIT, body=_by_unit(bulletin)),) if bulletin.units else (),
    )


def figures_text(as_of: date, issued: int, states: tuple[Count, ...], rates: tuple[Rate, ...]) -> str:
    """The figures in running text: how many tasks, by light, and each rate with both its numbers."""
    counted = "，".join(f"{each.label}{each.value}{each.unit}" for each in states if each.value)
    shares = "，".join(rate_text(rate) for rate in rates if rate.denominator)
    return (
        f"截至{day_text(as_of)}，共交办任务{issued}项"
        + "".join(f"；{part}" for part in (counted, shares) if part)
        + "。"
    )


def rules_text(rates: tuple[Rate, ...]) -> str:
    """How the rates are counted, one after another."""
    return "；".join(f"{rate.label}＝{rate.rule}" for rate in rates)


def _body(bulletin: Bulletin) -> Iterator[Block]:
    yield Text(bulletin.opening)
    yield from numbered_sections(
        (
            ("总体情况", figures_text(bulletin.as_of, bulletin.issued, bulletin.states, bulletin.rates)),
            ("主要做法和成效", bulletin.went_well),
            ("存在的主要问题", bulletin.problems),
            ("下一步工作要求", bulletin.next_steps),
        )
    )


_COLUMNS = (
    Column(head="序号", weight=7, align="center"),
    Column(head="单位", weight=31),
    Column(head="合计", weight=9, align="center", group="牵头任务（项）"),
    Column(head="已办结", weight=10, align="center", group="牵头任务（项）"),
    Column(head="在办", weight=9, align="center", group="牵头任务（项）"),
    Column(head="其中逾期", weight=12, align="center", group="牵头任务（项）"),
    Column(head="中止", weight=8, align="center", group="牵头任务（项）"),
    Column(head="配合任务（项）", weight=14, align="center"),
)


def _by_unit(bulletin: Bulletin) -> Iterator[Block]:
    yield Note(f"截至{day_text(bulletin.as_of)}，按单位名录顺序排列。")
    yield Table(columns=_COLUMNS, name="各单位", rows=_unit_rows(bulletin.units))
    moved = sum(unit.due_changed for unit in bulletin.units)
    changed = f"经批准延期的{moved}项按现定时限判断逾期。" if moved else ""
    rules = rules_text(bulletin.rates)
    yield Note(
        f"统计口径：已办结含已销号，不含撤销的任务；逾期含过了现定时限尚未申请办结、超期未签收和超期未报进展的任务。{changed}{rules}。"
    )


def _unit_rows(units: tuple[UnitFigures, ...]) -> Iterator[Row]:
    for place, unit in enumerate(units, 1):
        yield [
            str(place),
            unit.unit,
            unit.led,
            unit.done,
            unit.going,
            unit.late,
            unit.suspended,
            unit.helped,
        ]
