"""The office ties requirements and tasks to the lines of a plan that they serve."""

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.evaluation import queries
from meetings.evaluation.models import PlanLink
from meetings.meetings.models import Requirement
from meetings.plans.models import Goal, Indicator, Measure
from meetings.tasks.models import Task


def link(line: Goal | Measure | Indicator, server: Requirement | Task, *, by: Actor) -> PlanLink:
    """Say that a requirement or a task serves a line of a plan; saying it twice changes nothing.

    Raises ``NotAllowed("link.not_yours")``; ``NotFound`` where they are of different committees.
    """
    _check(by)
    if {line.committee_id, server.committee_id} != {by.committee_id}:
        raise NotFound
    if there := queries.link_between(line, server):
        return there
    row = PlanLink(
        committee_id=by.committee_id,
        goal_id=line.id if isinstance(line, Goal) else None,
        measure_id=line.id if isinstance(line, Measure) else None,
        indicator_id=line.id if isinstance(line, Indicator) else None,
        requirement_id=server.id if isinstance(server, Requirement) else None,
        task_id=server.id if isinstance(server, Task) else None,
        linked_at=clock.now(),
        linked_by_name=by.name[:100],
    )
    db.session.add(row)
    db.session.flush()
    return row


def unlink(row: PlanLink, *, by: Actor) -> None:
    """Take back what was said by mistake. Raises ``link.of_rectification`` where the task puts that indicator right."""
    _check(by)
    if row.task_id is not None and row.indicator_id is not None and queries.rectifies(row.task_id, row.indicator_id):
        raise DomainError("link.of_rectification")
    db.session.delete(row)


def _check(by: Actor) -> None:
    if not by.may("tasks.draft"):
        raise NotAllowed("link.not_yours")
