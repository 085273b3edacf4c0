"""签批 of a paper: where it stands, what was done by whom, who signs for whom, and the numbers that were given."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from meetings.core.db import AUTOINCREMENT, Base, Root

if TYPE_CHECKING:
    from meetings.attachments.models import Attachment
    from meetings.directory.models import Unit


class ApprovalStatus(StrEnum):
    DRAFT = "draft"
    CHECKING = "checking"
    SIGNING = "signing"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    ISSUED = "issued"
    VOID = "void"


class ApprovalAction(StrEnum):
    """What is done to a paper on its way: 拟稿、送核、核稿、签发、编号、用印、印发, and the ways back."""

    DRAFT = "draft"
    EDIT = "edit"
    SUBMIT = "submit"
    CHECK = "check"
    SIGN = "sign"
    RETURN = "return"
    WITHDRAW = "withdraw"
    NUMBER = "number"
    SEAL = "seal"
    ISSUE = "issue"
    VOID = "void"


class SignerRole(StrEnum):
    """Whose paper it is, so who signs it: the office's its director, the committee's a leader."""

    OFFICE_DIRECTOR = "office_director"
    LEADER = "leader"


class Signing(StrEnum):
    """How a paper is made valid: 加盖印章, 加盖签发人签名章, or neither (GB/T 9704-2012, 7.3.5)."""

    SEAL = "seal"
    STAMP = "stamp"
    PLAIN = "plain"


class Retention(StrEnum):
    """保管期限 of a file (国家档案局令第 8 号): 永久, 定期 30 年, 定期 10 年."""

    PERMANENT = "permanent"
    YEARS_30 = "years_30"
    YEARS_10 = "years_10"


class Disclosure(StrEnum):
    """公开属性 (政府信息公开条例 2019)."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    CLOSED = "closed"


class PaperUrgency(StrEnum):
    """紧急程度 of a paper: GB/T 9704-2012, 7.2.3, knows these two."""

    NONE = "none"
    URGENT = "urgent"
    EXTRA_URGENT = "extra_urgent"


class DeliveryManner(StrEnum):
    """How a copy on paper, or of it, was sent."""

    EXCHANGE = "exchange"
    HAND = "hand"
    POST = "post"
    FAX = "fax"
    MAIL = "mail"
    OTHER = "other"


class NumberForm(StrEnum):
    """How a number reads: ×妇儿工委办〔2026〕12号, 第12期, or that of a 报表类 paper (BB-2026-0012)."""

    YEAR = "year"
    ISSUE = "issue"
    REPORT = "report"


