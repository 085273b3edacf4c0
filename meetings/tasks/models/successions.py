"""Which task came out of which: split into several, or merged into another."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base
from meetings.tasks.models.tasks import Task


class SuccessionKind(StrEnum):
    SPLIT = "split"
    MERGE = "merge"


class TaskSuccession(Base):
    """A task that ended, and one that goes on with it; numbers and reports stay with the task they were given to."""

    __tablename__ = "task_succession"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id"), AUTOINCREMENT)

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    kind: Mapped[SuccessionKind]

    predecessor: Mapped[Task] = relationship(lazy="raise_on_sql", foreign_keys=[predecessor_id])
    successor: Mapped[Task] = relationship(lazy="raise_on_sql", foreign_keys=[successor_id])

    __audited__ = True
