"""Papers that were made, frozen as data and bytes, with number and verification code; and drafts on their way there."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.approvals.models import Approval
from meetings.core.db import AUTOINCREMENT, Json, Root


class Paper(Root):
    """A paper as it was made: reprinted it is the same to the byte.

    ``sha256`` is the key of its bytes and ``data_sha256`` of its data (canonical JSON) in the store. ``approval_id`` is
    its 签批, None where it was made in one step (报表类).
    """

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
    page_count: Mapped[int | None]
    """Of the PDF; None for papers made before it was kept."""
    job_id: Mapped[int | None]
    """The job that made it together with others; the paper outlives the job."""
    data_sha256: Mapped[str] = mapped_column(String(64), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), unique=True)

    __audited__ = True


class PaperDraft(Root):
    """What a paper on its way through 签批 is made from: the parameters, editable until 签发.

    ``data_sha256`` is the key of the data as they were signed, from which number and bytes follow; ``filter_text`` and
    ``unit_id`` belong to them.
    """

    __tablename__ = "paper_draft"

    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), unique=True)
    code: Mapped[str] = mapped_column(String(32))
    parameters: Mapped[Json]
    data_sha256: Mapped[str] = mapped_column(String(64), default="")
    filter_text: Mapped[str] = mapped_column(String(500), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    version: Mapped[int] = mapped_column(default=1)

    approval: Mapped[Approval] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
