"""Tasks at hand that ask for the same, so that it is not asked twice (填一次)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, literal, or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.queries.finding import visible
from meetings.tasks.rules.similarity import THRESHOLD, bigrams, least_common, similarity

MOST = 5
_CANDIDATES = 200
_MOST_PAIRS = 24  # of a text; more would make the statement long, and tell no more


@dataclass(frozen=True, slots=True)
class Similar:
    """A task that asks for much the same; ``score`` is Dice's coefficient, at least ``THRESHOLD``."""

    id: int
    number: str | None
    title: str
    lead_name: str
    due_on: date
    status: TaskStatus
    score: float


def similar_tasks(
    text: str, *, actor: Actor, besides_requirement_id: int | None = None, besides_id: int | None = None
) -> Sequence[Similar]:
    """Drafts and open tasks that the actor may see whose titles ask for what ``text`` asks, the likest first.

    The database counts the pairs of characters of each title and gives those with enough of them; the rest is
    reckoned here. Tasks of one requirement are not held against each other.
    """
    pairs = bigrams(text[:200])
    if not pairs:
        return []
    asked = sorted(pairs)[:_MOST_PAIRS]
    common = sum(
        (case((Task.title.contains(pair, autoescape=True), 1), else_=0) for pair in asked[1:]),
        case((Task.title.contains(asked[0], autoescape=True), 1), else_=0),
    )
    rows = (
        select(Task.id, Task.number, Task.title, Unit.short_name, Task.due_on, Task.status)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            *visible(actor),
            or_(Task.is_open, Task.status.in_([TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE])),
            common >= literal(least_common(frozenset(asked))),
        )
        .order_by(common.desc(), Task.id.desc())
        .limit(_CANDIDATES)
    )
    if besides_requirement_id is not None:
        rows = rows.where(or_(Task.requirement_id.is_(None), Task.requirement_id != besides_requirement_id))
    if besides_id is not None:
        rows = rows.where(Task.id != besides_id)
    found = [Similar(*row, similarity(pairs, bigrams(row.title))) for row in db.session.execute(rows)]
    return sorted((row for row in found if row.score >= THRESHOLD), key=lambda row: (-row.score, row.id))[:MOST]
