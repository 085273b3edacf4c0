"""What serves which line of a plan."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.meetings.models import Requirement, RequirementAim
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan
from meetings.tasks.models import Task, TaskAim, TaskStatus
from meetings.tasks.queries.finding import visible

Line = Goal | Measure | Indicator
Server = Requirement | Task
_NOUNS: dict[Any, str] = {Goal: "goal", Measure: "measure", Indicator: "indicator"}


def _owner(server: Server) -> tuple[Any, Any]:
    """The table of what it serves, and the column that names it there."""
    return (TaskAim, TaskAim.task_id) if isinstance(server, Task) else (RequirementAim, RequirementAim.requirement_id)


def aim_between(line: Line, server: Server) -> Any:
    """That the one serves the other, if somebody has said so."""
    aim, owner = _owner(server)
    column = getattr(aim, f"{_NOUNS[type(line)]}_id", None)
    return None if column is None else db.session.scalar(select(aim).where(owner == server.id, column == line.id))


def find_aim(server: Server, aim_id: int) -> Any:
    """One of what the requirement or task serves, or ``NotFound``."""
    aim, owner = _owner(server)
    row = db.session.scalar(select(aim).where(aim.id == aim_id, owner == server.id))
    if row is None:
        raise NotFound
    return row


class Served(NamedTuple):
    """A line of a plan that something serves; ``aim_id`` is the row that says so."""

    aim_id: int
    noun: str
    line_id: int
    text: str
    domain: str
    plan: str


def find_line(named: str, *, actor: Actor) -> Line:
    """The line that a choice of ``lines_to_serve`` names, or ``NotFound``."""
    noun, _, number = named.partition("-")
    line = next((line for line, name in _NOUNS.items() if name == noun), None)
    if line is None or not actor.may("plans.read"):
        raise NotFound
    row: Line | None = db.session.scalar(
        select(line).where(line.id == int(number), line.committee_id == actor.committee_id)
    )
    if row is None:
        raise NotFound
    return row


def served_by(server: Server) -> list[Served]:
    """What a requirement or a task that the actor was given serves: goals, measures, indicators. Three statements."""
    aim, owner = _owner(server)
    found: list[Served] = []
    for line, noun in _NOUNS.items():
        column = getattr(aim, f"{noun}_id", None)
        if column is None:
            continue
        text = Indicator.name if line is Indicator else line.text
        rows = (
            select(aim.id, line.id, text, Domain.name, Plan.title)
            .join(line, column == line.id)
            .join(Domain, Domain.id == line.domain_id)
            .join(Plan, Plan.id == Domain.plan_id)
            .where(owner == server.id)
            .order_by(aim.id)
        )
        found += [Served(row[0], noun, *row[1:]) for row in db.session.execute(rows)]
    return found


class ServingTask(NamedTuple):
    """A task that serves an indicator."""

    id: int
    number: str
    title: str
    status: TaskStatus


def tasks_of_indicators(indicator_ids: Collection[int], *, actor: Actor) -> dict[int, Sequence[ServingTask]]:
    """Tasks under way or done that serve these indicators. One statement.

    Drafts, and tasks that were cancelled, fill no gap.
    """
    rows = (
        select(TaskAim.indicator_id, Task.id, Task.number, Task.title, Task.status)
        .join(Task, Task.id == TaskAim.task_id)
        .where(
            TaskAim.indicator_id.in_(sorted(indicator_ids)),
            *visible(actor),
            Task.number.is_not(None),
            Task.status != TaskStatus.CANCELLED,
        )
        .order_by(Task.id)
    )
    found: dict[int, list[ServingTask]] = defaultdict(list)
    for indicator_id, id_, number, title, status in db.session.execute(rows):
        if indicator_id is not None:
            found[indicator_id].append(ServingTask(id_, number or "", title, status))
    return dict(found)
