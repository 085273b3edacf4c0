"""The ledger: tasks by filter, sorted, page by page, with their lights, in a few statements whatever the rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting, Requirement, Section
from meetings.tasks.models import Task, TaskEvent, TaskSource, TaskStatus, TaskUnit, UnitRole, Urgency
from meetings.tasks.queries.finding import handed_out, visible
from meetings.tasks.rules import OPEN, Light, LightCode, LightRule, light

# What a ledger may be sorted by; ``-due_on`` is downwards.
SORTS = ("due_on", "original_due_on", "number", "title", "status", "percent_done", "lead_unit", "submitted_on")


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What the filter bar asks for; what is left as it is does not matter.

    ``unit_id`` (with ``role``) is a unit that takes part; the light is then that unit's. ``status`` is one status,
    ``is_open`` all that are under way. ``mine_only``: the actor took one of its steps. ``is_subtask`` False hides
    sub-tasks, ``parent_id`` shows those of one task.
    """

    text: str = ""
    unit_id: int | None = None
    role: UnitRole | None = None
    meeting_id: int | None = None
    requirement_id: int | None = None
    status: TaskStatus | None = None
    is_open: bool | None = None
    light: LightCode | None = None
    due_from: date | None = None
    due_to: date | None = None
    mine_only: bool = False
    was_declined: bool | None = None
    urgency: Urgency | None = None
    parent_id: int | None = None
    is_subtask: bool | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line of the ledger; ``role`` and ``light`` are of the unit in view: the filter's, one's own, or the lead."""

    id: int
    number: str | None
    title: str
    status: TaskStatus
    urgency: Urgency
    meeting_id: int | None
    meeting_title: str | None
    lead_unit_id: int
    lead_name: str
    role: UnitRole
    original_due_on: date
    due_on: date
    percent_done: int
    parent_id: int | None
    was_declined: bool
    light: Light | None
    report_due_on: date | None
    source: TaskSource = TaskSource.OFFICE
    section: Section | None = None
    requirement_number: int | None = None
    helper_names: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class LightCounts:
    """The totals line: how many tasks the filter holds, and how many of them show each light."""

    total: int
    by_light: Mapping[LightCode, int]

    def __getitem__(self, code: LightCode) -> int:
        return self.by_light.get(code, 0)


def listing(
    wanted: TaskFilter, *, actor: Actor, rule: LightRule, sort: tuple[str, bool] = ("due_on", False), page: int = 1
) -> Page[TaskRow]:
    """One page of the tasks that the actor may see and the filter asks for.

    ``sort`` is a name of ``SORTS`` and whether downwards, as ``core.paging.sort_order`` gives it.
    """
    view = _View(wanted, actor, rule)
    total = db.session.scalar(view.counted(), view.values) or 0
    rows = _rows(view, sort=sort, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE) if total else []
    return Page(rows, page, total)


def rows_of(
    wanted: TaskFilter, *, actor: Actor, rule: LightRule, sort: tuple[str, bool] = ("due_on", False)
) -> list[TaskRow]:
    """All rows of a filter, for papers."""
    return _rows(_View(wanted, actor, rule), sort=sort)


def light_counts(wanted: TaskFilter, *, actor: Actor, rule: LightRule) -> LightCounts:
    """The totals line of a filter, counted by the database with the rule of the lights."""
    view = _View(wanted, actor, rule)
    counts: dict[str | None, int] = dict(db.session.execute(view.lit(), view.values).all())
    return LightCounts(sum(counts.values()), {LightCode(found): count for found, count in counts.items() if found})


def tasks_of_meeting(meeting: Meeting, *, actor: Actor, rule: LightRule) -> list[TaskRow]:
    """The meeting's tasks that the actor may see, by date."""
    return rows_of(TaskFilter(meeting_id=meeting.id), actor=actor, rule=rule)


def due_in(actor: Actor, from_on: date, to_on: date, *, rule: LightRule, limit: int | None = None) -> list[TaskRow]:
    """Open tasks whose date lies between two days, both included, the nearest first."""
    wanted = TaskFilter(is_open=True, due_from=from_on, due_to=to_on)
    return _rows(_View(wanted, actor, rule), sort=("due_on", False), limit=limit)


def overdue(actor: Actor, *, rule: LightRule, limit: int | None = None) -> list[TaskRow]:
    """Tasks past their date, the longest first."""
    view = _View(TaskFilter(is_open=True), actor, rule)
    view.conditions += [view.due_on < rule.today, not_submitted_in_time()]
    return _rows(view, sort=("due_on", False), limit=limit)


