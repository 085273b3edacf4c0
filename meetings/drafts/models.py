"""What was typed and not yet sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Base


class Draft(Base):
    """The text of one form as one person left it. Not audited: it is nobody's word until it is sent.

    ``address`` is the page that shows the form, ``form`` the form's name (``Form.keeps_draft``), ``title`` what the
    page was called, ``fields`` a JSON list of [name, value]. The record's version, where it has one, is among them.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "address", "form"), AUTOINCREMENT)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    address: Mapped[str] = mapped_column(String(500))
    form: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(200), default="")
    fields: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(index=True)
