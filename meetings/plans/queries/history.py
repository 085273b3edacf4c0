"""What was changed in a row of a plan, as whoever reads the plan may know it; read from the audit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from meetings.audit.models import AuditEntry, Change
from meetings.core.db import db
from meetings.directory.queries import units_named
from meetings.plans.models import (
    Goal,
    GoalUnit,
    Indicator,
    IndicatorUnit,
    Measure,
    MeasureUnit,
    Milestone,
    Plan,
    PlanStage,
)

MOST = 100
# What hangs on a row, and the column that says on which one.
_PARTS: dict[type, tuple[tuple[type, str], ...]] = {
    Plan: ((PlanStage, "plan_id"),),
    Goal: ((GoalUnit, "goal_id"),),
    Measure: ((MeasureUnit, "measure_id"),),
    Indicator: ((IndicatorUnit, "indicator_id"), (Milestone, "indicator_id")),
}
_UNSAID = frozenset({"id", "committee_id", "version", "plan_id", "goal_id", "measure_id", "indicator_id"})


@dataclass(frozen=True, slots=True)
class Step:
    """One change: when, by whom, of which kind of row, and each column with what it said before and after."""

    at: datetime
    who: str
    change: Change
    subject: str
    changes: Sequence[tuple[str, Any, Any]]


def history(row: Plan | Goal | Measure | Indicator) -> list[Step]:
    """The changes of a row that the actor was allowed to load and of what hangs on it, the latest first."""
    where = [and_(AuditEntry.subject == row.__tablename__, AuditEntry.subject_id == row.id)]
    for part, column in _PARTS[type(row)]:
        kind: Any = part
        present = select(kind.id).where(getattr(kind, column) == row.id)
        # A row that is gone is known by what it said of its owner when it came and when it went.
        owned = (f'"{column}":[null,{row.id}]', f'"{column}":[{row.id},null]')
        where.append(
            and_(
                AuditEntry.subject == kind.__tablename__,
                or_(AuditEntry.subject_id.in_(present), *(AuditEntry.changes.contains(text) for text in owned)),
            )
        )
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.committee_id == row.committee_id, or_(*where))
        .order_by(AuditEntry.seq.desc())
        .limit(MOST)
    ).all()
    steps = [_step(entry) for entry in entries]
    units = {value for step in steps for name, *both in step.changes if name == "unit_id" for value in both if value}
    names = units_named(sorted(units)) if units else {}
    return [
        Step(
            step.at,
            step.who,
            step.change,
            step.subject,
            [
                (name, names.get(old, old), names.get(new, new)) if name == "unit_id" else (name, old, new)
                for name, old, new in step.changes
            ],
        )
        for step in steps
        if step.changes
    ]


def _step(entry: AuditEntry) -> Step:
    said = json.loads(entry.changes)
    changes = [(name, old, new) for name, (old, new) in sorted(said.items()) if name not in _UNSAID]
    return Step(entry.at, entry.actor_name, entry.change, entry.subject, [c for c in changes if c[1] != c[2]])
