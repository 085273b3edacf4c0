"""参会名单与回执汇总: everybody on the list, what each answered, who came."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from meetings.meetings import queries, rules, words
from meetings.meetings.models import Attendance, AttendanceState, Capacity, Meeting
from meetings.meetings.rules import Tally
from meetings.reporting.gather.office import meeting_facts, texts_of, was_held
from reports.attendee_list import Attendee, AttendeeGroup, AttendeeList
from reports.facts import Rate

TEXTS = ("with_name_cards",)
CAME_RULE = "实到（出席、迟到、代会）人数 ÷ 应到人数（不含列席、记录人员）"
HEADS_RULE = "主要负责人本人到会（出席、迟到）人数 ÷ 应到的主要负责人人数，代会不计"


def gather(meeting: Meeting, *, texts: Mapping[str, Any]) -> tuple[AttendeeList, dict[str, Any]]:
    """One statement; needs ``meeting.kind``."""
    roll = queries.roll_of(meeting)
    counted = rules.tally_of(roll)
    chosen = texts_of({"with_name_cards": False}, texts)
    groups = [
        AttendeeGroup(heading=name, attendees=tuple(map(_attendee, rows)))
        for name, rows in groupby(roll, key=lambda row: row.group_name)
    ]
    listed = AttendeeList(
        meeting=meeting_facts(meeting),
        groups=tuple(groups),
        summary=_summary(counted, roll, is_held=was_held(meeting)) if roll else "",
        rates=_rates(counted) if was_held(meeting) else (),
        with_name_cards=bool(chosen["with_name_cards"]),
        answers="到会" if was_held(meeting) else "回执",
    )
    return listed, chosen


def _attendee(row: Attendance) -> Attendee:
    stands_in = f"{row.substitute_post}{row.substitute_name}"
    return Attendee(
        unit=row.unit_name,
        name=row.name,
        post=row.post_title,
        capacity=words.CAPACITIES[row.capacity],
        state=_answer(row),
        note="；".join(filter(None, (stands_in, row.reason))),
        card=_card(row),
    )


def _answer(row: Attendance) -> str:
    """What was marked, or answered so far; nothing where neither was."""
    state = rules.foreseen(row)
    if state is not AttendanceState.EXPECTED:
        return words.ATTENDANCE_STATES[state]
    return "参加" if row.replied_at else ""


def _card(row: Attendance) -> str:
    """What the card on the table says; who stays away, and who keeps the record, has none."""
    if row.state in (AttendanceState.ON_LEAVE, AttendanceState.ABSENT) or row.capacity is Capacity.RECORDER:
        return ""
    if rules.foreseen(row) is AttendanceState.SUBSTITUTE:
        return row.substitute_name or f"{row.unit_name}\n{row.substitute_post}"
    return row.name or f"{row.unit_name}\n{row.post_title}"


def _summary(counted: Tally, roll: Sequence[Attendance], *, is_held: bool) -> str:
    """应到, then who came; before the meeting what was answered."""
    parts = [f"应到{counted.expected}人"]
    if not is_held:
        asked = [row for row in roll if row.capacity in rules.COUNTED]
        answered = sum(map(rules.is_answered, asked))
        substitutes = sum(rules.foreseen(row) is AttendanceState.SUBSTITUTE for row in asked)
        parts.append(f"已报回执{answered}人（代会{substitutes}，请假{counted.on_leave}）")
        if answered < counted.expected:
            parts.append(f"未报回执{counted.expected - answered}人")
    elif counted.unmarked < counted.expected:
        parts.append(f"实到{counted.came}人（出席{counted.present}，迟到{counted.late}，代会{counted.substitute}）")
        parts += [f"请假{counted.on_leave}人", f"缺席{counted.absent}人"]
    if is_held and counted.unmarked:
        parts.append(f"未点名{counted.unmarked}人")
    if counted.observers:
        parts.append(f"列席{counted.observers}人" + (f"，到{counted.observers_came}人" if is_held else ""))
    return "；".join(parts) + "。"


def _rates(counted: Tally) -> tuple[Rate, ...]:
    """As the page of the roll counts them, once it is marked."""
    if counted.unmarked >= counted.expected:
        return ()
    heads = Rate(label="主要负责人到会率", numerator=counted.heads_came, denominator=counted.heads, rule=HEADS_RULE)
    came = Rate(label="到会率", numerator=counted.came, denominator=counted.expected, rule=CAME_RULE)
    return (came, heads) if counted.heads else (came,)