class Approval(Root):
    """A paper's draft sheet (发文稿纸) and where the paper stands; ``kind`` is its code in the catalogue.

    ``cosigners`` are the bodies that issue it too (联合行文), ``signer_posts`` the signers' posts beside name stamps,
    both one a line in their order.
    """

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_committee_id_status", "committee_id", "status", "id"),
        AUTOINCREMENT,
    )

    kind: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[ApprovalStatus] = mapped_column(default=ApprovalStatus.DRAFT)
    signer_role: Mapped[SignerRole]
    disclosure: Mapped[Disclosure] = mapped_column(default=Disclosure.ON_REQUEST)
    urgency: Mapped[PaperUrgency] = mapped_column(default=PaperUrgency.NONE)
    copy_count: Mapped[int | None]
    addressees: Mapped[str] = mapped_column(String(500), default="")
    copies_to: Mapped[str] = mapped_column(String(500), default="")
    signing: Mapped[Signing] = mapped_column(default=Signing.SEAL)
    cosigners: Mapped[str] = mapped_column(String(500), default="")
    signer_posts: Mapped[str] = mapped_column(String(500), default="")
    retention: Mapped[Retention] = mapped_column(default=Retention.YEARS_10)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    drafted_by_name: Mapped[str] = mapped_column(String(100))
    drafted_at: Mapped[datetime]
    checked_by_name: Mapped[str] = mapped_column(String(100), default="")
    signed_by_name: Mapped[str] = mapped_column(String(100), default="")
    signed_on: Mapped[date | None]
    issued_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    changed_by_name: Mapped[str] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(default=1)

    steps: WriteOnlyMapped[ApprovalStep] = relationship(back_populates="approval")
    number: Mapped[DocumentNumber | None] = relationship(back_populates="approval", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class ApprovalStep(Base):
    """One step of a paper. Rows are added, never changed; triggers see to it.

    ``signed_*`` and ``scan_id`` tell of a 线下签批. ``on_behalf_of`` is who had delegated the signing (受…委托).
    """

    __tablename__ = "approval_step"

    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), index=True)
    action: Mapped[ApprovalAction]
    status_before: Mapped[ApprovalStatus]
    status_after: Mapped[ApprovalStatus]
    done_at: Mapped[datetime]
    done_by_id: Mapped[int | None]
    done_by_name: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(Text, default="")
    on_behalf_of: Mapped[str] = mapped_column(String(100), default="")
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    signed_by: Mapped[str] = mapped_column(String(100), default="")
    signed_on: Mapped[date | None]
    signed_words: Mapped[str] = mapped_column(String(500), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    approval: Mapped[Approval] = relationship(back_populates="steps", lazy="raise_on_sql")
    scan: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")


class Delegation(Root):
    """Somebody lets another sign papers in their stead between two days (授权代签); ``kinds`` empty: all of the role's.

    ``scan_id`` is the signed letter where it was recorded from paper.
    """

    __tablename__ = "delegation"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="days_in_order"), AUTOINCREMENT)

    role: Mapped[SignerRole]
    principal_name: Mapped[str] = mapped_column(String(100))
    to_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    to_name: Mapped[str] = mapped_column(String(100))
    kinds: Mapped[list[str]] = mapped_column(JSON)
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    made_at: Mapped[datetime]
    made_by_name: Mapped[str] = mapped_column(String(100))
    revoked_at: Mapped[datetime | None]
    revoked_by_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(default=1)

    scan: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class NumberPrefix(Root):
    """机关代字 of a kind of paper from a day on: the latest one holds. Kinds of one 代字 share a series."""

    __tablename__ = "number_prefix"
    __table_args__ = (UniqueConstraint("committee_id", "kind", "from_on"), AUTOINCREMENT)

    kind: Mapped[str] = mapped_column(String(32))
    form: Mapped[NumberForm]
    prefix: Mapped[str] = mapped_column(String(40))
    from_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class DocumentNumber(Root):
    """A number that was given (文号), for ever: a cancelled one stays as 作废 with its reason."""

    __tablename__ = "document_number"
    __table_args__ = (UniqueConstraint("committee_id", "prefix", "year", "sequence"), AUTOINCREMENT)

    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), unique=True)
    form: Mapped[NumberForm]
    prefix: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    sequence: Mapped[int]
    text: Mapped[str] = mapped_column(String(100))
    is_typed: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(200), default="")
    given_on: Mapped[date]
    given_by_name: Mapped[str] = mapped_column(String(100))
    void_on: Mapped[date | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    void_by_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[int] = mapped_column(default=1)

    approval: Mapped[Approval] = relationship(back_populates="number", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class Distribution(Root):
    """A unit or an account that a paper goes to (分发). ``name`` is as it was called on that day."""

    __tablename__ = "distribution"
    __table_args__ = (
        UniqueConstraint("approval_id", "unit_id"),
        UniqueConstraint("approval_id", "user_id"),
        Index(
            "ix_distribution_unit_id",
            "unit_id",
            "approval_id",
            sqlite_where=text("unit_id IS NOT NULL"),
            postgresql_where=text("unit_id IS NOT NULL"),
        ),
        CheckConstraint("(unit_id IS NULL) <> (user_id IS NULL)", name="one_receiver"),
        AUTOINCREMENT,
    )

    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    group_name: Mapped[str] = mapped_column(String(100), default="")
    sent_at: Mapped[datetime]
    sent_by_name: Mapped[str] = mapped_column(String(100))

    approval: Mapped[Approval] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    __audited__ = True


class DistributionReading(Base):
    """A receiver has read a paper: the first opening of it, or what the office recorded from paper (代录).

    A log of its own kind: rows are added, never changed, and not audited, so that opening a paper may write one.
    """

    __tablename__ = "distribution_reading"

    distribution_id: Mapped[int] = mapped_column(ForeignKey("distribution.id"), unique=True)
    read_at: Mapped[datetime]
    read_on: Mapped[date]
    reader_name: Mapped[str] = mapped_column(String(100))
    recorded_by_name: Mapped[str] = mapped_column(String(100), default="")


class Delivery(Root):
    """A copy of a paper that went to an outside body or to somebody without an account, as the office recorded it.

    ``address`` is where to, ``receipt`` who signed for it, as far as somebody did.
    """

    __tablename__ = "delivery"
    __table_args__ = (AUTOINCREMENT,)

    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200), default="")
    manner: Mapped[DeliveryManner]
    sent_on: Mapped[date]
    copy_count: Mapped[int | None]
    receipt_by: Mapped[str] = mapped_column(String(100), default="")
    receipt_on: Mapped[date | None]
    recorded_by_name: Mapped[str] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(default=1)

    approval: Mapped[Approval] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
