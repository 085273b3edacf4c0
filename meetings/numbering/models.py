"""Running numbers: one series for each committee, kind and year."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Root


class Series(Root):
    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("committee_id", "kind", "year"), AUTOINCREMENT)

    kind: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
