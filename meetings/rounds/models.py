"""Reporting rounds: what every unit owes by a day, and how each of them stood when the round was locked."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

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

    ``follows_id`` is the round before it in its series: each has one successor at most. The three counts are those of
    the day on which it was locked.
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
