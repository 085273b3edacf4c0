"""Tasks handed to units, how each unit takes part, what was reported, and the append-only record of every step."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting, Requirement
from meetings.tasks.models.states import (
    ExtensionStatus,
    ReportingCycle,
    ReportStatus,
    Step,
    TaskAction,
    TaskSource,
    TaskStatus,
    UnitRole,
    Urgency,
)

Amount = Numeric(16, 4)


class Task(Root):
    """One thing to do, with its measure of completion, its units and its dates.

    ``number`` is given at the first issue. ``original_due_on`` never changes once issued. ``percent_done`` is the
    lead's (or follows from sub-tasks) and is kept so that lists need not count. ``submitted_on`` is the office's day of
    ``submitted_at``, when completion was asked for and not returned since. ``weight`` counts within the parent.
    ``extension_status`` is that of the request for more time that is open, if one is.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("committee_id", "number"),
        CheckConstraint("percent_done BETWEEN 0 AND 100", name="percent_in_range"),
        Index(
            "ix_task_committee_id_due_on_open",
            "committee_id",
            "due_on",
            sqlite_where=text("is_open = 1"),
            postgresql_where=text("is_open"),
        ),
        # What is overdue is counted from this one without reading the tasks.
        Index(
            "ix_task_open_counted",
            "committee_id",
            "due_on",
            "status",
            "submitted_on",
            sqlite_where=text("is_open = 1"),
            postgresql_where=text("is_open"),
        ),
        Index("ix_task_committee_id_due_on", "committee_id", "due_on", "id"),
        # Partial: most tasks have no parent, so that SQLite takes an index over all of them for one that finds nothing.
        Index(
            "ix_task_parent_id",
            "parent_id",
            sqlite_where=text("parent_id IS NOT NULL"),
            postgresql_where=text("parent_id IS NOT NULL"),
        ),
        Index("ix_task_committee_id_status_due_on", "committee_id", "status", "due_on"),
        Index("ix_task_lead_unit_id_status", "lead_unit_id", "status"),
        Index("ix_task_requirement_id_status", "requirement_id", "status"),
        AUTOINCREMENT,
    )

    number: Mapped[str | None] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[TaskSource] = mapped_column(default=TaskSource.REQUIREMENT)
    source_text: Mapped[str] = mapped_column(String(500), default="")
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    weight: Mapped[int] = mapped_column(default=1)
    urgency: Mapped[Urgency] = mapped_column(default=Urgency.NORMAL)
    status: Mapped[TaskStatus] = mapped_column(default=TaskStatus.DRAFT)
    status_before: Mapped[TaskStatus | None]
    is_open: Mapped[bool] = mapped_column(default=False)
    lead_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    original_due_on: Mapped[date]
    due_on: Mapped[date]
    next_stage_on: Mapped[date | None]
    reporting_cycle: Mapped[ReportingCycle] = mapped_column(default=ReportingCycle.QUARTERLY)
    reporting_day: Mapped[int] = mapped_column(default=5)
    reporting_reason: Mapped[str] = mapped_column(String(200), default="")
    evidence_reason: Mapped[str] = mapped_column(String(200), default="")
    percent_done: Mapped[int] = mapped_column(default=0)
    basis: Mapped[str] = mapped_column(String(300), default="")
    was_declined: Mapped[bool] = mapped_column(default=False)
    reopened_count: Mapped[int] = mapped_column(default=0)
    extension_status: Mapped[ExtensionStatus | None]
    issued_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_on: Mapped[date | None]
    completed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    completion_note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    lead_unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    requirement: Mapped[Requirement | None] = relationship(lazy="raise_on_sql")
    units: Mapped[list[TaskUnit]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="TaskUnit.position"
    )
    standards: Mapped[list[Standard]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Standard.position"
    )
    stages: Mapped[list[StagePoint]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="StagePoint.due_on"
    )
    quantities: Mapped[list[Quantity]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Quantity.position"
    )
    # Write-only: a history grows without end, so it is added to here and read through a query.
    events: WriteOnlyMapped[TaskEvent] = relationship(back_populates="task", order_by="TaskEvent.id")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("number", "title", "content", "source_text", "status", "completion_note", "issued_at", "due_on")


