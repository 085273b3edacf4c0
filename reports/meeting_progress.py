"""会议任务落实情况报告 (``meeting-progress``): one meeting, requirement by requirement, with the tasks made of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Chart, Column, Facts, Heading, Note, Rates, Report, Table, TaskCard, Text, Value
from reports.cards import chinese_number
from reports.facts import NONE, Count, Rate, TaskFacts, day_text


@dataclass(frozen=True, kw_only=True)
class RequirementProgress:
    """One requirement of the meeting and what became of it.

    ``section`` is 指出, 强调, 要求 or 议定; ``text`` the sentence; ``citation`` the status of the source text
    (会议报道摘录, 已审定（县政府办，2026年3月6日）). It ends as ``tasks``, or aside with ``set_aside_reason``, or, if
    ``is_actionable``, it is still open.
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

    @property
    def is_open(self) -> bool:
        """True while the requirement calls for work and has neither a task nor a reason to be set aside."""
        return self.is_actionable and not self.tasks and not self.set_aside_reason


@dataclass(frozen=True, kw_only=True)
class MeetingProgress:
    """The meeting as recorded, its figures as of one day, and every requirement in its order.

    ``day_text`` is text because a day may be unknown (近日). ``states`` are the numbers of tasks by state, in the order
    of the chart; ``rates`` bring numerator, denominator and rule.
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
    for place, requirement in enumerate(report.requirements, 1):
        yield from _requirement(place, requirement)
    if not report.requirements:
        yield Text("本次会议没有记录要求。")
    yield Heading("四、未列任务和待分解的要求")
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
    """The requirements counted, then rates, chart and table of the tasks."""
    all_of_them = report.requirements
    divided = sum(bool(each.tasks) for each in all_of_them)
    aside = sum(bool(each.set_aside_reason) and not each.tasks for each in all_of_them)
    still_open = sum(each.is_open for each in all_of_them)
    stated = len(all_of_them) - divided - aside - still_open
    numbers = {task.number for each in all_of_them for task in each.tasks}
    yield Text(
        f"会议要求共{len(all_of_them)}条：已分解任务{divided}条，说明理由不列任务{aside}条，待分解{still_open}条，"
        f"情况表述{stated}条。由会议要求形成任务{len(numbers)}项。"
    )
    if report.rates:
        yield Rates(report.rates)
    if report.states:
        yield Chart(kind="bars", caption="任务按状态分布", head="状态", counts=report.states)


def _requirement(place: int, requirement: RequirementProgress) -> Iterator[Block]:
    """One requirement: what was said, by whom, from which text, and what became of it."""
    yield Heading(f"（{chinese_number(place)}）{requirement.section}　{_outcome(requirement)}", level=2)
    yield Text(requirement.text, is_quoted=True)
    speaker = requirement.speaker + (f"（{requirement.post}）" if requirement.post else "")
    parts = [("讲话人", speaker), ("文本状态", requirement.citation)]
    if cited := "　".join(f"{name}：{value}" for name, value in parts if value):
        yield Note(cited)
    if requirement.set_aside_reason:
        yield Note(f"不列任务的理由：{_reason(requirement)}")
    for task in requirement.tasks:
        yield TaskCard(task=task)


def _outcome(requirement: RequirementProgress) -> str:
    if requirement.tasks:
        return f"已分解任务{len(requirement.tasks)}项"
    if requirement.set_aside_reason:
        return "不列任务"
    return "待分解" if requirement.is_open else "情况表述"


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
    """The requirements that are still open or were set aside, with their numbers in this report."""
    rows = [
        (
            chinese_number(place),
            each.section,
            each.text,
            _outcome(each),
            _reason(each) if each.set_aside_reason else NONE,
        )
        for place, each in enumerate(report.requirements, 1)
        if each.is_open or (each.set_aside_reason and not each.tasks)
    ]
    if not rows:
        return Text("没有。会议要求均已分解任务。" if report.requirements else "没有。")
    return Table(columns=_COLUMNS, rows=rows, name="未列任务和待分解")
