"""The lines of plans that a task serves."""

from collections.abc import Collection

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.plans.queries import open_lines
from meetings.tasks.models import Task, TaskAim


def serve(task: Task, names: Collection[str], *, by: Actor) -> None:
    """A new task serves these goals and measures, named as ``goal-12``.

    Raises ``task.aim_unknown`` beside ``aims`` for one that is in no plan under way.
    """
    if not names:
        return
    lines = {line.name: line for line in open_lines(by)}
    if not set(names) <= set(lines):
        raise DomainError("task.aim_unknown", field="aims")
    for name in dict.fromkeys(names):
        db.session.add(TaskAim(task_id=task.id, **{f"{lines[name].noun}_id": lines[name].id}))
    db.session.flush()
