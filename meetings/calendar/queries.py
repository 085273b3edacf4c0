"""Meetings and due dates that the holder of an address may see: two statements."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.accounts.queries import actor_by_id
from meetings.accounts.rules import permissions_of
from meetings.calendar.rules import Entry
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.links.models import Link
from meetings.meetings.models import Meeting, MeetingStatus
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.tasks.models import Task
from meetings.tasks.queries import visible_to as tasks_visible_to

BACK = timedelta(days=90)
MOST = 500


def holder(link: Link) -> Actor:
    """Who the address stands for today: the account, or its unit alone as a liaison sees it.

    ``NotFound`` where the account was disabled or no longer acts for the unit.
    """
    actor = actor_by_id(link.user_id, today=clock.today())
    if actor is None:
        raise NotFound
    if link.unit_id is None:
        return actor
    if link.unit_id not in actor.unit_ids:
        raise NotFound
    return Actor(
        actor.user_id,
        actor.name,
        actor.committee_id,
        frozenset({link.unit_id}),
        frozenset({Role.LIAISON.value}),
        permissions_of([Role.LIAISON]),
    )


def entries(actor: Actor) -> list[Entry]:
    """Meetings of the last 90 days and to come, and the dates of open tasks."""
    since = clock.today() - BACK
    return [*(_meeting(row) for row in _meetings(actor, since)), *(_task(row) for row in _tasks(actor, since))]


def _meetings(actor: Actor, since: Any) -> Any:
    if not (actor.may("meetings.read") or actor.may("meetings.read_issued")):
        return []
    columns = (Meeting.id, Meeting.title, Meeting.held_on, Meeting.begins_at, Meeting.ends_at, Meeting.place)
    rows = select(*columns, Meeting.status).where(
        meetings_visible_to(actor), Meeting.status != MeetingStatus.DRAFT, Meeting.held_on >= since
    )
    return db.session.execute(rows.order_by(Meeting.held_on, Meeting.id).limit(MOST))


def _tasks(actor: Actor, since: Any) -> Any:
    shown = tasks_visible_to(actor).with_only_columns(Task.id, Task.number, Task.title, Task.due_on)
    rows = shown.where(Task.is_open, Task.due_on >= since)
    return db.session.execute(rows.order_by(Task.due_on, Task.id).limit(MOST))


def _meeting(row: Any) -> Entry:
    begins, ends = row.held_on, None
    if row.begins_at is not None:
        begins = _instant(row.held_on, row.begins_at)
        ends = _instant(row.held_on, row.ends_at) if row.ends_at else begins + timedelta(hours=2)
    return Entry(
        f"meeting-{row.id}", row.title, begins, ends, row.place, cancelled=row.status == MeetingStatus.CANCELLED
    )


def _task(row: Any) -> Entry:
    return Entry(f"task-{row.id}", f"任务时限：{row.number or ''} {row.title}", row.due_on)


def _instant(day: Any, at: Any) -> Any:
    return clock.begin_of(day) + timedelta(hours=at.hour, minutes=at.minute)
