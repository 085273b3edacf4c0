"""The lines of plans that a task serves."""

from sqlalchemy import select

from meetings.core.db import db
from meetings.plans.queries.serving import ServedLine, lines_served, named, served
from meetings.tasks.models import Task, TaskAim

_served = lines_served(TaskAim, TaskAim.task_id)


def aims_of(task: Task) -> dict[str, TaskAim]:
    """What a task serves, named as ``goal-12``, in the order in which it was said."""
    return named(db.session.scalars(select(TaskAim).where(TaskAim.task_id == task.id).order_by(TaskAim.id)))


def served_lines(task: Task) -> list[ServedLine]:
    """The lines that a task the actor was given serves. One statement."""
    return served(_served, task.id)
