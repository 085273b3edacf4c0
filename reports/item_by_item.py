"""The requirements of a meeting one by one, with the tasks made of each, a line for a task."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from reports.blocks import Band, Cell, Column, Row, Table
from reports.cards import chinese_number, due_text
from reports.facts import NONE, TaskFacts, day_text

_NAME = "逐条落实情况"


class Asked(Protocol):
    """A requirement: its section and words, and what became of it."""

    @property
    def section(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def tasks(self) -> tuple[TaskFacts, ...]: ...
    @property
    def set_aside_reason(self) -> str: ...
    @property
    def is_actionable(self) -> bool: ...


def item_table(
    asked: Sequence[Asked], others: tuple[TaskFacts, ...], *, empty: str, cited: Sequence[str] = ()
) -> Table:
    """Each requirement over the width of the table, ``cited`` in brackets, then its tasks or why there are none.

    ``others`` rest on no requirement and stand last.
    """
    return Table(columns=_COLUMNS, name=_NAME, rows=_rows(asked, others, cited), empty=empty)


_COLUMNS = (
    Column(head="编号", weight=12, align="center"),
    Column(head="任务", weight=21),
    Column(head="单位", weight=18),
    Column(head="完成时限", weight=20, align="center"),
    Column(head="进展", weight=30),
    Column(head="状态", weight=14),
)


def _rows(asked: Sequence[Asked], others: tuple[TaskFacts, ...], cited: Sequence[str]) -> Iterator[Row | Band]:
    for place, each in enumerate(asked, 1):
        source = f"（{cited[place - 1]}）" if cited and cited[place - 1] else ""
        yield Band(f"{chinese_number(place)}、【{each.section}】{each.text}{source}")
        for task in each.tasks:
            yield _row(task)
        if not each.tasks:
            yield [Cell(_without(each), span=len(_COLUMNS), align="left")]
    if others:
        yield Band("没有对应要求的任务")
        yield from map(_row, others)


def _without(asked: Asked) -> str:
    if asked.set_aside_reason:
        return f"不列任务：{asked.set_aside_reason.rstrip('。')}。"
    return "待分解。" if asked.is_actionable else "情况表述，不列任务。"


def _row(task: TaskFacts) -> Row:
    return [
        task.number or NONE,
        task.title,
        _units(task),
        due_text(task),
        _progress(task),
        Cell(task.light.word or task.state, light=task.light.code),
    ]


def _units(task: TaskFacts) -> str:
    helpers = "、".join(each.unit for each in task.cooperating)
    return task.lead.unit + (f"\n配合：{helpers}" if helpers else "")


def _progress(task: TaskFacts) -> str:
    """How far it has come, with what was reported last: the words and their day, problems, next steps."""
    report = task.latest
    if report is None:
        return task.progress or NONE
    said = "：".join(filter(None, (task.progress, report.text)))
    told = [f"{said}（{day_text(report.on)}报送）"]
    if report.problems:
        told.append(f"问题：{report.problems}")
    if report.next_steps:
        told.append(f"下一步：{report.next_steps}")
    return "\n".join(told)
