"""An evaluation, its stages, and the duties that each unit is given."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.documents.models import Document
from meetings.plans.models import Plan

Points = Numeric(6, 1)


class EvaluationKind(StrEnum):
    ANNUAL = "annual"
    MID_TERM = "mid_term"
    FINAL = "final"


class StageKind(StrEnum):
    """The stages in their order: 方案 → 自评 → 督导 → 报告 → 整改."""

    SCHEME = "scheme"
    SELF_ASSESSMENT = "self_assessment"
    INSPECTION = "inspection"
    REPORT = "report"
    RECTIFICATION = "rectification"


class Part(StrEnum):
    """The five things that a unit assesses of itself."""

    GOALS = "goals"
    LAWS = "laws"
    PLANS = "plans"
    DUTIES = "duties"
    MECHANISMS = "mechanisms"


PARTS = tuple(Part)


class Evaluation(Root):
    """An annual monitoring, a mid-term or a final evaluation; ``year`` is the last year that is judged.

    The texts are the office's parts of the report; what a unit says stands in its ``Assessment``. ``is_scored`` is off
    unless the office says otherwise. ``finished_at`` is set when the last stage is over; nothing changes after.
    """

    __tablename__ = "evaluation"

    kind: Mapped[EvaluationKind]
    title: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    is_scored: Mapped[bool] = mapped_column(default=False)
    finished_at: Mapped[datetime | None]
    summary: Mapped[str] = mapped_column(Text, default="")
    laws: Mapped[str] = mapped_column(Text, default="")
    plans: Mapped[str] = mapped_column(Text, default="")
    duties: Mapped[str] = mapped_column(Text, default="")
    mechanisms: Mapped[str] = mapped_column(Text, default="")
    experience: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    document: Mapped[Document | None] = relationship(lazy="raise_on_sql")
    evaluated: Mapped[list[EvaluatedPlan]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    reviews: Mapped[list[DomainReview]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    stages: Mapped[list[EvaluationStage]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="EvaluationStage.position"
    )
    assessed: Mapped[list[Duty]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Duty.position"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True

    @property
    def plan_ids(self) -> list[int]:
        """The plans it judges; needs ``evaluated``."""
        return sorted(row.plan_id for row in self.evaluated)


class EvaluatedPlan(Base):
    """A plan that the evaluation judges; the women's and the children's are judged together as a rule."""

    __tablename__ = "evaluated_plan"
    __table_args__ = (UniqueConstraint("evaluation_id", "plan_id"), AUTOINCREMENT)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")

    __audited__ = True


class DomainReview(Base):
    """What the office's report says of one domain."""

    __tablename__ = "domain_review"
    __table_args__ = (UniqueConstraint("evaluation_id", "domain_id"), AUTOINCREMENT)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    domain_id: Mapped[int] = mapped_column(ForeignKey("plan_domain.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")

    __audited__ = True


class EvaluationStage(Base):
    """A stage with its days; it is over on ``finished_on``, which the office says."""

    __tablename__ = "evaluation_stage"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "kind"),
        CheckConstraint("until_on >= from_on", name="days_in_order"),
        AUTOINCREMENT,
    )

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    kind: Mapped[StageKind]
    position: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date]
    finished_on: Mapped[date | None]

    __audited__ = True


class Duty(Base):
    """One of the five parts as this evaluation asks it: what to write, and its points where units are scored."""

    __tablename__ = "evaluation_duty"
    __table_args__ = (UniqueConstraint("evaluation_id", "part"), AUTOINCREMENT)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    part: Mapped[Part]
    position: Mapped[int]
    guidance: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[Decimal] = mapped_column(Points, default=Decimal(20))

    __audited__ = True


class DutyTemplate(Root):
    """What an evaluation of the committee begins with, one row for each part that it has worded itself."""

    __tablename__ = "duty_template"
    __table_args__ = (UniqueConstraint("committee_id", "part"), AUTOINCREMENT)

    part: Mapped[Part]
    guidance: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[Decimal] = mapped_column(Points, default=Decimal(20))

    __audited__ = True
