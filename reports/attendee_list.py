"""参会名单与回执汇总 (``attendee-list``): who is asked, what each answered, who came; name cards for the table."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.blocks import Band, Block, Column, Heading, NameCards, Note, PageBreak, Rates, Report, Row, Table
from reports.facts import NONE, MeetingFacts, Rate


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody asked. ``state`` is 出席, 代会, 请假 …, empty while nothing was answered; ``note`` says who comes
    instead, why somebody stays away. ``card`` is what the name card says: a name, or a post where no name is known.
    """

    unit: str
    name: str = ""
    post: str = ""
    capacity: str = ""
    state: str = ""
    note: str = ""
    card: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendeeGroup:
    heading: str
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True, kw_only=True)
class AttendeeList:
    """``summary`` counts by state in words; ``rates`` are 到会率 and that of heads, once marked. ``answers`` says what
    the states are: 回执 before the meeting, 到会 of one that was held.
    """

    meeting: MeetingFacts
    groups: tuple[AttendeeGroup, ...] = ()
    summary: str = ""
    rates: tuple[Rate, ...] = ()
    with_name_cards: bool = False
    answers: str = "回执（到会）"


def compose(listed: AttendeeList) -> Report:
    """The list on upright pages, the name cards on pages of their own."""
    return Report(title=f"{listed.meeting.title}参会名单", under=(_under(listed.meeting),), body=_body(listed))


def _under(meeting: MeetingFacts) -> str:
    return "　".join(filter(None, (meeting.when, meeting.place)))


def _body(listed: AttendeeList) -> Iterator[Block]:
    if listed.summary:
        yield Note(listed.summary)
    columns = [column for column in _columns(listed.answers) if column.head not in _idle(listed)]
    yield Table(columns=columns, name="参会名单", rows=_rows(listed), empty="还没有参会名单")
    if listed.rates:
        yield Heading("到会情况")
        yield Rates(listed.rates)
    cards = tuple(each.card for group in listed.groups for each in group.attendees if each.card)
    if listed.with_name_cards and cards:
        yield PageBreak()
        yield NameCards(cards)


def _columns(answers: str) -> tuple[Column, ...]:
    return (
        Column(head="序号", weight=7, align="center"),
        Column(head="单位", weight=24),
        Column(head="姓名", weight=15),
        Column(head="职务", weight=20),
        Column(head="身份", weight=9, align="center"),
        Column(head=answers, weight=10, align="center"),
        Column(head="代会人、事由", weight=20),
    )


def _idle(listed: AttendeeList) -> frozenset[str]:
    """Columns that tell nothing of anybody on the list: no name is known, everybody comes in the same capacity."""
    people = [each for group in listed.groups for each in group.attendees]
    if not people:
        return frozenset()
    idle = {"姓名"} if not any(each.name for each in people) else set()
    return frozenset(idle | ({"身份"} if len({each.capacity for each in people}) < 2 else set()))


def _rows(listed: AttendeeList) -> Iterator[Row | Band]:
    idle = _idle(listed)
    place = 0
    for group in listed.groups:
        yield Band(f"{group.heading or '其他'}（{len(group.attendees)}人）")
        for each in group.attendees:
            place += 1
            yield [
                str(place),
                each.unit,
                *([] if "姓名" in idle else [each.name]),
                each.post,
                *([] if "身份" in idle else [each.capacity]),
                each.state or NONE,
                each.note,
            ]