def not_submitted_in_time() -> ColumnElement[bool]:
    return or_(Task.submitted_on.is_(None), Task.submitted_on > Task.due_on)


def light_code(part: Any) -> ColumnElement[str | None]:
    """``rules.light`` for the database, which is given ``values_of`` the rule; a test compares the two."""
    today, soon = bindparam("light_today", type_=Date), bindparam("light_soon", type_=Date)
    at_work = Task.submitted_on.is_(None)
    return case(
        (Task.status == TaskStatus.CLOSED, LightCode.CLOSED.value),
        (Task.status == TaskStatus.COMPLETED, LightCode.DONE.value),
        (Task.status.not_in(sorted(OPEN)), None),
        (Task.due_on < func.coalesce(Task.submitted_on, today), LightCode.LATE.value),
        (and_(at_work, part.report_due_on < today), LightCode.LATE.value),
        (and_(part.acknowledged_at.is_(None), part.receipt_due_on < today), LightCode.LATE.value),
        (part.acknowledged_at.is_(None), LightCode.NEW.value),
        (and_(at_work, or_(Task.due_on <= soon, Task.next_stage_on < today)), LightCode.WARN.value),
        else_=LightCode.OK.value,
    )


def values_of(rule: LightRule) -> dict[str, date]:
    """What ``light_code`` needs to know."""
    return {"light_today": rule.today, "light_soon": rule.soon}


# Built once: putting statements together costs as much as running them.
_PART = aliased(TaskUnit, name="part")
_CODE = light_code(_PART)
_COLUMNS = (
    Task.id,
    Task.number,
    Task.title,
    Task.status,
    Task.urgency,
    Task.meeting_id,
    Meeting.title.label("meeting_title"),
    Task.lead_unit_id,
    Unit.short_name.label("lead_name"),
    _PART.role,
    Task.original_due_on,
    Task.due_on,
    Task.percent_done,
    Task.parent_id,
    Task.was_declined,
    Task.next_stage_on,
    Task.submitted_on,
    _PART.receipt_due_on,
    _PART.acknowledged_at,
    _PART.report_due_on,
    Task.source,
    Requirement.section,
    Requirement.number.label("requirement_number"),
)
_OF_TASK = _PART.task_id == Task.id
# By whether the unit in view is named, or is the lead.
_JOINS: Mapping[bool, Any] = {True: _OF_TASK, False: and_(_OF_TASK, _PART.unit_id == Task.lead_unit_id)}
_COUNTED: Mapping[bool, Any] = {
    named: select(func.count()).select_from(Task).join(_PART, on) for named, on in _JOINS.items()
}
_LIT: Mapping[bool, Any] = {
    named: select(_CODE.label("code"), func.count()).select_from(Task).join(_PART, on).group_by("code")
    for named, on in _JOINS.items()
}
_SHOWN: Mapping[bool, Any] = {
    named: select(*_COLUMNS)
    .select_from(Task)
    .join(_PART, on)
    .join(Unit, Unit.id == Task.lead_unit_id)
    .outerjoin(Meeting, Meeting.id == Task.meeting_id)
    .outerjoin(Requirement, Requirement.id == Task.requirement_id)
    for named, on in _JOINS.items()
}
_ALL_COUNTED = select(func.count()).select_from(Task)


class _View:
    """The tables and conditions of a filter: the tasks, and of each the part of the unit in view."""

    def __init__(self, wanted: TaskFilter, actor: Actor, rule: LightRule) -> None:
        self.rule = rule
        self.part = _PART
        self.values = values_of(rule)
        reads_all = actor.may("tasks.read_all")
        unit_id = wanted.unit_id
        if unit_id is None and not reads_all and len(actor.unit_ids) == 1:
            unit_id = min(actor.unit_ids)
        self.by_unit = unit_id is not None
        self.shows_light = wanted.light is not None
        shows_open = wanted.is_open or wanted.status in OPEN or wanted.light in _OPEN_LIGHTS
        if self.by_unit and not reads_all and actor.unit_ids == {unit_id} and actor.may("tasks.read_own"):
            # The join itself limits a unit to its own tasks. The sum keeps SQLite from reading the committee's index.
            self.conditions: list[Any] = [Task.committee_id + 0 == actor.committee_id]
            if not shows_open:
                self.conditions.append(handed_out())
        else:
            self.conditions = [*visible(actor)]
        if self.by_unit:
            self.conditions.append(self.part.unit_id == unit_id)
        if wanted.role is not None and self.by_unit:
            self.conditions.append(self.part.role == wanted.role)
        if shows_open:
            self.conditions.append(self.part.is_open if self.by_unit else Task.is_open)
        self.conditions += _conditions(wanted, actor)
        if wanted.due_from:
            self.conditions.append(self.due_on >= wanted.due_from)
        if wanted.due_to:
            self.conditions.append(self.due_on <= wanted.due_to)
        if wanted.light is not None:
            self.conditions.append(wanted.light.value == _CODE)

    @property
    def due_on(self) -> Any:
        """The date by whose index the rows are found: that of the part equals the task's."""
        return self.part.due_on if self.by_unit else Task.due_on

    def counted(self) -> Any:
        """How many rows there are; the parts are joined only where a condition asks for them."""
        needs_part = self.by_unit or self.shows_light
        return (_COUNTED[self.by_unit] if needs_part else _ALL_COUNTED).where(*self.conditions)

    def lit(self) -> Any:
        """How many rows show each light."""
        return _LIT[self.by_unit].where(*self.conditions)

    def shown(self) -> Any:
        return _SHOWN[self.by_unit].where(*self.conditions)

    def order(self, name: str, downwards: bool) -> list[Any]:
        ties = self.part.task_id if self.by_unit else Task.id
        column = self.due_on if name == "due_on" else Unit.position if name == "lead_unit" else getattr(Task, name)
        columns = [column, ties]
        return [column.desc() for column in columns] if downwards else columns


