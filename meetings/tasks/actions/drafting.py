"""The office writes down what is to be done: drafts, changes before the issue, sub-tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, TypeVar, Unpack

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.meetings.models import Meeting, Requirement
from meetings.tasks import rules
from meetings.tasks.actions import totals
from meetings.tasks.actions.step import _step, copy_to_parts, lock
from meetings.tasks.models import (
    Quantity,
    ReportingCycle,
    StagePoint,
    Standard,
    Task,
    TaskAction,
    TaskSource,
    TaskStatus,
    TaskUnit,
    UnitRole,
    Urgency,
)
from meetings.tasks.queries import checks


@dataclass(frozen=True, slots=True)
class QuantityInput:
    """Something to be counted: ``measure`` is its unit of measure; no ``target`` where it is only counted."""

    name: str
    measure: str
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StageInput:
    """What is to stand by a day."""

    due_on: date
    text: str


class DraftFields(TypedDict):
    """What the office writes in a task, named as the form's fields."""

    title: str
    content: str
    lead_unit_id: int
    cooperating_unit_ids: Sequence[int]
    due_on: date
    standards: Sequence[str]
    quantities: Sequence[QuantityInput]
    stages: Sequence[StageInput]
    source: TaskSource
    source_text: str
    requirement: Requirement | None
    meeting: Meeting | None
    parent: Task | None
    weight: int
    urgency: Urgency
    reporting_cycle: ReportingCycle
    reporting_day: int
    reporting_reason: str
    evidence_reason: str
    basis: str


# What a draft of a few words leaves to be filled in later.
PLAIN_DRAFT: Mapping[str, Any] = {
    "content": "",
    "standards": [],
    "quantities": [],
    "stages": [],
    "source": TaskSource.REQUIREMENT,
    "source_text": "",
    "meeting": None,
    "parent": None,
    "weight": 1,
    "urgency": Urgency.NORMAL,
    "reporting_cycle": ReportingCycle.QUARTERLY,
    "reporting_day": 5,
    "reporting_reason": "",
    "evidence_reason": "",
    "basis": "",
}


def draft_task(*, by: Actor, **fields: Unpack[DraftFields]) -> Task:
    """Write a task down as a draft; nobody but the office sees it.

    ``requirement``, ``meeting`` and ``parent`` were loaded by somebody who may see them. A requirement brings its
    meeting. Raises ``DomainError`` beside fields: ``task.title_missing``, ``task.unit_twice``, ``task.unit_unknown``,
    ``task.stage_after_due``, ``task.cycle_reason``, ``task.weight``, ``task.subtask_of_subtask``,
    ``task.parent_finished``; and ``requirement.is_set_aside``.
    """
    if not by.may("tasks.draft"):
        raise NotAllowed("task.not_yours", action="edit")
    task = Task(committee_id=by.committee_id, status=TaskStatus.DRAFT, units=[], standards=[], stages=[], quantities=[])
    _write(task, **fields)
    db.session.add(task)
    db.session.flush()
    totals.write(task.committee_id, totals.changes(task, {task.status: 1}))
    return task


def edit_task(task: Task, *, by: Actor, **fields: Unpack[DraftFields]) -> None:
    """Change what a task says before it is issued, or after it was declined. Needs a task loaded in full.

    ``original_due_on`` follows until the first issue and never after. Refusals as ``draft_task``, and
    ``task.wrong_status``.
    """
    rules.check_editing(task, by)
    lock(task)
    counted = totals.changes(task, {task.status: -1})
    _write(task, **fields)
    db.session.flush()
    for key, count in totals.changes(task, {task.status: 1}).items():
        counted[key] += count
    totals.write(task.committee_id, counted)


def submit_for_issue(task: Task, *, by: Actor) -> None:
    """The office asks its director to issue the task."""
    _step(task, TaskAction.SUBMIT_FOR_ISSUE, by=by)


