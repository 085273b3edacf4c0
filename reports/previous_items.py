"""上次会议议定事项落实情况 (``previous-items``): what the last meeting asked for, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Note, Report, Text
from reports.bulletin import rules_text
from reports.facts import Count, Rate, TaskFacts, day_text, rate_text
from reports.item_by_item import item_table


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
    ``other_tasks`` rest on no requirement of it.
    """

    meeting: str
    previous: str
    previous_day: str
    as_of: date
    items: tuple[PreviousItem, ...] = ()
    counts: tuple[Count, ...] = ()
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()
    other_tasks: tuple[TaskFacts, ...] = ()


def compose(paper: PreviousItems) -> Report:
    """The table on landscape pages."""
    return Report(
        title="上次会议议定事项落实情况",
        under=(paper.previous, f"（{paper.meeting}材料，截至{day_text(paper.as_of)}）"),
        body=_body(paper),
        is_landscape=True,
    )


def _body(paper: PreviousItems) -> Iterator[Block]:
    yield Text(_told(paper))
    if rules := rules_text(_counted_over(paper)):  # under the table it might stand on a page of its own
        yield Note(f"计算口径：{rules}。")
    yield item_table(paper.items, paper.other_tasks, empty="上次会议没有登记要求")


def _told(paper: PreviousItems) -> str:
    """The requirements by what became of them, the tasks by light."""
    became, stood = _counted(paper.counts), _counted(paper.states)
    stated = sum(not each.is_actionable for each in paper.items)
    asked, total = (sum(each.value for each in counts) for counts in (paper.counts, paper.states))
    more = f"（其中{len(paper.other_tasks)}项没有对应的要求）" if paper.other_tasks else ""
    shares = "，".join(map(rate_text, _counted_over(paper)))
    return (
        f"{paper.previous}（{paper.previous_day}）应办的要求共{asked}条{f'：{became}' if became else ''}"
        f"{f'（另有不需办理的{stated}条）' if stated else ''}；"
        f"任务共{total}项{more}{f'：{stood}' if total and stood else ''}"
        f"{f'；{shares}' if shares else ''}。"
    )


def _counted_over(paper: PreviousItems) -> tuple[Rate, ...]:
    """Rates of something: the others say nothing."""
    return tuple(rate for rate in paper.rates if rate.denominator)


def _counted(counts: tuple[Count, ...]) -> str:
    return "，".join(f"{each.label}{each.value}{each.unit}" for each in counts if each.value)
