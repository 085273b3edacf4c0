"""指标责任覆盖表 (``indicator-coverage``): each indicator with unit, milestone, value, task; empty cells counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.blocks import Band, Block, Cell, Column, Note, Report, Row, Table, Text, Value
from reports.facts import Count, Light, day_text


@dataclass(frozen=True, kw_only=True)
class CoverageLine:
    """An indicator of the table; ``gaps`` names its cells that have to be filled: units, milestone, value, task.

    ``baseline_words``, ``milestone_words`` and ``value_words`` stand where there is no figure and none is owed, or it
    is not shown. ``is_late``: the day has passed by which the value was to come.
    """

    number: str
    name: str
    state: Light
    units: str = ""
    baseline: Decimal | None = None
    baseline_words: str = ""
    target: str = ""
    milestone: Decimal | None = None
    milestone_words: str = ""
    value: Decimal | None = None
    value_words: str = ""
    counts: str = ""
    task: str = ""
    gaps: tuple[str, ...] = ()
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class CoverageDomain:
    """The indicators of a domain; ``gaps`` counts the cells to be filled."""

    name: str
    gaps: int
    lines: tuple[CoverageLine, ...]


@dataclass(frozen=True, kw_only=True)
class UnitCoverage:
    """How many indicators a unit leads, and how many of their cells are empty."""

    name: str
    indicators: int
    gaps: int


@dataclass(frozen=True, kw_only=True)
class IndicatorCoverage:
    """The table of ``year``; ``counts`` are the gaps by kind, ``omitted`` the goals with a figure and no indicator."""

    plan: str
    year: int
    as_of: date
    domains: tuple[CoverageDomain, ...]
    counts: tuple[Count, ...] = ()
    units: tuple[UnitCoverage, ...] = ()
    omitted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compose(paper: IndicatorCoverage) -> Report:
    """The table on landscape pages, domain by domain; then the units, and the goals that are left out."""
    return Report(
        title=f"{paper.plan}{paper.year}年指标责任覆盖表",
        under=(f"（截至{day_text(paper.as_of)}）",),
        body=_body(paper),
        is_landscape=True,
    )


def _body(paper: IndicatorCoverage) -> Iterator[Block]:
    yield from table(paper.domains, paper.counts, paper.year)
    for note in paper.notes:
        yield Note(note)
    if paper.omitted:
        yield Table(
            columns=(Column(head="有数值而没有设指标的目标", weight=100),),
            rows=[[text] for text in paper.omitted],
            name="遗漏的目标",
            caption="遗漏的目标",
        )
    if paper.units:
        yield Table(
            columns=(
                Column(head="牵头单位", weight=60),
                Column(head="指标", weight=20, align="center"),
                Column(head="空白", weight=20, align="center"),
            ),
            rows=_unit_rows(paper),
            name="按牵头单位",
            caption="按牵头单位",
        )


def _unit_rows(paper: IndicatorCoverage) -> Iterator[Row]:
    """The units, what has none, and all together as the table above counts them."""
    lines = sum(len(domain.lines) for domain in paper.domains)
    gaps = sum(domain.gaps for domain in paper.domains)
    for each in paper.units:
        yield [each.name, each.indicators, each.gaps or None]
    if rest := lines - sum(each.indicators for each in paper.units):
        yield ["未定责任单位", rest, gaps - sum(each.gaps for each in paper.units) or None]
    yield [Cell("合计", is_head=True), lines, gaps or None]


# Columns of the table as an annex on upright pages.
_UPRIGHT = (1, 2, 5, 6, 8, 9)


def table(
    domains: Sequence[CoverageDomain], counts: Sequence[Count], year: int, *, is_upright: bool = False
) -> Iterator[Block]:
    """The gaps counted, and the table; on upright pages without number, baseline, target and counts."""
    if counts:
        yield Text("，".join(f"{count.label}{count.value}{count.unit}" for count in counts) + "。")
    columns, rows = _columns(year), _rows(domains)
    if is_upright:
        columns = tuple(columns[place] for place in _UPRIGHT)
        rows = (row if isinstance(row, Band) else [row[place] for place in _UPRIGHT] for row in rows)
    yield Table(columns=columns, rows=rows, name="指标责任覆盖表", empty="（没有登记指标）")


def _columns(year: int) -> tuple[Column, ...]:
    return (
        Column(head="序号", weight=11, align="center"),
        Column(head="指标", weight=49),
        Column(head="责任单位", weight=38),
        Column(head="基期", weight=22, align="center"),
        Column(head="目标", weight=18, align="center"),
        Column(head=f"{year}年\n时间表", weight=18, align="center"),
        Column(head=f"{year}年\n数值", weight=26, align="center"),
        Column(head="分子/分母", weight=28, align="center"),
        Column(head="评价", weight=25),
        Column(head="在办任务", weight=27),
    )


def _rows(domains: Iterable[CoverageDomain]) -> Iterator[Row | Band]:
    for domain in domains:
        told = f"空白 {domain.gaps} 格" if domain.gaps else "无空白"
        yield Band(f"{domain.name}，{len(domain.lines)} 项，{told}")
        for line in domain.lines:
            yield _row(line)


def _row(line: CoverageLine) -> Row:
    def cell(name: str, value: Value) -> Value | Cell:
        empty = "逾期未报" if name == "value" and line.is_late else "空白"
        return Cell(empty, light="red") if name in line.gaps else value

    return [
        line.number,
        line.name,
        cell("units", line.units or None),
        line.baseline if line.baseline is not None else line.baseline_words or None,
        line.target or None,
        cell("milestone", line.milestone if line.milestone is not None else line.milestone_words or None),
        cell("value", line.value if line.value is not None else line.value_words or None),
        line.counts or None,
        Cell(line.state.word, light=line.state.code),
        cell("task", line.task or None),
    ]
