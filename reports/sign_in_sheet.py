"""签到表 (``sign-in-sheet``): who is asked, with room to sign; the foot counts who came."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.blocks import Band, Block, Column, Facts, Note, Report, Row, Table
from reports.facts import MeetingFacts


@dataclass(frozen=True, kw_only=True)
class SignInLine:
    unit: str
    name: str = ""
    post: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SignInGroup:
    heading: str
    lines: tuple[SignInLine, ...]


@dataclass(frozen=True, kw_only=True)
class SignInSheet:
    """``came``, ``on_leave`` and ``absent`` are None until the roll was marked: they are then written by hand.

    ``blank_lines`` are left at the end for whoever is not on the list.
    """

    meeting: MeetingFacts
    groups: tuple[SignInGroup, ...] = ()
    expected: int = 0
    came: int | None = None
    on_leave: int | None = None
    absent: int | None = None
    blank_lines: int = 0


def compose(sheet: SignInSheet) -> Report:
    """The sheet on upright pages, rows high enough to sign in."""
    return Report(title=f"{sheet.meeting.title}签到表", body=_body(sheet))


def _body(sheet: SignInSheet) -> Iterator[Block]:
    yield Facts((("时　　间", sheet.meeting.when), ("地　　点", sheet.meeting.place)))
    yield Table(columns=_COLUMNS, name="签到表", rows=_rows(sheet), empty="还没有参会名单", row_lines=2)
    counted = (("实到", sheet.came), ("请假", sheet.on_leave), ("缺席", sheet.absent))
    yield Note(f"应到{sheet.expected}人" + "".join(f"，{word}{_number(count)}人" for word, count in counted) + "。")


_COLUMNS = (
    Column(head="序号", weight=7, align="center"),
    Column(head="单位", weight=20),
    Column(head="姓名", weight=14),
    Column(head="职务", weight=17),
    Column(head="电话", weight=14),
    Column(head="签名", weight=16),
    Column(head="备注", weight=12),
)


def _rows(sheet: SignInSheet) -> Iterator[Row | Band]:
    place = 0
    for group in sheet.groups:
        if group.heading:
            yield Band(group.heading)
        for place, line in enumerate(group.lines, place + 1):  # noqa: B020 -- numbers go on over the groups
            yield [str(place), line.unit, line.name, line.post, line.phone, "", line.note]
    if sheet.blank_lines and sheet.groups:
        yield Band("其他参会人员")
    for blank in range(place + 1, place + 1 + sheet.blank_lines):
        yield [str(blank), "", "", "", "", "", ""]


def _number(count: int | None) -> str:
    """A number, or room to write it."""
    return "　　　" if count is None else str(count)
