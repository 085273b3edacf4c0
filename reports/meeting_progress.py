"""会议任务落实情况报告 (``meeting-progress``): one meeting, requirement by requirement, with the tasks made of each."""

from dataclasses import dataclass
from datetime import date

from reports import charts
from reports.cards import chinese_number, fact_grid, task_card
from reports.facts import NONE, Count, Rate, TaskFacts, day_text
from reports.fonts import Faces
from reports.imprint import Imprint
from reports.page import UPRIGHT, Composer, Paper
from reports.tables import Cell, Table


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


def render(report: MeetingProgress, imprint: Imprint, faces: Faces | None = None) -> Paper:
    """The report on upright pages."""
    composer = Composer(UPRIGHT, imprint, title=f"{report.title}任务落实情况报告", faces=faces)
    composer.title_block([f"（截至{day_text(report.as_of)}）"])
    composer.heading("一、会议概况")
    fact_grid(composer, _facts(report))
    composer.heading("二、总体情况")
    _overview(composer, report)
    composer.heading("三、逐条落实情况")
    for place, requirement in enumerate(report.requirements, 1):
        _requirement(composer, place, requirement)
    if not report.requirements:
        composer.paragraph("本次会议没有记录要求。")
    composer.heading("四、未列任务和待分解的要求")
    _without_tasks(composer, report)
    return composer.finish()


def _facts(report: MeetingProgress) -> list[tuple[str, str]]:
    return [
        ("会议名称", f"{report.title}　"),
        ("会议类别", report.kind),
        ("会议次第", report.sequence),
        ("时　　间", report.day_text),
        ("主　　持", report.chair),
        ("地　　点", report.place),
        ("主办单位", report.organiser),
    ]


def _overview(composer: Composer, report: MeetingProgress) -> None:
    """The requirements counted, then rates, chart and table of the tasks."""
    all_of_them = report.requirements
    divided = sum(bool(each.tasks) for each in all_of_them)
    aside = sum(bool(each.set_aside_reason) and not each.tasks for each in all_of_them)
    still_open = sum(each.is_open for each in all_of_them)
    stated = len(all_of_them) - divided - aside - still_open
    numbers = {task.number for each in all_of_them for task in each.tasks}
    composer.paragraph(
        f"会议要求共{len(all_of_them)}条：已分解任务{divided}条，说明理由不列任务{aside}条，待分解{still_open}条，"
        f"情况表述{stated}条。由会议要求形成任务{len(numbers)}项。"
    )
    composer.space(6)
    if report.rates:
        charts.rate_table(composer, report.rates)
    if report.states:
        composer.space(6)
        charts.bars(composer, report.states, "任务按状态分布")
        charts.count_table(composer, report.states, "状态")


def _requirement(composer: Composer, place: int, requirement: RequirementProgress) -> None:
    """One requirement: what was said, by whom, from which text, and what became of it."""
    composer.heading(f"（{chinese_number(place)}）{requirement.section}　{_outcome(requirement)}", level=2)
    composer.paragraph(requirement.text, face="kai", size=12.5, leading=21, inset=10)
    speaker = requirement.speaker + (f"（{requirement.post}）" if requirement.post else "")
    parts = [("讲话人", speaker), ("文本状态", requirement.citation)]
    cited = "　".join(f"{name}：{value}" for name, value in parts if value)
    if cited:
        composer.note(cited)
    if requirement.set_aside_reason:
        composer.note(f"不列任务的理由：{_reason(requirement)}")
    composer.space(4)
    for task in requirement.tasks:
        task_card(composer, task)


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


def _without_tasks(composer: Composer, report: MeetingProgress) -> None:
    """The requirements that are still open or were set aside, with their numbers in this report."""
    rows = [
        (place, each)
        for place, each in enumerate(report.requirements, 1)
        if each.is_open or (each.set_aside_reason and not each.tasks)
    ]
    if not rows:
        composer.paragraph("没有。会议要求均已分解任务。" if report.requirements else "没有。")
        return
    width = composer.width
    table = Table(
        composer,
        [width * 0.09, width * 0.1, width * 0.43, width * 0.13, width * 0.25],
        head=[["序号", "类别", "要求", "处理", "理由"]],
        aligns=["center", "center", "left", "center", "left"],
        size=10,
        leading=15,
    )
    for place, each in rows:
        reason = _reason(each) if each.set_aside_reason else NONE
        table.row([chinese_number(place), each.section, Cell(each.text), _outcome(each), reason])
    table.close()
