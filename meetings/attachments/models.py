"""Files of anything; who holds them keeps its own link table."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Base, Root


class AsideFile(Base):
    """A file that came with a form which had to be shown again, until that is sent once more; a day at most."""

    __tablename__ = "aside_file"
    __table_args__ = (Index("ix_aside_file_kept_at", "kept_at"), AUTOINCREMENT)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    field: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime]


class Attachment(Root):
    """A kept file: its bytes are in the store under ``sha256``, ``name`` is the one it came with."""

    __tablename__ = "attachment"

    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    uploaded_by_name: Mapped[str] = mapped_column(String(100))

    __audited__ = True
