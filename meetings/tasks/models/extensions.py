"""Requests for more time (延期): what was asked, and which steps answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Root
from meetings.tasks.models.states import ExtensionStatus
from meetings.tasks.models.tasks import Task, TaskEvent


class TaskExtension(Root):
    """A case of extension.

    ``due_on`` was the task's date when it was asked; ``decided_due_on`` is the definite day that was granted. Who took
    which step, when, with which words and on which paper, stands in the events; ``waits_since`` is the last of them.
    """

    __tablename__ = "task_extension"
    __table_args__ = (
        Index(
            "ix_task_extension_waiting",
            "committee_id",
            "status",
            "waits_since",
            sqlite_where=text("status IN ('unit_review', 'office_review')"),
            postgresql_where=text("status IN ('unit_review', 'office_review')"),
        ),
        AUTOINCREMENT,
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    status: Mapped[ExtensionStatus]
    due_on: Mapped[date]
    asked_due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text)
    decided_due_on: Mapped[date | None]
    waits_since: Mapped[datetime]
    asked_event_id: Mapped[int] = mapped_column(ForeignKey("task_event.id"))
    unit_event_id: Mapped[int | None] = mapped_column(ForeignKey("task_event.id"))
    decided_event_id: Mapped[int | None] = mapped_column(ForeignKey("task_event.id"))
    version: Mapped[int] = mapped_column(default=1)

    task: Mapped[Task] = relationship(lazy="raise_on_sql")
    asked_event: Mapped[TaskEvent] = relationship(lazy="raise_on_sql", foreign_keys=[asked_event_id])
    unit_event: Mapped[TaskEvent | None] = relationship(lazy="raise_on_sql", foreign_keys=[unit_event_id])
    decided_event: Mapped[TaskEvent | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_event_id])

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
