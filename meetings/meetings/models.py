"""Meetings, what was on the agenda, who came, who spoke, what was required, and the minutes."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import PostKind, UnitGroup
from meetings.documents.models import Document


class MeetingStatus(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    HELD = "held"
    MINUTED = "minuted"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class MeetingAction(StrEnum):
    """What may be done with a meeting; ``rules.TRANSITIONS`` says when and by whom."""

    EDIT = "edit"
    EDIT_AGENDA = "edit_agenda"
    RECORD_ATTENDANCE = "record_attendance"
    RECORD_SPEECHES = "record_speeches"
    ADD_REQUIREMENTS = "add_requirements"
    ADD_FILES = "add_files"
    ANNOUNCE = "announce"
    HOLD = "hold"
    WRITE_MINUTES = "write_minutes"
    MINUTE = "minute"
    REOPEN_MINUTES = "reopen_minutes"
    ARCHIVE = "archive"
    CANCEL = "cancel"


class AgendaKind(StrEnum):
    WORK_REPORT = "work_report"
    READING = "reading"
    INTERPRETATION = "interpretation"
    BRIEFING = "briefing"
    DELIBERATION = "deliberation"
    EXCHANGE = "exchange"
    DUTY_REPORT = "duty_report"
    ADDRESS = "address"
    PLEDGE = "pledge"
    TRAINING = "training"
    PREVIOUS_ITEMS = "previous_items"
    OTHER = "other"


class SpeechKind(StrEnum):
    ADDRESS = "address"
    WORK_REPORT = "work_report"
    READING = "reading"
    INTERPRETATION = "interpretation"
    BRIEFING = "briefing"
    EXCHANGE = "exchange"
    WRITTEN_EXCHANGE = "written_exchange"
    STANCE = "stance"
    DUTY_REPORT = "duty_report"
    REPORT = "report"


class TextStatus(StrEnum):
    """How far the text of a speech may be relied on."""

    NEWS_EXCERPT = "news_excerpt"
    NOTES = "notes"
    REVIEWED = "reviewed"


class Section(StrEnum):
    POINTED_OUT = "pointed_out"
    STRESSED = "stressed"
    REQUIRED = "required"
    RESOLVED = "resolved"


class Capacity(StrEnum):
    CHAIR = "chair"
    ATTENDEE = "attendee"
    OBSERVER = "observer"
    RECORDER = "recorder"


class AttendanceState(StrEnum):
    EXPECTED = "expected"
    PRESENT = "present"
    LATE = "late"
    SUBSTITUTE = "substitute"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"


class MeetingKind(Root):
    """A kind of meeting from the office's own list; meetings of one kind make a series."""

    __tablename__ = "meeting_kind"
    __table_args__ = (UniqueConstraint("committee_id", "name"), AUTOINCREMENT)

    name: Mapped[str] = mapped_column(String(50))
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    __audited__ = True