def _write(  # noqa: PLR0913 -- a task's fields, which callers name as ``DraftFields`` does
    task: Task,
    *,
    title: str,
    content: str,
    lead_unit_id: int,
    cooperating_unit_ids: Sequence[int],
    due_on: date,
    standards: Sequence[str],
    quantities: Sequence[QuantityInput],
    stages: Sequence[StageInput],
    source: TaskSource,
    source_text: str,
    requirement: Requirement | None,
    meeting: Meeting | None,
    parent: Task | None,
    weight: int,
    urgency: Urgency,
    reporting_cycle: ReportingCycle,
    reporting_day: int,
    reporting_reason: str,
    evidence_reason: str,
    basis: str,
) -> None:
    if not title.strip():
        raise DomainError("task.title_missing", field="title")
    rules.check_cycle(reporting_cycle, reporting_reason)
    rules.check_weights(weight)
    rules.check_stages(due_on, [stage.due_on for stage in stages])
    _check_units(task.committee_id, lead_unit_id, cooperating_unit_ids)
    _check_origin(task, requirement=requirement, meeting=meeting, parent=parent)
    task.title = title.strip()
    task.content = content
    task.source = source
    task.source_text = source_text.strip()
    task.requirement_id = requirement.id if requirement else None
    task.meeting_id = requirement.meeting_id if requirement else meeting.id if meeting else None
    task.parent_id = parent.id if parent else None
    task.weight = weight
    task.urgency = urgency
    task.reporting_cycle = reporting_cycle
    task.reporting_day = reporting_day
    task.reporting_reason = reporting_reason.strip()
    task.evidence_reason = evidence_reason.strip()
    task.basis = basis.strip()
    task.due_on = due_on
    if task.number is None:
        task.original_due_on = due_on
    _write_units(task, lead_unit_id, cooperating_unit_ids)
    _write_measures(task, standards, quantities, stages)
    copy_to_parts(task)


def _check_units(committee_id: int, lead_unit_id: int, cooperating_unit_ids: Sequence[int]) -> None:
    rules.check_units(lead_unit_id, cooperating_unit_ids)
    known = checks.units_among([lead_unit_id, *cooperating_unit_ids], committee_id)
    if lead_unit_id not in known:
        raise DomainError("task.unit_unknown", field="lead_unit_id")
    if rules.unknown(cooperating_unit_ids, known):
        raise DomainError("task.unit_unknown", field="cooperating_unit_ids")


def _check_origin(task: Task, *, requirement: Requirement | None, meeting: Meeting | None, parent: Task | None) -> None:
    for row in (requirement, meeting, parent):
        if row is not None and row.committee_id != task.committee_id:
            raise NotFound
    if requirement is not None and requirement.id != task.requirement_id and requirement.set_aside_reason:
        raise DomainError("requirement.is_set_aside")
    if parent is not None and parent.id != task.parent_id:
        if parent.parent_id is not None or parent.id == task.id:
            raise DomainError("task.subtask_of_subtask", field="parent_id")
        if parent.status in {TaskStatus.COMPLETED, TaskStatus.CLOSED, TaskStatus.CANCELLED}:
            raise DomainError("task.parent_finished", field="parent_id")


def _write_units(task: Task, lead_unit_id: int, cooperating_unit_ids: Sequence[int]) -> None:
    """The parts in the order asked for; a unit that was in the task keeps its row."""
    task.lead_unit_id = lead_unit_id
    known = {part.unit_id: part for part in task.units}
    parts = []
    for position, unit_id in enumerate([lead_unit_id, *cooperating_unit_ids]):
        part = known.get(unit_id) or TaskUnit(unit_id=unit_id, due_on=task.due_on)
        part.role = UnitRole.COOPERATING if position else UnitRole.LEAD
        part.position = position
        parts.append(part)
    task.units = parts


def _write_measures(
    task: Task, standards: Sequence[str], quantities: Sequence[QuantityInput], stages: Sequence[StageInput]
) -> None:
    """Rows are kept by their place in the list, so that the history shows what really changed."""
    task.standards = [
        _filled(_nth(task.standards, n) or Standard(), position=n, text=text.strip())
        for n, text in enumerate(text for text in standards if text.strip())
    ]
    task.quantities = [
        _filled(
            _nth(task.quantities, n) or Quantity(),
            position=n,
            name=given.name,
            measure=given.measure,
            target=given.target,
        )
        for n, given in enumerate(quantities)
    ]
    ordered = sorted(stages, key=lambda stage: stage.due_on)
    task.stages = [
        _filled(_nth(task.stages, n) or StagePoint(), due_on=given.due_on, text=given.text.strip())
        for n, given in enumerate(ordered)
    ]
    task.next_stage_on = rules.next_stage((stage.due_on, stage.met_at is not None) for stage in task.stages)


_Row = TypeVar("_Row", Standard, Quantity, StagePoint)


def _nth(rows: Sequence[_Row], n: int) -> _Row | None:
    return rows[n] if n < len(rows) else None


def _filled(row: _Row, **values: object) -> _Row:
    for name, value in values.items():
        setattr(row, name, value)
    return row
