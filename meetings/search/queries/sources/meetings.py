"""What is found of meetings: themselves, their agenda, speeches, requirements, minutes and files."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from meetings.attachments.models import Attachment
from meetings.meetings.models import AgendaItem, Meeting, MeetingFile, Minutes, MinutesRevision, Requirement, Speech
from meetings.search.models import Kind
from meetings.search.queries.sources.reading import Reading, issued_to, lines, readers


def _meeting(row: Any, _beside: Any) -> Any:
    place = f"{row.year}年第{row.sequence}次" if row.sequence else ""
    text = lines(place, row.place, row.branch_places, row.organiser, f"{row.chair_post}{row.chair_name}")
    marks = [readers(row.committee_id)]
    if row.issued_revision is not None:
        marks.append(issued_to(row.committee_id))
    return row.id, row.title, text, "", row.held_on, tuple(marks)


def _agenda_item(row: Any, _beside: Any) -> Any:
    return row.meeting_id, row.title, row.presenter, row.meeting, row.held_on, (readers(row.committee_id),)


def _speech(row: Any, _beside: Any) -> Any:
    text = lines(row.text, row.key_points)
    who = f"{row.speaker_post}{row.speaker_name}"
    return row.meeting_id, who, text, row.meeting, row.held_on, (readers(row.committee_id),)


def _requirement(row: Any, _beside: Any) -> Any:
    return row.meeting_id, "", row.text, row.meeting, row.held_on, (readers(row.committee_id),)


def _minutes(row: Any, _beside: Any) -> Any:
    return row.id, "", row.text, row.meeting, row.held_on, (readers(row.committee_id),)


def _issued_minutes(row: Any, _beside: Any) -> Any:
    return row.id, "", row.text, row.meeting, row.held_on, (issued_to(row.committee_id),)


def _meeting_file(row: Any, _beside: Any) -> Any:
    return row.meeting_id, row.name, "", row.meeting, row.held_on, (readers(row.committee_id),)


_OF_MEETING = (Meeting.title.label("meeting"), Meeting.held_on, Meeting.committee_id)


_meeting_rows = select(
    Meeting.id,
    Meeting.committee_id,
    Meeting.title,
    Meeting.year,
    Meeting.sequence,
    Meeting.held_on,
    Meeting.place,
    Meeting.branch_places,
    Meeting.organiser,
    Meeting.chair_name,
    Meeting.chair_post,
    Minutes.issued_revision,
).outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
_of_meeting = {"meeting": Meeting.id}

READINGS: Mapping[Kind, Reading] = {
    Kind.MEETING: Reading(_meeting_rows, Meeting.id, _meeting),
    Kind.AGENDA_ITEM: Reading(
        select(AgendaItem.id, AgendaItem.meeting_id, AgendaItem.title, AgendaItem.presenter, *_OF_MEETING).join(
            Meeting, Meeting.id == AgendaItem.meeting_id
        ),
        AgendaItem.id,
        _agenda_item,
        _of_meeting,
    ),
    Kind.SPEECH: Reading(
        select(
            Speech.id,
            Speech.meeting_id,
            Speech.speaker_name,
            Speech.speaker_post,
            Speech.text,
            Speech.key_points,
            *_OF_MEETING,
        ).join(Meeting, Meeting.id == Speech.meeting_id),
        Speech.id,
        _speech,
        _of_meeting,
    ),
    Kind.REQUIREMENT: Reading(
        select(Requirement.id, Requirement.meeting_id, Requirement.text, *_OF_MEETING).join(
            Meeting, Meeting.id == Requirement.meeting_id
        ),
        Requirement.id,
        _requirement,
        _of_meeting,
    ),
    # A meeting has one text of minutes: it is known by the meeting's id.
    Kind.MINUTES: Reading(
        select(Meeting.id, Minutes.text, *_OF_MEETING).join(Minutes, Minutes.meeting_id == Meeting.id),
        Meeting.id,
        _minutes,
        _of_meeting,
    ),
    Kind.ISSUED_MINUTES: Reading(
        select(Meeting.id, MinutesRevision.text, *_OF_MEETING)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .join(
            MinutesRevision,
            (MinutesRevision.minutes_id == Minutes.id) & (MinutesRevision.revision == Minutes.issued_revision),
        ),
        Meeting.id,
        _issued_minutes,
        _of_meeting,
    ),
    Kind.MEETING_FILE: Reading(
        select(MeetingFile.id, MeetingFile.meeting_id, Attachment.name, *_OF_MEETING)
        .join(Meeting, Meeting.id == MeetingFile.meeting_id)
        .join(Attachment, Attachment.id == MeetingFile.attachment_id),
        MeetingFile.id,
        _meeting_file,
        _of_meeting,
    ),
}
