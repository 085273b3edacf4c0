"""签到表: everybody on the list, with counts once the roll is marked."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from meetings.core.actor import Actor
from meetings.meetings import queries, rules, words
from meetings.meetings.models import Attendance, AttendanceState, Capacity, Meeting
from meetings.reporting.gather.office import meeting_facts, texts_of, was_held
from meetings.reporting.queries import sources
from reports.sign_in_sheet import SignInGroup, SignInLine, SignInSheet

TEXTS = ("blank_lines",)
_NOTED = frozenset({AttendanceState.ON_LEAVE, AttendanceState.LATE, AttendanceState.ABSENT})


def gather(meeting: Meeting, *, actor: Actor, texts: Mapping[str, Any]) -> tuple[SignInSheet, dict[str, Any]]:
    """Two statements; needs ``meeting.kind``."""
    roll = queries.roll_of(meeting)
    phones = sources.office_phones({row.person_id for row in roll if row.person_id}, actor=actor)
    counted = rules.tally_of(roll)
    is_marked = was_held(meeting) and counted.unmarked < counted.expected
    chosen = texts_of({"blank_lines": 5}, texts)
    groups = [
        SignInGroup(heading=name, lines=tuple(_line(row, phones) for row in rows))
        for name, rows in groupby(roll, key=lambda row: row.group_name)
    ]
    sheet = SignInSheet(
        meeting=meeting_facts(meeting),
        groups=tuple(groups),
        expected=counted.expected,
        came=counted.came if is_marked else None,
        on_leave=counted.on_leave if is_marked else None,
        absent=counted.absent if is_marked else None,
        blank_lines=chosen["blank_lines"] or 0,
    )
    return sheet, chosen


def _line(row: Attendance, phones: Mapping[int, str]) -> SignInLine:
    notes = ("列席" if row.capacity is Capacity.OBSERVER else "", _said(row))
    return SignInLine(
        unit=row.unit_name,
        name=row.name,
        post=row.post_title,
        phone=phones.get(row.person_id or 0, ""),
        note="；".join(filter(None, notes)),
    )


def _said(row: Attendance) -> str:
    if rules.foreseen(row) is AttendanceState.SUBSTITUTE:
        return f"{row.substitute_post}{row.substitute_name}代"
    return words.ATTENDANCE_STATES[row.state] if row.state in _NOTED else ""
