"""The lines of plans that a task serves."""

from collections.abc import Collection

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.plans.queries import OpenLine, open_lines
from meetings.tasks.models import Task, TaskAim, TaskSource
from meetings.tasks.queries import aims_of


def serve(task: Task, names: Collection[str], *, by: Actor) -> None:
    """A new task serves these goals, measures and indicators, named as ``goal-12``.

    Raises ``task.aim_unknown`` beside ``aims`` for one that is in no plan under way.
    """
    if names:
        _add(task, dict.fromkeys(names), _lines(names, by))


def serve_only(task: Task, names: Collection[str], *, by: Actor) -> None:
    """The task serves these and no others of the plans under way; those of closed plans stay.

    Raises as ``serve``, and ``task.aim_needed`` where the task was made to put an indicator right that is not named.
    """
    lines = _lines(names, by)
    there = aims_of(task)
    gone = {name: row for name, row in there.items() if name in lines and name not in names}
    if task.source is TaskSource.INDICATOR and any(row.indicator_id for row in gone.values()):
        raise DomainError("task.aim_needed", field="aims")
    _add(task, [name for name in dict.fromkeys(names) if name not in there], lines)
    for row in gone.values():
        db.session.delete(row)
    db.session.flush()


def _lines(names: Collection[str], by: Actor) -> dict[str, OpenLine]:
    lines = {line.name: line for line in open_lines(by, has_indicators=True)}
    if not set(names) <= set(lines):
        raise DomainError("task.aim_unknown", field="aims")
    return lines


def _add(task: Task, names: Collection[str], lines: dict[str, OpenLine]) -> None:
    for name in names:
        db.session.add(TaskAim(task_id=task.id, **{f"{lines[name].noun}_id": lines[name].id}))
    db.session.flush()
