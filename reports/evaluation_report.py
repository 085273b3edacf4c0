"""评估报告 (``evaluation-report``): goals reached against milestones, what was done, what is missing, what is next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports import indicator_coverage
from reports.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Facts,
    Heading,
    Note,
    Rates,
    Report,
    Row,
    Series,
    Table,
    Text,
    Value,
)
from reports.cards import chinese_number
from reports.facts import NONE, Count, Light, Rate, day_text
from reports.indicator_coverage import CoverageDomain
from reports.indicators import IndicatorDomain, IndicatorFacts, states_counted, states_text
from reports.sections import listed


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of the evaluation (方案, 自评, 督导, 报告, 整改) with its days."""

    name: str
    from_on: date | None = None
    until_on: date | None = None
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """An inspection visit: group, day, unit, what was looked at, what was told."""

    group: str
    on: date
    unit: str
    looked_at: str = ""
    feedback: str = ""


@dataclass(frozen=True, kw_only=True)
class DomainReview:
    """What was done in one domain and came of it, with the names of the indicators to be drawn over the years."""

    domain: IndicatorDomain
    text: str = ""
    drawn: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A missed indicator: what it came to, the target, why as its unit says, and the task that puts it right."""

    name: str
    unit: str
    value: Decimal | None
    target: Decimal | None
    state: Light
    value_words: str = ""
    target_words: str = ""
    reason: str = ""
    task: str = ""


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """A line of the rectification list: problem, unit, day, the task with its state."""

    problem: str
    unit: str
    due_on: date
    task: str
    state: str


@dataclass(frozen=True, kw_only=True)
class EvaluationReport:
    """``kind`` is 中期评估 or 终期评估; ``year`` the last year judged. The texts are those of the evaluation's parts:

    ``summary`` over all, ``laws`` (法律政策), ``plans`` (目标纳入本部门规划), ``duties`` (职责履行), ``mechanisms``
    (工作机制), ``experience``, ``problems`` and ``reasons``, ``next_steps``; the last three as lines. ``coverage`` is
    the table of 指标责任覆盖表 with its gaps by kind and its notes.
    """

    plan: str
    kind: str
    year: int
    as_of: date
    domains: tuple[DomainReview, ...]
    evaluated_by: str = ""
    stages: tuple[Stage, ...] = ()
    visits: tuple[Visit, ...] = ()
    rates: tuple[Rate, ...] = ()
    summary: str = ""
    laws: str = ""
    plans: str = ""
    duties: str = ""
    mechanisms: str = ""
    experience: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    missed: tuple[Missed, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    coverage: tuple[CoverageDomain, ...] = ()
    coverage_counts: tuple[Count, ...] = ()
    coverage_notes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compose(report: EvaluationReport) -> Report:
    """The report on upright pages; the coverage table at its end."""
    return Report(
        title=f"{report.plan}{report.kind}报告", under=(f"（截至{day_text(report.as_of)}）",), body=_body(report)
    )


def _body(report: EvaluationReport) -> Iterator[Block]:
    parts = (
        ("评估工作概况", _overview),
        ("目标实现情况", _goals),
        ("分领域进展", _domains),
        ("保障措施", _measures),
        ("主要做法和经验", lambda report: [Text(listed(report.experience))] if report.experience else ()),
        ("存在问题和原因", _problems),
        ("下一步打算", lambda report: [Text(listed(report.next_steps))] if report.next_steps else ()),
        ("整改清单", _remedies),
        ("指标覆盖情况", _coverage),
    )
    place = 0
    for heading, part in parts:
        blocks = list(part(report))
        if blocks:
            place += 1
            yield Heading(f"{chinese_number(place)}、{heading}")
            yield from blocks
    for note in report.notes:
        yield Note(note)


def _overview(report: EvaluationReport) -> Iterator[Block]:
    yield Facts(
        (
            ("评估规划", report.plan),
            ("评估类别", report.kind),
            ("评估年度", f"{report.year}年"),
            ("评估单位", report.evaluated_by),
        )
    )
    if report.stages:
        columns = (
            Column(head="阶段", weight=24),
            Column(head="开始", weight=28, align="center"),
            Column(head="结束", weight=28, align="center"),
            Column(head="情况", weight=20, align="center"),
        )
        rows = [(each.name, each.from_on, each.until_on, each.state or None) for each in report.stages]
        yield Table(columns=columns, rows=rows, name="评估阶段")
    if report.summary:
        yield Text(report.summary)
    if report.visits:
        heads = (
            Column(head="督导组", weight=13),
            Column(head="时间", weight=18, align="center"),
            Column(head="单位", weight=13),
            Column(head="查看内容", weight=24),
            Column(head="反馈意见", weight=32),
        )
        visits = [(each.group, each.on, each.unit, each.looked_at, each.feedback) for each in report.visits]
        yield Table(columns=heads, rows=visits, name="督导情况", caption="督导情况")


def _goals(report: EvaluationReport) -> Iterator[Block]:
    """All indicators by state, with the rates and their rules."""
    domains = [each.domain for each in report.domains]
    yield Text(f"纳入评估的指标{states_text(domains)}。")
    if report.rates:
        yield Rates(report.rates)
    counts = tuple(Count(label=state.word, value=count, light=state.code) for state, count in states_counted(domains))
    if counts:
        yield Chart(kind="stacked", caption="指标按判定结果分布", head="判定", counts=counts)


def _domains(report: EvaluationReport) -> Iterator[Block]:
    for place, review in enumerate(report.domains, 1):
        yield Heading(f"（{chinese_number(place)}）{review.domain.name}", level=2)
        if review.text:
            yield Text(review.text)
        yield Table(
            columns=_columns(report.year),
            rows=[_row(each, report.year) for each in review.domain.indicators],
            name=review.domain.name,
            empty="（本领域没有指标）",
        )
        for each in review.domain.indicators:
            if each.name in review.drawn:
                yield _drawn(each, report.year)


def _columns(year: int) -> tuple[Column, ...]:
    return (
        Column(head="指标", weight=32),
        Column(head="单位", weight=12, align="center"),
        Column(head="基期值", weight=15.5, align="center"),
        Column(head=f"{year}年", weight=15.5, align="center"),
        Column(head="应达", weight=11, align="center"),
        Column(head="目标值", weight=15, align="center"),
        Column(head="判定", weight=20),
    )


def _row(each: IndicatorFacts, year: int) -> Row:
    known = each.value_of(year)
    value: Value = None
    if known:
        value = known.value if known.value is not None else known.reason or None
    return [
        each.name,
        each.unit,
        each.baseline if each.baseline is not None else each.baseline_words or None,
        value,
        each.milestone_of(year),
        each.target_shown,
        Cell(each.state.word, light=each.state.code),
    ]


def _drawn(each: IndicatorFacts, last: int) -> Chart:
    """The values over the years and the milestones beside them, up to the first year after ``last`` without one."""
    years = sorted(
        {value.year for value in each.values}
        | {year for year, _value in each.milestones}
        | {year for year in (each.baseline_year, each.target_year) if year}
    )
    years = [year for place, year in enumerate(years) if year <= last or year - years[place - 1] == 1]
    milestones = dict(each.milestones)
    if each.target is not None and each.target_year:
        milestones.setdefault(each.target_year, each.target)
    values = {value.year: value.value for value in each.values}
    if each.baseline is not None and each.baseline_year:
        values.setdefault(each.baseline_year, each.baseline)
    series = [Series(label="监测值", values=tuple(values.get(year) for year in years))]
    planned = tuple(milestones.get(year) for year in years)
    if any(value is not None for value in planned):
        series.append(Series(label="应达值", values=planned, is_target=True))
    return Chart(
        kind="lines",
        caption=each.name,
        head="年度",
        axis=tuple(f"{year}年" for year in years),
        series=tuple(series),
        unit=each.unit,
    )


def _measures(report: EvaluationReport) -> Iterator[Block]:
    parts = (
        ("法律政策", report.laws),
        ("目标纳入规划", report.plans),
        ("职责履行", report.duties),
        ("工作机制", report.mechanisms),
    )
    for place, (heading, text) in enumerate([part for part in parts if part[1]], 1):
        yield Heading(f"（{chinese_number(place)}）{heading}", level=2)
        yield Text(text)


def _problems(report: EvaluationReport) -> Iterator[Block]:
    """What the office says, then every missed indicator with its reason."""
    if report.problems:
        yield Text(listed(report.problems))
    if report.missed:
        yield Text(f"未达到目标的指标共{len(report.missed)}项，原因如下：")
        columns = (
            Column(head="指标", weight=24),
            Column(head="责任单位", weight=13),
            Column(head=f"{report.year}年", weight=12, align="center"),
            Column(head="目标值", weight=13, align="center"),
            Column(head="判定", weight=14),
            Column(head="原因", weight=28),
            Column(head="整改任务", weight=13),
        )
        rows: list[Row] = [
            [
                each.name,
                each.unit,
                each.value if each.value is not None else each.value_words or None,
                each.target_words or each.target,
                Cell(each.state.word, light=each.state.code),
                each.reason or NONE,
                each.task or NONE,
            ]
            for each in report.missed
        ]
        yield Table(columns=columns, rows=rows, name="未达标指标及原因", caption="未达标指标及原因")


def _remedies(report: EvaluationReport) -> Iterator[Block]:
    if report.remedies:
        columns = (
            Column(head="问题", weight=40),
            Column(head="整改单位", weight=18),
            Column(head="期限", weight=18, align="center"),
            Column(head="任务", weight=12),
            Column(head="状态", weight=12, align="center"),
        )
        rows = [(each.problem, each.unit, each.due_on, each.task or NONE, each.state) for each in report.remedies]
        yield Table(columns=columns, rows=rows, name="整改清单")


def _coverage(report: EvaluationReport) -> Iterator[Block]:
    """The table of coverage, as its page and its own paper have it."""
    if report.coverage:
        yield from indicator_coverage.table(report.coverage, report.coverage_counts, report.year, is_upright=True)
        for note in report.coverage_notes:
            yield Note(note)
