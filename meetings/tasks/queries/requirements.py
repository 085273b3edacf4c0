"""The bench: what a meeting required, and the tasks made from it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true, union_all
from sqlalchemy.orm import aliased, joinedload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting, MeetingStatus, Requirement, Section
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.tasks.models import Task, TaskRequirement, TaskStatus
from meetings.tasks.queries.checks import answers, requirements_to_carry
from meetings.tasks.queries.finding import visible_among_few
from meetings.tasks.rules import DONE


@dataclass(frozen=True, slots=True)
class BenchTask:
    """A task as it stands beside its requirement."""

    id: int
    number: str | None
    title: str
    status: TaskStatus
    lead_name: str
    original_due_on: date
    due_on: date
    percent_done: int
    is_joined: bool  # made for another requirement, or for none, and answers this one too


@dataclass(frozen=True, slots=True)
class BenchItem:
    """A requirement with its tasks, those made before it was carried over among them."""

    requirement: Requirement
    tasks: Sequence[BenchTask]
    is_carried_on: bool

    @property
    def is_open(self) -> bool:
        """Something is to be done about it, and neither tasks nor a reason why not nor a later meeting holds it."""
        live = any(task.status is not TaskStatus.CANCELLED for task in self.tasks)
        required = self.requirement
        return required.is_actionable and not required.set_aside_reason and not live and not self.is_carried_on

    @property
    def standing(self) -> str:
        """``finished``, ``under_way``, ``set_aside`` or ``open``: without tasks, whether carried over or not."""
        live = [task for task in self.tasks if task.status is not TaskStatus.CANCELLED]
        if live:
            return "finished" if all(task.status in DONE for task in live) else "under_way"
        return "set_aside" if self.requirement.set_aside_reason else "open"


@dataclass(frozen=True, slots=True)
class Bench:
    """A meeting's requirements in their order; ``open_count`` must be 0 before 无遗漏 may be said."""

    items: Sequence[BenchItem]

    @property
    def actionable_count(self) -> int:
        return sum(item.requirement.is_actionable for item in self.items)

    @property
    def open_count(self) -> int:
        return sum(item.is_open for item in self.items)

    @property
    def set_aside_count(self) -> int:
        return sum(bool(item.requirement.set_aside_reason) for item in self.items)

    @property
    def task_count(self) -> int:
        return sum(task.status is not TaskStatus.CANCELLED for item in self.items for task in item.tasks)


def bench(meeting: Meeting, *, actor: Actor) -> Bench:
    """The requirements of a meeting that the actor was allowed to load, with speech and the tasks the actor may see."""
    requirements = db.session.scalars(
        select(Requirement)
        .where(Requirement.meeting_id == meeting.id, Requirement.committee_id == actor.committee_id)
        .options(joinedload(Requirement.speech))
        .order_by(Requirement.number)
    ).all()
    later = aliased(Requirement)
    carried_on = set(
        db.session.scalars(
            select(later.carried_from_id)
            .join(Requirement, Requirement.id == later.carried_from_id)
            .where(Requirement.meeting_id == meeting.id)
        )
    )
    tasks = _tasks_by_requirement(Requirement.meeting_id == meeting.id, actor)
    return Bench([BenchItem(row, tasks.get(row.id, ()), row.id in carried_on) for row in requirements])


class Account(NamedTuple):
    """What became of what a meeting asked for: its actionable requirements, and where each went in the next meeting."""

    items: Sequence[BenchItem]
    carried_to: Mapping[int, int]  # requirement → number in the next meeting

    def count(self, state: str) -> int:
        return sum(item.standing == state for item in self.items)


def account_of(meeting: Meeting, following: Meeting, *, actor: Actor) -> Account:
    """What became of a meeting's requirements, as the next one is told. The actor was allowed to load both."""
    carried = select(Requirement.carried_from_id, Requirement.number).where(
        Requirement.meeting_id == following.id, Requirement.carried_from_id.is_not(None)
    )
    carried_to = {origin_id: number for origin_id, number in db.session.execute(carried) if origin_id is not None}
    items = bench(meeting, actor=actor).items
    return Account([item for item in items if item.requirement.is_actionable], carried_to)


class PlacedRequirement(NamedTuple):
    """A requirement with its meeting, as lists show it."""

    id: int
    number: int
    section: Section
    text: str
    meeting_id: int
    meeting_title: str


def joined_requirements(task: Task, *, actor: Actor) -> list[PlacedRequirement]:
    """What a task answers besides its own requirement, of the meetings that the actor may know of; one statement."""
    rows = (
        select(
            Requirement.id,
            Requirement.number,
            Requirement.section,
            Requirement.text,
            Meeting.id,
            Meeting.title,
        )
        .join(TaskRequirement, TaskRequirement.requirement_id == Requirement.id)
        .join(Meeting, Meeting.id == Requirement.meeting_id)
        .where(TaskRequirement.task_id == task.id, meetings_visible_to(actor))
        .order_by(TaskRequirement.id)
    )
    return [PlacedRequirement._make(row) for row in db.session.execute(rows)]


def to_carry_count(meeting: Meeting, following: Meeting) -> int:
    """How many of the meeting's requirements could still be carried over into the one that follows it."""
    if following.status in {MeetingStatus.ARCHIVED, MeetingStatus.CANCELLED}:
        return 0
    return len(requirements_to_carry(meeting, following))


def find_requirement(requirement_id: int, *, actor: Actor) -> Requirement:
    """A requirement with speech and meeting, for those who read the whole committee. Raises ``NotFound``."""
    requirement = db.session.scalar(
        select(Requirement)
        .where(Requirement.id == requirement_id, Requirement.committee_id == actor.committee_id)
        .options(joinedload(Requirement.speech), joinedload(Requirement.meeting))
    )
    if requirement is None or not actor.may("tasks.read_all"):
        raise NotFound
    return requirement


