"""Addresses that open something without a sign-in: bound to an account, revocable; the token is kept as its hash."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import Root


class LinkPurpose(StrEnum):
    CALENDAR = "calendar"
    INVITATION = "invitation"
    TASK_REPORT = "task_report"
    ROUND_REPORT = "round_report"


class Link(Root):
    """An address of ``user_id``, for one unit or for all that the account may see, or about one row: ``subject_id``.

    It ends with its day, when it is revoked, and with the account. One by which a unit without accounts answers belongs
    to who gave it; it is used once, and ends without the account.
    """

    __tablename__ = "link"

    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    subject_id: Mapped[int | None] = mapped_column(index=True)
    """The row that it asks about: an attendance (which may be taken off its list), a task, a round."""
    recipient: Mapped[str] = mapped_column(String(100), default="", server_default="")
    """Whom the office gives it to, where that is no account: 县××公司办公室."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    __audited__ = True
    __secret__ = frozenset({"token_hash"})
