"""Samples of closed tasks, and what was found of them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.tasks.models import LookBack, LookBackItem, LookBackOutcome, Task


class LookBackRow(NamedTuple):
    """A sample with how many of its tasks came out how."""

    look_back: LookBack
    counts: Counter[LookBackOutcome]


def look_backs(actor: Actor) -> list[LookBackRow]:
    """The committee's samples, the latest first: two statements."""
    if not actor.may("tasks.read_all"):
        return []
    rows: Sequence[LookBack] = db.session.scalars(
        select(LookBack)
        .where(LookBack.committee_id == actor.committee_id)
        .options(joinedload(LookBack.unit))
        .order_by(LookBack.id.desc())
        .limit(200)
    ).all()
    counted = (
        select(LookBackItem.look_back_id, LookBackItem.outcome, func.count())
        .where(LookBackItem.look_back_id.in_([row.id for row in rows]))
        .group_by(LookBackItem.look_back_id, LookBackItem.outcome)
    )
    counts: dict[int, Counter[LookBackOutcome]] = {row.id: Counter() for row in rows}
    for look_back_id, outcome, count in db.session.execute(counted):
        counts[look_back_id][outcome] = count
    return [LookBackRow(row, counts[row.id]) for row in rows]


def find_look_back(look_back_id: int, *, actor: Actor) -> LookBack:
    """A sample with its tasks and their lead units. Raises ``NotFound``."""
    row = db.session.scalar(
        select(LookBack)
        .where(LookBack.id == look_back_id, LookBack.committee_id == actor.committee_id)
        .options(
            joinedload(LookBack.unit),
            selectinload(LookBack.items).joinedload(LookBackItem.task).joinedload(Task.lead_unit),
        )
    )
    if row is None or not actor.may("tasks.read_all"):
        raise NotFound
    return row


def find_look_back_item(look_back_id: int, item_id: int, *, actor: Actor) -> LookBackItem:
    """A task of a sample, with both. Raises ``NotFound``."""
    found = db.session.scalar(
        select(LookBackItem)
        .join(LookBack, LookBack.id == LookBackItem.look_back_id)
        .where(LookBackItem.id == item_id, LookBack.id == look_back_id, LookBack.committee_id == actor.committee_id)
        .options(joinedload(LookBackItem.look_back), joinedload(LookBackItem.task).joinedload(Task.lead_unit))
    )
    if found is None or not actor.may("tasks.read_all"):
        raise NotFound
    return found
