"""What serves which line of a plan: requirements of meetings and tasks, tied to a goal, a measure or an indicator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Root
from meetings.meetings.models import Requirement
from meetings.plans.models import Goal, Indicator, Measure
from meetings.tasks.models import Task

_LINES = ("goal_id", "measure_id", "indicator_id")
_SERVING = ("requirement_id", "task_id")


def _one_of(names: tuple[str, ...]) -> str:
    """Exactly one of the columns holds something; plain enough for both databases."""
    return " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in names) + " = 1"


class PlanLink(Root):
    """A requirement or a task serves a goal, a measure or an indicator of a plan: one of each side.

    What a requirement serves its tasks serve too; nothing is written for them.
    """

    __tablename__ = "plan_link"
    __table_args__ = (
        CheckConstraint(_one_of(_LINES), name="one_line"),
        CheckConstraint(_one_of(_SERVING), name="one_server"),
        *(
            Index(
                f"uq_plan_link_{line}_{serving}",
                line,
                serving,
                unique=True,
                sqlite_where=text(f"{line} IS NOT NULL AND {serving} IS NOT NULL"),
                postgresql_where=text(f"{line} IS NOT NULL AND {serving} IS NOT NULL"),
            )
            for line in _LINES
            for serving in _SERVING
        ),
        AUTOINCREMENT,
    )

    goal_id: Mapped[int | None] = mapped_column(ForeignKey("plan_goal.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("plan_measure.id"))
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"))
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    linked_at: Mapped[datetime]
    linked_by_name: Mapped[str] = mapped_column(String(100), default="")

    goal: Mapped[Goal | None] = relationship(lazy="raise_on_sql")
    measure: Mapped[Measure | None] = relationship(lazy="raise_on_sql")
    indicator: Mapped[Indicator | None] = relationship(lazy="raise_on_sql")
    requirement: Mapped[Requirement | None] = relationship(lazy="raise_on_sql")
    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")

    __audited__ = True
