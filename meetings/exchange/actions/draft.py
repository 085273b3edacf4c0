"""A confirmed draft becomes a meeting with speeches, requirements and draft tasks, all or none."""

from collections.abc import Sequence

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import NotAllowed
from meetings.core.storage import Storage
from meetings.directory import actions as directory
from meetings.directory import queries as units
from meetings.directory.models import PostKind
from meetings.exchange.rules.draft import Asked, Speaker, Treatment, posts_in
from meetings.meetings import actions as meetings
from meetings.meetings.models import Meeting, Speech, SpeechKind, TextStatus
from meetings.meetings.rules import MeetingDetails
from meetings.tasks import actions as tasks
from meetings.tasks import queries as tasks_at_hand


def create_from_text(  # noqa: PLR0913 -- a meeting with all that is made of its text
    *,
    details: MeetingDetails,
    report: str,
    source: bytes,
    text_status: TextStatus,
    speakers: Sequence[Speaker],
    asked: Sequence[Asked],
    storage: Storage,
    max_megabytes: int,
    personal_data_confirmed: bool = False,
    by: Actor,
) -> Meeting:
    """Write down what a person confirmed. ``asked`` counts its places in ``report``; ``source`` is kept as a file.

    The report stands as the text of the first address, or of the meeting itself where nobody gave one. Raises what
    the actions raise that it is made of, and ``NotAllowed`` for who may not record meetings and draft tasks.
    """
    if not (by.may("meetings.record") and by.may("tasks.draft")):
        raise NotAllowed("meeting.not_yours")
    meeting = meetings.create_meeting(**details, by=by)
    meetings.add_files(
        meeting,
        [("会议文字原稿.txt", source)],
        storage=storage,
        max_megabytes=max_megabytes,
        by=by,
        personal_data_confirmed=personal_data_confirmed,
    )
    main = _add_speeches(meeting, speakers, report=report, text_status=text_status, by=by)
    for sentence in asked:
        requirement = meetings.add_requirement(
            meeting,
            section=sentence.section,
            text=sentence.text,
            speech_id=main.id,
            start=sentence.start,
            end=sentence.end,
            is_actionable=sentence.treatment in {Treatment.TASK, Treatment.JOIN, Treatment.SET_ASIDE},
            by=by,
        )
        if sentence.treatment is Treatment.SET_ASIDE:
            tasks.set_aside(requirement, reason=sentence.reason, by=by)
        if sentence.treatment is Treatment.JOIN and sentence.joined_task_id:
            at_hand = tasks_at_hand.find(sentence.joined_task_id, actor=by, full=False)
            tasks.join(requirement, task=at_hand, by=by)
        if sentence.treatment is Treatment.TASK and sentence.lead_unit_id and sentence.due_on:
            task = tasks.draft_task(
                **{**tasks.PLAIN_DRAFT, "standards": sentence.standards},
                title=sentence.title,
                lead_unit_id=sentence.lead_unit_id,
                cooperating_unit_ids=sentence.cooperating_unit_ids,
                due_on=sentence.due_on,
                requirement=requirement,
                by=by,
            )
            tasks.serve(task, sentence.aims, by=by)
    return meeting


def _add_speeches(
    meeting: Meeting, speakers: Sequence[Speaker], *, report: str, text_status: TextStatus, by: Actor
) -> Speech:
    """The speeches; the one that the report is kept with comes back."""
    main = next((each for each in speakers if each.kind is SpeechKind.ADDRESS), None)
    if main is None:
        main = Speaker(SpeechKind.ADDRESS, "", meeting.organiser or "会议", None, is_new_person=False, unit_id=None)
        speakers = [*speakers, main]
    kept: Speech | None = None
    new: dict[str, int] = {}  # who speaks twice is one person
    for each in speakers:
        person_id = each.person_id
        if each.is_new_person:
            person_id = new.get(each.speaker_name) or _new_person(meeting, each, by)
            new[each.speaker_name] = person_id
        speech = meetings.add_speech(
            meeting,
            kind=each.kind,
            agenda_item_id=None,
            person_id=person_id,
            unit_id=each.unit_id,
            speaker_name=each.speaker_name,
            speaker_post=each.speaker_post,
            begins_at=None,
            ends_at=None,
            text=report if each is main else "",
            key_points="",
            text_status=text_status,
            reviewed_by="",
            reviewed_on=None,
            by=by,
        )
        kept = speech if each is main else kept
    if kept is None:
        raise RuntimeError("the report belongs to no speech")
    return kept


def _new_person(meeting: Meeting, speaker: Speaker, by: Actor) -> int:
    """Somebody whom the directory does not know, with those posts whose unit it knows; from the meeting's day on."""
    person = directory.create_person(name=speaker.speaker_name, by=by)
    known = {name: unit.id for unit in units.units(by) for name in (unit.name, unit.short_name)}
    for unit_id, title in posts_in(speaker.speaker_post, known):
        directory.add_post(
            person_id=person.id,
            unit_id=unit_id,
            kind=PostKind.OTHER,
            title=title,
            from_on=meeting.held_on or clock.today(),
            by=by,
        )
    return person.id
