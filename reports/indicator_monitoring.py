"""指标监测表 (``indicator-monitoring``): every indicator of a plan with its values, target, milestone and state."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.blocks import Band, Block, Cell, Column, Note, Rates, Report, Row, Table, Value
from reports.cards import chinese_number
from reports.facts import Rate, day_text
from reports.indicators import IndicatorDomain, IndicatorFacts, YearValue, states_text


@dataclass(frozen=True, kw_only=True)
class IndicatorMonitoring:
    """A plan's indicators in ``year``; ``years`` are the ones before it that are shown, oldest first."""

    plan: str
    year: int
    as_of: date
    domains: tuple[IndicatorDomain, ...]
    years: tuple[int, ...] = ()
    rates: tuple[Rate, ...] = ()
    notes: tuple[str, ...] = ()


def compose(paper: IndicatorMonitoring) -> Report:
    """The table on landscape pages, domain by domain."""
    return Report(
        title=f"{paper.plan}{paper.year}年指标监测表",
        under=(f"（截至{day_text(paper.as_of)}）",),
        body=_body(paper),
        is_landscape=True,
    )


def _body(paper: IndicatorMonitoring) -> Iterator[Block]:
    yield Note(states_text(paper.domains))
    yield Table(columns=_columns(paper), rows=_rows(paper), name="指标监测表", empty="（没有登记指标）")
    if paper.rates:
        yield Rates(paper.rates)
    for note in paper.notes:
        yield Note(note)


def _columns(paper: IndicatorMonitoring) -> tuple[Column, ...]:
    baseline, target = _common_years(paper)
    current = f"{paper.year}年"
    return (
        Column(head="序号", weight=12, align="center"),
        Column(head="指标", weight=44),
        Column(head="单位", weight=17, align="center"),
        Column(head="责任单位", weight=30),
        Column(head=f"基期值\n（{baseline}年）" if baseline else "基期值", weight=22, align="center"),
        *(Column(head=f"{year}年", weight=18, align="center", group="历年监测值") for year in paper.years),
        Column(head="分子", weight=16, align="center", group=current),
        Column(head="分母", weight=18, align="center", group=current),
        Column(head="监测值", weight=22, align="center", group=current),
        Column(head="应达", weight=17, align="center", group=current),
        Column(head=f"目标值\n（{target}年）" if target else "目标值", weight=22, align="center"),
        Column(head="判定", weight=28),
        Column(head="来源层级、备注", weight=32),
    )


def _common_years(paper: IndicatorMonitoring) -> tuple[int | None, int | None]:
    """The baseline and the target year of most indicators; of the others it stands in their remark."""
    known = [each for domain in paper.domains for each in domain.indicators]
    baselines = Counter(each.baseline_year for each in known if each.baseline_year)
    targets = Counter(each.target_year for each in known if each.target_year)
    return (
        baselines.most_common(1)[0][0] if baselines else None,
        targets.most_common(1)[0][0] if targets else None,
    )


def _rows(paper: IndicatorMonitoring) -> Iterator[Row | Band]:
    years = _common_years(paper)
    place = 0
    for number, domain in enumerate(paper.domains, 1):
        yield Band(f"{chinese_number(number)}、{domain.name}")
        for each in domain.indicators:
            place += 1
            yield _row(paper, each, place, years)


def _row(paper: IndicatorMonitoring, each: IndicatorFacts, place: int, years: tuple[int | None, int | None]) -> Row:
    current = each.value_of(paper.year)
    return [
        place,
        each.name,
        each.unit,
        "、".join(each.lead_units) or None,
        each.baseline if each.baseline is not None else each.baseline_words or None,
        *(_value(each.value_of(year)) for year in paper.years),
        _count(current.numerator if current else None),
        _count(current.denominator if current else None),
        _value(current),
        each.milestone_of(paper.year),
        each.target_shown,
        Cell(each.state.word, light=each.state.code),
        _remark(each, years),
    ]


def _count(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _value(known: YearValue | None) -> Value:
    """The value of a year, or why there is none (未到产出时间, 县级不监测)."""
    if known is None or known.value is not None:
        return known.value if known else None
    return known.reason or None


def _remark(each: IndicatorFacts, years: tuple[int | None, int | None]) -> str:
    baseline, target = years
    return "；".join(
        part
        for part in (
            each.level,
            f"基期为{each.baseline_year}年" if each.baseline_year not in (None, baseline) else "",
            f"目标年为{each.target_year}年" if each.target_year not in (None, target) else "",
            each.remark,
        )
        if part
    )
