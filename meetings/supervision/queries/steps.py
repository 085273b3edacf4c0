"""Steps of supervision as far as the actor may see the task, with their answers and papers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, null, or_, select
from sqlalchemy.orm import aliased, joinedload

from meetings.approvals.models import Approval, ApprovalStatus, DocumentNumber
from meetings.attachments.models import Attachment
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.supervision.models import Instruction, Reminder, StepKind, SupervisionStep
from meetings.supervision.rules import REMINDED, LastStep
from meetings.tasks.models import Task


def _visible(actor: Actor) -> list[ColumnElement[bool]]:
    """The office and its readers see all steps; a unit those it is asked about, once their paper is issued."""
    own = SupervisionStep.committee_id == actor.committee_id
    if actor.may("tasks.read_all"):
        return [own]
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return [false()]
    return [own, SupervisionStep.unit_id.in_(sorted(actor.unit_ids)), _holds()]


def _holds() -> ColumnElement[bool]:
    """A step without paper, or one whose paper is issued; the paper is joined."""
    return or_(SupervisionStep.approval_id.is_(None), Approval.status == ApprovalStatus.ISSUED)


def _steps(actor: Actor) -> Select[SupervisionStep]:
    return (
        select(SupervisionStep)
        .outerjoin(Approval, Approval.id == SupervisionStep.approval_id)
        .where(*_visible(actor), or_(Approval.id.is_(None), Approval.status != ApprovalStatus.VOID))
        .options(
            joinedload(SupervisionStep.unit),
            joinedload(SupervisionStep.approval).joinedload(Approval.number),
            joinedload(SupervisionStep.notice),
            joinedload(SupervisionStep.scan),
        )
    )


def steps_of(task: Task, *, actor: Actor) -> Sequence[SupervisionStep]:
    """The task's steps, the latest first. A paper that is void counts no more."""
    rows = _steps(actor).where(SupervisionStep.task_id == task.id).order_by(SupervisionStep.id.desc())
    return db.session.scalars(rows).all()


def find_step(step_id: int, *, actor: Actor) -> SupervisionStep:
    """A step with its task, unit, paper and second part, or ``NotFound``."""
    rows = _steps(actor).where(SupervisionStep.id == step_id).options(joinedload(SupervisionStep.task))
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def find_scan(step_id: int, attachment_id: int, *, actor: Actor) -> Attachment:
    """The signed page of a step, or ``NotFound``."""
    scan = find_step(step_id, actor=actor).scan
    if scan is None or scan.id != attachment_id:
        raise NotFound
    return scan


def reminders_of(task: Task, *, actor: Actor, limit: int = 30) -> Sequence[Reminder]:
    """The latest reminders of the task that the actor may know of: all of them, or those to the own units."""
    rows = select(Reminder).where(Reminder.task_id == task.id).options(joinedload(Reminder.unit))
    if not actor.may("tasks.read_all"):
        rows = rows.where(Reminder.unit_id.in_(sorted(actor.unit_ids)))
    return db.session.scalars(rows.order_by(Reminder.id.desc()).limit(limit)).all()


class AskedAnswer(NamedTuple):
    """A step, or an instruction of a leader (``kind`` None), that a unit has to answer; its task."""

    id: int
    task_id: int
    kind: StepKind | None
    title: str
    leader_name: str
    answer_by: date | None


# What a unit answers; the rest goes past it.
_ANSWERED = (StepKind.HINT, StepKind.URGE, StepKind.SUPERVISE)


def answers_to_give(actor: Actor) -> list[AskedAnswer]:
    """The steps and instructions that the actor's units have to answer, the most pressing first: two statements."""
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return []
    units = sorted(actor.unit_ids)
    taken = (
        select(SupervisionStep.id, Task.id, SupervisionStep.kind, Task.title, literal(""), SupervisionStep.answer_by)
        .join(Task, Task.id == SupervisionStep.task_id)
        .outerjoin(Approval, Approval.id == SupervisionStep.approval_id)
        .where(
            SupervisionStep.committee_id == actor.committee_id,
            SupervisionStep.unit_id.in_(units),
            SupervisionStep.kind.in_(_ANSWERED),
            SupervisionStep.answered_at.is_(None),
            Task.status.in_(sorted(REMINDED)),
            _holds(),
        )
    )
    written = (
        select(Instruction.id, Task.id, null(), Task.title, Instruction.leader_name, Instruction.answer_by)
        .join(Task, Task.id == Instruction.task_id)
        .where(
            Instruction.committee_id == actor.committee_id,
            Instruction.answered_at.is_(None),
            Task.lead_unit_id.in_(units),
            Task.number.is_not(None),
        )
    )
    found = [AskedAnswer._make(row) for rows in (taken, written) for row in db.session.execute(rows)]
    return sorted(found, key=lambda row: (row.answer_by or date.max, row.id))