def _tasks_by_requirement(of: ColumnElement[bool], actor: Actor) -> Mapping[int, list[BenchTask]]:
    """Tasks by requirement; those of the requirement it was carried over from, and so on back, belong to it too."""
    chain = select(Requirement.id, Requirement.id.label("ancestor_id")).where(of).cte("chain", recursive=True)
    ancestor = aliased(Requirement)
    chain = chain.union(
        select(chain.c.id, ancestor.carried_from_id)
        .join(ancestor, ancestor.id == chain.c.ancestor_id)
        .where(ancestor.carried_from_id.is_not(None))
    )
    columns = (
        Task.id.label("task_id"),
        Task.number,
        Task.title,
        Task.status,
        select(Unit.short_name).where(Unit.id == Task.lead_unit_id).correlate(Task).scalar_subquery(),
        Task.original_due_on,
        Task.due_on,
        Task.percent_done,
    )
    made = select(chain.c.id.label("requirement_id"), *columns, false().label("is_joined")).join(
        Task, Task.requirement_id == chain.c.ancestor_id
    )
    joined = (
        select(chain.c.id.label("requirement_id"), *columns, true().label("is_joined"))
        .join(TaskRequirement, TaskRequirement.requirement_id == chain.c.ancestor_id)
        .join(Task, Task.id == TaskRequirement.task_id)
    )
    either = union_all(*(rows.where(*visible_among_few(actor)) for rows in (made, joined)))
    found = db.session.execute(either.order_by("due_on", "task_id"))
    tasks: dict[int, list[BenchTask]] = defaultdict(list)
    for requirement_id, *columns_of_task in found:
        tasks[requirement_id].append(BenchTask(*columns_of_task))
    return tasks


@dataclass(frozen=True, slots=True)
class OpenRequirements:
    """How many requirements of a meeting are still open."""

    meeting_id: int
    title: str
    held_on: date | None
    open_count: int
    actionable_count: int


def open_requirement_counts(actor: Actor) -> list[OpenRequirements]:
    """Meetings with open requirements, the latest first; for those who read the whole committee."""
    is_open = func.count().filter(_is_open())
    rows = (
        select(Meeting.id, Meeting.title, Meeting.held_on, is_open, func.count())
        .join(Requirement, Requirement.meeting_id == Meeting.id)
        .where(*_of_committee(actor))
        .group_by(Meeting.id, Meeting.title, Meeting.held_on)
        .having(is_open > 0)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )
    return [OpenRequirements(*row) for row in db.session.execute(rows)] if actor.may("tasks.read_all") else []


def open_requirements(actor: Actor, *, limit: int | None = None) -> tuple[list[PlacedRequirement], int]:
    """Open requirements, the latest meeting first, cut at ``limit``, and how many there are; one statement.

    For those who read the whole committee.
    """
    if not actor.may("tasks.read_all"):
        return [], 0
    rows = (
        select(
            Requirement.id,
            Requirement.number,
            Requirement.section,
            Requirement.text,
            Meeting.id,
            Meeting.title,
            func.count().over(),
        )
        .join(Meeting, Meeting.id == Requirement.meeting_id)
        .where(*_of_committee(actor), _is_open())
        .order_by(Meeting.held_on.desc(), Meeting.id.desc(), Requirement.number)
        .limit(limit)
    )
    found = db.session.execute(rows).all()
    return [PlacedRequirement._make(row[:-1]) for row in found], found[0][-1] if found else 0


def _of_committee(actor: Actor) -> tuple[Any, ...]:
    return Requirement.committee_id == actor.committee_id, Requirement.is_actionable


@cache  # it holds no values, and takes longer to build than to run
def _is_open() -> ColumnElement[bool]:
    """``BenchItem.is_open`` for the database."""
    later = aliased(Requirement)
    carried_on = select(later.id).where(later.carried_from_id == Requirement.id).correlate(Requirement)
    # A requirement that was carried over is held by the tasks of the one it came from.
    carried_task = _carried_tasks()
    return and_(
        Requirement.is_actionable,
        Requirement.set_aside_reason == "",
        ~answers(Task.status != TaskStatus.CANCELLED),
        ~carried_on.exists(),
        or_(Requirement.carried_from_id.is_(None), ~carried_task),
    )


def _carried_tasks() -> ColumnElement[bool]:
    """A requirement further back in the chain has a live task."""
    start = aliased(Requirement)
    chain = (
        select(start.id, start.carried_from_id.label("ancestor_id"))
        .where(start.carried_from_id.is_not(None))
        .cte("carried_chain", recursive=True)
    )
    ancestor = aliased(Requirement)
    chain = chain.union(
        select(chain.c.id, ancestor.carried_from_id)
        .join(ancestor, ancestor.id == chain.c.ancestor_id)
        .where(ancestor.carried_from_id.is_not(None))
    )
    # Asked of each carried requirement by itself: together, SQLite would read every task.
    ancestors = select(chain.c.ancestor_id).where(chain.c.id == Requirement.id).correlate(Requirement)
    held = select(Task.id).where(Task.requirement_id.in_(ancestors), Task.status != TaskStatus.CANCELLED)
    joined = (
        select(TaskRequirement.id)
        .join(Task, Task.id == TaskRequirement.task_id)
        .where(TaskRequirement.requirement_id.in_(ancestors), Task.status != TaskStatus.CANCELLED)
    )
    return or_(held.correlate(Requirement).exists(), joined.correlate(Requirement).exists())
