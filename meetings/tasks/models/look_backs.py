"""Look-back (回头看): samples of closed tasks, and what was found."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit
from meetings.tasks.models.tasks import Task


class LookBackOutcome(StrEnum):
    PENDING = "pending"
    HELD = "held"
    PARTLY = "partly"
    NOT_HELD = "not_held"


class LookBack(Root):
    """A sample: of the ``population`` tasks closed in a ``year`` (of one lead unit, where one is named), drawn by
    ``seed``.

    Whoever draws again with the same seed gets the same tasks.
    """

    __tablename__ = "look_back"

    title: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    sample_size: Mapped[int]
    population: Mapped[int]
    seed: Mapped[str] = mapped_column(String(20))
    drawn_at: Mapped[datetime]
    drawn_by_name: Mapped[str] = mapped_column(String(100))

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    items: Mapped[list[LookBackItem]] = relationship(
        back_populates="look_back", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="LookBackItem.position"
    )

    __audited__ = True


class LookBackItem(Base):
    """A task of a sample, and what was found when somebody went to see."""

    __tablename__ = "look_back_item"
    __table_args__ = (UniqueConstraint("look_back_id", "task_id"), AUTOINCREMENT)

    look_back_id: Mapped[int] = mapped_column(ForeignKey("look_back.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    outcome: Mapped[LookBackOutcome] = mapped_column(default=LookBackOutcome.PENDING)
    findings: Mapped[str] = mapped_column(Text, default="")
    checked_on: Mapped[date | None]
    checked_by_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(default=1)

    look_back: Mapped[LookBack] = relationship(lazy="raise_on_sql", back_populates="items")
    task: Mapped[Task] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
