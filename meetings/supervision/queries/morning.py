"""今日要办: all that the office has to see to this morning, in a fixed number of statements whatever the tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, literal, literal_column, or_, select

from meetings.approvals.models import Approval, ApprovalStatus
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.directory.models import Unit
from meetings.rounds import queries as rounds
from meetings.rounds.models import RoundStatus
from meetings.supervision.models import Instruction, Reminder, StepKind, SupervisionStep
from meetings.supervision.queries.ladder import ladder
from meetings.supervision.rules import REMINDED, Ladder
from meetings.tasks import queries as tasks
from meetings.tasks.models import ExtensionStatus, Task, TaskExtension, TaskUnit
from meetings.tasks.rules import LightRule
from meetings.workdays.rules import is_provisional

SHOWN = 8
# Word for word the condition of the index of cases that wait.
_WAITS: ColumnElement[bool] = literal_column("task_extension.status IN ('unit_review', 'office_review')")


class Item(NamedTuple):
    """A line: a task (or a round) with the unit that it is about and the day that matters."""

    id: int
    number: str
    title: str
    unit_name: str
    on: date | None


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
    found = [
        _receipts(actor, rule),
        _due_today(actor, rule),
        _overdue(actor, rule),
        *_to_review(actor),
        _extensions(actor),
        _consultations(actor, rule),
        _rounds(actor, rule),
        _unanswered(actor, rule),
        _instructions(actor, rule),
        *_proposals(actor, rule, ladder(actor.committee_id)),
    ]
    return [group for group in found if group.count]


_LINE = (Task.id, func.coalesce(Task.number, ""), Task.title, Unit.short_name)


def _counted(code: str, rows: Any, order: Any) -> Group:
    """The number of rows, and the first of them with the day as their last column: two statements at most."""
    count = db.session.scalar(rows.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    shown = db.session.execute(rows.order_by(order, Task.id).limit(SHOWN)).all() if count else []
    return Group(code, count, [Item(*row) for row in shown])


def _receipts(actor: Actor, rule: LightRule) -> Group:
    rows = (
        select(*_LINE, TaskUnit.receipt_due_on)
        .select_from(TaskUnit)
        .join(Task, Task.id == TaskUnit.task_id)
        .join(Unit, Unit.id == TaskUnit.unit_id)
        .where(
            Task.committee_id == actor.committee_id,
            TaskUnit.is_open,
            TaskUnit.acknowledged_at.is_(None),
            TaskUnit.receipt_due_on < rule.today,
        )
    )
    return _counted("receipts", rows, TaskUnit.receipt_due_on)


def _due_today(actor: Actor, rule: LightRule) -> Group:
    rows = (
        select(*_LINE, Task.due_on)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            Task.committee_id == actor.committee_id,
            Task.is_open,
            Task.due_on == rule.today,
            Task.submitted_on.is_(None),
        )
    )
    return _counted("due_today", rows, Task.due_on)


def _overdue(actor: Actor, rule: LightRule) -> Group:
    count = tasks.overdue_count(actor, today=rule.today)
    rows = tasks.overdue(actor, rule=rule, limit=SHOWN) if count else []
    return Group("overdue", count, [Item(r.id, r.number or "", r.title, r.lead_name, r.due_on) for r in rows])


def _to_review(actor: Actor) -> list[Group]:
    counts = tasks.waiting_for_office_count(actor)
    if not any(counts.values()):
        return []
    waiting = tasks.waiting_for_office(actor, limit=SHOWN)
    items = [Item(w.task_id, w.number or "", w.title, w.unit_name, w.since.date()) for w in waiting]
    return [Group("review", sum(counts.values()), items)]


def _extensions(actor: Actor) -> Group:
    rows = (
        select(*_LINE, TaskExtension.asked_due_on)
        .select_from(TaskExtension)
        .join(Task, Task.id == TaskExtension.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            TaskExtension.committee_id == actor.committee_id,
            _WAITS,
            TaskExtension.status == ExtensionStatus.OFFICE_REVIEW,
        )
    )
    return _counted("extensions", rows, TaskExtension.id)


def _rounds(actor: Actor, rule: LightRule) -> Group:
    """Open rounds that are due within three days or past, with how many units are missing."""
    near = rule.today + timedelta(days=3)
    missing = [
        Item(row.round.id, str(row.rates.missing), row.round.title, "", row.round.due_on)
        for row in rounds.listing(actor).rows
        if row.round.status is RoundStatus.OPEN and row.rates and row.round.due_on <= near
    ]
    missing = [item for item in missing if item.number != "0"]
    return Group("rounds", len(missing), missing[:SHOWN])


def _consultations(actor: Actor, rule: LightRule) -> Group:
    """Lists that are with their units: opinions without a decision, answered by all, or past their day."""
    rows = tasks.consultations_to_settle(actor, today=rule.today)
    items = [Item(row.id, f"{row.unanswered}/{row.unsettled}", row.title, "", row.answer_by) for row in rows]
    return Group("consultations", len(items), items[:SHOWN])


def _unanswered(actor: Actor, rule: LightRule) -> Group:
    rows = (
        select(*_LINE, SupervisionStep.answer_by)
        .select_from(SupervisionStep)
        .join(Task, Task.id == SupervisionStep.task_id)
        .join(Unit, Unit.id == SupervisionStep.unit_id)
        .outerjoin(Approval, Approval.id == SupervisionStep.approval_id)
        .where(
            SupervisionStep.committee_id == actor.committee_id,
            SupervisionStep.answer_by < rule.today,
            SupervisionStep.answered_at.is_(None),
            Task.status.in_(sorted(REMINDED)),
            or_(SupervisionStep.approval_id.is_(None), Approval.status == ApprovalStatus.ISSUED),
        )
    )
    return _counted("unanswered", rows, SupervisionStep.answer_by)


def _instructions(actor: Actor, rule: LightRule) -> Group:
    """Instructions that were to be answered by today, or by no day at all."""
    subject = func.coalesce(Task.title, Approval.title)
    rows = (
        select(Instruction.id, Instruction.leader_name, subject, literal(""), Instruction.answer_by)
        .outerjoin(Task, Task.id == Instruction.task_id)
        .outerjoin(Approval, Approval.id == Instruction.approval_id)
        .where(
            Instruction.committee_id == actor.committee_id,
            Instruction.answered_at.is_(None),
            or_(Instruction.answer_by.is_(None), Instruction.answer_by <= rule.today),
        )
    )
    return _counted("instructions", rows, Instruction.given_on)


def _proposals(actor: Actor, rule: LightRule, options: Ladder) -> list[Group]:
    """``rules.proposed`` for the database; a test compares the two."""
    step, paper = SupervisionStep, Approval
    last = (
        select(func.max(step.id))
        .outerjoin(paper, paper.id == step.approval_id)
        .where(step.task_id == Task.id, or_(paper.id.is_(None), paper.status != ApprovalStatus.VOID))
        .correlate(Task)
        .scalar_subquery()
    )
    before: Mapping[StepKind, date] = {
        StepKind.URGE: rule.calendar.add(rule.today, -options.urge_after),
        StepKind.SUPERVISE: rule.calendar.add(rule.today, -options.supervise_after),
        StepKind.COORDINATE: rule.calendar.add(rule.today, -options.coordinate_after),
    }
    had_its_time = and_(
        or_(step.approval_id.is_(None), paper.status == ApprovalStatus.ISSUED),
        func.coalesce(paper.issued_on, step.taken_on) < rule.today,
        func.coalesce(step.answer_by, step.taken_on) < rule.today,
        func.coalesce(step.answered_on, step.taken_on) < rule.today,
    )
    kind = case(
        (step.id.is_(None), StepKind.URGE.value),
        (~had_its_time, ""),
        (step.kind == StepKind.HINT, StepKind.URGE.value),
        (and_(step.kind == StepKind.URGE, Task.due_on <= before[StepKind.SUPERVISE]), StepKind.SUPERVISE.value),
        (and_(step.kind == StepKind.SUPERVISE, Task.due_on <= before[StepKind.COORDINATE]), StepKind.COORDINATE.value),
        else_="",
    )
    late = (
        select(kind.label("kind"), *_LINE, Task.due_on)
        .select_from(Task)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(step, step.id == last)
        .outerjoin(paper, paper.id == step.approval_id)
        .where(
            Task.committee_id == actor.committee_id,
            Task.is_open,
            Task.status.in_(sorted(REMINDED)),
            Task.submitted_on.is_(None),
            Task.due_on <= before[StepKind.URGE],
        )
    )
    whole = late.subquery()
    counts: dict[str, int] = dict(
        db.session.execute(select(whole.c.kind, func.count()).where(whole.c.kind != "").group_by(whole.c.kind)).all()
    )
    groups = []
    for proposed in (StepKind.COORDINATE, StepKind.SUPERVISE, StepKind.URGE):
        if count := counts.get(proposed.value, 0):
            columns = list(whole.c)[1:]
            rows = select(*columns).where(whole.c.kind == proposed.value).order_by(whole.c.due_on, whole.c.id)
            shown = [Item(*row) for row in db.session.execute(rows.limit(SHOWN))]
            groups.append(Group(f"propose_{proposed.value}", count, shown))
    return groups
