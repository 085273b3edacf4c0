"""上次会议议定事项落实情况 (``previous-items``): what the last meeting asked for, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Cell, Column, Note, Rates, Report, Row, Table, Text
from reports.cards import due_text
from reports.facts import NONE, Count, Rate, TaskFacts, day_text


@dataclass(frozen=True, kw_only=True)
class PreviousItem:
    """One requirement of the previous meeting: its tasks, or why there are none."""

    section: str
    text: str
    tasks: tuple[TaskFacts, ...] = ()
    set_aside_reason: str = ""
    is_actionable: bool = True


@dataclass(frozen=True, kw_only=True)
class PreviousItems:
    """``meeting`` opens with this paper, ``previous`` is the one it is about; ``counts`` are its requirements by what
    became of them (已落实, 办理中, 未列任务, 写明不列), ``states`` the tasks by light.
    """

    meeting: str
    previous: str
    previous_day: str
    as_of: date
    items: tuple[PreviousItem, ...] = ()
    counts: tuple[Count, ...] = ()
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()


def compose(paper: PreviousItems) -> Report:
    """The table on landscape pages."""
    return Report(
        title="上次会议议定事项落实情况",
        under=(paper.previous, f"（{paper.meeting}材料，截至{day_text(paper.as_of)}）"),
        body=_body(paper),
        is_landscape=True,
    )


def _body(paper: PreviousItems) -> Iterator[Block]:
    total = sum(len(item.tasks) for item in paper.items)
    became = _counted(paper.counts)
    said = f"{paper.previous}（{paper.previous_day}）的要求共{sum(each.value for each in paper.counts)}条"
    yield Text(
        f"{said}{'：' if became else ''}{became}；分解为任务{total}项"
        + (f"：{_counted(paper.states)}。" if total else "。")
    )
    yield Table(columns=_COLUMNS, name="落实情况", rows=_rows(paper), empty="上次会议没有登记要求")
    if paper.rates:
        yield Rates(paper.rates)
    yield Note("时限有变的，括号内为原定时限。")


def _counted(counts: tuple[Count, ...]) -> str:
    return "，".join(f"{each.label}{each.value}{each.unit}" for each in counts if each.value)


_COLUMNS = (
    Column(head="序号", weight=5, align="center"),
    Column(head="要求", weight=27),
    Column(head="任务", weight=18),
    Column(head="牵头单位", weight=10),
    Column(head="完成时限", weight=11, align="center"),
    Column(head="进展", weight=19),
    Column(head="状态", weight=10),
)


def _rows(paper: PreviousItems) -> Iterator[Row]:
    for place, item in enumerate(paper.items, 1):
        asked = f"【{item.section}】{item.text}"
        for number, task in enumerate(item.tasks):
            first = number == 0
            yield [
                str(place) if first else "",
                asked if first else "",
                f"{task.title}（{task.number}）" if task.number else task.title,
                task.lead.unit,
                due_text(task),
                _progress(task),
                Cell(task.light.word or task.state, light=task.light.code),
            ]
        if not item.tasks:
            yield [str(place), asked, Cell(_without(item), span=5)]


def _without(item: PreviousItem) -> str:
    if item.set_aside_reason:
        return f"不列任务：{item.set_aside_reason}"
    return "待分解" if item.is_actionable else "情况表述，不列任务"


def _progress(task: TaskFacts) -> str:
    return "：".join(filter(None, (task.progress, task.latest.text if task.latest else ""))) or NONE
