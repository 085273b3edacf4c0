"""Tasks at hand and lines of plans that ask for the same, so that it is not asked twice (填一次)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.plans.queries import OpenLine, open_lines
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.queries.finding import visible
from meetings.tasks.rules.similarity import bigrams, likest

MOST = 5

_Key = TypeVar("_Key", int, str)


@dataclass(frozen=True, slots=True)
class Similar:
    """A task that asks for much the same; ``score`` is Dice's coefficient, at least ``THRESHOLD``."""

    id: int
    number: str | None
    title: str
    lead_name: str
    original_due_on: date
    due_on: date
    status: TaskStatus
    score: float


def similar_tasks(
    text: str, *, actor: Actor, besides_requirement_id: int | None = None, besides_id: int | None = None
) -> Sequence[Similar]:
    """Drafts and open tasks that the actor may see whose titles ask for what ``text`` asks, the likest first.

    Tasks of one requirement are not held against each other.
    """
    return similar_to_each([text], actor=actor, besides_requirement_id=besides_requirement_id, besides_id=besides_id)[0]


def similar_to_each(
    texts: Sequence[str], *, actor: Actor, besides_requirement_id: int | None = None, besides_id: int | None = None
) -> list[Sequence[Similar]]:
    """``similar_tasks`` of many texts: two statements, however many they are."""
    if not any(map(bigrams, texts)):
        return [[] for _text in texts]
    rows = select(Task.id, Task.title).where(
        *visible(actor), or_(Task.is_open, Task.status.in_([TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE]))
    )
    if besides_requirement_id is not None:
        rows = rows.where(or_(Task.requirement_id.is_(None), Task.requirement_id != besides_requirement_id))
    if besides_id is not None:
        rows = rows.where(Task.id != besides_id)
    found = [_first(scores) for scores in likest(texts, ((id_, title) for id_, title in db.session.execute(rows)))]
    ids = sorted({id_ for scores in found for id_ in scores})
    shown = {}
    if ids:
        columns = (Task.id, Task.number, Task.title, Unit.short_name, Task.original_due_on, Task.due_on, Task.status)
        lines = select(*columns).join(Unit, Unit.id == Task.lead_unit_id).where(Task.id.in_(ids))
        shown = {row.id: row for row in db.session.execute(lines)}
    return [[Similar(*shown[id_], score) for id_, score in scores.items()] for scores in found]


def similar_lines(text: str, *, actor: Actor) -> Sequence[OpenLine]:
    """Goals and measures of the plans under way that say what ``text`` asks, the likest first."""
    return similar_lines_to_each([text], actor=actor)[0]


def similar_lines_to_each(texts: Sequence[str], *, actor: Actor) -> list[Sequence[OpenLine]]:
    """``similar_lines`` of many texts: one statement. A line that says several things counts with each of them."""
    if not any(map(bigrams, texts)):
        return [[] for _text in texts]
    lines = {line.name: line for line in open_lines(actor)}
    return [[lines[name] for name in _first(scores)] for scores in likest(texts, _sayings(lines.values()))]


def _sayings(lines: Iterable[OpenLine]) -> Iterator[tuple[str, str]]:
    for line in lines:
        for saying in re.split(r"[。；;]", line.text):
            yield line.name, saying


def _first(scores: dict[_Key, float]) -> dict[_Key, float]:
    """The likest of them, in their order."""
    return dict(sorted(scores.items(), key=lambda each: (-each[1], each[0]))[:MOST])
