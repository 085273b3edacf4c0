"""Inspection visits (督导): the groups, when they go where, what they find, what the unit answers."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit
from meetings.evaluation.models.evaluations import Evaluation


class FindingKind(StrEnum):
    GOOD = "good"
    PROBLEM = "problem"


class InspectionGroup(Base):
    """A 督导组 with its leader and members, a line each."""

    __tablename__ = "inspection_group"
    __table_args__ = (UniqueConstraint("evaluation_id", "name"), AUTOINCREMENT)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    name: Mapped[str] = mapped_column(String(50))
    leader: Mapped[str] = mapped_column(String(100))
    members: Mapped[str] = mapped_column(Text, default="")

    __audited__ = True


class Visit(Root):
    """A group goes to a unit on a day. The unit reads ``feedback`` once it is given, and answers it."""

    __tablename__ = "visit"

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("inspection_group.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    visited_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    looked_at: Mapped[str] = mapped_column(Text, default="")
    feedback: Mapped[str] = mapped_column(Text, default="")
    feedback_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(default=1)

    evaluation: Mapped[Evaluation] = relationship(lazy="raise_on_sql")
    group: Mapped[InspectionGroup] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    findings: Mapped[list[Finding]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Finding.position"
    )
    files: Mapped[list[VisitFile]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="VisitFile.id"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class VisitFile(Base):
    """A file of a visit: the group's, of what it looked at and found, or (``is_answer``) the unit's."""

    __tablename__ = "visit_file"
    __table_args__ = (UniqueConstraint("visit_id", "attachment_id"), AUTOINCREMENT)

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)
    is_answer: Mapped[bool] = mapped_column(default=False)

    attachment: Mapped[Attachment] = relationship(lazy="raise_on_sql")

    __audited__ = True


class Finding(Base):
    """What a group found: something done well, or a problem that may become a task."""

    __tablename__ = "finding"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    position: Mapped[int]
    kind: Mapped[FindingKind] = mapped_column(default=FindingKind.PROBLEM)
    text: Mapped[str] = mapped_column(String(500))

    __audited__ = True