def notice_between(task: Task, first: date, next_first: date) -> SupervisionStep | None:
    """A 督办通知单 on the task of these days, issued or on its way; held until the transaction ends."""
    rows = (
        select(SupervisionStep)
        .join(Approval, Approval.id == SupervisionStep.approval_id)
        .where(
            SupervisionStep.task_id == task.id,
            SupervisionStep.kind == StepKind.SUPERVISE,
            Approval.status != ApprovalStatus.VOID,
            func.coalesce(Approval.issued_on, SupervisionStep.taken_on) >= first,
            func.coalesce(Approval.issued_on, SupervisionStep.taken_on) < next_first,
        )
    )
    db.session.scalar(select(Task.id).where(Task.id == task.id).with_for_update(key_share=True))
    return db.session.scalars(rows).first()


def steps_of_paper(approval_id: int) -> Sequence[SupervisionStep]:
    """The steps that a drafted paper is; the caller has found the paper for the actor."""
    return db.session.scalars(select(SupervisionStep).where(SupervisionStep.approval_id == approval_id)).all()


def unanswered_of(unit_id: int) -> Sequence[SupervisionStep]:
    """What a unit still has to answer; for the transaction in which it is merged."""
    rows = select(SupervisionStep).where(SupervisionStep.unit_id == unit_id, SupervisionStep.answered_at.is_(None))
    return db.session.scalars(rows).all()


def times_reminded(task_ids: Sequence[int], unit_id: int) -> int:
    """On how many days the unit was reminded of these tasks; the caller has found them."""
    days = select(func.count(Reminder.sent_on.distinct()))
    return db.session.scalar(days.where(Reminder.task_id.in_(task_ids), Reminder.unit_id == unit_id)) or 0


class OfThisYear(NamedTuple):
    """A 督办通知单 that a unit was sent this year."""

    task_id: int
    number: str | None
    title: str
    on: date
    paper_number: str | None
    is_answered: bool


def notices_of_unit(unit_id: int, year: int, *, actor: Actor) -> list[OfThisYear]:
    """The unit's 督办 of the year, for who supervises: what the office looks at before it issues another."""
    if not actor.may("tasks.read_all"):
        return []
    on = func.coalesce(Approval.issued_on, SupervisionStep.taken_on)
    rows = (
        select(
            Task.id,
            Task.number,
            Task.title,
            on,
            DocumentNumber.text,
            SupervisionStep.answered_at.is_not(None),
        )
        .select_from(SupervisionStep)
        .join(Task, Task.id == SupervisionStep.task_id)
        .join(Approval, Approval.id == SupervisionStep.approval_id)
        .outerjoin(DocumentNumber, DocumentNumber.approval_id == Approval.id)
        .where(
            SupervisionStep.committee_id == actor.committee_id,
            SupervisionStep.unit_id == unit_id,
            SupervisionStep.kind == StepKind.SUPERVISE,
            Approval.status != ApprovalStatus.VOID,
            on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(on, SupervisionStep.id)
    )
    return [OfThisYear._make(row) for row in db.session.execute(rows)]


def last_steps(task_ids: Sequence[int]) -> Mapping[int, LastStep]:
    """The latest step on each of these tasks that holds or is on its way; the caller has found the tasks."""
    later = aliased(SupervisionStep)
    paper = aliased(Approval)
    newest = (
        select(func.max(later.id))
        .outerjoin(paper, paper.id == later.approval_id)
        .where(later.task_id.in_(task_ids), or_(paper.id.is_(None), paper.status != ApprovalStatus.VOID))
        .group_by(later.task_id)
    )
    rows = (
        select(SupervisionStep, Approval.status, Approval.issued_on)
        .outerjoin(Approval, Approval.id == SupervisionStep.approval_id)
        .where(SupervisionStep.id.in_(newest))
    )
    return {step.task_id: _last(step, status, issued_on) for step, status, issued_on in db.session.execute(rows)}


def _last(step: SupervisionStep, status: ApprovalStatus | None, issued_on: date | None) -> LastStep:
    is_issued = status is None or status is ApprovalStatus.ISSUED
    return LastStep(step.kind, issued_on or step.taken_on, step.answer_by, step.answered_on, is_issued)


class StepRow(NamedTuple):
    """A line of the list of steps."""

    step: SupervisionStep
    number: str | None
    title: str


def steps(actor: Actor, *, kind: StepKind | None = None, unanswered: bool = False, page: int = 1) -> Page[StepRow]:
    """Steps that the actor may see, the latest first: three statements."""
    where: list[Any] = []
    if kind is not None:
        where.append(SupervisionStep.kind == kind)
    if unanswered:
        where.append(and_(SupervisionStep.answer_by.is_not(None), SupervisionStep.answered_at.is_(None)))
    rows = _steps(actor).where(*where)
    total = db.session.scalar(select(func.count()).select_from(rows.with_only_columns(SupervisionStep.id).subquery()))
    found = rows.join(Task, Task.id == SupervisionStep.task_id).add_columns(Task.number, Task.title)
    found = found.order_by(SupervisionStep.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Page([StepRow(*row) for row in db.session.execute(found)], page, total or 0)