class TaskAim(Base):
    """A goal, a measure or an indicator of a plan that a task serves: one of the three."""

    __tablename__ = "task_aim"
    __table_args__ = (
        UniqueConstraint("task_id", "goal_id"),
        UniqueConstraint("task_id", "measure_id"),
        UniqueConstraint("task_id", "indicator_id"),
        CheckConstraint(
            "(CASE WHEN goal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN measure_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN indicator_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="names_one",
        ),
        AUTOINCREMENT,
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("plan_goal.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("plan_measure.id"), index=True)
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)

    __audited__ = True


class TaskRequirement(Base):
    """A further requirement that a task answers, besides the one that it was made from: nothing is asked twice."""

    __tablename__ = "task_requirement"
    __table_args__ = (UniqueConstraint("task_id", "requirement_id"), AUTOINCREMENT)

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), index=True)

    __audited__ = True


class TaskUnit(Base):
    """A unit's part in a task: its own receipt, dates and progress; ``is_open`` and ``due_on`` repeat the task's."""

    __tablename__ = "task_unit"
    __table_args__ = (
        UniqueConstraint("task_id", "unit_id"),
        Index(
            "ix_task_unit_unit_id_due_on_open",
            "unit_id",
            "due_on",
            "task_id",
            sqlite_where=text("is_open = 1"),
            postgresql_where=text("is_open"),
        ),
        Index("ix_task_unit_unit_id_due_on", "unit_id", "due_on", "task_id"),
        Index(
            "ix_task_unit_receipt_owed",
            "receipt_due_on",
            "task_id",
            sqlite_where=text("is_open = 1 AND acknowledged_at IS NULL"),
            postgresql_where=text("is_open AND acknowledged_at IS NULL"),
        ),
        Index(
            "ix_task_unit_report_owed",
            "report_due_on",
            "task_id",
            sqlite_where=text("is_open = 1 AND report_due_on IS NOT NULL"),
            postgresql_where=text("is_open AND report_due_on IS NOT NULL"),
        ),
        AUTOINCREMENT,
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[UnitRole]
    position: Mapped[int] = mapped_column(default=0)
    is_open: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date]
    receipt_due_on: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]
    report_due_on: Mapped[date | None]
    reported_at: Mapped[datetime | None]
    percent_done: Mapped[int] = mapped_column(default=0)
    step: Mapped[Step] = mapped_column(default=Step.NOT_STARTED)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("task_id", "unit_id")


class Standard(Base):
    """One item of the measure of completion (完成标准), ticked when met; ``report_id`` is the report that ticked it."""

    __tablename__ = "task_standard"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))
    met_at: Mapped[datetime | None]
    met_by_name: Mapped[str] = mapped_column(String(100), default="")
    report_id: Mapped[int | None] = mapped_column(ForeignKey("progress_report.id"), index=True)

    report: Mapped[ProgressReport | None] = relationship(lazy="raise_on_sql")

    __audited__ = True
    __searched__ = ("task_id", "position", "text")


class StagePoint(Base):
    """A 序时节点: what is to stand by a day."""

    __tablename__ = "task_stage"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(String(300))
    met_at: Mapped[datetime | None]

    __audited__ = True


class Quantity(Base):
    """Something to be counted (场次, 人数, 件数): target, total so far and as of which day."""

    __tablename__ = "task_quantity"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(50))
    measure: Mapped[str] = mapped_column(String(20))
    target: Mapped[Decimal | None] = mapped_column(Amount)
    total: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    as_of: Mapped[date | None]

    __audited__ = True


