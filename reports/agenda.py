"""会议议程 (``agenda``): what a meeting goes through, in order, by whom and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.blocks import Block, Cell, Column, Facts, Note, Report, Row, Table
from reports.cards import chinese_number
from reports.facts import NONE, MeetingFacts


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One item. ``minutes`` is the time planned, ``begins`` when it begins, where all before it are known.

    ``document`` is the paper read out or dealt with, with its 文号.
    """

    kind: str
    title: str
    presenter: str = ""
    minutes: int | None = None
    begins: str = ""
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class Agenda:
    meeting: MeetingFacts
    items: tuple[AgendaLine, ...] = ()


def compose(agenda: Agenda) -> Report:
    """The agenda on one upright page or more."""
    return Report(title=f"{agenda.meeting.title}议程", body=_body(agenda))


def _body(agenda: Agenda) -> Iterator[Block]:
    meeting = agenda.meeting
    yield Facts(
        (
            ("时　　间", meeting.when),
            ("次　　第", meeting.sequence),
            ("地　　点", meeting.place),
            ("主　　持", meeting.chair),
        )
    )
    yield Table(columns=_COLUMNS, name="议程", rows=_rows(agenda), empty="还没有登记议程", row_lines=1.6)
    if total := sum(item.minutes or 0 for item in agenda.items):
        unknown = sum(item.minutes is None for item in agenda.items)
        yield Note(f"计划用时共{total}分钟" + (f"，另有{unknown}项未定用时" if unknown else "") + "。")


_COLUMNS = (
    Column(head="序号", weight=9, align="center"),
    Column(head="时间", weight=11, align="center"),
    Column(head="议程", weight=46),
    Column(head="报告（发言）人", weight=24),
    Column(head="用时", weight=10, align="center"),
)


def _rows(agenda: Agenda) -> Iterator[Row]:
    for place, item in enumerate(agenda.items, 1):
        yield [
            chinese_number(place),
            item.begins or NONE,
            "\n".join(filter(None, (item.title, item.document))),
            item.presenter or NONE,
            Cell(item.minutes, unit="分钟"),
        ]
