"""今日要办: all that the office has to see to this morning, in a fixed number of statements whatever the tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, literal_column, or_, select

from meetings.approvals.models import Approval, ApprovalStatus
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.directory.models import Unit
from meetings.rounds import queries as rounds
from meetings.supervision.models import Instruction, Reminder, StepKind, SupervisionStep
from meetings.supervision.queries.ladder import ladder
from meetings.supervision.rules import REMINDED
from meetings.tasks import queries as tasks
from meetings.tasks.models import ExtensionStatus, Task, TaskExtension, TaskUnit
from meetings.tasks.rules import LightRule
from meetings.workdays.rules import is_provisional

SHOWN = 8
# Word for word the condition of the index of cases that wait.
_WAITS: ColumnElement[bool] = literal_column("task_extension.status IN ('unit_review', 'office_review')")


class Item(NamedTuple):
    """A line: a task (or a round) with the unit that it is about and the day that matters, of a task's date both."""

    id: int
    number: str
    title: str
    unit_name: str
    on: date | None
    originally_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of thing to see to: how much there is, and the first of it, the longest waiting first."""

    code: str
    count: int
    shown: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Morning:
    """The groups that hold something, how many reminders went out today, and how many of them nobody could read."""

    groups: Sequence[Group]
    reminded: int
    unread: int
    unknown_year: int | None


def morning(actor: Actor, rule: LightRule) -> Morning:
    """For the office. What follows from audited rows is kept until one changes; two counts of reminders are not."""
    groups = kept("morning", lambda: _groups(actor, rule), committee_id=actor.committee_id)
    reminded, unread = db.session.execute(
        select(func.count(), func.count().filter(Reminder.reader_count == 0)).where(
            Reminder.committee_id == actor.committee_id, Reminder.sent_on == rule.today
        )
    ).one()
    coming = rule.today.year + 1
    late_in_year = rule.today.month >= 11  # the notice is published in November as a rule
    unknown = coming if late_in_year and is_provisional(date(coming, 12, 31)) else None
    return Morning(groups, reminded, unread, unknown)


def _groups(actor: Actor, rule: LightRule) -> list[Group]:
    chosen = ladder(actor.committee_id)
    values = {
        "committee_id": actor.committee_id,
        "today": rule.today,
        "urge_by": rule.calendar.add(rule.today, -chosen.urge_after),
        "supervise_by": rule.calendar.add(rule.today, -chosen.supervise_after),
        "coordinate_by": rule.calendar.add(rule.today, -chosen.coordinate_after),
    }
    listed = _listed(values)
    found = [
        listed["receipts"],
        listed["due_today"],
        _overdue(actor, rule),
        *_to_review(actor),
        listed["extensions"],
        _consultations(actor, rule),
        _rounds(actor, rule),
        listed["unanswered"],
        listed["instructions"],
        *_proposals(values),
    ]
    return [group for group in found if group.count]


# --- the statements: each is put together once, because that takes longer than to run it ----------------------------

_COMMITTEE_ID: Any = bindparam("committee_id")
_TODAY: Any = bindparam("today", type_=Date)
_URGE_BY, _SUPERVISE_BY, _COORDINATE_BY = (
    bindparam(name, type_=Date) for name in ("urge_by", "supervise_by", "coordinate_by")
)
_REMINDED = [tasks.constant(status) for status in sorted(REMINDED)]
_LINE = (Task.id, func.coalesce(Task.number, literal_column("''")), Task.title, Unit.short_name)


class _List(NamedTuple):
    """What counts the lines of one kind, and what shows the first of them."""

    counted: Any
    shown: Any


def _list(of: Any, lines: Any, order: Any) -> _List:
    """``of`` has the rows to be counted; ``lines`` has them with the columns of ``Item``."""
    return _List(of.with_only_columns(func.count(), maintain_column_froms=True), lines.order_by(order).limit(SHOWN))


@cache
def _lists() -> dict[str, _List]:
    return {
        "receipts": _receipts(),
        "due_today": _due_today(),
        "extensions": _extensions(),
        "unanswered": _unanswered(),
        "instructions": _instructions(),
    }


@cache
def _counts() -> Any:
    """How much there is of each list, in one row."""
    return select(*(one.counted.scalar_subquery() for one in _lists().values()))


def _listed(values: Mapping[str, Any]) -> dict[str, Group]:
    """One statement for all counts, and one for each list that holds something."""
    counts = db.session.execute(_counts(), values).one()
    found = {}
    for (code, one), count in zip(_lists().items(), counts, strict=True):
        shown = db.session.execute(one.shown, values).all() if count else []
        found[code] = Group(code, count, [Item(*row) for row in shown])
    return found


def _receipts() -> _List:
    owed = (
        select(TaskUnit.id)
        .join(Task, Task.id == TaskUnit.task_id)
        .where(
            Task.committee_id == _COMMITTEE_ID,
            TaskUnit.is_open,
            TaskUnit.acknowledged_at.is_(None),
            TaskUnit.receipt_due_on < _TODAY,
        )
    )
    lines = owed.join(Unit, Unit.id == TaskUnit.unit_id).with_only_columns(*_LINE, TaskUnit.receipt_due_on)
    return _list(owed, lines.order_by(TaskUnit.receipt_due_on), Task.id)


def _due_today() -> _List:
    due = select(Task.id).where(
        Task.committee_id == _COMMITTEE_ID, Task.is_open, Task.due_on == _TODAY, Task.submitted_on.is_(None)
    )
    lines = due.join(Unit, Unit.id == Task.lead_unit_id).with_only_columns(*_LINE, Task.due_on, Task.original_due_on)
    return _list(due, lines, Task.id)


def _extensions() -> _List:
    asked = (
        select(TaskExtension.id)
        .join(Task, Task.id == TaskExtension.task_id)
        .where(
            TaskExtension.committee_id == _COMMITTEE_ID,
            _WAITS,
            TaskExtension.status == tasks.constant(ExtensionStatus.OFFICE_REVIEW),
        )
    )
    lines = asked.join(Unit, Unit.id == Task.lead_unit_id).with_only_columns(*_LINE, TaskExtension.asked_due_on)
    return _list(asked, lines, TaskExtension.id)


def _unanswered() -> _List:
    owed = (
        select(SupervisionStep.id)
        .join(Task, Task.id == SupervisionStep.task_id)
        .outerjoin(Approval, Approval.id == SupervisionStep.approval_id)
        .where(
            SupervisionStep.committee_id == _COMMITTEE_ID,
            SupervisionStep.answer_by < _TODAY,
            SupervisionStep.answered_at.is_(None),
            Task.status.in_(_REMINDED),
            or_(SupervisionStep.approval_id.is_(None), Approval.status == tasks.constant(ApprovalStatus.ISSUED)),
        )
    )
    lines = owed.join(Unit, Unit.id == SupervisionStep.unit_id).with_only_columns(*_LINE, SupervisionStep.answer_by)
    return _list(owed, lines.order_by(SupervisionStep.answer_by), Task.id)


def _instructions() -> _List:
    """Instructions that were to be answered by today, or by no day at all."""
    waiting = select(Instruction.id).where(
        Instruction.committee_id == _COMMITTEE_ID,
        Instruction.answered_at.is_(None),
        or_(Instruction.answer_by.is_(None), Instruction.answer_by <= _TODAY),
    )
    subject = func.coalesce(Task.title, Approval.title)
    lines: Any = (
        waiting.outerjoin(Task, Task.id == Instruction.task_id)
        .outerjoin(Approval, Approval.id == Instruction.approval_id)
        .with_only_columns(
            Instruction.id, Instruction.leader_name, subject, literal_column("''"), Instruction.answer_by
        )
    )
    return _list(waiting, lines.order_by(Instruction.given_on), Instruction.id)


def _overdue(actor: Actor, rule: LightRule) -> Group:
    count = tasks.overdue_count(actor, today=rule.today)
    rows = tasks.overdue(actor, rule=rule, limit=SHOWN) if count else []
    return Group(
        "overdue", count, [Item(r.id, r.number or "", r.title, r.lead_name, r.due_on, r.original_due_on) for r in rows]
    )


def _to_review(actor: Actor) -> list[Group]:
    counts = tasks.waiting_for_office_count(actor)
    if not any(counts.values()):
        return []
    waiting = tasks.waiting_for_office(actor, limit=SHOWN)
    items = [Item(w.task_id, w.number or "", w.title, w.unit_name, w.since.date()) for w in waiting]
    return [Group("review", sum(counts.values()), items)]


def _rounds(actor: Actor, rule: LightRule) -> Group:
    """Open rounds that are due within three days or past, with how many units are missing."""
    found = rounds.open_rounds(actor, until=rule.today + timedelta(days=3))
    missing = [
        Item(row.round.id, str(row.rates.missing), row.round.title, "", row.round.due_on)
        for row in found
        if row.rates and row.rates.missing
    ]
    return Group("rounds", len(missing), missing[:SHOWN])


def _consultations(actor: Actor, rule: LightRule) -> Group:
    """Lists that are with their units: opinions without a decision, answered by all, or past their day."""
    rows = tasks.consultations_to_settle(actor, today=rule.today)
    items = [Item(row.id, f"{row.unanswered}/{row.unsettled}", row.title, "", row.answer_by) for row in rows]
    return Group("consultations", len(items), items[:SHOWN])


def _proposals(values: Mapping[str, Any]) -> list[Group]:
    """``rules.proposed`` for the database; a test compares the two."""
    counted, shown = _proposed()
    counts: dict[str, int] = dict(db.session.execute(counted, values).all())
    groups = []
    for kind in _PROPOSED:
        if count := counts.get(kind, 0):
            lines = db.session.execute(shown, {**values, "kind": kind})
            groups.append(Group(f"propose_{kind}", count, [Item(*row) for row in lines]))
    return groups


# From the gravest on.
_PROPOSED = (StepKind.COORDINATE.value, StepKind.SUPERVISE.value, StepKind.URGE.value)


@cache
def _proposed() -> tuple[Any, Any]:
    """How many tasks there are for each step, and the first of those for ``kind``."""
    step, paper = SupervisionStep, Approval
    last = (
        select(func.max(step.id))
        .outerjoin(paper, paper.id == step.approval_id)
        .where(step.task_id == Task.id, or_(paper.id.is_(None), paper.status != tasks.constant(ApprovalStatus.VOID)))
        .correlate(Task)
        .scalar_subquery()
    )
    had_its_time = and_(
        or_(step.approval_id.is_(None), paper.status == tasks.constant(ApprovalStatus.ISSUED)),
        func.coalesce(paper.issued_on, step.taken_on) < _TODAY,
        func.coalesce(step.answer_by, step.taken_on) < _TODAY,
        func.coalesce(step.answered_on, step.taken_on) < _TODAY,
    )
    urge, supervise, coordinate = (
        tasks.constant(kind) for kind in (StepKind.URGE, StepKind.SUPERVISE, StepKind.COORDINATE)
    )
    kind = case(
        (step.id.is_(None), urge),
        (~had_its_time, literal_column("''")),
        (step.kind == tasks.constant(StepKind.HINT), urge),
        (and_(step.kind == urge, Task.due_on <= _SUPERVISE_BY), supervise),
        (and_(step.kind == supervise, Task.due_on <= _COORDINATE_BY), coordinate),
        else_=literal_column("''"),
    )
    late = (
        select(kind.label("kind"))
        .select_from(Task)
        .outerjoin(step, step.id == last)
        .outerjoin(paper, paper.id == step.approval_id)
        .where(
            Task.committee_id == _COMMITTEE_ID,
            Task.is_open,
            Task.status.in_(_REMINDED),
            Task.submitted_on.is_(None),
            Task.due_on <= _URGE_BY,
        )
    )
    kinds = late.subquery()
    counted = select(kinds.c.kind, func.count()).group_by(kinds.c.kind)
    shown = late.join(Unit, Unit.id == Task.lead_unit_id).where(kind == bindparam("kind"))
    shown = (
        shown.with_only_columns(*_LINE, Task.due_on, Task.original_due_on).order_by(Task.due_on, Task.id).limit(SHOWN)
    )
    return counted, shown
