"""Forms of meetings."""

from meetings.meetings.forms.attendance import MARKS, AttendeeForm, NewAttendeeForm, RollForm, roll_form
from meetings.meetings.forms.content import (
    FilesForm,
    IssueMinutesForm,
    ItemForm,
    MinutesForm,
    ReopenMinutesForm,
    SpeechForm,
    WordForm,
)
from meetings.meetings.forms.meetings import SCOPE_KINDS, CancelForm, FilterForm, KindForm, MeetingForm

__all__ = [
    "MARKS",
    "SCOPE_KINDS",
    "AttendeeForm",
    "CancelForm",
    "FilesForm",
    "FilterForm",
    "IssueMinutesForm",
    "ItemForm",
    "KindForm",
    "MeetingForm",
    "MinutesForm",
    "NewAttendeeForm",
    "ReopenMinutesForm",
    "RollForm",
    "SpeechForm",
    "WordForm",
    "roll_form",
]
