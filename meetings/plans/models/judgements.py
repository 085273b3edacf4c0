"""How an indicator stands in a year, and where a person has decided that instead of the rule."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Root


class IndicatorState(StrEnum):
    """How an indicator stands in a year; computed by ``rules.judge``, never stored but where a person decided it."""

    MET = "met"
    ON_COURSE = "on_course"
    NEARLY_MET = "nearly_met"
    MISSED = "missed"
    NO_VALUE = "no_value"
    NOT_QUANTIFIED = "not_quantified"
    NOT_DUE = "not_due"
    NOT_MONITORED = "not_monitored"


class ManualJudgement(Root):
    """人工判定: a state that a person gave an indicator for a year, and why; it goes before the computed one."""

    __tablename__ = "manual_judgement"
    __table_args__ = (UniqueConstraint("indicator_id", "year"), AUTOINCREMENT)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    year: Mapped[int]
    state: Mapped[IndicatorState]
    reason: Mapped[str] = mapped_column(String(500))
    judged_by_name: Mapped[str] = mapped_column(String(100), default="")
    judged_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __audited__ = True
