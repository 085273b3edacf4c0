"""Reporting rounds: what every unit owes by a day, and how each of them stood when the round was locked."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.tasks.models import Task


class RoundCycle(StrEnum):
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    ONCE = "once"


class RoundStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    LOCKED = "locked"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """How a unit stands in a round; ``RELEASED`` owes nothing any more and is in no denominator."""

    IN = "in"
    LATE = "late"
    OWED = "owed"
    MISSING = "missing"
    RELEASED = "released"


class ReportingRound(Root):
    """A 期次: a period (``from_on`` to ``until_on``) on which units report by ``due_on``.

    With a ``value_year`` it asks for values of indicators of that year, else for reports on tasks. ``follows_id`` is
    the round before it in its series: each has one successor at most. The three counts are those of the day on which it
    was locked.
    """

    __tablename__ = "reporting_round"
    __table_args__ = (
        UniqueConstraint("follows_id"),
        CheckConstraint("from_on <= until_on", name="days_in_order"),
        AUTOINCREMENT,
    )

    title: Mapped[str] = mapped_column(String(100))
    cycle: Mapped[RoundCycle] = mapped_column(default=RoundCycle.QUARTERLY)
    cycle_reason: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date]
    until_on: Mapped[date]
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[RoundStatus] = mapped_column(default=RoundStatus.DRAFT)
    value_year: Mapped[int | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_round.id"))
    opened_at: Mapped[datetime | None]
    opened_by_name: Mapped[str] = mapped_column(String(100), default="")
    locked_at: Mapped[datetime | None]
    locked_by_name: Mapped[str] = mapped_column(String(100), default="")
    reopened_count: Mapped[int] = mapped_column(default=0)
    reopen_reason: Mapped[str] = mapped_column(String(500), default="")
    owed_count: Mapped[int] = mapped_column(default=0)
    in_count: Mapped[int] = mapped_column(default=0)
    on_time_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    scopes: Mapped[list[RoundScope]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class RoundScope(Base):
    """A unit, a group of units or a task that a round is about; without any it is about all."""

    __tablename__ = "round_scope"

    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))

    __audited__ = True


class RoundUnit(Base):
    """What one unit owes in a round, made when the round is opened.

    ``field_count`` is how many fields it was asked; ``standing``, ``reported_on`` are of the day of the lock.
    """

    __tablename__ = "round_unit"
    __table_args__ = (UniqueConstraint("round_id", "unit_id"), AUTOINCREMENT)

    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    field_count: Mapped[int]
    standing: Mapped[Standing | None]
    reported_on: Mapped[date | None]

    round: Mapped[ReportingRound] = relationship(lazy="raise_on_sql")

    __audited__ = True


class RoundTask(Base):
    """A task on which a unit owes a report in a round; ``report_id`` is what answered it when the round was locked.

    Not audited: it is made and frozen with the round, whose acts are.
    """

    __tablename__ = "round_task"
    __table_args__ = (UniqueConstraint("round_unit_id", "task_id"), AUTOINCREMENT)

    round_unit_id: Mapped[int] = mapped_column(ForeignKey("round_unit.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("progress_report.id"), index=True)

    task: Mapped[Task] = relationship(lazy="raise_on_sql")


class RoundValue(Base):
    """A value that a unit owes in a round, of the round's ``value_year``; ``reported_on`` is of the day of the lock.

    Not audited, as ``RoundTask``.
    """

    __tablename__ = "round_value"
    __table_args__ = (UniqueConstraint("round_unit_id", "indicator_id"), AUTOINCREMENT)

    round_unit_id: Mapped[int] = mapped_column(ForeignKey("round_unit.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    reported_on: Mapped[date | None]


class CollectionKind(StrEnum):
    SPEECH = "speech"
    SUMMARY = "summary"
    WORK_PLAN = "work_plan"
    SELF_ASSESSMENT = "self_assessment"
    OTHER = "other"


class CollectionStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class MaterialStatus(StrEnum):
    """Where a unit's material stands: nothing in yet, with the office, back with the unit, 定稿."""

    OWED = "owed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FINAL = "final"


class Collection(Root):
    """材料征集: what units hand in by a day, for itself or for an item of a meeting's agenda."""

    __tablename__ = "collection"

    kind: Mapped[CollectionKind]
    title: Mapped[str] = mapped_column(String(100))
    request: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date]
    status: Mapped[CollectionStatus] = mapped_column(default=CollectionStatus.OPEN)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime]
    opened_by_name: Mapped[str] = mapped_column(String(100))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class Material(Base):
    """What one unit hands in; ``first_on`` is the day of its first version, by which it is on time or late."""

    __tablename__ = "material"
    __table_args__ = (UniqueConstraint("collection_id", "unit_id"), AUTOINCREMENT)

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    status: Mapped[MaterialStatus] = mapped_column(default=MaterialStatus.OWED)
    first_on: Mapped[date | None]
    version_count: Mapped[int] = mapped_column(default=0)

    collection: Mapped[Collection] = relationship(lazy="raise_on_sql")

    __audited__ = True


class MaterialVersion(Base):
    """One version of a material, as text, file or both, and what the office said of it. None is ever taken out."""

    __tablename__ = "material_version"
    __table_args__ = (UniqueConstraint("material_id", "number"), AUTOINCREMENT)

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), index=True)
    handed_in_at: Mapped[datetime]
    handed_in_by_name: Mapped[str] = mapped_column(String(100))
    is_entered_by_office: Mapped[bool] = mapped_column(default=False)
    opinion: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[MaterialStatus | None]
    decided_at: Mapped[datetime | None]
    decided_by_name: Mapped[str] = mapped_column(String(100), default="")

    attachment: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")

    __audited__ = True


class MeetingDuty(Base):
    """A line of 会务分工: what is to be done for a meeting, by whom, by when, and whether it is."""

    __tablename__ = "meeting_duty"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    what: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(100), default="")
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_by_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
