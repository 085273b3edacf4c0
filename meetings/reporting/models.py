"""Papers that were made: their frozen data and bytes, number and verification code."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Json, Root


class Paper(Root):
    """A 报表类 paper as it was made: reprinted it is the same to the byte."""

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("committee_id", "number"),
        Index("ix_paper_job_id_unit_id", "job_id", "unit_id", unique=True),  # one that begins anew makes none twice
        AUTOINCREMENT,
    )

    code: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(50))
    verification_code: Mapped[str] = mapped_column(String(16), unique=True)
    parameters: Mapped[Json]
    filter_text: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_by_name: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    audit_head: Mapped[str] = mapped_column(String(64), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    job_id: Mapped[int | None]
    """The job that made it together with others; the paper outlives the job."""

    __audited__ = True
