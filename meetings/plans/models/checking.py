"""Who checks values, what was corrected after a year was locked, and the sheets that units signed and sealed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.attachments.models import Attachment
from meetings.core.db import AUTOINCREMENT, Root
from meetings.directory.models import Unit
from meetings.plans.models.indicators import Amount


class StatisticsUnit(Root):
    """The unit that checks what the others enter, and enters what comes from above (县统计局); one at most."""

    __tablename__ = "statistics_unit"
    __table_args__ = (UniqueConstraint("committee_id"), AUTOINCREMENT)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True


class ValueCorrection(Root):
    """What a value was before it was corrected, and why; rows are added, never changed."""

    __tablename__ = "value_correction"

    value_id: Mapped[int] = mapped_column(ForeignKey("indicator_value.id"), index=True)
    numerator: Mapped[Decimal | None] = mapped_column(Amount)
    denominator: Mapped[Decimal | None] = mapped_column(Amount)
    value: Mapped[Decimal | None] = mapped_column(Amount)
    reason: Mapped[str] = mapped_column(String(500))
    corrected_by_name: Mapped[str] = mapped_column(String(100), default="")
    corrected_at: Mapped[datetime]

    __audited__ = True


class ValueSheet(Root):
    """The scan of a unit's yearly table, signed and sealed."""

    __tablename__ = "value_sheet"
    __table_args__ = (Index("ix_value_sheet_unit_id_year", "unit_id", "year"), AUTOINCREMENT)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)

    attachment: Mapped[Attachment] = relationship(lazy="raise_on_sql")

    __audited__ = True