_OPEN_LIGHTS = frozenset(LightCode) - {LightCode.DONE, LightCode.CLOSED}


def _conditions(wanted: TaskFilter, actor: Actor) -> list[ColumnElement[bool]]:
    """What the filter asks of the task itself."""
    found: list[ColumnElement[bool]] = []
    if text := wanted.text.strip():
        found.append(or_(Task.title.icontains(text, autoescape=True), Task.number.icontains(text, autoescape=True)))
    if wanted.is_open is False:
        found.append(Task.is_open.is_(False))
    equal = {
        Task.meeting_id: wanted.meeting_id,
        Task.requirement_id: wanted.requirement_id,
        Task.status: wanted.status,
        Task.urgency: wanted.urgency,
        Task.parent_id: wanted.parent_id,
        Task.was_declined: wanted.was_declined,
    }
    found += [column == value for column, value in equal.items() if value is not None]
    if wanted.is_subtask is not None:
        found.append(Task.parent_id.is_not(None) if wanted.is_subtask else Task.parent_id.is_(None))
    if wanted.mine_only:
        found.append(exists().where(TaskEvent.task_id == Task.id, TaskEvent.done_by_id == actor.user_id))
    return found


def _rows(view: _View, *, sort: tuple[str, bool], limit: int | None = None, offset: int = 0) -> list[TaskRow]:
    statement = view.shown().order_by(*view.order(*sort)).limit(limit).offset(offset or None)
    rows = [_row(row, view.rule) for row in db.session.execute(statement, view.values)]
    helpers = _helper_names([row.id for row in rows])
    return [replace(row, helper_names=tuple(helpers[row.id])) if row.id in helpers else row for row in rows]


def _row(row: Row[Any], rule: LightRule) -> TaskRow:
    shown = light(
        row.status,
        row.due_on,
        rule,
        receipt_due_on=row.receipt_due_on,
        acknowledged=row.acknowledged_at is not None,
        report_due_on=row.report_due_on,
        next_stage_on=row.next_stage_on,
        submitted_on=row.submitted_on,
    )
    return TaskRow(
        id=row.id,
        number=row.number,
        title=row.title,
        status=row.status,
        urgency=row.urgency,
        meeting_id=row.meeting_id,
        meeting_title=row.meeting_title,
        lead_unit_id=row.lead_unit_id,
        lead_name=row.lead_name,
        role=row.role,
        original_due_on=row.original_due_on,
        due_on=row.due_on,
        percent_done=row.percent_done,
        parent_id=row.parent_id,
        was_declined=row.was_declined,
        light=shown,
        report_due_on=row.report_due_on,
        source=row.source,
        section=row.section,
        requirement_number=row.requirement_number,
    )


def _helper_names(task_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Short names of the cooperating units of each task, in the task's order: one statement."""
    names: dict[int, list[str]] = defaultdict(list)
    if task_ids:
        rows = (
            select(TaskUnit.task_id, Unit.short_name)
            .join(Unit, Unit.id == TaskUnit.unit_id)
            .where(TaskUnit.task_id.in_(task_ids), TaskUnit.role == UnitRole.COOPERATING)
            .order_by(TaskUnit.task_id, TaskUnit.position)
        )
        for task_id, name in db.session.execute(rows):
            names[task_id].append(name)
    return names
