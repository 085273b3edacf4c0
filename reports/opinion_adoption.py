"""意见采纳情况表 (``opinion-adoption``): what units said of a list of drafts before its issue, and what came of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Column, Facts, Heading, Note, Rates, Report, Table, Value
from reports.facts import NONE, Rate, day_text

ADOPTED, PARTLY, NOT_ADOPTED, OPEN = "采纳", "部分采纳", "未采纳", "待处理"
FEEDBACK_RULE = "已反馈单位数 ÷ 征求意见单位数"
ADOPTION_RULE = "采纳和部分采纳的意见条数 ÷ 已处理的意见条数"


@dataclass(frozen=True, kw_only=True)
class GivenOpinion:
    """What one unit wants changed of one task. ``about`` names what (时限、完成标准); ``adoption`` is one of the four
    words above, ``reason`` what the unit is told of it."""

    unit: str
    text: str
    about: str = ""
    adoption: str = OPEN
    reason: str = ""
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ConsultedTask:
    """A line of the list, with the units that lead it and help, and what was said of it."""

    title: str
    lead_unit: str
    helpers: tuple[str, ...] = ()
    opinions: tuple[GivenOpinion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskedUnit:
    """A unit that was asked; without ``answered_on`` it has not answered (未反馈)."""

    unit: str
    answered_on: date | None = None
    opinions: int = 0
    is_late: bool = False
    entered_by: str = ""


@dataclass(frozen=True, kw_only=True)
class OpinionAdoption:
    """A list by its title. ``closed_on`` None: it is still with its units."""

    title: str
    sent_on: date
    answer_by: date
    closed_on: date | None = None
    tasks: tuple[ConsultedTask, ...] = ()
    units: tuple[AskedUnit, ...] = ()


def compose(paper: OpinionAdoption) -> Report:
    """The table on landscape pages: opinions by task, then who answered."""
    return Report(
        title="征求意见采纳情况表",
        under=(paper.title,),
        body=_body(paper),
        is_landscape=True,
    )


def _body(paper: OpinionAdoption) -> Iterator[Block]:
    opinions = [each for task in paper.tasks for each in task.opinions]
    answered = [each for each in paper.units if each.answered_on]
    yield Facts(
        (
            ("征求意见时间", f"{day_text(paper.sent_on)}至{day_text(paper.answer_by)}"),
            ("结束时间", paper.closed_on or "尚未结束"),
            ("征求意见任务", f"{len(paper.tasks)}项"),
            ("意见", _counted(opinions)),
        )
    )
    settled = [each for each in opinions if each.adoption != OPEN]
    taken = sum(each.adoption in {ADOPTED, PARTLY} for each in settled)
    yield Rates(
        (
            Rate(label="反馈率", numerator=len(answered), denominator=len(paper.units), rule=FEEDBACK_RULE),
            Rate(label="采纳率", numerator=taken, denominator=len(settled), rule=ADOPTION_RULE),
        )
    )
    yield Heading("一、意见采纳情况")
    yield Table(
        columns=_OPINIONS,
        rows=_opinion_rows(paper.tasks),
        name="意见采纳情况",
        empty="（各单位均无意见）" if answered else "（没有收到意见）",
    )
    silent = [task.title for task in paper.tasks if not task.opinions]
    if silent and opinions:
        yield Note("没有意见的任务：" + "；".join(silent))
    yield Heading("二、各单位反馈情况")
    yield Table(columns=_UNITS, rows=_unit_rows(paper.units), name="各单位反馈情况", empty="（没有征求意见的单位）")
    yield Note("部分采纳、未采纳的均注明理由，已告知提出意见的单位；反馈以到达办公室的日期为准，逾期的照常处理。")


def _counted(opinions: list[GivenOpinion]) -> str:
    """All of them, and how many of each kind."""
    if not opinions:
        return "0条"
    counts = Counter(each.adoption for each in opinions)
    kinds = "，".join(f"{word}{counts[word]}条" for word in (ADOPTED, PARTLY, NOT_ADOPTED, OPEN) if counts[word])
    return f"{len(opinions)}条：{kinds}"


_OPINIONS = (
    Column(head="序号", weight=8, align="center"),
    Column(head="任务", weight=38),
    Column(head="牵头单位", weight=18),
    Column(head="意见单位", weight=18),
    Column(head="涉及", weight=16),
    Column(head="意见内容", weight=52),
    Column(head="采纳情况", weight=17, align="center"),
    Column(head="理由", weight=40),
    Column(head="处理人", weight=18),
)
_UNITS = (
    Column(head="序号", weight=8, align="center"),
    Column(head="单位", weight=50),
    Column(head="反馈时间", weight=26, align="center"),
    Column(head="意见条数", weight=16, align="right"),
    Column(head="备注", weight=50),
)


def _opinion_rows(tasks: tuple[ConsultedTask, ...]) -> Iterator[list[Value]]:
    place = 0
    for task in tasks:
        for each in task.opinions:
            place += 1
            yield [
                place,
                task.title,
                task.lead_unit,
                each.unit,
                each.about or NONE,
                each.text,
                each.adoption,
                each.reason or NONE,
                each.decided_by or NONE,
            ]


def _unit_rows(units: tuple[AskedUnit, ...]) -> Iterator[list[Value]]:
    for place, each in enumerate(units, 1):
        if each.answered_on is None:
            yield [place, each.unit, NONE, NONE, "未反馈"]
            continue
        remarks = [
            "逾期反馈" if each.is_late else "",
            f"{each.entered_by}代录" if each.entered_by else "",
            "" if each.opinions else "无意见",
        ]
        yield [place, each.unit, each.answered_on, each.opinions, "；".join(filter(None, remarks))]
