"""Reminders: each rung of the ladder is sent once, whenever the job runs."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.dialects import postgresql, sqlite

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.notifications.actions import Readers, Told, readers_of, tell_many
from meetings.supervision import queries, rules
from meetings.supervision.models import LadderSetting, Matter, Reminder, Rung
from meetings.supervision.queries.ladder import Owing
from meetings.supervision.rules import Ladder, Planned
from meetings.tasks.models import Consultation
from meetings.tasks.rules import Light
from meetings.workdays.queries import calendar
from meetings.workdays.rules import Calendar

_AT_ONCE = 500  # reminders of one transaction: others write in between
_LIAISON = frozenset({Role.LIAISON})
_BOTH = frozenset({Role.LIAISON, Role.UNIT_HEAD})


class Due(NamedTuple):
    """A reminder that is to be sent now."""

    owing: Owing
    rung: Rung
    planned_on: date
    key: str


def set_ladder(setting: LadderSetting, *, by: Actor, **values: Any) -> None:
    """Let other days hold from now on: what was sent stays sent. Raises ``supervision.steps_out_of_order``."""
    chosen = Ladder(**values)
    rules.check_ladder(chosen)
    for name, value in asdict(chosen).items():
        setattr(setting, name, value)
    db.session.add(setting)


def due_reminders(committee_id: int, *, today: date) -> list[Due]:
    """What is to be sent today and was not sent yet: a fixed number of statements, whatever the tasks."""
    chosen, days = queries.ladder(committee_id), calendar(committee_id)
    rungs: dict[date, Planned | None] = {}
    wanted: list[Due] = []
    horizon = days.add(today, chosen.before_working_days)
    for owing in queries.owing(committee_id, chosen, until=horizon):
        day = owing.owed_on
        if day not in rungs:
            rungs[day] = rules.planned(day, today, chosen, days)
        rung = rungs[day]
        if rung is None or _is_older_than_the_notice(rung.on, owing):
            continue
        key = rules.reminder_key(owing.subject, owing.unit_id, owing.matter, day, rung.rung, rung.nth)
        wanted.append(Due(owing, rung.rung, rung.on, key))
    if not wanted:
        return []
    sent = queries.sent_keys(committee_id, since=min(due.planned_on for due in wanted))
    return [due for due in wanted if due.key not in sent]


def _is_older_than_the_notice(day: date, owing: Owing) -> bool:
    """A rung of before the task was handed out, or the list: the notice of that day has said it all."""
    return owing.since is not None and day < clock.local(owing.since).date()


def remind(
    committee_id: int, *, today: date, say: Callable[[Light], str], each: Callable[[], AbstractContextManager[None]]
) -> int:
    """Send what is due; how many. Called again it sends nothing twice, stopped half-way it goes on where it stood.

    ``each`` opens the transaction of some hundred reminders and the notices that tell of them; ``say`` puts a light
    into words.
    """
    due = due_reminders(committee_id, today=today)
    if not due:
        return 0
    days, readers = calendar(committee_id), readers_of(committee_id)
    by = Actor(None, rules.SYSTEM, committee_id)
    count = 0
    for place in range(0, len(due), _AT_ONCE):
        with each():
            count += send(due[place : place + _AT_ONCE], days, readers, say=say, by=by)
    return count


def send(
    due: Sequence[Due],
    days: Calendar,
    readers: Readers,
    *,
    say: Callable[[Light], str],
    by: Actor,
    is_urgent: bool = False,
) -> int:
    """Write down and tell those that nobody else has sent meanwhile; how many. Inside a transaction."""
    told = {one.key: _told(one, days, say) for one in due}
    taken = _taken(due, told, readers, by)
    tell_many((told[key] for key in told if key in taken), readers, by=by, is_urgent=is_urgent)
    return len(taken)


def _told(one: Due, days: Calendar, say: Callable[[Light], str]) -> Told:
    owing = one.owing
    found = rules.light_of(owing.matter, owing.owed_on, clock.today(), days)
    return Told(
        kind=rules.kind_of(owing.matter, one.rung),
        unit_id=owing.unit_id,
        roles=_LIAISON if one.rung in {Rung.BEFORE, Rung.DUE} else _BOTH,
        number=owing.number,
        title=owing.title,
        day=owing.owed_on,
        reason=say(found) if found else "",
        path=_path(one),
    )


def _path(one: Due) -> str:
    if one.owing.task_id is None:
        return f"/tasks/consultations/{one.owing.consultation_id}"
    return f"/tasks/{one.owing.task_id}" + ("/supervision" if one.rung is Rung.URGED else "")


def _taken(due: Sequence[Due], told: Mapping[str, Told], readers: Readers, by: Actor) -> frozenset[str]:
    """Insert the reminders; the keys of those that were not there."""
    now, today = clock.now(), clock.today()
    rows = [
        {
            "committee_id": by.committee_id,
            "task_id": one.owing.task_id,
            "consultation_id": one.owing.consultation_id,
            "unit_id": one.owing.unit_id,
            "matter": one.owing.matter,
            "rung": one.rung,
            "owed_on": one.owing.owed_on,
            "planned_on": one.planned_on,
            "key": one.key,
            "reason": told[one.key].reason,
            "reader_count": len(
                {user for user, role in readers.get(one.owing.unit_id, ()) if role in told[one.key].roles}
            ),
            "sent_on": today,
            "sent_at": now,
            "sent_by_name": by.name[:100],
        }
        for one in due
    ]
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Reminder).on_conflict_do_nothing(index_elements=["key"]).returning(Reminder.key)
    return frozenset(db.session.scalars(statement, rows))


def remind_of_consultation(row: Consultation, *, say: Callable[[Light], str], by: Actor) -> int:
    """Tell the units that have not answered, by hand and once a day at most; how many there are.

    Needs ``row.units``. Raises ``NotAllowed``, ``consultation.closed``, ``consultation.reminded_today``.
    """
    if not by.may("tasks.draft") or row.committee_id != by.committee_id:
        raise NotAllowed("task.not_yours", action="remind")
    if row.closed_at is not None:
        raise DomainError("consultation.closed")
    today = clock.today()
    due = []
    for asked in row.units:
        if asked.answered_at is None:
            owing = Owing(None, asked.unit_id, "", row.title, None, Matter.OPINION, row.answer_by, row.id)
            key = rules.reminder_key(owing.subject, owing.unit_id, owing.matter, today, Rung.URGED, 0)
            due.append(Due(owing, Rung.URGED, today, key))
    told = send(due, calendar(row.committee_id), readers_of(row.committee_id), say=say, by=by) if due else 0
    if due and not told:
        raise DomainError("consultation.reminded_today")
    return told
