"""The rectification list (整改清单): what is to be put right, and the task that does it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Root
from meetings.directory.models import Unit
from meetings.evaluation.models.evaluations import Evaluation
from meetings.evaluation.models.visits import Finding
from meetings.plans.models import Indicator
from meetings.tasks.models import Task


class Rectification(Root):
    """An indicator that is off track in a year, or a problem that a visit found, with its task.

    How far it is the task says; it is off the list when the task is closed, with proof. An indicator of a year and a
    finding stand here once; where the task was cancelled, ``task_id`` names the one that took its place.
    """

    __tablename__ = "rectification"
    __table_args__ = (
        CheckConstraint("(indicator_id IS NULL) <> (finding_id IS NULL)", name="one_cause"),
        CheckConstraint("(indicator_id IS NULL) = (year IS NULL)", name="year_of_indicator"),
        Index(
            "uq_rectification_indicator_id_year",
            "indicator_id",
            "year",
            unique=True,
            sqlite_where=text("indicator_id IS NOT NULL"),
            postgresql_where=text("indicator_id IS NOT NULL"),
        ),
        Index(
            "uq_rectification_finding_id",
            "finding_id",
            unique=True,
            sqlite_where=text("finding_id IS NOT NULL"),
            postgresql_where=text("finding_id IS NOT NULL"),
        ),
        AUTOINCREMENT,
    )

    evaluation_id: Mapped[int | None] = mapped_column(ForeignKey("evaluation.id"), index=True)
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"))
    year: Mapped[int | None]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), unique=True)
    problem: Mapped[str] = mapped_column(String(500))

    evaluation: Mapped[Evaluation | None] = relationship(lazy="raise_on_sql")
    indicator: Mapped[Indicator | None] = relationship(lazy="raise_on_sql")
    finding: Mapped[Finding | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    task: Mapped[Task] = relationship(lazy="raise_on_sql")

    __audited__ = True
