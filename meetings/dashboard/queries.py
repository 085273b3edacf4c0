"""What the frame of every page says; what stands on the first page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Committee, CommitteeName
from meetings.tasks.models import TaskTotal, TaskUnit, TotalOf
from meetings.tasks.rules import OPEN


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """Names in force, the office's telephone, and the open tasks of whoever asks."""

    committee_name: str = ""
    office_name: str = ""
    office_phone: str = ""
    office_hours: str = ""
    open_tasks: int = 0


def frame_facts(actor: Actor | None, *, today: date) -> FrameFacts:
    """One statement. A stranger is told the names of the first committee and nothing else."""
    committee = select(func.min(Committee.id)).scalar_subquery() if actor is None else actor.committee_id
    row = db.session.execute(
        select(
            CommitteeName.name,
            CommitteeName.office_name,
            Committee.office_phone,
            Committee.office_hours,
            _open_tasks(actor).scalar_subquery(),
        )
        .join(Committee, Committee.id == CommitteeName.committee_id)
        .where(Committee.id == committee, CommitteeName.from_on <= today)
        .order_by(CommitteeName.from_on.desc())
        .limit(1)
    ).first()
    return FrameFacts(row[0], row[1], row[2], row[3], row[4] or 0) if row else FrameFacts()


def _open_tasks(actor: Actor | None) -> Select[Any]:
    if actor is not None and actor.may("tasks.read_all"):
        return select(func.sum(TaskTotal.task_count)).where(
            TaskTotal.committee_id == actor.committee_id, TaskTotal.of == TotalOf.COMMITTEE, TaskTotal.status.in_(OPEN)
        )
    if actor is not None and actor.may("tasks.read_own"):
        return select(func.count(TaskUnit.task_id.distinct())).where(
            TaskUnit.unit_id.in_(actor.unit_ids), TaskUnit.is_open
        )
    return select(literal(0))


def is_ready() -> bool:
    """The database answers and holds our tables."""
    db.session.execute(select(Committee.id).limit(1))
    return True
