"""Meetings, what was said in them and what they require."""

from datetime import date

from meetings.meetings.models import (
    Meeting,
    MeetingKind,
    MeetingStatus,
    Requirement,
    Section,
    Speech,
    SpeechKind,
    TextStatus,
)
from tests.factories.people import the_committee
from tests.factories.rows import numbers, save


def meeting_kind(name: str | None = None) -> MeetingKind:
    return save(MeetingKind(committee_id=the_committee().id, name=name or f"会议{next(numbers)}"))


def meeting(**values: object) -> Meeting:
    defaults = {
        "committee_id": the_committee().id,
        "title": "妇女儿童工作会议",
        "status": MeetingStatus.HELD,
        "held_on": date(2026, 5, 20),
    }
    if "kind_id" not in values:
        defaults["kind_id"] = meeting_kind().id
    return save(Meeting(**{**defaults, **values}))


def speech(of: Meeting, **values: object) -> Speech:
    defaults = {
        "meeting_id": of.id,
        "position": next(numbers),
        "kind": SpeechKind.ADDRESS,
        "speaker_post": "副县长",
        "text": "要摸清底数，建立台账。",
        "text_status": TextStatus.REVIEWED,
    }
    return save(Speech(**{**defaults, **values}))


def requirement(of: Meeting, **values: object) -> Requirement:
    defaults = {
        "committee_id": of.committee_id,
        "meeting_id": of.id,
        "number": next(numbers),
        "section": Section.REQUIRED,
        "text": "要摸清底数，建立台账。",
    }
    return save(Requirement(**{**defaults, **values}))
