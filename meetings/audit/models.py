"""Who changed what, chained by hashes; and who signed in, printed or looked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Base


class Change(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class AuditHead(Base):
    """The last link of a committee's chain; committee 0 is the chain of rows that belong to none."""

    __tablename__ = "audit_head"

    committee_id: Mapped[int] = mapped_column(unique=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")


class AuditEntry(Base):
    """One changed row: ``changes`` is canonical JSON, column → [old, new]. Triggers refuse any change of it."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("committee_id", "seq"),
        Index("ix_audit_entry_subject", "subject", "subject_id"),
        AUTOINCREMENT,
    )

    committee_id: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime]
    user_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(100))
    change: Mapped[Change]
    subject: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[int]
    changes: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class AccessKind(StrEnum):
    """What is logged without being a change of a row."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    PRINT = "print"
    DOWNLOAD = "download"
    UNMASK = "unmask"
    PERSONAL_DATA_KEPT = "personal_data_kept"
    AUDIT_READ = "audit_read"


class AccessEntry(Base):
    """Who did what without changing a row; appended only, kept at least 183 days."""

    __tablename__ = "access_entry"

    committee_id: Mapped[int | None] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None]
    kind: Mapped[AccessKind]
    subject: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
