"""Notices to people, what each chose, and every message that left the house."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Base, Root

_UNREAD = text("read_at IS NULL")


class Notice(Root):
    """What one account is told: a row of the transaction that gave the occasion. ``path`` is the page about it."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_user_id_created_at_id", "user_id", "created_at", "id"),
        Index("ix_notice_unread", "user_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        AUTOINCREMENT,
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str] = mapped_column(String(64))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[str] = mapped_column(String(50), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    day: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(100), default="", server_default="")
    path: Mapped[str] = mapped_column(String(200))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    """When a message of it was written down; never twice."""


class NoticeSetting(Base):
    """What an account chose. Without a row: the inbox only, because there is no address."""

    __tablename__ = "notice_setting"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), unique=True)
    email: Mapped[str] = mapped_column(String(200), default="")
    wants_digest: Mapped[bool] = mapped_column(default=True)
    wants_urgent: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Channel(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"


class MessageStatus(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Message(Base):
    """One message that leaves the house. ``key`` says what it is of, so that it is written once.

    It is marked before it is handed over: one whose worker died meanwhile may have arrived and is not sent again.
    """

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("key"), Index("ix_message_status_send_at", "status", "send_at"), AUTOINCREMENT)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    key: Mapped[str] = mapped_column(String(200))
    channel: Mapped[Channel]
    address: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    event: Mapped[str] = mapped_column(Text, default="", server_default="")
    """An event for the reader's calendar (iCalendar), sent as a file beside the text; mail only."""
    link_id: Mapped[int | None] = mapped_column(ForeignKey("link.id"))
    """The address that the text tells of, with ``rules.PLACEHOLDER`` for its token."""
    status: Mapped[MessageStatus] = mapped_column(default=MessageStatus.WAITING)
    written_at: Mapped[datetime]
    send_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(200), default="")
