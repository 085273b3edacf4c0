"""Agenda, speeches and files of a meeting."""

from collections.abc import Sequence
from typing import TypeVar, Unpack

from meetings.attachments.actions import keep
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.core.storage import Storage
from meetings.directory import queries as directory
from meetings.documents import queries as documents
from meetings.meetings import queries, rules
from meetings.meetings.models import AgendaItem, Meeting, MeetingAction, MeetingFile, Speech
from meetings.meetings.rules import ItemDetails, SpeechDetails

Placed = TypeVar("Placed", AgendaItem, Speech)

# --- agenda -------------------------------------------------------------------------------------------------------


def add_item(meeting: Meeting, *, by: Actor, **details: Unpack[ItemDetails]) -> AgendaItem:
    """Put an item at the end of the agenda."""
    rules.next_status(meeting, MeetingAction.EDIT_AGENDA, by)
    last = max((item.position for item in queries.agenda_of(meeting)), default=0)
    item = AgendaItem(meeting_id=meeting.id, position=last + 1)
    _write_item(item, details, by)
    db.session.add(item)
    db.session.flush()
    return item


def edit_item(meeting: Meeting, item: AgendaItem, *, by: Actor, **details: Unpack[ItemDetails]) -> None:
    rules.next_status(meeting, MeetingAction.EDIT_AGENDA, by)
    _write_item(item, details, by)


def _write_item(item: AgendaItem, details: ItemDetails, by: Actor) -> None:
    if details["presenter_unit_id"] is not None:
        directory.find_unit(details["presenter_unit_id"], actor=by)
    if details["document_id"] is not None:
        documents.find(details["document_id"], actor=by)
    item.kind, item.title = details["kind"], details["title"]
    item.presenter, item.presenter_unit_id = details["presenter"], details["presenter_unit_id"]
    item.document_id, item.planned_minutes = details["document_id"], details["planned_minutes"]


def move_item(meeting: Meeting, item: AgendaItem, *, is_up: bool, by: Actor) -> None:
    """Exchange an agenda item with its neighbour; the first stays first."""
    rules.next_status(meeting, MeetingAction.EDIT_AGENDA, by)
    _move(queries.agenda_of(meeting), item, is_up)


def _move(rows: Sequence[Placed], row: Placed, is_up: bool) -> None:
    ordered = list(rows)
    place = ordered.index(row)
    other = place - 1 if is_up else place + 1
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, each in enumerate(ordered, 1):
        if each.position != position:
            each.position = position


def remove_item(meeting: Meeting, item: AgendaItem, *, by: Actor) -> None:
    """Take an item out. Raises ``DomainError("agenda.in_use")`` where a speech, a file or an arrival hangs on it."""
    rules.next_status(meeting, MeetingAction.EDIT_AGENDA, by)
    if queries.is_in_use(item):
        raise DomainError("agenda.in_use")
    db.session.delete(item)


# --- speeches -----------------------------------------------------------------------------------------------------


def add_speech(meeting: Meeting, *, by: Actor, **details: Unpack[SpeechDetails]) -> Speech:
    """Record a speech after those there are.

    Raises ``DomainError`` with ``speech.nobody``, ``speech.ends_before_begin``, ``speech.reviewer_needed``,
    ``speech.review_day_needed``, ``speech.review_day_ahead``; ``NotFound`` for a foreign person, unit or item.
    """
    rules.next_status(meeting, MeetingAction.RECORD_SPEECHES, by)
    last = max((speech.position for speech in queries.speeches_of(meeting)), default=0)
    speech = Speech(meeting_id=meeting.id, position=last + 1)
    _write_speech(meeting, speech, details, by)
    db.session.add(speech)
    db.session.flush()
    return speech


def edit_speech(meeting: Meeting, speech: Speech, *, by: Actor, **details: Unpack[SpeechDetails]) -> None:
    """Change a speech; sentences that requirements rest on must stay and are found again where they moved to.

    Raises what ``add_speech`` raises, and ``DomainError("speech.sentence_lost")``.
    """
    rules.next_status(meeting, MeetingAction.RECORD_SPEECHES, by)
    if details["text"] != speech.text:
        requirements = queries.requirements_of_speech(speech)
        places = rules.moved_spans(speech.text, details["text"], requirements)
        for requirement in requirements:
            if requirement.id in places and (requirement.start, requirement.end) != places[requirement.id]:
                requirement.start, requirement.end = places[requirement.id]
    _write_speech(meeting, speech, details, by)


