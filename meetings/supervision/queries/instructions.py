"""Instructions of leaders, as far as the actor may see what they are about."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlalchemy.orm import joinedload

from meetings.approvals.models import Approval
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.supervision.models import Instruction, InstructionTask
from meetings.tasks.models import Task, TaskUnit


def _visible(actor: Actor) -> ColumnElement[bool]:
    """The office and its readers see all; a unit those on the tasks that it was handed."""
    own = Instruction.committee_id == actor.committee_id
    if actor.may("tasks.read_all"):
        return own
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return false()
    handed = (
        select(TaskUnit.task_id)
        .join(Task, Task.id == TaskUnit.task_id)
        .where(TaskUnit.unit_id.in_(sorted(actor.unit_ids)), Task.number.is_not(None))
    )
    return and_(own, Instruction.task_id.in_(handed))


def instructions(actor: Actor, *, unanswered: bool = False, page: int = 1) -> Page[Instruction]:
    """The latest first, with the task or paper."""
    where = [_visible(actor)]
    if unanswered:
        where.append(Instruction.answered_at.is_(None))
    total = db.session.scalar(select(func.count()).select_from(Instruction).where(*where)) or 0
    rows = select(Instruction).where(*where).options(joinedload(Instruction.task), joinedload(Instruction.approval))
    rows = rows.order_by(Instruction.given_on.desc(), Instruction.id.desc())
    return Page(db.session.scalars(rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all(), page, total)


def find_instruction(instruction_id: int, *, actor: Actor) -> Instruction:
    """With the task and its units, the paper and the scan, or ``NotFound``."""
    rows = (
        select(Instruction)
        .where(Instruction.id == instruction_id, _visible(actor))
        .options(
            joinedload(Instruction.task).selectinload(Task.units),
            joinedload(Instruction.approval),
            joinedload(Instruction.scan),
        )
    )
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def instructions_on(task: Task, *, actor: Actor) -> Sequence[Instruction]:
    """Those on a task that the actor was allowed to load, the latest first."""
    rows = select(Instruction).where(Instruction.task_id == task.id, _visible(actor))
    return db.session.scalars(rows.order_by(Instruction.id.desc())).all()


def instructions_on_paper(approval: Approval, *, actor: Actor) -> Sequence[Instruction]:
    """Those on a paper that the actor was allowed to load, the latest first: for the office and its readers."""
    rows = select(Instruction).where(Instruction.approval_id == approval.id, _visible(actor))
    return db.session.scalars(rows.order_by(Instruction.id.desc())).all()


def tasks_from(instruction: Instruction, *, actor: Actor) -> Sequence[Task]:
    """The tasks that came of it, for who reads them all."""
    if not actor.may("tasks.read_all"):
        return []
    came = select(InstructionTask.task_id).where(InstructionTask.instruction_id == instruction.id)
    rows = select(Task).where(Task.id.in_(came), Task.committee_id == actor.committee_id)
    return db.session.scalars(rows.options(joinedload(Task.lead_unit)).order_by(Task.id)).all()
