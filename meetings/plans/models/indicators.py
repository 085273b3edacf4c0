"""Indicators, the units that answer for them, and the milestones on the way to the target."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit
from meetings.plans.models.tree import Domain, Goal, Plan, Responsibility

# Twelve figures before the point and four behind it: exact on both databases.
Amount = Numeric(16, 4)


class Direction(StrEnum):
    """What is good: more, less, about as much as the target, or nothing to be judged (a count)."""

    HIGHER = "higher"
    LOWER = "lower"
    AROUND = "around"
    COUNT = "count"


class Level(StrEnum):
    """From where the county has the figure; what it does not monitor stands outside gaps and reminders."""

    COUNTY = "county"
    PREFECTURE = "prefecture"
    REGION = "region"
    NOT_MONITORED = "not_monitored"


class Indicator(Root):
    """What is measured, how, and where it is to stand in which year.

    The figure is numerator ÷ denominator × ``factor``, rounded half up to ``decimals`` places; where a denominator has
    no name the figure is entered as it is. ``unit_of_measure`` is the printed one (%, ‰, 1/10万, 岁). A target may have
    no figure: then ``target_text`` says it (提高). ``available_month`` and ``available_day`` name the day of the next
    year from which a year's figure exists. ``is_text`` is 不可量化. ``is_sensitive`` marks counts of deaths, violence
    and cases, of which small numbers are not shown. ``is_key`` is 重点监测.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        Index("ix_indicator_plan_id_domain_id_position", "plan_id", "domain_id", "position"),
        CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_in_range"),
        CheckConstraint("factor > 0", name="factor_positive"),
        AUTOINCREMENT,
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    domain_id: Mapped[int] = mapped_column(ForeignKey("plan_domain.id"), index=True)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("plan_goal.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str] = mapped_column(Text, default="")
    formula: Mapped[str] = mapped_column(String(500), default="")
    numerator_name: Mapped[str] = mapped_column(String(200), default="")
    denominator_name: Mapped[str] = mapped_column(String(200), default="")
    factor: Mapped[int] = mapped_column(default=100)
    decimals: Mapped[int] = mapped_column(default=1)
    unit_of_measure: Mapped[str] = mapped_column(String(20), default="%")
    source: Mapped[str] = mapped_column(String(300), default="")
    direction: Mapped[Direction] = mapped_column(default=Direction.HIGHER)
    tolerance: Mapped[Decimal | None] = mapped_column(Amount)
    baseline_year: Mapped[int | None]
    baseline_value: Mapped[Decimal | None] = mapped_column(Amount)
    target_year: Mapped[int | None]
    target_value: Mapped[Decimal | None] = mapped_column(Amount)
    target_text: Mapped[str] = mapped_column(String(200), default="")
    level: Mapped[Level] = mapped_column(default=Level.COUNTY)
    available_month: Mapped[int | None]
    available_day: Mapped[int | None]
    is_text: Mapped[bool] = mapped_column(default=False)
    is_key: Mapped[bool] = mapped_column(default=False)
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    has_sex: Mapped[bool] = mapped_column(default=False)
    has_area: Mapped[bool] = mapped_column(default=False)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql", viewonly=True)
    domain: Mapped[Domain] = relationship(lazy="raise_on_sql", back_populates="indicators")
    goal: Mapped[Goal | None] = relationship(lazy="raise_on_sql", back_populates="indicators")
    previous: Mapped[Indicator | None] = relationship(remote_side="Indicator.id", lazy="raise_on_sql")
    units: Mapped[list[IndicatorUnit]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="IndicatorUnit.position"
    )
    milestones: Mapped[list[Milestone]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Milestone.year"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = (
        "plan_id",
        "domain_id",
        "number",
        "name",
        "definition",
        "formula",
        "numerator_name",
        "denominator_name",
    )


class IndicatorUnit(Base):
    """A unit that answers for an indicator; the first with 主要责任 is the lead, which enters the value."""

    __tablename__ = "indicator_unit"
    __table_args__ = (UniqueConstraint("indicator_id", "unit_id"), AUTOINCREMENT)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[Responsibility]
    position: Mapped[int]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __audited__ = True


class Milestone(Base):
    """Where the indicator is to stand at the end of a year: a line of the 达标时间表."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("indicator_id", "year"), AUTOINCREMENT)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    year: Mapped[int]
    value: Mapped[Decimal] = mapped_column(Amount)

    __audited__ = True