def _write_speech(meeting: Meeting, speech: Speech, details: SpeechDetails, by: Actor) -> None:
    rules.check_times(details["begins_at"], details["ends_at"], code="speech.ends_before_begin")
    rules.check_review(details["text_status"], details["reviewed_by"], details["reviewed_on"], today=clock.today())
    if details["agenda_item_id"] is not None:
        queries.find_item(meeting, details["agenda_item_id"])
    speech.kind, speech.agenda_item_id = details["kind"], details["agenda_item_id"]
    speech.person_id, speech.unit_id = details["person_id"], details["unit_id"]
    speech.speaker_name, speech.speaker_post = _speaker(meeting, details, by)
    speech.begins_at, speech.ends_at = details["begins_at"], details["ends_at"]
    speech.text, speech.key_points = details["text"], details["key_points"]
    speech.text_status = details["text_status"]
    speech.reviewed_by, speech.reviewed_on = details["reviewed_by"], details["reviewed_on"]


def _speaker(meeting: Meeting, details: SpeechDetails, by: Actor) -> tuple[str, str]:
    """Name and post as they were on the day; what was typed goes before what the directory says."""
    name, post = details["speaker_name"], details["speaker_post"]
    day = meeting.held_on or clock.today()
    if details["person_id"] is not None:
        person = directory.find_person(details["person_id"], actor=by)
        name = person.name
        post = post or rules.posts_in_words(directory.posts_of_people([person.id], day).get(person.id, []), None)
    if details["unit_id"] is not None:
        unit = directory.find_unit(details["unit_id"], actor=by)
        if not name and not post:
            post = directory.name_on(unit, directory.former_names(unit), day)
    if not name and not post:
        raise DomainError("speech.nobody", field="person_id")
    return name[:100], post[:300]


def move_speech(meeting: Meeting, speech: Speech, *, is_up: bool, by: Actor) -> None:
    """Exchange a speech with its neighbour."""
    rules.next_status(meeting, MeetingAction.RECORD_SPEECHES, by)
    _move(queries.speeches_of(meeting), speech, is_up)


def remove_speech(meeting: Meeting, speech: Speech, *, by: Actor) -> None:
    """Take a speech out; its files stay with the meeting. Raises ``DomainError("speech.has_requirements")``."""
    rules.next_status(meeting, MeetingAction.RECORD_SPEECHES, by)
    if queries.requirements_of_speech(speech):
        raise DomainError("speech.has_requirements")
    for link in queries.files_of(meeting):
        if link.speech_id == speech.id:
            link.speech_id = None
    db.session.flush()
    db.session.delete(speech)


# --- files --------------------------------------------------------------------------------------------------------


def add_files(
    meeting: Meeting,
    files: Sequence[tuple[str, bytes]],
    *,
    storage: Storage,
    max_megabytes: int,
    by: Actor,
    personal_data_confirmed: bool = False,
    hangs_on: AgendaItem | Speech | None = None,
) -> list[Attachment]:
    """Keep files with the meeting, or with one of its agenda items or speeches. Raises what ``keep`` raises."""
    rules.next_status(meeting, MeetingAction.ADD_FILES, by)
    kept = []
    for name, content in files:
        attachment = keep(
            name=name,
            content=content,
            storage=storage,
            by=by,
            max_megabytes=max_megabytes,
            personal_data_confirmed=personal_data_confirmed,
        )
        db.session.add(
            MeetingFile(
                meeting_id=meeting.id,
                attachment_id=attachment.id,
                agenda_item_id=hangs_on.id if isinstance(hangs_on, AgendaItem) else None,
                speech_id=hangs_on.id if isinstance(hangs_on, Speech) else None,
            )
        )
        kept.append(attachment)
    return kept


def remove_file(meeting: Meeting, link: MeetingFile, *, by: Actor) -> None:
    """Take a file off the meeting's list; what the log says of it stays."""
    rules.next_status(meeting, MeetingAction.ADD_FILES, by)
    db.session.delete(link)
