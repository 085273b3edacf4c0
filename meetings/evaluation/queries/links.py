"""What serves which line of a plan."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.evaluation.models import PlanLink
from meetings.meetings.models import Requirement
from meetings.plans.models import Goal, Indicator, Measure
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.queries.finding import visible

Line = Goal | Measure | Indicator
Server = Requirement | Task
_LINES = {Goal: PlanLink.goal_id, Measure: PlanLink.measure_id, Indicator: PlanLink.indicator_id}


def link_between(line: Line, server: Server) -> PlanLink | None:
    """The link, if somebody has made it."""
    serving = PlanLink.requirement_id if isinstance(server, Requirement) else PlanLink.task_id
    return db.session.scalar(select(PlanLink).where(_LINES[type(line)] == line.id, serving == server.id))


def links_of(server: Server) -> Sequence[PlanLink]:
    """What a requirement or a task serves, with the lines, the earliest link first."""
    serving = PlanLink.requirement_id if isinstance(server, Requirement) else PlanLink.task_id
    rows = (
        select(PlanLink)
        .where(serving == server.id)
        .options(joinedload(PlanLink.goal), joinedload(PlanLink.measure), joinedload(PlanLink.indicator))
    )
    return db.session.scalars(rows.order_by(PlanLink.id)).all()


def find_link(link_id: int, *, actor: Actor) -> PlanLink:
    """For those who make links, else ``NotFound``."""
    row = db.session.scalar(select(PlanLink).where(PlanLink.id == link_id, PlanLink.committee_id == actor.committee_id))
    if row is None or not actor.may("tasks.draft"):
        raise NotFound
    return row


class ServingTask(NamedTuple):
    """A task that serves an indicator."""

    id: int
    number: str
    title: str
    status: TaskStatus


def tasks_of_indicators(indicator_ids: Collection[int], *, actor: Actor) -> dict[int, list[ServingTask]]:
    """Tasks under way or done that serve these indicators, by themselves or through their requirement. One statement.

    Drafts, and tasks that were cancelled, fill no gap.
    """
    rows = (
        select(PlanLink.indicator_id, Task.id, Task.number, Task.title, Task.status)
        .join(
            Task,
            or_(
                Task.id == PlanLink.task_id,
                and_(PlanLink.requirement_id.is_not(None), Task.requirement_id == PlanLink.requirement_id),
            ),
        )
        .where(
            PlanLink.indicator_id.in_(sorted(indicator_ids)),
            *visible(actor),
            Task.number.is_not(None),
            Task.status != TaskStatus.CANCELLED,
        )
        .order_by(Task.id)
    )
    found: dict[int | None, dict[int, ServingTask]] = defaultdict(dict)
    for indicator_id, id_, number, title, status in db.session.execute(rows):
        found[indicator_id][id_] = ServingTask(id_, number or "", title, status)
    return {indicator_id: list(tasks.values()) for indicator_id, tasks in found.items() if indicator_id}
