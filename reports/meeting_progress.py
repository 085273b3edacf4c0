"""会议任务落实情况报告 (``meeting-progress``): one meeting, requirement by requirement, with the tasks made of each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

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
    Table,
    TaskCard,
    Text,
    Value,
)
from reports.cards import chinese_number
from reports.facts import NONE, Count, Rate, TaskFacts, day_text
from reports.item_by_item import item_table

Outcome = Literal["divided", "set_aside", "carried_on", "open", "stated"]


@dataclass(frozen=True, kw_only=True)
class RequirementProgress:
    """One requirement of the meeting and what became of it.

    ``section`` is 指出, 强调, 要求 or 议定; ``text`` the sentence; ``citation`` the status of the source text
    (会议报道摘录, 已审定（县政府办，2026年3月6日）). It ends as ``tasks``, or aside with ``set_aside_reason``, or
    ``is_carried_on`` to the next meeting, or, if ``is_actionable``, it is still open.
    """

    section: str
    text: str
    speaker: str = ""
    post: str = ""
    citation: str = ""
    is_actionable: bool = True
    tasks: tuple[TaskFacts, ...] = ()
    set_aside_reason: str = ""
    set_aside_by: str = ""
    set_aside_on: date | None = None
    is_carried_on: bool = False

    @property
    def is_divided(self) -> bool:
        """Whether a task holds it; a cancelled one does not."""
        return any(not task.is_cancelled for task in self.tasks)

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        if self.is_divided:
            return "divided"
        if self.set_aside_reason:
            return "set_aside"
        if not self.is_actionable:
            return "stated"
        return "carried_on" if self.is_carried_on else "open"


@dataclass(frozen=True, kw_only=True)
class MeetingProgress:
    """The meeting as recorded, its figures as of one day, and every requirement in its order.

    ``day_text`` is text because a day may be unknown (近日). ``states`` are the numbers of tasks by state, in the order
    of the chart; ``rates`` bring numerator, denominator and rule. ``other_tasks`` are those of the meeting that rest on
    no sentence of it. ``made_count`` of the others were made of its requirements (None: all of them), ``joined_count``
    elsewhere. ``is_full`` prints each task on a card with its course, else each has a line of one table.
    """

    title: str
    as_of: date
    requirements: tuple[RequirementProgress, ...]
    kind: str = ""
    sequence: str = ""
    day_text: str = ""
    place: str = ""
    chair: str = ""
    organiser: str = ""
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()
    other_tasks: tuple[TaskFacts, ...] = ()
    made_count: int | None = None
    joined_count: int = 0
    is_full: bool = True


def compose(report: MeetingProgress) -> Report:
    """The report on upright pages."""
    return Report(
        title=f"{report.title}任务落实情况报告", under=(f"（截至{day_text(report.as_of)}）",), body=_body(report)
    )


def _body(report: MeetingProgress) -> Iterator[Block]:
    yield Heading("一、会议概况")
    yield Facts(_facts(report))
    yield Heading("二、总体情况")
    yield from _overview(report)
    yield Heading("三、逐条落实情况")
    if not report.requirements:
        yield Text("本次会议没有记录要求。")
    yield from _on_cards(report) if report.is_full else _in_lines(report)
    yield Heading("四、未列任务和待分解的要求" if report.is_full else "四、待分解的要求")
    yield _without_tasks(report)


def _facts(report: MeetingProgress) -> tuple[tuple[str, Value], ...]:
    return (
        ("会议名称", report.title),
        ("会议类别", report.kind),
        ("会议次第", report.sequence),
        ("时　　间", report.day_text),
        ("主　　持", report.chair),
        ("地　　点", report.place),
        ("主办单位", report.organiser),
    )


def _overview(report: MeetingProgress) -> Iterator[Block]:
    """The requirements counted by what became of them, then rates, what is late or falls due, and the chart."""
    yield Text(_counted(report))
    if report.rates:
        yield Rates(report.rates)
    pressing = dict.fromkeys(task for task in _tasks(report) if task.light.code in _PRESSING)
    if pressing:
        yield Heading(f"逾期、临期和滞后的任务{len(pressing)}项", level=2)
        yield Table(columns=_TASK_COLUMNS, rows=map(_task_row, pressing), name="逾期、临期和滞后的任务")
    if report.states:
        yield Chart(kind="bars", caption="任务按状态分布", head="状态", counts=report.states)


_PRESSING = ("red", "late_receipt", "yellow")


def _tasks(report: MeetingProgress) -> Iterator[TaskFacts]:
    for requirement in report.requirements:
        yield from requirement.tasks
    yield from report.other_tasks


_COUNTED: Mapping[Outcome, str] = {
    "divided": "已分解任务",
    "set_aside": "说明理由不列任务",
    "carried_on": "结转到下次会议",
    "open": "待分解",
    "stated": "情况表述",
}


def _counted(report: MeetingProgress) -> str:
    """会议要求共14条：已分解任务12条，说明理由不列任务2条。由会议要求形成任务26项，另有任务2项没有对应的要求。"""
    counts = Counter(each.outcome for each in report.requirements)
    became = "，".join(f"{word}{counts[outcome]}条" for outcome, word in _COUNTED.items() if counts[outcome])
    made = report.made_count
    if made is None:
        made = sum(len(each.tasks) for each in report.requirements)
    more = f"，承接或并入已有任务{report.joined_count}项" if report.joined_count else ""
    more += f"，另有任务{len(report.other_tasks)}项没有对应的要求" if report.other_tasks else ""
    return (
        f"会议要求共{len(report.requirements)}条{f'：{became}' if became else ''}。由会议要求形成任务{made}项{more}。"
    )


_TASK_COLUMNS = (
    Column(head="编号", weight=13, align="center"),
    Column(head="任务", weight=33),
    Column(head="牵头单位", weight=20),
    Column(head="完成时限", weight=24, align="center"),
    Column(head="状态", weight=26),
)


def _task_row(task: TaskFacts) -> Row:
    state = Cell(task.light.word or task.state, light=task.light.code)
    return [task.number or NONE, task.title, task.lead.unit, task.due_on, state]


def _in_lines(report: MeetingProgress) -> Iterator[Block]:
    """A line for each task; who said it and from which text stands once where it is the same of all."""
    if not (report.requirements or report.other_tasks):
        return
    cited = [_cited(requirement) for requirement in report.requirements]
    if len(set(cited)) == 1 and cited[0]:
        yield Note(cited[0])
        cited = []
    yield item_table(report.requirements, report.other_tasks, empty="", cited=cited)


def _on_cards(report: MeetingProgress) -> Iterator[Block]:
    """Each requirement under a heading of its own, its tasks on cards with their course."""
    for place, requirement in enumerate(report.requirements, 1):
        yield Heading(f"（{chinese_number(place)}）{requirement.section}　{_outcome(requirement)}", level=2)
        yield Text(requirement.text, is_quoted=True)
        if cited := _cited(requirement):
            yield Note(cited)
        if requirement.set_aside_reason:
            yield Note(f"不列任务的理由：{_reason(requirement)}")
        for task in requirement.tasks:
            yield TaskCard(task=task)
    if report.other_tasks:
        last = chinese_number(len(report.requirements) + 1)
        yield Heading(f"（{last}）没有对应要求的任务{len(report.other_tasks)}项", level=2)
        for task in report.other_tasks:
            yield TaskCard(task=task)


def _cited(requirement: RequirementProgress) -> str:
    """讲话人：副县长　文本状态：会议报道摘录."""
    speaker = requirement.speaker + (f"（{requirement.post}）" if requirement.post else "")
    parts = (("讲话人", speaker), ("文本状态", requirement.citation))
    return "　".join(f"{name}：{value}" for name, value in parts if value)


_OUTCOMES: Mapping[Outcome, str] = {
    "set_aside": "不列任务",
    "carried_on": "结转到下次会议",
    "open": "待分解",
    "stated": "情况表述",
}


def _outcome(requirement: RequirementProgress) -> str:
    if requirement.outcome == "divided":
        return f"已分解任务{len(requirement.tasks)}项"
    return _OUTCOMES[requirement.outcome]


def _reason(requirement: RequirementProgress) -> str:
    """The reason with who decided and when."""
    day = day_text(requirement.set_aside_on) if requirement.set_aside_on else ""
    who = "，".join(part for part in (requirement.set_aside_by, day) if part)
    return requirement.set_aside_reason + (f"（{who}）" if who else "")


_COLUMNS = (
    Column(head="序号", weight=9, align="center"),
    Column(head="类别", weight=10, align="center"),
    Column(head="要求", weight=43),
    Column(head="处理", weight=13, align="center"),
    Column(head="理由", weight=25),
)


def _without_tasks(report: MeetingProgress) -> Block:
    """The requirements that are still open, with their numbers in this report; beside cards those set aside too."""
    rows = [
        (
            chinese_number(place),
            each.section,
            each.text,
            _outcome(each),
            _reason(each) if each.set_aside_reason else NONE,
        )
        for place, each in enumerate(report.requirements, 1)
        if each.outcome in (*(("set_aside",) if report.is_full else ()), "carried_on", "open")
    ]
    if not rows:
        return Text("没有。应办的会议要求均已分解任务。" if report.requirements else "没有。")
    return Table(columns=_COLUMNS, rows=rows, name="未列任务和待分解")
