"""单位任务进展报告 (``unit-progress``): one unit, one period, its tasks as lead and as helper."""

from dataclasses import dataclass
from datetime import date

from reports import charts
from reports.cards import approval_text, fact_grid, numbered, task_card
from reports.facts import NONE, Approval, Count, Participation, Rate, TaskFacts, day_text
from reports.fonts import Faces
from reports.imprint import Imprint
from reports.page import UPRIGHT, Composer, Paper
from reports.tables import Cell, Table


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


def render(report: UnitProgress, imprint: Imprint, faces: Faces | None = None) -> Paper:
    """The report on upright pages."""
    composer = Composer(UPRIGHT, imprint, title=f"{report.unit}任务进展报告", faces=faces)
    composer.title_block([f"{report.period}（截至{day_text(report.as_of)}）"])
    composer.heading("一、基本情况")
    fact_grid(composer, _facts(report))
    if report.summary:
        composer.space(4)
        composer.paragraph(report.summary)
    composer.heading("二、总体数据")
    _figures(composer, report)
    composer.heading(f"三、牵头任务（{len(report.lead_tasks)}项）")
    _tasks(composer, report.lead_tasks, "本期没有牵头任务。")
    composer.heading(f"四、配合任务（{len(report.cooperating_tasks)}项）")
    _tasks(composer, report.cooperating_tasks, "本期没有配合任务。", unit=report.unit)
    composer.heading("五、存在问题")
    composer.paragraph(numbered(report.problems) if report.problems else "没有。")
    composer.heading("六、下一步打算")
    composer.paragraph(numbered(report.next_steps) if report.next_steps else "没有填报。")
    if report.approvals:
        composer.heading("七、签批情况")
        for approval in report.approvals:
            composer.paragraph(f"{approval_text(approval)}。")
    return composer.finish()


def _facts(report: UnitProgress) -> list[tuple[str, str]]:
    facts = [("单　　位", report.unit), ("期　　次", report.period)]
    if report.from_on and report.until_on:
        facts.append(("起　　止", f"{day_text(report.from_on)}至{day_text(report.until_on)}"))
    return [*facts, ("负 责 人", report.head), ("联 络 员", report.liaison)]


def _figures(composer: Composer, report: UnitProgress) -> None:
    composer.paragraph(f"牵头任务{len(report.lead_tasks)}项，配合任务{len(report.cooperating_tasks)}项。")
    composer.space(6)
    if report.rates:
        charts.rate_table(composer, report.rates)
    if report.states:
        composer.space(6)
        charts.stacked_bar(composer, report.states, "任务按状态分布")
        charts.count_table(composer, report.states, "状态")


def _tasks(composer: Composer, tasks: tuple[TaskFacts, ...], none: str, unit: str = "") -> None:
    """An overview, then each task on its card; with ``unit``, that unit's own part in it."""
    if not tasks:
        composer.paragraph(none)
        return
    width = composer.width
    table = Table(
        composer,
        [width * 0.14, width * 0.4, width * 0.2, width * 0.26],
        head=[["编号", "任务", "完成时限", "状态"]],
        aligns=["center", "left", "center", "left"],
        size=9.5,
        leading=14,
    )
    for task in tasks:
        own = _part(task, unit)
        light = own.light if own else task.light
        table.row(
            [
                task.number or NONE,
                Cell(task.title),
                day_text(task.due_on),
                Cell(light.word or task.state, light=light.code),
            ]
        )
    table.close(space=12)
    for task in tasks:
        task_card(composer, task, with_course=False, own=_part(task, unit))


def _part(task: TaskFacts, unit: str) -> Participation | None:
    """The helping unit's part in a task, by its name."""
    return next((each for each in task.cooperating if unit and each.unit == unit), None)
