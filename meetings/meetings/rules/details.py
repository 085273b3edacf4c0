"""What is written down about a meeting and its parts, as actions take it. Pure."""

from collections.abc import Sequence
from datetime import date, time
from typing import NamedTuple, TypedDict

from meetings.directory.models import PostKind
from meetings.meetings.models import (
    AgendaKind,
    AttendanceState,
    Capacity,
    SpeechKind,
    TextStatus,
)


class ScopeKey(NamedTuple):
    """One tick of 参会范围: the holders of a kind of post in the units of a group; written ``3:liaison``."""

    group_id: int
    post_kind: PostKind

    @classmethod
    def read(cls, text: "str | ScopeKey") -> "ScopeKey":
        """Raises ``ValueError`` where the text is no such key."""
        if isinstance(text, ScopeKey):
            return text
        group_id, _colon, post_kind = text.partition(":")
        return cls(int(group_id), PostKind(post_kind))

    def __str__(self) -> str:
        return f"{self.group_id}:{self.post_kind.value}"


class MeetingDetails(TypedDict):
    """What is written down about a meeting; ``year`` counts only where the day is not known."""

    kind_id: int
    title: str
    held_on: date | None
    day_text: str
    year: int | None
    begins_at: time | None
    ends_at: time | None
    place: str
    branch_places: str
    organiser: str
    chair_name: str
    chair_post: str
    source: str
    text_reviewer: str
    previous_id: int | None
    scopes: Sequence[ScopeKey]


class ItemDetails(TypedDict):
    kind: AgendaKind
    title: str
    presenter: str
    presenter_unit_id: int | None
    document_id: int | None
    planned_minutes: int | None


class SpeechDetails(TypedDict):
    """``speaker_post`` may be empty where person or unit are given: it is then that of the meeting's day."""

    kind: SpeechKind
    agenda_item_id: int | None
    person_id: int | None
    unit_id: int | None
    speaker_name: str
    speaker_post: str
    begins_at: time | None
    ends_at: time | None
    text: str
    key_points: str
    text_status: TextStatus
    reviewed_by: str
    reviewed_on: date | None


class AttendeeDetails(TypedDict):
    """One line of the list, whole; ``arrived_item_id`` and ``left_item_id`` are agenda items."""

    capacity: Capacity
    unit_id: int | None
    name: str
    post_title: str
    state: AttendanceState
    substitute_name: str
    substitute_post: str
    reason: str
    arrived_item_id: int | None
    left_item_id: int | None


class RollMark(NamedTuple):
    """How one line of the list was marked; ``version`` is the row's when the form was filled."""

    id: int
    version: int
    state: AttendanceState
    substitute_name: str
    substitute_post: str
    reason: str
