"""征求意见: a list of drafts goes to its units before it is issued; what they say, and what comes of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit
from meetings.tasks.models.tasks import Task


class OpinionAbout(StrEnum):
    LEAD = "lead"
    HELPERS = "helpers"
    DATE = "date"
    STANDARD = "standard"
    WORDS = "words"


class Adoption(StrEnum):
    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"


class Consultation(Root):
    """Drafts that are with their units until ``answer_by``; ``closed_at`` when the office has settled every opinion."""

    __tablename__ = "consultation"

    title: Mapped[str] = mapped_column(String(100))
    answer_by: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by_name: Mapped[str] = mapped_column(String(100))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    lines: Mapped[list[ConsultationLine]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="ConsultationLine.position"
    )
    units: Mapped[list[ConsultationUnit]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="ConsultationUnit.id"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class ConsultationLine(Base):
    """A draft on the list."""

    __tablename__ = "consultation_line"
    __table_args__ = (UniqueConstraint("consultation_id", "task_id"), AUTOINCREMENT)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]

    task: Mapped[Task] = relationship(lazy="raise_on_sql")
    opinions: Mapped[list[ConsultationOpinion]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="ConsultationOpinion.id"
    )

    __audited__ = True


class ConsultationUnit(Base):
    """A unit that is asked; while ``answered_at`` is empty it has not answered (未反馈)."""

    __tablename__ = "consultation_unit"
    __table_args__ = (UniqueConstraint("consultation_id", "unit_id"), AUTOINCREMENT)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    answered_at: Mapped[datetime | None]
    answered_by_name: Mapped[str] = mapped_column(String(100), default="")
    is_entered_by_office: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __audited__ = True


class ConsultationOpinion(Base):
    """What a unit wants changed of a line, and whether the office takes it; a line without one is 无意见."""

    __tablename__ = "consultation_opinion"
    __table_args__ = (UniqueConstraint("line_id", "unit_id"), AUTOINCREMENT)

    line_id: Mapped[int] = mapped_column(ForeignKey("consultation_line.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    about: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    adoption: Mapped[Adoption | None]
    adoption_reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by_name: Mapped[str] = mapped_column(String(100), default="")

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __audited__ = True
