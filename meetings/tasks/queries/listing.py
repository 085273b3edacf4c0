"""The ledger: tasks by filter, sorted, page by page, with their lights, in a few statements whatever the rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting, Requirement, Section
from meetings.tasks.models import Task, TaskSource, TaskStatus, TaskUnit, UnitRole, Urgency
from meetings.tasks.queries.filters import CODE, DUE, PART, Shape, TaskFilter, View, constant, values_of
from meetings.tasks.rules import Light, LightCode, LightRule, light

# What a ledger may be sorted by; ``-due_on`` is downwards.
SORTS = ("due_on", "original_due_on", "number", "title", "status", "percent_done", "lead_unit", "submitted_on")


class TaskRow(NamedTuple):
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
    report_due_on: date | None
    source: TaskSource
    section: Section | None
    requirement_number: int | None
    submitted_on: date | None
    light: Light | None
    helper_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LightCounts:
    """The totals line: how many tasks the filter holds, and how many of them show each light."""

    total: int
    by_light: Mapping[LightCode, int]

    def __getitem__(self, code: LightCode) -> int:
        return self.by_light.get(code, 0)


def listing(
    wanted: TaskFilter,
    *,
    actor: Actor,
    rule: LightRule,
    sort: tuple[str, bool] = ("due_on", False),
    page: int = 1,
    total: int | None = None,
) -> Page[TaskRow]:
    """One page of the tasks that the actor may see and the filter asks for.

    ``sort`` is a name of ``SORTS`` and whether downwards, as ``core.paging.sort_order`` gives it; ``total`` is how
    many the filter holds, where that was counted already.
    """
    view = View(wanted, actor, rule)
    if total is None:
        total = db.session.scalar(_counted(view.shape), view.values) or 0
    rows = _rows(view, sort=sort, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE) if total else []
    return Page(rows, page, total)


def rows_of(
    wanted: TaskFilter, *, actor: Actor, rule: LightRule, sort: tuple[str, bool] = ("due_on", False)
) -> list[TaskRow]:
    """All rows of a filter, for papers."""
    return _rows(View(wanted, actor, rule), sort=sort)


def light_counts(wanted: TaskFilter, *, actor: Actor, rule: LightRule) -> LightCounts:
    """The totals line of a filter, counted by the database with the rule of the lights."""
    view = View(wanted, actor, rule)
    counts: dict[str | None, int] = dict(db.session.execute(_lit(view.shape), view.values).all())
    return LightCounts(sum(counts.values()), {LightCode(found): count for found, count in counts.items() if found})


def light_counts_by_unit(actor: Actor, *, rule: LightRule) -> Mapping[tuple[int, UnitRole], LightCounts]:
    """Open tasks by light, for each unit the actor acts for those it leads and those it helps: one statement."""
    found: dict[tuple[int, UnitRole], dict[LightCode, int]] = defaultdict(dict)
    if actor.may("tasks.read_own") and actor.unit_ids:
        whose = {**values_of(rule), "committee_id": actor.committee_id, "units": sorted(actor.unit_ids)}
        for unit_id, role, shown, count in db.session.execute(_LIT_BY_UNIT, whose):
            found[unit_id, role][LightCode(shown or "")] = count
    counts: dict[tuple[int, UnitRole], LightCounts] = defaultdict(lambda: LightCounts(0, {}))
    return counts | {key: LightCounts(sum(by.values()), by) for key, by in found.items()}


def tasks_of_meeting(meeting: Meeting, *, actor: Actor, rule: LightRule) -> list[TaskRow]:
    """The meeting's tasks that the actor may see, by date."""
    return rows_of(TaskFilter(meeting_id=meeting.id), actor=actor, rule=rule)


def due_in(actor: Actor, from_on: date, to_on: date, *, rule: LightRule, limit: int | None = None) -> list[TaskRow]:
    """Open tasks whose date lies between two days, both included, the nearest first."""
    wanted = TaskFilter(is_open=True, due_from=from_on, due_to=to_on)
    return _rows(View(wanted, actor, rule), sort=("due_on", False), limit=limit)


def overdue(actor: Actor, *, rule: LightRule, limit: int | None = None) -> list[TaskRow]:
    """Tasks past their date, the longest first."""
    wanted = TaskFilter(is_open=True, is_overdue=True)
    return _rows(View(wanted, actor, rule), sort=("due_on", False), limit=limit)


# --- the statements: each is put together once, because that takes longer than to run it -----------------------------


