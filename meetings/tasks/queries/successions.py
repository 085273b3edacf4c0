"""Which tasks a task came out of, and which go on with it."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.tasks.models import SuccessionKind, Task, TaskSuccession
from meetings.tasks.queries.finding import visible


class Kin(NamedTuple):
    """A task beside another; ``is_later`` where it goes on with it."""

    id: int
    number: str
    title: str
    kind: SuccessionKind
    is_later: bool


def kin_of(task: Task, *, actor: Actor) -> list[Kin]:
    """The tasks it came out of and those that go on with it, of those that the actor may see; one statement."""
    other = (TaskSuccession.predecessor_id == task.id, TaskSuccession.successor_id == task.id)
    rows = (
        select(Task.id, Task.number, Task.title, TaskSuccession.kind, TaskSuccession.predecessor_id)
        .join(
            TaskSuccession,
            or_(
                (TaskSuccession.successor_id == Task.id) & other[0],
                (TaskSuccession.predecessor_id == Task.id) & other[1],
            ),
        )
        .where(*visible(actor))
        .order_by(Task.number)
    )
    return [
        Kin(id_, number or "", title, kind, earlier == task.id)
        for id_, number, title, kind, earlier in db.session.execute(rows)
    ]


def ids_by_number(numbers: Collection[str], *, actor: Actor) -> dict[str, int]:
    """The tasks with these numbers, of those that the actor may see."""
    rows = select(Task.number, Task.id).where(*visible(actor), Task.number.in_(sorted(numbers)))
    return {number: id_ for number, id_ in db.session.execute(rows) if number}
