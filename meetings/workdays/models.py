"""Days on which this office works or rests other than the State Council's calendar says."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Root


class DayOverride(Root):
    __tablename__ = "day_override"
    __table_args__ = (UniqueConstraint("committee_id", "day"), AUTOINCREMENT)

    day: Mapped[date]
    is_working: Mapped[bool]
    note: Mapped[str] = mapped_column(String(100), default="")

    __audited__ = True