def _of_lead(column: Any) -> Any:
    return select(column).where(Unit.id == Task.lead_unit_id).correlate(Task).scalar_subquery()


# As TaskRow has them, then what its light needs. Names are asked of the rows that are shown, by themselves: joined,
# PostgreSQL looks for them before it cuts the page, in the whole table where it expects few rows.
_COLUMNS = (
    Task.id,
    Task.number,
    Task.title,
    Task.status,
    Task.urgency,
    Task.meeting_id,
    select(Meeting.title).where(Meeting.id == Task.meeting_id).correlate(Task).scalar_subquery(),
    Task.lead_unit_id,
    _of_lead(Unit.short_name),
    PART.role,
    Task.original_due_on,
    Task.due_on,
    Task.percent_done,
    Task.parent_id,
    Task.was_declined,
    PART.report_due_on,
    Task.source,
    Requirement.section,
    Requirement.number,
    Task.submitted_on,
    PART.receipt_due_on,
    PART.acknowledged_at.is_not(None).label("acknowledged"),
    Task.next_stage_on,
)
_LIGHT_COLUMNS = 3


@lru_cache(maxsize=200)
def _counted(shape: Shape) -> Select[Any]:
    """How many rows there are; the parts are joined only where a condition asks for them."""
    rows = select(func.count()).select_from(Task).where(*shape.conditions)
    return rows.join(PART, shape.joined) if shape.by_unit or "light" in shape.asked else rows


@lru_cache(maxsize=200)
def _lit(shape: Shape) -> Any:
    """How many rows show each light."""
    rows = select(CODE.label("code"), func.count()).select_from(Task).join(PART, shape.joined)
    return rows.where(*shape.conditions).group_by("code")


_LIT_BY_UNIT = (
    select(PART.unit_id, PART.role, CODE.label("code"), func.count())
    .select_from(PART)
    .join(Task, Task.id == PART.task_id)
    .where(
        PART.unit_id.in_(bindparam("units", expanding=True)),
        PART.is_open,
        Task.committee_id + 0 == bindparam("committee_id"),
    )
    .group_by(PART.unit_id, PART.role, "code")
)


@lru_cache(maxsize=400)
def _shown(shape: Shape, name: str, downwards: bool, is_cut: bool) -> Any:
    ties = PART.task_id if shape.by_unit else Task.id
    own = {"due_on": DUE[shape.by_unit], "lead_unit": _of_lead(Unit.position)}
    column = own[name] if name in own else getattr(Task, name)
    rows = (
        select(*_COLUMNS)
        .select_from(Task)
        .join(PART, shape.joined)
        .outerjoin(Requirement, Requirement.id == Task.requirement_id)
        .where(*shape.conditions)
        .order_by(*((column.desc(), ties.desc()) if downwards else (column, ties)))
    )
    return rows.limit(bindparam("limit")).offset(bindparam("offset")) if is_cut else rows


_HELPERS = (
    select(TaskUnit.task_id, Unit.short_name)
    .join(Unit, Unit.id == TaskUnit.unit_id)
    .where(TaskUnit.task_id.in_(bindparam("task_ids", expanding=True)), TaskUnit.role == constant(UnitRole.COOPERATING))
    .order_by(TaskUnit.task_id, TaskUnit.position)
)


def _rows(view: View, *, sort: tuple[str, bool], limit: int | None = None, offset: int = 0) -> list[TaskRow]:
    statement = _shown(view.shape, *sort, limit is not None)
    found = db.session.execute(statement, view.values | {"limit": limit, "offset": offset}).all()
    helpers = _helper_names([row[0] for row in found])
    return [
        TaskRow._make((*row[:-_LIGHT_COLUMNS], _light(row, view.rule), tuple(helpers.get(row[0], ())))) for row in found
    ]


def _light(row: Row[Any], rule: LightRule) -> Light | None:
    return light(
        row.status,
        row.due_on,
        rule,
        receipt_due_on=row.receipt_due_on,
        acknowledged=row.acknowledged,
        report_due_on=row.report_due_on,
        next_stage_on=row.next_stage_on,
        submitted_on=row.submitted_on,
    )


def _helper_names(task_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Short names of the cooperating units of each task, in the task's order: one statement."""
    names: dict[int, list[str]] = defaultdict(list)
    if task_ids:
        for task_id, name in db.session.execute(_HELPERS, {"task_ids": task_ids}):
            names[task_id].append(name)
    return names
