"""A first text of the minutes out of what was recorded. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from meetings.directory.models import PostKind
from meetings.meetings.models import (
    AgendaItem,
    Attendance,
    AttendanceState,
    Capacity,
    Meeting,
    Requirement,
    Section,
    Speech,
    SpeechKind,
)
from meetings.meetings.rules.attendance import CAME, COUNTED, tally_of

_MANY = 6
_SECTION_OPENINGS: Mapping[Section, str] = {
    Section.POINTED_OUT: "会议指出，",
    Section.STRESSED: "会议强调，",
    Section.REQUIRED: "会议要求，",
    Section.RESOLVED: "会议议定以下事项：",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What was recorded of a meeting, and the words for kinds of speeches and posts."""

    meeting: Meeting
    agenda: Sequence[AgendaItem]
    speeches: Sequence[Speech]
    requirements: Sequence[Requirement]
    roll: Sequence[Attendance]
    speech_kinds: Mapping[SpeechKind, str]
    post_kinds: Mapping[PostKind, str]


def minutes_draft(record: Record) -> str:
    """A first text for somebody to work on; nothing in it is made up.

    It is kept as typed text, so it is in the office's own script whichever its reader has chosen.
    """
    meeting, agenda, speeches = record.meeting, record.agenda, record.speeches
    requirements, roll = record.requirements, record.roll
    held = (
        f"{meeting.held_on.year}年{meeting.held_on.month}月{meeting.held_on.day}日"
        if meeting.held_on
        else meeting.day_text
    )
    chair = f"{meeting.chair_post}{meeting.chair_name}"
    opening = f"{held}，{chair}{'在' if meeting.place else ''}{meeting.place}主持召开{meeting.title}。"
    if not chair:
        opening = f"{held}，{meeting.title}{'在' if meeting.place else ''}{meeting.place}召开。"
    came = tally_of(roll)
    if came.expected:
        opening += f"应到 {came.expected} 人，实到 {came.came} 人，请假 {came.on_leave} 人，缺席 {came.absent} 人。"
    parts = [opening]
    if agenda:
        lines = [f"{n}. {_item_in_words(item)}" for n, item in enumerate(agenda, 1)]
        parts.append("\n".join(["会议进行了以下议程：", *lines]))
    spoke = [f"{speech.speaker}（{record.speech_kinds[speech.kind]}）" for speech in speeches]
    if spoke:
        parts.append(f"先后发言的有：{'、'.join(spoke)}。")
    for section, opening_words in _SECTION_OPENINGS.items():
        texts = [requirement.text.rstrip("。；") for requirement in requirements if requirement.section is section]
        if texts and section is Section.RESOLVED:
            parts.append("\n".join([opening_words, *(f"{n}. {text}。" for n, text in enumerate(texts, 1))]))
        elif texts:
            parts.append(f"{opening_words}{'；'.join(texts)}。")
    for title, chosen in (
        ("出席：", [row for row in roll if row.state in CAME and row.capacity in COUNTED]),
        ("请假：", [row for row in roll if row.state is AttendanceState.ON_LEAVE]),
        ("列席：", [row for row in roll if row.state in CAME and row.capacity is Capacity.OBSERVER]),
    ):
        if chosen:
            parts.append(title + "、".join(_attended(chosen, record.post_kinds)) + "。")
    return "\n\n".join(parts)


def _item_in_words(item: AgendaItem) -> str:
    document = f"《{item.document.title}》" if item.document and item.document.title not in item.title else ""
    who = f"（{item.presenter}）" if item.presenter else ""
    return f"{item.title}{document}{who}"


def _attended(rows: Iterable[Attendance], post_kinds: Mapping[PostKind, str]) -> Iterator[str]:
    """Each by unit and post; many of one group and kind of post together, where nobody is named.

    各成员单位主要负责人36人（县委统战部常务副部长代）: as offices write it when a whole group was asked.
    """
    for (group, kind), some in groupby(rows, key=lambda row: (row.group_name, row.post_kind)):
        same = list(some)
        if not group or kind is None or len(same) < _MANY or any(row.name for row in same):
            yield from (_attendee(row, post_kinds) for row in same)
            continue
        stood_in = [
            f"{row.unit_name}{row.substitute_post}代" for row in same if row.state is AttendanceState.SUBSTITUTE
        ]
        said = f"（{'、'.join(stood_in)}）" if stood_in else ""
        yield f"{group}{post_kinds[kind]}{len(same)}人{said}"


def _attendee(row: Attendance, post_kinds: Mapping[PostKind, str]) -> str:
    """县教育局局长王某（某副局长代）: unit, post, name, and who stood in."""
    post = row.post_title or (post_kinds[row.post_kind] if row.post_kind else "")
    stood_in = f"（{row.substitute_post}{row.substitute_name}代）" if row.state is AttendanceState.SUBSTITUTE else ""
    return f"{row.unit_name}{post}{row.name}{stood_in}"
