"""What a unit says of itself, its versions as sent, and the append-only record of every step."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Base, Json, Root
from meetings.directory.models import Unit
from meetings.evaluation.models.evaluations import Evaluation, Points
from meetings.tasks.models import Task


class AssessmentStatus(StrEnum):
    DRAFT = "draft"
    UNIT_REVIEW = "unit_review"
    OFFICE_REVIEW = "office_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class AssessmentAction(StrEnum):
    """What can be done to a self-assessment; each one done leaves an ``AssessmentEvent``."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    ACCEPT = "accept"


class Assessment(Root):
    """A unit's self-assessment (自评) within an evaluation; ``task`` asked for it and goes along with its steps.

    The first five texts are of the part 目标, the others of one part each. ``revision`` counts the versions sent.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "unit_id"),
        Index("ix_assessment_unit_id_status", "unit_id", "status"),
        AUTOINCREMENT,
    )

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), unique=True)
    status: Mapped[AssessmentStatus] = mapped_column(default=AssessmentStatus.DRAFT)
    reached: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    experience: Mapped[str] = mapped_column(Text, default="")
    reasons: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    laws: Mapped[str] = mapped_column(Text, default="")
    plans: Mapped[str] = mapped_column(Text, default="")
    duties: Mapped[str] = mapped_column(Text, default="")
    mechanisms: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime | None]
    written_by_name: Mapped[str] = mapped_column(String(100), default="")
    is_entered_by_office: Mapped[bool] = mapped_column(default=False)
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    evaluation: Mapped[Evaluation] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    task: Mapped[Task] = relationship(lazy="raise_on_sql")
    reasons_given: Mapped[list[AssessmentReason]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    scores: Mapped[list[AssessmentScore]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    # Write-only: histories are added to here and read through queries.
    versions: WriteOnlyMapped[AssessmentVersion] = relationship(order_by="AssessmentVersion.id")
    events: WriteOnlyMapped[AssessmentEvent] = relationship(order_by="AssessmentEvent.id")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class AssessmentReason(Base):
    """Why an indicator that the unit answers for is missed, in the unit's words."""

    __tablename__ = "assessment_reason"
    __table_args__ = (UniqueConstraint("assessment_id", "indicator_id"), AUTOINCREMENT)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    text: Mapped[str] = mapped_column(String(500), default="")

    __audited__ = True


class AssessmentScore(Base):
    """Points that the office gives for one part, where the evaluation is scored; ``note`` says for what."""

    __tablename__ = "assessment_score"
    __table_args__ = (UniqueConstraint("assessment_id", "duty_id"), AUTOINCREMENT)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("evaluation_duty.id"), index=True)
    points: Mapped[Decimal] = mapped_column(Points)
    note: Mapped[str] = mapped_column(String(300), default="")

    __audited__ = True


class AssessmentVersion(Base):
    """The texts as they were sent, and what the system held of the unit that day. Rows are added, never changed."""

    __tablename__ = "assessment_version"
    __table_args__ = (UniqueConstraint("assessment_id", "revision"), AUTOINCREMENT)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    revision: Mapped[int]
    texts: Mapped[Json]
    held: Mapped[Json]
    sent_at: Mapped[datetime]
    sent_by_name: Mapped[str] = mapped_column(String(100))


class AssessmentEvent(Base):
    """One step. Rows are added, never changed. ``signed_*`` tell of a 线下签批 and its page."""

    __tablename__ = "assessment_event"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    action: Mapped[AssessmentAction]
    status_before: Mapped[AssessmentStatus]
    status_after: Mapped[AssessmentStatus]
    done_at: Mapped[datetime]
    done_by_id: Mapped[int | None]
    done_by_name: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(Text, default="")
    signed_by: Mapped[str] = mapped_column(String(100), default="")
    signed_on: Mapped[date | None]
    signed_words: Mapped[str] = mapped_column(String(500), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    scan: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")
