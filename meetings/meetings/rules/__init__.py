"""The rules of meetings. Pure: no session, no request, no clock."""

from meetings.meetings.rules.attendance import (
    CAME,
    COUNTED,
    SELF,
    Mark,
    Tally,
    check_mark,
    fraction,
    posts_in_words,
    tally,
    tally_of,
)
from meetings.meetings.rules.details import (
    AttendeeDetails,
    ItemDetails,
    MeetingDetails,
    RollMark,
    ScopeKey,
    SpeechDetails,
)
from meetings.meetings.rules.drafting import Record, minutes_draft
from meetings.meetings.rules.spans import check_span, moved_spans
from meetings.meetings.rules.states import (
    TRANSITIONS,
    Transition,
    available_actions,
    check_review,
    check_signing,
    check_times,
    is_accepted,
    next_status,
    place_in_series,
)

__all__ = [
    "CAME",
    "COUNTED",
    "SELF",
    "TRANSITIONS",
    "AttendeeDetails",
    "ItemDetails",
    "Mark",
    "MeetingDetails",
    "Record",
    "RollMark",
    "ScopeKey",
    "SpeechDetails",
    "Tally",
    "Transition",
    "available_actions",
    "check_mark",
    "check_review",
    "check_signing",
    "check_span",
    "check_times",
    "fraction",
    "is_accepted",
    "minutes_draft",
    "moved_spans",
    "next_status",
    "place_in_series",
    "posts_in_words",
    "tally",
    "tally_of",
]
