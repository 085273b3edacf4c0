"""Committees, their units and groups, people and the posts they hold; everything that changes carries days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root


class UnitKind(StrEnum):
    MEMBER = "member"
    TOWNSHIP = "township"
    INSTITUTION = "institution"
    OFFICE = "office"


class PostKind(StrEnum):
    """What a post means for the committee's work."""

    HEAD = "head"
    DEPUTY_IN_CHARGE = "deputy_in_charge"
    MEMBER = "member"
    LIAISON = "liaison"
    STATISTICIAN = "statistician"
    TOWNSHIP_DEPUTY = "township_deputy"
    TOWNSHIP_FEDERATION = "township_federation"
    COMMITTEE_LEADER = "committee_leader"
    OTHER = "other"


class Committee(Base):
    """One 妇儿工委 or 联席会议; every other root row belongs to one."""

    __tablename__ = "committee"

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    region: Mapped[str] = mapped_column(String(100))
    office_phone: Mapped[str] = mapped_column(String(50), default="")
    office_hours: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class CommitteeName(Base):
    """What the body and its office are called from a day on; the row with the latest such day holds."""

    __tablename__ = "committee_name"
    __table_args__ = (UniqueConstraint("committee_id", "from_on"), AUTOINCREMENT)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    name: Mapped[str] = mapped_column(String(100))
    office_name: Mapped[str] = mapped_column(String(100))
    from_on: Mapped[date]

    __audited__ = True


class Unit(Root):
    """A member unit, township, institution or the office's own unit, in the plan's order (``position``)."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("committee_id", "name"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_in_order"),
        AUTOINCREMENT,
    )

    kind: Mapped[UnitKind]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    short_name: Mapped[str] = mapped_column(String(50))
    initials: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id", foreign_keys=[parent_id], lazy="raise_on_sql")
    merged_into: Mapped[Unit | None] = relationship(
        remote_side="Unit.id", foreign_keys=[merged_into_id], lazy="raise_on_sql"
    )

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("name", "short_name")


class UnitName(Base):
    """What a unit was called until a day."""

    __tablename__ = "unit_name"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    short_name: Mapped[str] = mapped_column(String(50))
    until_on: Mapped[date]

    __audited__ = True
    __searched__ = ("name", "short_name")


class UnitGroup(Root):
    """A named list of units such as 各成员单位, for addressing and for who is asked to a meeting."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("committee_id", "name"), AUTOINCREMENT)

    name: Mapped[str] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(default=0)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    members: Mapped[list[UnitGroupMember]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class UnitGroupMember(Base):
    __tablename__ = "unit_group_member"
    __table_args__ = (UniqueConstraint("group_id", "unit_id"), AUTOINCREMENT)

    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    __audited__ = True


class Person(Root):
    """Somebody with a name; two people of one name stay two. ``protocol_order`` orders every list of names."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(100))
    initials: Mapped[str] = mapped_column(String(100), default="")
    office_phone: Mapped[str] = mapped_column(String(50), default="")
    mobile: Mapped[str] = mapped_column(String(20), default="")
    protocol_order: Mapped[int] = mapped_column(default=1000)
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("name",)


class Post(Root):
    """A post in a unit, held by a person (or known only as a post) from one day until another."""

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_unit_id_kind", "unit_id", "kind"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_in_order"),
        AUTOINCREMENT,
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[PostKind]
    title: Mapped[str] = mapped_column(String(100))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("person_id", "unit_id", "title", "from_on")

    def is_held_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
