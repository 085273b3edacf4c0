"""What the office has set, who owes what on which day, and what was sent already."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.directory.models import Committee
from meetings.supervision.models import LadderSetting, Matter, Reminder
from meetings.supervision.rules import REMINDED, Ladder
from meetings.tasks.models import Consultation, ConsultationUnit, Task, TaskStatus, TaskUnit, UnitRole

_NAMES = [field.name for field in fields(Ladder)]


def ladder(committee_id: int) -> Ladder:
    """What the office has set, or what is usual."""
    return kept("ladder", lambda: _ladder(committee_id), committee_id=committee_id)


def _ladder(committee_id: int) -> Ladder:
    columns = [getattr(LadderSetting, name) for name in _NAMES]
    row = db.session.execute(select(*columns).where(LadderSetting.committee_id == committee_id)).first()
    return Ladder(*row) if row else Ladder()


def ladder_setting(actor: Actor, *, to_change: bool = False) -> LadderSetting:
    """The committee's row, or one as usual that is not saved yet.

    ``to_change`` lets one person at a time set it: the committee's own row is held until the transaction ends.
    """
    if to_change:
        db.session.scalar(select(Committee.id).where(Committee.id == actor.committee_id).with_for_update())
    found = db.session.scalar(select(LadderSetting).where(LadderSetting.committee_id == actor.committee_id))
    return found or LadderSetting(committee_id=actor.committee_id, version=0, **asdict(Ladder()))


def committees() -> Sequence[int]:
    """Every committee: the job looks at each."""
    return db.session.scalars(select(Committee.id).order_by(Committee.id)).all()


class Owing(NamedTuple):
    """A unit that owes something by a day: of a task, or its opinion on a list of drafts. ``since`` it knows of it."""

    task_id: int | None
    unit_id: int
    number: str
    title: str
    since: datetime | None
    matter: Matter
    owed_on: date
    consultation_id: int | None = None

    @property
    def subject(self) -> str:
        """What it is of, as keys of reminders say it."""
        return f"{self.task_id}" if self.task_id else f"consultation {self.consultation_id}"


def owing(committee_id: int, ladder: Ladder, *, until: date) -> Iterator[Owing]:
    """What units of the committee owe by the day, only who has not answered yet: four statements at most.

    Receipts; reports of the period, where they are owed before the task itself; the task: its lead until it has
    asked for completion, a helper until it has reported; opinions on lists that are with their units.
    """
    if ladder.reminds_of_receipts:
        yield from _run(_receipts(committee_id, until), Matter.RECEIPT)
    if ladder.reminds_of_reports:
        yield from _run(_reports(committee_id, until), Matter.REPORT)
    yield from _run(_tasks(committee_id, until), Matter.TASK)
    for id_, unit_id, title, opened_at, answer_by in db.session.execute(_opinions(committee_id, until)):
        yield Owing(None, unit_id, "", title, opened_at, Matter.OPINION, answer_by, id_)


def _run(statement: Select[Any], matter: Matter) -> Iterator[Owing]:
    for row in db.session.execute(statement):
        yield Owing(row[0], row[1], row[2] or "", row[3], row[4], matter, row[5])


def _columns(owed_on: Any) -> Select[Any]:
    return (
        select(Task.id, TaskUnit.unit_id, Task.number, Task.title, Task.issued_at, owed_on)
        .select_from(TaskUnit)
        .join(Task, Task.id == TaskUnit.task_id)
        .where(TaskUnit.is_open, Task.status.in_(sorted(REMINDED)))
    )


def _receipts(committee_id: int, until: date) -> Select[Any]:
    return _columns(TaskUnit.receipt_due_on).where(
        Task.committee_id == committee_id, TaskUnit.acknowledged_at.is_(None), TaskUnit.receipt_due_on <= until
    )


def _reports(committee_id: int, until: date) -> Select[Any]:
    return _columns(TaskUnit.report_due_on).where(
        Task.committee_id == committee_id,
        Task.status == TaskStatus.IN_PROGRESS,
        TaskUnit.acknowledged_at.is_not(None),
        TaskUnit.report_due_on <= until,
        TaskUnit.report_due_on < Task.due_on,
    )


def _tasks(committee_id: int, until: date) -> Select[Any]:
    return _columns(Task.due_on).where(
        Task.committee_id == committee_id,
        Task.status == TaskStatus.IN_PROGRESS,
        TaskUnit.acknowledged_at.is_not(None),
        TaskUnit.due_on <= until,
        or_(TaskUnit.role == UnitRole.LEAD, TaskUnit.reported_at.is_(None)),
    )


def _opinions(committee_id: int, until: date) -> Select[int, int, str, datetime, date]:
    return (
        select(
            Consultation.id,
            ConsultationUnit.unit_id,
            Consultation.title,
            Consultation.opened_at,
            Consultation.answer_by,
        )
        .join(ConsultationUnit, ConsultationUnit.consultation_id == Consultation.id)
        .where(
            Consultation.committee_id == committee_id,
            Consultation.closed_at.is_(None),
            Consultation.answer_by <= until,
            ConsultationUnit.answered_at.is_(None),
        )
        .order_by(Consultation.id, ConsultationUnit.id)
    )


def reminded_of_opinions(consultation_id: int) -> dict[int, list[date]]:
    """On which days each unit was reminded to answer a list that the caller was allowed to load."""
    rows = (
        select(Reminder.unit_id, Reminder.sent_on)
        .where(Reminder.consultation_id == consultation_id)
        .order_by(Reminder.id)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for unit_id, day in db.session.execute(rows):
        if day not in found[unit_id]:
            found[unit_id].append(day)
    return found


def sent_keys(committee_id: int, *, since: date) -> frozenset[str]:
    """Which reminders of the days from ``since`` on were sent."""
    rows = select(Reminder.key).where(Reminder.committee_id == committee_id, Reminder.planned_on >= since)
    return frozenset(db.session.scalars(rows))
