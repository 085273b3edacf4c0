"""Reminders that were sent, the steps of supervision, what leaders wrote on tasks and papers, and how all is timed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.approvals.models import Approval
from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit
from meetings.tasks.models import Task


class Matter(StrEnum):
    """What a unit is reminded of."""

    RECEIPT = "receipt"
    REPORT = "report"
    TASK = "task"
    OPINION = "opinion"


class Rung(StrEnum):
    """Where on the ladder a reminder stands; one that the office sends by hand is ``URGED``."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    WEEKLY = "weekly"
    URGED = "urged"


class IssuedBy(StrEnum):
    """In whose name a 督办单 stands."""

    COMMITTEE = "committee"
    OFFICE = "office"


class LadderSetting(Root):
    """When the office reminds and when it proposes the next step (``rules.Ladder``); without a row the usual holds."""

    __tablename__ = "ladder_setting"
    __table_args__ = (UniqueConstraint("committee_id"), AUTOINCREMENT)

    before_working_days: Mapped[int]
    after_working_days: Mapped[int]
    repeat_days: Mapped[int]
    reminds_of_receipts: Mapped[bool]
    reminds_of_reports: Mapped[bool]
    urge_after: Mapped[int]
    supervise_after: Mapped[int]
    coordinate_after: Mapped[int]
    issued_by: Mapped[IssuedBy]
    signer_post: Mapped[str] = mapped_column(String(50))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class Reminder(Root):
    """A reminder that was sent to a unit: the log itself, so rows are added and never changed.

    It is of a task, or of a list of drafts that is with its units (征求意见): one of the two.
    ``key`` says which rung of which day it is, so that it is sent once. ``owed_on`` is the day it is about,
    ``planned_on`` the day on which it was to be sent. ``reader_count`` 0: the unit has no account that reads it.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("(task_id IS NULL) <> (consultation_id IS NULL)", name="one_subject"),
        Index("ix_reminder_committee_id_planned_on", "committee_id", "planned_on"),
        Index("ix_reminder_committee_id_sent_on", "committee_id", "sent_on"),
        Index("ix_reminder_task_id", "task_id", "id"),
        AUTOINCREMENT,
    )

    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    matter: Mapped[Matter]
    rung: Mapped[Rung]
    owed_on: Mapped[date]
    planned_on: Mapped[date]
    key: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(100), default="")
    reader_count: Mapped[int]
    sent_on: Mapped[date]
    sent_at: Mapped[datetime]
    sent_by_name: Mapped[str] = mapped_column(String(100))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class StepKind(StrEnum):
    """The steps of supervision, from the mildest on."""

    HINT = "hint"
    URGE = "urge"
    SUPERVISE = "supervise"
    COORDINATE = "coordinate"
    TRANSFER = "transfer"
    CIRCULATE = "circulate"


class SupervisionStep(Root):
    """A step taken on a task with regard to one unit, and the unit's answer.

    A 催办 or 督办单 on paper has its 签批 (``approval_id``) and holds once that is issued. ``is_recorded``: the office
    entered what was answered on paper (代录). ``signed_*`` tell of a step that a leader decided on paper.
    """

    __tablename__ = "supervision_step"
    __table_args__ = (Index("ix_supervision_step_task_id", "task_id", "id"), AUTOINCREMENT)

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[StepKind]
    text: Mapped[str] = mapped_column(Text, default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    taken_on: Mapped[date]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    taken_by_name: Mapped[str] = mapped_column(String(100))
    signed_by: Mapped[str] = mapped_column(String(100), default="")
    signed_on: Mapped[date | None]
    signed_words: Mapped[str] = mapped_column(String(500), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    answer_by: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_on: Mapped[date | None]
    answered_by_name: Mapped[str] = mapped_column(String(100), default="")
    is_recorded: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    task: Mapped[Task] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    approval: Mapped[Approval | None] = relationship(lazy="raise_on_sql")
    scan: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")
    notice: Mapped[SupervisionNotice | None] = relationship(lazy="raise_on_sql", back_populates="step")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class SupervisionNotice(Base):
    """The second part of a 督办通知单: its receipt and the opinions below the result, on line or entered from paper."""

    __tablename__ = "supervision_notice"

    step_id: Mapped[int] = mapped_column(ForeignKey("supervision_step.id"), unique=True)
    received_on: Mapped[date | None]
    received_by: Mapped[str] = mapped_column(String(100), default="")
    unit_opinion: Mapped[str] = mapped_column(String(500), default="")
    unit_signer: Mapped[str] = mapped_column(String(100), default="")
    unit_signed_on: Mapped[date | None]
    office_opinion: Mapped[str] = mapped_column(String(500), default="")
    office_signer: Mapped[str] = mapped_column(String(100), default="")
    office_signed_on: Mapped[date | None]
    leader_opinion: Mapped[str] = mapped_column(String(500), default="")
    leader_signer: Mapped[str] = mapped_column(String(100), default="")
    leader_signed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    step: Mapped[SupervisionStep] = relationship(lazy="raise_on_sql", back_populates="notice")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class Instruction(Root):
    """What a leader wrote (批示) on a task or on an issued paper, and what was answered.

    ``is_recorded``: entered by the office from the signed page (代录), which ``scan_id`` holds.
    """

    __tablename__ = "instruction"
    __table_args__ = (
        CheckConstraint("(task_id IS NULL) <> (approval_id IS NULL)", name="one_subject"),
        Index("ix_instruction_committee_id_given_on", "committee_id", "given_on"),
        AUTOINCREMENT,
    )

    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    leader_name: Mapped[str] = mapped_column(String(100))
    given_on: Mapped[date]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    entered_by_name: Mapped[str] = mapped_column(String(100))
    is_recorded: Mapped[bool] = mapped_column(default=False)
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    answer_by: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(default=1)

    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")
    approval: Mapped[Approval | None] = relationship(lazy="raise_on_sql")
    scan: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class InstructionTask(Base):
    """A task that came of an instruction."""

    __tablename__ = "instruction_task"
    __table_args__ = (UniqueConstraint("task_id"), AUTOINCREMENT)

    instruction_id: Mapped[int] = mapped_column(ForeignKey("instruction.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))

    __audited__ = True
