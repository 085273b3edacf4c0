"""Accounts, their roles, their sessions, and what locks them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root
from meetings.directory.models import Unit


class Role(StrEnum):
    OFFICE_DIRECTOR = "office_director"
    OFFICE_STAFF = "office_staff"
    LEADER = "leader"
    UNIT_HEAD = "unit_head"
    LIAISON = "liaison"
    STATISTICIAN = "statistician"
    OBSERVER = "observer"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"


class User(Root):
    """An account; ``name`` is what is typed at sign-in, ``display_name`` what others see (a post, as a rule)."""

    __tablename__ = "user_account"

    name: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    password_changed_at: Mapped[datetime]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(String(16), default="zh_Hans")
    text_size: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    roles: Mapped[list[UserRole]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __secret__ = frozenset({"password_hash"})


class UserRole(Base):
    __tablename__ = "user_role"
    __table_args__ = (UniqueConstraint("user_id", "role"), AUTOINCREMENT)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[Role]

    __audited__ = True


class Grant(Base):
    """A right beyond a person's roles, given by the security administrator until a day."""

    __tablename__ = "user_grant"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    permission: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(200))
    until_on: Mapped[date]

    __audited__ = True


class Deputy(Base):
    """An account stands in for another unit between two days."""

    __tablename__ = "deputy"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="days_in_order"), AUTOINCREMENT)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]

    __audited__ = True


class UserSession(Base):
    """A browser that is signed in: a row, so that it can be seen and ended. The cookie's token is kept as its hash."""

    __tablename__ = "user_session"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    begun_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(200))


class SignInFailure(Base):
    """A sign-in that failed, counted by account and by address."""

    __tablename__ = "sign_in_failure"

    account: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    failed_at: Mapped[datetime] = mapped_column(index=True)


class FormerPassword(Base):
    __tablename__ = "former_password"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    replaced_at: Mapped[datetime]
