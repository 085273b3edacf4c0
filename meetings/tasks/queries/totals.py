"""Counts: from the stored totals, and of what is overdue from the index of open tasks."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting
from meetings.meetings.rules import fraction
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan
from meetings.tasks.models import Task, TaskAim, TaskStatus, TaskTotal, TaskUnit, TotalOf, UnitRole
from meetings.tasks.queries.filters import not_submitted_in_time, scope_of
from meetings.tasks.queries.finding import visible
from meetings.tasks.rules import DONE, HANDED_OUT, OPEN

Counts = Mapping[TaskStatus, int]

# A unit is not told of what was taken back before it was issued.
_SHOWN_TO_UNITS = HANDED_OUT - {TaskStatus.CANCELLED}
_ON_TIME = (TaskTotal.task_count, TaskTotal.on_time_count, TaskTotal.on_time_original_count)
# 已交办 as the rates count it: whatever was issued and not taken back.
ISSUED = HANDED_OUT - {TaskStatus.CANCELLED}


@dataclass(frozen=True, slots=True)
class OnTime:
    """按期办结: of ``finished`` tasks (completed and closed), how many asked for completion by the present date, and by
    the original one."""

    finished: int = 0
    present: int = 0
    original: int = 0

    @property
    def present_rate(self) -> str:
        """按期办结率（现定时限） with both numbers; a dash where nothing is finished."""
        return fraction(self.present, self.finished) if self.finished else "—"

    @property
    def original_rate(self) -> str:
        """按期办结率（原定时限）, the same."""
        return fraction(self.original, self.finished) if self.finished else "—"

    def __add__(self, other: "OnTime") -> "OnTime":
        return OnTime(self.finished + other.finished, self.present + other.present, self.original + other.original)


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """A unit's tasks by status, those it leads and those it helps, in the order of the unit list."""

    unit_id: int
    short_name: str
    lead: Counts
    cooperating: Counts

    @property
    def lead_issued(self) -> int:
        return sum_of(self.lead, ISSUED)

    @property
    def lead_open(self) -> int:
        return sum_of(self.lead, OPEN)

    @property
    def lead_finished(self) -> int:
        return sum_of(self.lead, {TaskStatus.COMPLETED, TaskStatus.CLOSED})


@dataclass(frozen=True, slots=True)
class Totals:
    """Tasks by status. 办结率 = ``finished`` ÷ ``issued``: completed and closed of all issued."""

    title: str
    counts: Counts
    on_time: OnTime

    @property
    def issued(self) -> int:
        return sum_of(self.counts, ISSUED)

    @property
    def open(self) -> int:
        return sum_of(self.counts, OPEN)

    @property
    def finished(self) -> int:
        return sum_of(self.counts, {TaskStatus.COMPLETED, TaskStatus.CLOSED})


@dataclass(frozen=True, slots=True)
class MeetingTotals(Totals):
    """The tasks of a meeting."""

    meeting_id: int
    held_on: date | None


@dataclass(frozen=True, slots=True)
class DomainTotals(Totals):
    """The tasks that serve a domain of a plan that goes on, by a goal, a measure or an indicator of it."""

    domain_id: int
    plan_id: int
    overdue: int


def sum_of(counts: Counts, statuses: Collection[TaskStatus]) -> int:
    return sum(counts.get(status, 0) for status in statuses)


def status_totals(actor: Actor) -> dict[TaskStatus, int]:
    """How many tasks stand in each status: the committee's, or those a unit leads or helps; from the stored totals."""
    counts = select(TaskTotal.status, func.sum(TaskTotal.task_count)).group_by(TaskTotal.status)
    counts = counts.where(TaskTotal.committee_id == actor.committee_id, TaskTotal.task_count != 0)
    if actor.may("tasks.read_all"):
        counts = counts.where(TaskTotal.of == TotalOf.COMMITTEE, TaskTotal.subject_id == actor.committee_id)
    elif actor.may("tasks.read_own") and actor.unit_ids:
        counts = counts.where(
            TaskTotal.of.in_([TotalOf.LEAD_UNIT, TotalOf.COOPERATING_UNIT]),
            TaskTotal.subject_id.in_(sorted(actor.unit_ids)),
            TaskTotal.status.in_(sorted(_SHOWN_TO_UNITS)),
        )
    else:
        return {}
    return {status: int(count) for status, count in db.session.execute(counts)}


def on_time_totals(actor: Actor) -> OnTime:
    """按期办结 of all tasks of the committee, from the stored totals; for those who read the whole of it."""
    if not actor.may("tasks.read_all"):
        return OnTime()
    row = db.session.execute(
        select(*(func.coalesce(func.sum(column), 0) for column in _ON_TIME)).where(
            TaskTotal.committee_id == actor.committee_id,
            TaskTotal.of == TotalOf.COMMITTEE,
            TaskTotal.subject_id == actor.committee_id,
            TaskTotal.status.in_(sorted(DONE)),
        )
    ).one()
    return OnTime(*(int(count) for count in row))


