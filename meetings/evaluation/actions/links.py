"""The office ties requirements and tasks to the lines of a plan that they serve."""

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.evaluation import queries
from meetings.meetings.models import Requirement, RequirementAim
from meetings.plans.models import Goal, Indicator, Measure
from meetings.tasks.models import Task, TaskAim

Aim = RequirementAim | TaskAim


def link(line: Goal | Measure | Indicator, server: Requirement | Task, *, by: Actor) -> Aim:
    """Say that a requirement or a task serves a line of a plan; saying it twice changes nothing.

    A requirement serves goals and measures. Raises ``NotAllowed("link.not_yours")``, ``link.indicator_by_task``;
    ``NotFound`` where they are of different committees.
    """
    _check(by)
    if {line.committee_id, server.committee_id} != {by.committee_id}:
        raise NotFound
    there: Aim | None = queries.aim_between(line, server)
    if there is not None:
        return there
    named = {"goal_id": line.id} if isinstance(line, Goal) else {"measure_id": line.id}
    row: Aim
    if isinstance(server, Task):
        named = {"indicator_id": line.id} if isinstance(line, Indicator) else named
        row = TaskAim(task_id=server.id, **named)
    else:
        if isinstance(line, Indicator):
            raise DomainError("link.indicator_by_task", field="line")
        row = RequirementAim(requirement_id=server.id, **named)
    db.session.add(row)
    db.session.flush()
    return row


def unlink(row: Aim, *, by: Actor) -> None:
    """Take back what was said by mistake. Raises ``link.of_rectification`` where the task puts that indicator right."""
    _check(by)
    if isinstance(row, TaskAim) and row.indicator_id and queries.rectifies(row.task_id, row.indicator_id):
        raise DomainError("link.of_rectification")
    db.session.delete(row)


def _check(by: Actor) -> None:
    if not by.may("tasks.draft"):
        raise NotAllowed("link.not_yours")
