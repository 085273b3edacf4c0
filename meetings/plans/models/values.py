"""What the indicators came to in each year, and which years are locked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Root
from meetings.directory.models import Unit
from meetings.plans.models.indicators import Amount, Indicator


class Sex(StrEnum):
    ALL = "all"
    MALE = "male"
    FEMALE = "female"


class Area(StrEnum):
    ALL = "all"
    URBAN = "urban"
    RURAL = "rural"


class ValueState(StrEnum):
    """How far a value has come; one that is locked is changed only by a correction with a reason."""

    ENTERED = "entered"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    LOCKED = "locked"


class IndicatorValue(Root):
    """One figure of an indicator: of the whole county (no ``unit_id``) or of one unit, for a year, a sex, an area.

    ``entered_unit_id`` is the unit that entered it. ``note`` is what the unit says of it, ``reason`` its answer to what
    the checks asked, ``return_reason`` why it was sent back. Earlier figures are in the audit.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (
        # No database counts two absent units as the same one, so each case has its own index.
        Index(
            "uq_indicator_value_of_unit",
            "indicator_id",
            "unit_id",
            "year",
            "sex",
            "area",
            unique=True,
            sqlite_where=text("unit_id IS NOT NULL"),
            postgresql_where=text("unit_id IS NOT NULL"),
        ),
        Index(
            "uq_indicator_value_of_county",
            "indicator_id",
            "year",
            "sex",
            "area",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
        Index("ix_indicator_value_committee_id_year", "committee_id", "year"),
        AUTOINCREMENT,
    )

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    year: Mapped[int]
    sex: Mapped[Sex] = mapped_column(default=Sex.ALL)
    area: Mapped[Area] = mapped_column(default=Area.ALL)
    numerator: Mapped[Decimal | None] = mapped_column(Amount)
    denominator: Mapped[Decimal | None] = mapped_column(Amount)
    value: Mapped[Decimal | None] = mapped_column(Amount)
    state: Mapped[ValueState] = mapped_column(default=ValueState.ENTERED)
    note: Mapped[str] = mapped_column(String(500), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    return_reason: Mapped[str] = mapped_column(String(500), default="")
    entered_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    entered_by_id: Mapped[int | None]
    entered_by_name: Mapped[str] = mapped_column(String(100), default="")
    entered_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    checked_by_name: Mapped[str] = mapped_column(String(100), default="")
    checked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    indicator: Mapped[Indicator] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id], lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class ValuePeriod(Root):
    """A year of values of one committee: by when they are due, and whether it is locked."""

    __tablename__ = "value_period"
    __table_args__ = (UniqueConstraint("committee_id", "year"), AUTOINCREMENT)

    year: Mapped[int]
    due_on: Mapped[date | None]
    locked_at: Mapped[datetime | None]
    locked_by_name: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
