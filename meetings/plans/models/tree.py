"""A plan with its stages, domains, goals and measures, and the units that answer for them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit
from meetings.documents.models import Document

if TYPE_CHECKING:
    from meetings.plans.models.indicators import Indicator


class PlanKind(StrEnum):
    WOMEN = "women"
    CHILDREN = "children"


class Stage(StrEnum):
    """The stages of a plan's life in their order; the first five are 编制."""

    RESEARCH = "research"
    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    SUBMISSION = "submission"
    ISSUE = "issue"
    IMPLEMENTATION = "implementation"
    MONITORING = "monitoring"
    EVALUATION = "evaluation"


class Responsibility(StrEnum):
    """主要责任 or 责任, as the 任务分解书 says; of those with 主要责任 the first is the lead."""

    MAIN = "main"
    SHARED = "shared"


class Plan(Root):
    """A women's or children's development plan of one cycle.

    ``stage`` is where it stands; ``closed_on`` ends it, and what follows it names it in ``previous_id``. A closed plan
    is read, never changed.
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("committee_id", "kind", "from_year"),
        CheckConstraint("until_year >= from_year", name="years_in_order"),
        AUTOINCREMENT,
    )

    kind: Mapped[PlanKind]
    title: Mapped[str] = mapped_column(String(200))
    from_year: Mapped[int]
    until_year: Mapped[int]
    stage: Mapped[Stage] = mapped_column(default=Stage.RESEARCH)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    closed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    document: Mapped[Document | None] = relationship(lazy="raise_on_sql")
    previous: Mapped[Plan | None] = relationship(remote_side="Plan.id", lazy="raise_on_sql")
    stages: Mapped[list[PlanStage]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    domains: Mapped[list[Domain]] = relationship(
        lazy="raise_on_sql", order_by="Domain.position, Domain.id", back_populates="plan"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("title",)

    @property
    def years(self) -> range:
        """The years of the cycle."""
        return range(self.from_year, self.until_year + 1)


class PlanStage(Base):
    """A stage of one plan: when it is to be done, when it began, and what is to be said of it."""

    __tablename__ = "plan_stage"
    __table_args__ = (UniqueConstraint("plan_id", "stage"), AUTOINCREMENT)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    stage: Mapped[Stage]
    due_on: Mapped[date | None]
    begun_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")

    __audited__ = True


class Domain(Root):
    """A domain such as 妇女与健康; ``number`` as printed, ``position`` orders."""

    __tablename__ = "plan_domain"
    __table_args__ = (Index("ix_plan_domain_plan_id_position", "plan_id", "position"), AUTOINCREMENT)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(100))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("plan_domain.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql", back_populates="domains")
    goals: Mapped[list[Goal]] = relationship(
        lazy="raise_on_sql", order_by="Goal.position, Goal.id", back_populates="domain"
    )
    measures: Mapped[list[Measure]] = relationship(
        lazy="raise_on_sql", order_by="Measure.position, Measure.id", back_populates="domain"
    )
    indicators: Mapped[list[Indicator]] = relationship(
        lazy="raise_on_sql", order_by="Indicator.position, Indicator.id", back_populates="domain"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("name",)


class Goal(Root):
    """A 主要目标. ``is_text`` says that it holds no figure; one that holds a figure and has no indicator is a gap."""

    __tablename__ = "plan_goal"
    __table_args__ = (
        Index("ix_plan_goal_plan_id_domain_id_position", "plan_id", "domain_id", "position"),
        AUTOINCREMENT,
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    domain_id: Mapped[int] = mapped_column(ForeignKey("plan_domain.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    is_text: Mapped[bool] = mapped_column(default=False)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("plan_goal.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql", viewonly=True)
    domain: Mapped[Domain] = relationship(lazy="raise_on_sql", back_populates="goals")
    previous: Mapped[Goal | None] = relationship(remote_side="Goal.id", lazy="raise_on_sql")
    units: Mapped[list[GoalUnit]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="GoalUnit.position"
    )
    indicators: Mapped[list[Indicator]] = relationship(
        lazy="raise_on_sql", order_by="Indicator.position, Indicator.id", back_populates="goal"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("plan_id", "domain_id", "number", "text")


class Measure(Root):
    """A 策略措施 of a domain."""

    __tablename__ = "plan_measure"
    __table_args__ = (
        Index("ix_plan_measure_plan_id_domain_id_position", "plan_id", "domain_id", "position"),
        AUTOINCREMENT,
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    domain_id: Mapped[int] = mapped_column(ForeignKey("plan_domain.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("plan_measure.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql", viewonly=True)
    domain: Mapped[Domain] = relationship(lazy="raise_on_sql", back_populates="measures")
    previous: Mapped[Measure | None] = relationship(remote_side="Measure.id", lazy="raise_on_sql")
    units: Mapped[list[MeasureUnit]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="MeasureUnit.position"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("plan_id", "domain_id", "number", "text")


class GoalUnit(Base):
    """A unit that answers for a goal; ``position`` is the printed order, those with 主要责任 first."""

    __tablename__ = "plan_goal_unit"
    __table_args__ = (UniqueConstraint("goal_id", "unit_id"), AUTOINCREMENT)

    goal_id: Mapped[int] = mapped_column(ForeignKey("plan_goal.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[Responsibility]
    position: Mapped[int]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __audited__ = True


class MeasureUnit(Base):
    """A unit that answers for a measure; ``position`` is the printed order, those with 主要责任 first."""

    __tablename__ = "plan_measure_unit"
    __table_args__ = (UniqueConstraint("measure_id", "unit_id"), AUTOINCREMENT)

    measure_id: Mapped[int] = mapped_column(ForeignKey("plan_measure.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[Responsibility]
    position: Mapped[int]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __audited__ = True