def totals_by_unit(actor: Actor) -> list[UnitTotals]:
    """Stored counts by unit, in the order of the unit list; a unit sees its own line."""
    key = ("totals by unit", scope_of(actor))
    return kept(key, lambda: _totals_by_unit(actor), committee_id=actor.committee_id)


def _totals_by_unit(actor: Actor) -> list[UnitTotals]:
    rows = (
        select(Unit.id, Unit.short_name, TaskTotal.of, TaskTotal.status, TaskTotal.task_count)
        .join(TaskTotal, TaskTotal.subject_id == Unit.id)
        .where(
            TaskTotal.committee_id == actor.committee_id,
            TaskTotal.of.in_([TotalOf.LEAD_UNIT, TotalOf.COOPERATING_UNIT]),
            TaskTotal.task_count != 0,
        )
        .order_by(Unit.position, Unit.id)
    )
    if not actor.may("tasks.read_all"):
        if not actor.may("tasks.read_own"):
            return []
        rows = rows.where(Unit.id.in_(sorted(actor.unit_ids)), TaskTotal.status.in_(sorted(_SHOWN_TO_UNITS)))
    names: dict[int, str] = {}
    counts: dict[tuple[int, TotalOf], dict[TaskStatus, int]] = defaultdict(dict)
    for unit_id, short_name, of, status, count in db.session.execute(rows):
        names[unit_id] = short_name
        counts[unit_id, of][status] = count
    return [
        UnitTotals(unit_id, name, counts[unit_id, TotalOf.LEAD_UNIT], counts[unit_id, TotalOf.COOPERATING_UNIT])
        for unit_id, name in names.items()
    ]


def totals_by_meeting(actor: Actor, *, limit: int | None = None) -> list[MeetingTotals]:
    """Stored counts by meeting, the latest first; for those who read the whole committee."""
    if not actor.may("tasks.read_all"):
        return []
    with_tasks = select(TaskTotal.subject_id).where(
        TaskTotal.committee_id == actor.committee_id, TaskTotal.of == TotalOf.MEETING, TaskTotal.task_count != 0
    )
    latest = (
        select(Meeting.id, Meeting.title, Meeting.held_on)
        .where(Meeting.committee_id == actor.committee_id, Meeting.id.in_(with_tasks))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(limit)
        .subquery()
    )
    rows = (
        select(latest.c.id, latest.c.title, latest.c.held_on, TaskTotal.status, *_ON_TIME)
        .join(
            TaskTotal,
            and_(
                TaskTotal.committee_id == actor.committee_id,
                TaskTotal.of == TotalOf.MEETING,
                TaskTotal.subject_id == latest.c.id,
            ),
        )
        .where(TaskTotal.task_count != 0)
        .order_by(latest.c.held_on.desc(), latest.c.id.desc())
    )
    found: dict[int, MeetingTotals] = {}
    counts: dict[int, dict[TaskStatus, int]] = defaultdict(dict)
    on_time: dict[int, OnTime] = defaultdict(OnTime)
    for meeting_id, title, held_on, status, count, present, original in db.session.execute(rows):
        counts[meeting_id][status] = count
        if status in DONE:
            on_time[meeting_id] += OnTime(count, present, original)
        found[meeting_id] = MeetingTotals(title, counts[meeting_id], on_time[meeting_id], meeting_id, held_on)
    return list(found.values())


def totals_by_domain(actor: Actor, *, today: date) -> list[DomainTotals]:
    """Counted tasks by domain, in the order of the plans; a task that serves two domains is counted in both."""
    if not actor.may("tasks.read_all"):
        return []
    served = (
        select(
            TaskAim.task_id, func.coalesce(Goal.domain_id, Measure.domain_id, Indicator.domain_id).label("domain_id")
        )
        .outerjoin(Goal, Goal.id == TaskAim.goal_id)
        .outerjoin(Measure, Measure.id == TaskAim.measure_id)
        .outerjoin(Indicator, Indicator.id == TaskAim.indicator_id)
        .distinct()
        .subquery()
    )
    rows = (
        select(
            Domain.id,
            Domain.plan_id,
            Domain.name,
            Task.status,
            func.count(),
            func.sum(case((and_(*_overdue(today)), 1), else_=0)),
        )
        .join(served, served.c.domain_id == Domain.id)
        .join(Plan, Plan.id == Domain.plan_id)
        .join(Task, Task.id == served.c.task_id)
        .where(Plan.committee_id == actor.committee_id, Plan.closed_on.is_(None), *visible(actor))
        .group_by(Domain.id, Domain.plan_id, Domain.name, Task.status, Plan.kind, Plan.id, Domain.position)
        .order_by(Plan.kind.desc(), Plan.id, Domain.position, Domain.id)
    )
    names: dict[int, tuple[int, str]] = {}
    counts: dict[int, dict[TaskStatus, int]] = defaultdict(dict)
    overdue: dict[int, int] = defaultdict(int)
    for domain_id, plan_id, name, status, count, late in db.session.execute(rows):
        names[domain_id] = plan_id, name
        counts[domain_id][status] = count
        overdue[domain_id] += late
    found = [
        DomainTotals(name, counts[id_], OnTime(), id_, plan_id, overdue[id_]) for id_, (plan_id, name) in names.items()
    ]
    return [one for one in found if one.issued]


