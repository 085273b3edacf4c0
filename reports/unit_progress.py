"""单位任务进展报告 (``unit-progress``): one unit, one period, its tasks as lead and as helper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Cell, Chart, Column, Facts, Heading, Rates, Report, Table, TaskCard, Text, Value
from reports.cards import approval_text, numbered
from reports.facts import NONE, Approval, Count, Participation, Rate, TaskFacts, day_text


@dataclass(frozen=True, kw_only=True)
class UnitProgress:
    """A unit's tasks in a period, with its figures.

    ``period`` is in words (2026年第三季度), ``from_on`` and ``until_on`` are its first and last day. In
    ``cooperating_tasks`` the unit's own receipt and report are found by its name among ``TaskFacts.cooperating``.
    ``problems`` and ``next_steps`` are of the unit as a whole; those of a task stand in its latest report.
    """

    unit: str
    period: str
    as_of: date
    from_on: date | None = None
    until_on: date | None = None
    head: str = ""
    liaison: str = ""
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()
    lead_tasks: tuple[TaskFacts, ...] = ()
    cooperating_tasks: tuple[TaskFacts, ...] = ()
    summary: str = ""
    problems: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()


def compose(report: UnitProgress) -> Report:
    """The report on upright pages."""
    return Report(
        title=f"{report.unit}任务进展报告",
        under=(f"{report.period}（截至{day_text(report.as_of)}）",),
        body=_body(report),
    )


def _body(report: UnitProgress) -> Iterator[Block]:
    yield Heading("一、基本情况")
    yield Facts(tuple(_facts(report)))
    if report.summary:
        yield Text(report.summary)
    yield Heading("二、总体数据")
    yield Text(f"牵头任务{len(report.lead_tasks)}项，配合任务{len(report.cooperating_tasks)}项。")
    if report.rates:
        yield Rates(report.rates)
    if report.states:
        yield Chart(kind="stacked", caption="任务按状态分布", head="状态", counts=report.states)
    yield Heading(f"三、牵头任务（{len(report.lead_tasks)}项）")
    yield from _tasks(report.lead_tasks, "牵头任务")
    yield Heading(f"四、配合任务（{len(report.cooperating_tasks)}项）")
    yield from _tasks(report.cooperating_tasks, "配合任务", unit=report.unit)
    yield Heading("五、存在问题")
    yield Text(numbered(report.problems) if report.problems else "没有。")
    yield Heading("六、下一步打算")
    yield Text(numbered(report.next_steps) if report.next_steps else "没有填报。")
    if report.approvals:
        yield Heading("七、签批情况")
        for approval in report.approvals:
            yield Text(f"{approval_text(approval)}。")


def _facts(report: UnitProgress) -> Iterator[tuple[str, Value]]:
    yield "单　　位", report.unit
    yield "期　　次", report.period
    if report.from_on and report.until_on:
        yield "起　　止", f"{day_text(report.from_on)}至{day_text(report.until_on)}"
    yield "负 责 人", report.head
    yield "联 络 员", report.liaison


_COLUMNS = (
    Column(head="编号", weight=14, align="center"),
    Column(head="任务", weight=40),
    Column(head="完成时限", weight=20, align="center"),
    Column(head="状态", weight=26),
)


def _tasks(tasks: tuple[TaskFacts, ...], name: str, unit: str = "") -> Iterator[Block]:
    """An overview, then each task on its card; with ``unit``, that unit's own part in it."""
    if not tasks:
        yield Text(f"本期没有{name}。")
        return
    yield Table(columns=_COLUMNS, name=name, rows=[_row(task, _part(task, unit)) for task in tasks])
    for task in tasks:
        yield TaskCard(task=task, with_course=False, own=_part(task, unit))


def _row(task: TaskFacts, own: Participation | None) -> list[Value | Cell]:
    light = own.light if own else task.light
    return [task.number or NONE, task.title, task.due_on, Cell(light.word or task.state, light=light.code)]


def _part(task: TaskFacts, unit: str) -> Participation | None:
    """The helping unit's part in a task, by its name."""
    return next((each for each in task.cooperating if unit and each.unit == unit), None)
