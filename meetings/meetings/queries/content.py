"""What belongs to one meeting that the actor was allowed to load: agenda, speeches, requirements, files."""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from meetings.attachments.models import Attachment
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingFile,
    Requirement,
    RequirementAim,
    Section,
    Speech,
    TextStatus,
)
from meetings.meetings.queries.meetings import visible_to
from meetings.plans.queries.serving import ServedLine, lines_served, named, served

_served = lines_served(RequirementAim, RequirementAim.requirement_id)


def agenda_of(meeting: Meeting) -> Sequence[AgendaItem]:
    """The agenda in its order, with the documents read."""
    rows = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).options(joinedload(AgendaItem.document))
    return db.session.scalars(rows.order_by(AgendaItem.position, AgendaItem.id)).all()


def find_item(meeting: Meeting, item_id: int) -> AgendaItem:
    row = db.session.scalar(
        select(AgendaItem)
        .where(AgendaItem.id == item_id, AgendaItem.meeting_id == meeting.id)
        .options(joinedload(AgendaItem.document))
    )
    if row is None:
        raise NotFound
    return row


def is_in_use(item: AgendaItem) -> bool:
    """Whether a speech, a file or somebody's arrival or leaving hangs on the item."""
    hangs = or_(
        exists().where(Speech.agenda_item_id == item.id),
        exists().where(MeetingFile.agenda_item_id == item.id),
        exists().where(or_(Attendance.arrived_item_id == item.id, Attendance.left_item_id == item.id)),
    )
    return bool(db.session.scalar(select(hangs)))


def speeches_of(meeting: Meeting) -> Sequence[Speech]:
    """The speeches in their order, with their texts."""
    rows = select(Speech).where(Speech.meeting_id == meeting.id)
    return db.session.scalars(rows.order_by(Speech.position, Speech.id)).all()


def find_speech(meeting: Meeting, speech_id: int) -> Speech:
    row = db.session.scalar(select(Speech).where(Speech.id == speech_id, Speech.meeting_id == meeting.id))
    if row is None:
        raise NotFound
    return row


def requirements_of(meeting: Meeting) -> Sequence[Requirement]:
    """The requirements by number, each with its speech."""
    rows = select(Requirement).where(Requirement.meeting_id == meeting.id).options(joinedload(Requirement.speech))
    return db.session.scalars(rows.order_by(Requirement.number)).all()


def requirements_by_section(meeting: Meeting) -> dict[Section, int]:
    """How many requirements stand in each section."""
    rows = select(Requirement.section, func.count().label("number")).where(Requirement.meeting_id == meeting.id)
    return {row.section: row.number for row in db.session.execute(rows.group_by(Requirement.section))}


def speeches_by_text_status(meeting: Meeting) -> dict[TextStatus, int]:
    """How many speeches have a text of each standing."""
    rows = select(Speech.text_status, func.count().label("number")).where(Speech.meeting_id == meeting.id)
    return {row.text_status: row.number for row in db.session.execute(rows.group_by(Speech.text_status))}


def aims_of(requirement: Requirement) -> dict[str, RequirementAim]:
    """What a requirement serves, named as ``goal-12``, in the order in which it was said."""
    rows = select(RequirementAim).where(RequirementAim.requirement_id == requirement.id).order_by(RequirementAim.id)
    return named(db.session.scalars(rows))


def served_lines(requirement: Requirement) -> list[ServedLine]:
    """The goals and measures that a requirement the actor was given serves. One statement."""
    return served(_served, requirement.id)


def find_requirement(requirement_id: int, *, actor: Actor) -> Requirement:
    """The requirement with its meeting and speech, or ``NotFound``; for those who read everything about a meeting."""
    row = (
        db.session.scalar(
            select(Requirement)
            .join(Requirement.meeting)
            .where(Requirement.id == requirement_id, visible_to(actor))
            .options(joinedload(Requirement.meeting).joinedload(Meeting.kind), joinedload(Requirement.speech))
        )
        if actor.may("meetings.read")
        else None
    )
    if row is None:
        raise NotFound
    return row


def requirements_of_speech(speech: Speech) -> Sequence[Requirement]:
    return db.session.scalars(
        select(Requirement).where(Requirement.speech_id == speech.id).order_by(Requirement.number)
    ).all()


def files_of(meeting: Meeting) -> Sequence[MeetingFile]:
    """All files of the meeting, its agenda items and speeches, in the order they came."""
    rows = select(MeetingFile).where(MeetingFile.meeting_id == meeting.id).options(joinedload(MeetingFile.attachment))
    return db.session.scalars(rows.order_by(MeetingFile.id)).all()


def find_file(meeting: Meeting, attachment_id: int) -> MeetingFile:
    row = db.session.scalar(
        select(MeetingFile)
        .where(MeetingFile.meeting_id == meeting.id, MeetingFile.attachment_id == attachment_id)
        .options(joinedload(MeetingFile.attachment))
    )
    if row is None:
        raise NotFound
    return row


def find_leave_file(meeting: Meeting, attachment_id: int) -> Attachment:
    """A note of leave that stands behind somebody's attendance."""
    row = db.session.scalar(
        select(Attachment)
        .join(Attendance, Attendance.leave_file_id == Attachment.id)
        .where(Attachment.id == attachment_id, Attendance.meeting_id == meeting.id)
    )
    if row is None:
        raise NotFound
    return row
