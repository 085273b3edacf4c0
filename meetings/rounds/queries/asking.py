"""What a round asks of each unit, and what the system holds already (填一次)."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from meetings.core.db import db
from meetings.rounds import rules
from meetings.rounds.models import ReportingRound, RoundStatus, RoundUnit
from meetings.rounds.queries.materials import material_counts
from meetings.rounds.queries.rounds import of_scope, owing_units
from meetings.tasks.models import Quantity, Standard, Task, TaskUnit


class AskedUnit(NamedTuple):
    """What one unit is asked: tasks, fields to fill in, fields that are filled already, and fields this quarter.

    ``quarter_count`` holds this round's fields, and those of the rounds and materials of the same quarter so far.
    """

    unit_id: int
    unit_name: str
    position: int
    task_count: int
    field_count: int
    held_count: int
    quarter_count: int


def asked(round_: ReportingRound) -> list[AskedUnit]:
    """What the round would ask of each unit if it were opened now, in the plan's order: four statements."""
    quantities = select(func.count()).where(Quantity.task_id == Task.id)
    standards = select(func.count()).where(Standard.task_id == Task.id)
    rows = db.session.execute(
        select(
            TaskUnit.unit_id,
            TaskUnit.role,
            TaskUnit.reported_at,
            quantities.scalar_subquery(),
            quantities.where(Quantity.target.is_not(None)).scalar_subquery(),
            quantities.where(Quantity.as_of.is_not(None)).scalar_subquery(),
            standards.scalar_subquery(),
            standards.where(Standard.met_at.is_not(None)).scalar_subquery(),
        )
        .join(Task, Task.id == TaskUnit.task_id)
        .where(*of_scope(round_))
    ).all()
    found: dict[int, list[rules.Asked]] = {}
    for unit_id, role, reported_at, *counts in rows:
        found.setdefault(unit_id, []).append(rules.asked(role, reported_at is not None, *counts))
    before = quarter_counts(round_.committee_id, found, round_.due_on)
    return [
        AskedUnit(
            unit.id,
            unit.short_name,
            unit.position,
            len(own := found[unit.id]),
            sum(one.fields for one in own),
            sum(one.held for one in own),
            before.get(unit.id, 0) + sum(one.fields for one in own),
        )
        for unit in owing_units(found)
    ]


def quarter_counts(committee_id: int, unit_ids: Collection[int], day: date) -> dict[int, int]:
    """Fields that the rounds opened so far ask of each unit in the quarter of the day; a material counts as one."""
    quarter = rules.quarter_of(day)
    rows = (
        select(RoundUnit.unit_id, func.sum(RoundUnit.field_count))
        .join(ReportingRound, ReportingRound.id == RoundUnit.round_id)
        .where(
            ReportingRound.committee_id == committee_id,
            ReportingRound.status.in_([RoundStatus.OPEN, RoundStatus.LOCKED]),
            ReportingRound.due_on.between(quarter.from_on, quarter.until_on),
            RoundUnit.unit_id.in_(list(unit_ids)),
        )
        .group_by(RoundUnit.unit_id)
    )
    found = material_counts(committee_id, unit_ids, quarter.from_on, quarter.until_on)
    for unit_id, count in db.session.execute(rows):
        found[unit_id] = found.get(unit_id, 0) + int(count or 0)
    return found
