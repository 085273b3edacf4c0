"""Tasks in a status, or brought there by their actions; what was reported on them, and what followed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import joinedload

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.directory.models import Unit
from meetings.supervision.models import Instruction, StepKind, SupervisionNotice, SupervisionStep
from meetings.tasks import actions as task_actions
from meetings.tasks import queries as task_queries
from meetings.tasks.models import (
    Consultation,
    ProgressReport,
    ReportingCycle,
    Standard,
    Step,
    Task,
    TaskEvent,
    TaskSource,
    TaskStatus,
    TaskUnit,
    UnitRole,
    Urgency,
)
from meetings.tasks.rules import OPEN
from tests.factories.people import actor, director, staff, unit
from tests.factories.rows import numbers, save


def task(
    *,
    lead_unit: Unit | None = None,
    cooperating_units: tuple[Unit, ...] | list[Unit] = (),
    status: TaskStatus = TaskStatus.DRAFT,
    due_on: date = date(2026, 9, 30),
    standards: tuple[str, ...] = (),
    **values: object,
) -> Task:
    """A task in a status, as if its steps had been taken; without events and without its share of the totals."""
    lead = lead_unit or unit()
    is_open = status in OPEN
    taken = status not in {TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE, TaskStatus.ISSUED}
    number = next(numbers)
    defaults = {
        "committee_id": lead.committee_id,
        "title": f"任务{number}",
        "status": status,
        "lead_unit_id": lead.id,
        "original_due_on": due_on,
        "due_on": due_on,
        "is_open": is_open,
        "number": None if status in {TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE} else f"2026-{number:03}",
    }
    parts = [
        TaskUnit(
            unit_id=part.id,
            role=UnitRole.LEAD if n == 0 else UnitRole.COOPERATING,
            position=n,
            is_open=is_open,
            due_on=due_on,
            receipt_due_on=date(2026, 7, 16),
            acknowledged_at=clock.now() if taken else None,
        )
        for n, part in enumerate([lead, *cooperating_units])
    ]
    row = Task(
        **{**defaults, **values},
        units=parts,
        standards=[Standard(position=n, text=text) for n, text in enumerate(standards)],
        stages=[],
        quantities=[],
    )
    return save(row)


def draft(
    *,
    by: Actor | None = None,
    lead_unit: Unit | None = None,
    cooperating_units: tuple[Unit, ...] | list[Unit] = (),
    **values: object,
) -> Task:
    """A task drafted through the action, so that totals count it; loaded in full, for ``step``."""
    by = by or director()
    lead = lead_unit or unit()
    defaults = {
        "title": f"任务{next(numbers)}",
        "content": "",
        "due_on": date(2026, 9, 30),
        "standards": [],
        "quantities": [],
        "stages": [],
        "source": TaskSource.OFFICE,
        "source_text": "",
        "requirement": None,
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
    with transaction(by=by):
        return task_actions.draft_task(
            lead_unit_id=lead.id,
            cooperating_unit_ids=[u.id for u in cooperating_units],
            **{**defaults, **values},
            by=by,
        )


def consultation(*tasks: Task, by: Actor | None = None, **values: Any) -> Consultation:
    """A list of drafts that is with its units until the next Monday."""
    by = by or staff()
    ids = [row.id for row in tasks or (draft(),)]
    given = {"title": "任务清单", "answer_by": date(2026, 7, 20), **values}
    with transaction(by=by):
        return task_actions.open_consultation(task_queries.find_many(ids, actor=by), **given, by=by)


def step(action: Callable[..., Any], of: Task, *, by: Actor, **values: object) -> Any:
    """Carry out an action on a task as a page does: on the row as it is now, in a transaction."""
    with transaction(by=by):
        return action(task_queries.find(of.id, actor=by), by=by, **values)


def issued(**values: object) -> Task:
    row = draft(**values)
    step(task_actions.issue, row, by=director())
    return row


def under_way(**values: object) -> Task:
    """Issued, and acknowledged by its lead."""
    row = issued(**values)
    step(task_actions.acknowledge, row, by=actor(Role.LIAISON, unit=db.session.get(Unit, row.lead_unit_id)))
    return row


def report(of: Task, *, by: Actor, **values: object) -> ProgressReport:
    """A report sent through the action."""
    defaults = {
        "done": "已完成排查。",
        "problems": "",
        "next_steps": "",
        "needs_coordination": False,
        "is_no_change": False,
        "step": Step.UNDER_WAY,
        "head_confirms_every": False,
    }
    return step(task_actions.report_progress, of, by=by, **{**defaults, **values})


def events_of(of: Task) -> list[TaskEvent]:
    """All that was done to the task, oldest first."""
    told = joinedload(TaskEvent.unit), joinedload(TaskEvent.proposed_unit), joinedload(TaskEvent.scan)
    return list(db.session.scalars(of.events.select().options(*told).order_by(TaskEvent.id)))


def instruction(on: Task, **values: object) -> Instruction:
    """What a leader wrote on a task."""
    defaults = {
        "committee_id": on.committee_id,
        "task_id": on.id,
        "text": "请抓紧办理。",
        "leader_name": "副县长",
        "given_on": clock.today(),
        "entered_at": clock.now(),
        "entered_by_name": "副县长",
    }
    return save(Instruction(**{**defaults, **values}))


def supervision_step(of: Task, **values: object) -> SupervisionStep:
    """A 督办单 on a task, without its paper."""
    defaults = {
        "committee_id": of.committee_id,
        "task_id": of.id,
        "unit_id": of.lead_unit_id,
        "kind": StepKind.SUPERVISE,
        "taken_on": clock.today(),
        "taken_at": clock.now(),
        "taken_by_name": "办公室工作人员",
        "notice": SupervisionNotice(),
    }
    return save(SupervisionStep(**{**defaults, **values}))
