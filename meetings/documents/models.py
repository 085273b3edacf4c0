"""Papers that meetings and tasks rest on, and who has read them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Base, Root


class DocumentKind(StrEnum):
    SCHEME = "scheme"
    PLAN = "plan"
    FROM_ABOVE = "from_above"
    DIVISION = "division"
    OTHER = "other"


class Document(Root):
    """A 方案, 规划, 上级来文 or 任务分解: title, 文号, issuing body, day, text and files."""

    __tablename__ = "document"

    kind: Mapped[DocumentKind]
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(100), default="")
    issuing_body: Mapped[str] = mapped_column(String(100), default="")
    issued_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text, default="")
    is_for_units: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    files: Mapped[list[Attachment]] = relationship(secondary="document_file", lazy="raise_on_sql", viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
    __searched__ = ("title", "number", "issuing_body", "issued_on", "text", "is_for_units")


class DocumentFile(Base):
    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("document_id", "attachment_id"), AUTOINCREMENT)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)

    __audited__ = True
    __searched__ = ("document_id", "attachment_id")


class DocumentReading(Base):
    """Somebody confirmed having read a document."""

    __tablename__ = "document_reading"
    __table_args__ = (UniqueConstraint("document_id", "user_id"), AUTOINCREMENT)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    reader_name: Mapped[str] = mapped_column(String(100))
    read_at: Mapped[datetime]

    __audited__ = True