def overdue_count(actor: Actor, *, today: date) -> int:
    """Tasks past their date and not submitted in time."""
    if actor.may("tasks.read_all"):
        return db.session.scalar(_OVERDUE, {"committee_id": actor.committee_id, "today": today}) or 0
    rows = select(func.count()).select_from(Task).where(*visible(actor), *_overdue(today))
    return db.session.scalar(rows) or 0


def overdue_by_unit(actor: Actor, *, today: date) -> dict[int, int]:
    """Overdue tasks by lead unit; units without any are left out."""
    return _grouped(Task.lead_unit_id, actor, today)


def overdue_by_meeting(actor: Actor, meeting_ids: Collection[int], *, today: date) -> dict[int, int]:
    """Overdue tasks of these meetings; meetings without any are left out."""
    return _grouped(Task.meeting_id, actor, today, Task.meeting_id.in_(meeting_ids))


def _grouped(column: Any, actor: Actor, today: date, *more: ColumnElement[bool]) -> dict[int, int]:
    rows = select(column, func.count()).where(*visible(actor), *_overdue(today), *more).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _overdue(today: Any) -> tuple[Any, ...]:
    return Task.is_open, Task.due_on < today, not_submitted_in_time()


# Of the whole committee: put together once, because that takes longer than to run it.
_OVERDUE = (
    select(func.count())
    .select_from(Task)
    .where(Task.committee_id == bindparam("committee_id"), *_overdue(bindparam("today", type_=Date)))
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored total that is not what the rows say."""

    committee_id: int
    of: TotalOf
    subject_id: int
    status: TaskStatus
    column: str
    stored: int
    counted: int


def differences() -> list[Difference]:
    """Compare every stored total with the rows; empty when all agree. For commands and tests: of all committees."""
    stored = {
        (row.committee_id, row.of, row.subject_id, row.status, column.key): getattr(row, column.key)
        for row in db.session.scalars(select(TaskTotal))
        for column in _ON_TIME
    }
    counted = {
        (*key, column.key): count for key, counts in _counted() for column, count in zip(_ON_TIME, counts, strict=True)
    }
    return [
        Difference(committee_id, of, subject_id, status, column, stored.get(key, 0), counted.get(key, 0))
        for key in sorted(stored.keys() | counted.keys())
        if stored.get(key, 0) != counted.get(key, 0)
        for committee_id, of, subject_id, status, column in [key]
    ]


def _counted() -> Iterator[tuple[Any, tuple[int, ...]]]:
    of_units = {UnitRole.LEAD: TotalOf.LEAD_UNIT, UnitRole.COOPERATING: TotalOf.COOPERATING_UNIT}
    done = Task.status.in_(sorted(DONE))
    counts = (
        func.count(),
        func.count().filter(done, Task.submitted_on <= Task.due_on),
        func.count().filter(done, Task.submitted_on <= Task.original_due_on),
    )
    by_committee = select(Task.committee_id, Task.status, *counts).group_by(Task.committee_id, Task.status)
    for committee_id, status, *found in db.session.execute(by_committee):
        yield (committee_id, TotalOf.COMMITTEE, committee_id, status), tuple(found)
    by_unit = (
        select(Task.committee_id, TaskUnit.role, TaskUnit.unit_id, Task.status, *counts)
        .join(TaskUnit, TaskUnit.task_id == Task.id)
        .group_by(Task.committee_id, TaskUnit.role, TaskUnit.unit_id, Task.status)
    )
    for committee_id, role, unit_id, status, *found in db.session.execute(by_unit):
        yield (committee_id, of_units[role], unit_id, status), tuple(found)
    by_meeting = (
        select(Task.committee_id, Task.meeting_id, Task.status, *counts)
        .where(Task.meeting_id.is_not(None))
        .group_by(Task.committee_id, Task.meeting_id, Task.status)
    )
    for committee_id, meeting_id, status, *found in db.session.execute(by_meeting):
        yield (committee_id, TotalOf.MEETING, meeting_id, status), tuple(found)