class Meeting(Root):
    """A meeting; its 次第 (``year``, ``sequence``) is given when it is announced and never again to another."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("committee_id", "kind_id", "year", "sequence"),
        Index("ix_meeting_committee_id_held_on", "committee_id", "held_on"),
        CheckConstraint("ends_at IS NULL OR begins_at IS NULL OR ends_at > begins_at", name="times_in_order"),
        AUTOINCREMENT,
    )

    kind_id: Mapped[int] = mapped_column(ForeignKey("meeting_kind.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    year: Mapped[int | None]
    sequence: Mapped[int | None]
    held_on: Mapped[date | None]
    day_text: Mapped[str] = mapped_column(String(50), default="")
    begins_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    branch_places: Mapped[str] = mapped_column(String(500), default="")
    organiser: Mapped[str] = mapped_column(String(100), default="")
    chair_name: Mapped[str] = mapped_column(String(100), default="")
    chair_post: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    text_reviewer: Mapped[str] = mapped_column(String(100), default="")
    status: Mapped[MeetingStatus] = mapped_column(default=MeetingStatus.DRAFT)
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    kind: Mapped[MeetingKind] = relationship(lazy="raise_on_sql")
    previous: Mapped[Meeting | None] = relationship(remote_side="Meeting.id", lazy="raise_on_sql")
    scopes: Mapped[list[MeetingScope]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = (
        "title",
        "year",
        "sequence",
        "held_on",
        "place",
        "branch_places",
        "organiser",
        "chair_name",
        "chair_post",
    )


class MeetingScope(Base):
    """参会范围: the holders of one kind of post in the units of one group are asked to come."""

    __tablename__ = "meeting_scope"
    __table_args__ = (UniqueConstraint("meeting_id", "group_id", "post_kind"), AUTOINCREMENT)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"))
    post_kind: Mapped[PostKind]

    group: Mapped[UnitGroup] = relationship(lazy="raise_on_sql")

    __audited__ = True


class AgendaItem(Base):
    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    kind: Mapped[AgendaKind]
    title: Mapped[str] = mapped_column(String(200))
    presenter: Mapped[str] = mapped_column(String(200), default="")
    presenter_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    planned_minutes: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    document: Mapped[Document | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("meeting_id", "title", "presenter")


class Attendance(Base):
    """Somebody asked to a meeting: unit, name and post as they were on that day, whatever changes later."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_meeting_id_position", "meeting_id", "position"), AUTOINCREMENT)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    group_name: Mapped[str] = mapped_column(String(100), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(String(100), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    post_title: Mapped[str] = mapped_column(String(200), default="")
    post_kind: Mapped[PostKind | None]
    capacity: Mapped[Capacity] = mapped_column(default=Capacity.ATTENDEE)
    state: Mapped[AttendanceState] = mapped_column(default=AttendanceState.EXPECTED)
    substitute_name: Mapped[str] = mapped_column(String(100), default="")
    substitute_post: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    leave_file_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    arrived_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    left_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    replied_at: Mapped[datetime | None]
    """When the invitation was answered; whoever comes stays ``EXPECTED`` until marked on the day."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class Speech(Base):
    """What somebody said: a person, a unit, or a guest by name, with the post of that day."""

    __tablename__ = "speech"
    __table_args__ = (Index("ix_speech_meeting_id_position", "meeting_id", "position"), AUTOINCREMENT)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    kind: Mapped[SpeechKind]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    speaker_name: Mapped[str] = mapped_column(String(100), default="")
    speaker_post: Mapped[str] = mapped_column(String(300), default="")
    begins_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    text: Mapped[str] = mapped_column(Text, default="")
    key_points: Mapped[str] = mapped_column(Text, default="")
    text_status: Mapped[TextStatus] = mapped_column(default=TextStatus.NOTES)
    reviewed_by: Mapped[str] = mapped_column(String(100), default="")
    reviewed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("meeting_id", "speaker_name", "speaker_post", "text", "key_points")

    @property
    def speaker(self) -> str:
        """The speaker as papers name them: post, then name."""
        return f"{self.speaker_post}{self.speaker_name}" or "（未登记发言人）"


class Requirement(Root):
    """Something the meeting asked for: its sentence, where it stands in a speech, and what became of it.

    ``number`` counts within the meeting. ``start`` and ``end`` are character offsets into the speech's text.
    """

    __tablename__ = "requirement"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint('"end" IS NULL OR "end" > start', name="span_in_order"),
        AUTOINCREMENT,
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    section: Mapped[Section]
    text: Mapped[str] = mapped_column(Text)
    speech_id: Mapped[int | None] = mapped_column(ForeignKey("speech.id"), index=True)
    start: Mapped[int | None]
    end: Mapped[int | None]
    is_actionable: Mapped[bool] = mapped_column(default=True)
    set_aside_reason: Mapped[str] = mapped_column(String(500), default="")
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    speech: Mapped[Speech | None] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("meeting_id", "text")


class RequirementAim(Base):
    """A goal or a measure of a plan that a requirement serves: one of the two."""

    __tablename__ = "requirement_aim"
    __table_args__ = (
        UniqueConstraint("requirement_id", "goal_id"),
        UniqueConstraint("requirement_id", "measure_id"),
        CheckConstraint("(goal_id IS NULL) <> (measure_id IS NULL)", name="names_one"),
        AUTOINCREMENT,
    )

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("plan_goal.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("plan_measure.id"), index=True)

    __audited__ = True


class Minutes(Root):
    """The minutes of a meeting; each saving leaves a revision, issuing locks the text, reopening takes a reason.

    ``issued_revision`` is what units read: after a reopening it stays the revision that was issued last.
    """

    __tablename__ = "minutes"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None]
    issued_revision: Mapped[int | None]
    signed_by: Mapped[str] = mapped_column(String(100), default="")
    signed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("text", "issued_revision")


class MinutesRevision(Base):
    """The text as it was saved once; never changed."""

    __tablename__ = "minutes_revision"
    __table_args__ = (UniqueConstraint("minutes_id", "revision"), AUTOINCREMENT)

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None]
    saved_by_name: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(500), default="")

    __audited__ = True


class MeetingFile(Base):
    """A file of a meeting, or of one of its agenda items or speeches."""

    __tablename__ = "meeting_file"
    __table_args__ = (UniqueConstraint("meeting_id", "attachment_id"), AUTOINCREMENT)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    speech_id: Mapped[int | None] = mapped_column(ForeignKey("speech.id"))

    attachment: Mapped[Attachment] = relationship(lazy="raise_on_sql")

    __audited__ = True
    __searched__ = ("meeting_id", "attachment_id")
