"""Requests for more time: those of a task, and those of the committee by what waits."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.tasks.models import ExtensionStatus, Task, TaskEvent, TaskExtension
from meetings.tasks.queries.finding import visible

_STEPS = (
    joinedload(TaskExtension.asked_event),
    joinedload(TaskExtension.unit_event).joinedload(TaskEvent.scan),
    joinedload(TaskExtension.decided_event).joinedload(TaskEvent.scan),
)


def extensions_of(task: Task) -> Sequence[TaskExtension]:
    """The cases of a task that the actor was given, the latest first, with their steps."""
    rows = select(TaskExtension).where(TaskExtension.task_id == task.id).options(*_STEPS)
    return db.session.scalars(rows.order_by(TaskExtension.id.desc())).all()


def find_extension(extension_id: int, *, actor: Actor) -> TaskExtension:
    """A case with its steps and its task. Raises ``NotFound``."""
    case: TaskExtension | None = db.session.scalar(
        _seen(actor)
        .where(TaskExtension.id == extension_id)
        .options(
            joinedload(TaskExtension.task).joinedload(Task.lead_unit),
            joinedload(TaskExtension.task).joinedload(Task.meeting),
            joinedload(TaskExtension.task).joinedload(Task.requirement),
            *_STEPS,
        )
    )
    if case is None:
        raise NotFound
    return case


def extensions(actor: Actor, *, status: ExtensionStatus | None = None, page: int = 1) -> Page[TaskExtension]:
    """The cases of tasks that the actor may see, the latest first, with task, lead unit and steps."""
    rows = _seen(actor)
    if status is not None:
        rows = rows.where(TaskExtension.status == status)
    total = db.session.scalar(rows.with_only_columns(func.count()).order_by(None)) or 0
    found = db.session.scalars(
        rows.options(joinedload(TaskExtension.task).joinedload(Task.lead_unit), *_STEPS)
        .order_by(TaskExtension.waits_since.desc(), TaskExtension.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(found, page, total)


def newest_extension(actor: Actor) -> int | None:
    """The case that a paper is made of where none is named."""
    return db.session.scalar(
        _seen(actor).with_only_columns(TaskExtension.id).order_by(TaskExtension.id.desc()).limit(1)
    )


def granted_before(case: TaskExtension) -> int:
    """How many extensions of its task were granted before this one was asked."""
    rows = select(func.count()).where(
        TaskExtension.task_id == case.task_id,
        TaskExtension.id < case.id,
        TaskExtension.status == ExtensionStatus.GRANTED,
    )
    return db.session.scalar(rows) or 0


def recent_extensions(actor: Actor, *, also: int | None = None) -> Sequence[tuple[int, str]]:
    """The latest hundred cases to choose from, and one named: id, and number and title of the task."""
    latest = _seen(actor).with_only_columns(TaskExtension.id).order_by(TaskExtension.id.desc()).limit(100)
    rows = (
        _seen(actor)
        .where(or_(TaskExtension.id.in_(latest), TaskExtension.id == also))
        .with_only_columns(TaskExtension.id, Task.number, Task.title)
        .order_by(TaskExtension.id.desc())
    )
    return [(id_, f"{number} {title}") for id_, number, title in db.session.execute(rows)]


def _seen(actor: Actor) -> Select[Any]:
    return select(TaskExtension).join(Task, Task.id == TaskExtension.task_id).where(*visible(actor))