class ProgressReport(Root):
    """What a unit says of a task for a period; it begins when it is sent.

    ``owed_on`` is the day by which it was owed, if one was; it is owed again when the report is returned. ``is_sent``
    once it reached the office, which sees nothing of a report before. ``standards_met`` holds the ids of the standards
    that the lead says are met with it; they are ticked when it counts.
    """

    __tablename__ = "progress_report"
    __table_args__ = (
        Index("ix_progress_report_task_id_submitted_at", "task_id", "submitted_at"),
        Index("ix_progress_report_unit_id_task_id_status", "unit_id", "task_id", "status"),
        Index(
            "ix_progress_report_waiting",
            "committee_id",
            "status",
            "submitted_at",
            sqlite_where=text("status IN ('unit_review', 'submitted')"),
            postgresql_where=text("status IN ('unit_review', 'submitted')"),
        ),
        AUTOINCREMENT,
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    status: Mapped[ReportStatus]
    done: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    needs_coordination: Mapped[bool] = mapped_column(default=False)
    is_no_change: Mapped[bool] = mapped_column(default=False)
    step: Mapped[Step]
    percent_done: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_by_name: Mapped[str] = mapped_column(String(100))
    is_entered_by_office: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None]
    decided_by_name: Mapped[str] = mapped_column(String(100), default="")
    return_reason: Mapped[str] = mapped_column(String(500), default="")
    owed_on: Mapped[date | None]
    is_sent: Mapped[bool] = mapped_column(default=True, server_default=true())
    standards_met: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)

    task: Mapped[Task] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    files: Mapped[list[Attachment]] = relationship(secondary="progress_file", lazy="raise_on_sql", viewonly=True)
    quantities: Mapped[list[ReportedQuantity]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("task_id", "unit_id", "is_sent", "done", "problems", "next_steps", "submitted_at")


class ReportedQuantity(Base):
    """A quantity as one report gave it."""

    __tablename__ = "progress_quantity"
    __table_args__ = (UniqueConstraint("report_id", "quantity_id"), AUTOINCREMENT)

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"))
    quantity_id: Mapped[int] = mapped_column(ForeignKey("task_quantity.id"), index=True)
    this_period: Mapped[Decimal] = mapped_column(Amount)
    total: Mapped[Decimal] = mapped_column(Amount)
    reason: Mapped[str] = mapped_column(String(200), default="")

    __audited__ = True


class ProgressFile(Base):
    __tablename__ = "progress_file"
    __table_args__ = (UniqueConstraint("report_id", "attachment_id"), AUTOINCREMENT)

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)

    report: Mapped[ProgressReport] = relationship(lazy="raise_on_sql")
    attachment: Mapped[Attachment] = relationship(lazy="raise_on_sql")

    __audited__ = True
    __searched__ = ("report_id", "attachment_id")


class TaskEvent(Base):
    """One step in the handling of a task. Rows are added, never changed; triggers see to it.

    ``signed_*`` tell of a 线下签批: who signed the paper, on which day, with which words, and its scan.
    """

    __tablename__ = "task_event"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    action: Mapped[TaskAction]
    status_before: Mapped[TaskStatus]
    status_after: Mapped[TaskStatus]
    done_at: Mapped[datetime]
    done_by_id: Mapped[int | None]
    done_by_name: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("progress_report.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    proposed_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    signed_by: Mapped[str] = mapped_column(String(100), default="")
    signed_on: Mapped[date | None]
    signed_words: Mapped[str] = mapped_column(String(500), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    task: Mapped[Task] = relationship(back_populates="events", lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=[unit_id])
    proposed_unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=[proposed_unit_id])
    report: Mapped[ProgressReport | None] = relationship(lazy="raise_on_sql")
    scan: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")

    __searched__ = ("scan_id",)


class LightSetting(Root):
    """By which rule the office lets lights change (``rules.LightOptions``); without a row the usual one holds."""

    __tablename__ = "light_setting"
    __table_args__ = (UniqueConstraint("committee_id"), AUTOINCREMENT)

    due_soon_working_days: Mapped[int]
    receipt_working_days: Mapped[int]
    counts_receipts: Mapped[bool]
    counts_reports: Mapped[bool]
    counts_stages: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class TotalOf(StrEnum):
    COMMITTEE = "committee"
    LEAD_UNIT = "lead_unit"
    COOPERATING_UNIT = "cooperating_unit"
    MEETING = "meeting"


class TaskTotal(Root):
    """How many tasks of a unit or meeting stand in a status; written in the same transaction as the step.

    ``on_time_count`` of them asked for completion by their present date, ``on_time_original_count`` by the original
    one; counted of what is completed or closed.
    """

    __tablename__ = "task_total"
    __table_args__ = (UniqueConstraint("committee_id", "of", "subject_id", "status"), AUTOINCREMENT)

    of: Mapped[TotalOf]
    subject_id: Mapped[int]
    status: Mapped[TaskStatus]
    task_count: Mapped[int] = mapped_column(default=0)
    on_time_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    on_time_original_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
