"""The parts of units in tasks under way, as rows of a table to report in."""

from collections.abc import Sequence

from sqlalchemy import func, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.workbook import MOST_ROWS
from meetings.exchange.rules.tables import Present
from meetings.tasks.models import ProgressReport, Quantity, ReportStatus, Task, TaskStatus, TaskUnit, UnitRole
from meetings.tasks.queries.finding import load_parts, visible
from meetings.tasks.rules import plain_amount


def present(actor: Actor, unit_id: int | None = None) -> list[Present]:
    """What the actor may report on now, by unit and date: the office for every unit, a unit for itself."""
    rows = (
        select(TaskUnit.id, TaskUnit.task_id, TaskUnit.unit_id)
        .join(Task, Task.id == TaskUnit.task_id)
        .where(*visible(actor), Task.status == TaskStatus.IN_PROGRESS)
        .order_by(TaskUnit.unit_id, Task.due_on, Task.id)
        .limit(MOST_ROWS - 50)
    )
    if not actor.may("tasks.enter_for_unit"):
        rows = rows.where(TaskUnit.unit_id.in_(sorted(actor.unit_ids)))
    if unit_id is not None:
        rows = rows.where(TaskUnit.unit_id == unit_id)
    parts = db.session.execute(rows).all()
    tasks = {
        task.id: task
        for task in db.session.scalars(select(Task).where(*visible(actor), Task.id.in_({row.task_id for row in parts})))
    }
    load_parts(tasks.values())
    last = _last_reports([row.task_id for row in parts])
    return [
        _row(part, tasks[row.task_id], last.get((row.task_id, row.unit_id)))
        for row in parts
        for part in tasks[row.task_id].units
        if part.id == row.id
    ]


def _last_reports(task_ids: Sequence[int]) -> dict[tuple[int, int], tuple[int, str]]:
    """(task, unit) → number and words of the latest report that was not returned."""
    latest = (
        select(func.max(ProgressReport.id))
        .where(ProgressReport.task_id.in_(set(task_ids)), ProgressReport.status != ReportStatus.RETURNED)
        .group_by(ProgressReport.task_id, ProgressReport.unit_id)
    )
    rows = select(
        ProgressReport.id,
        ProgressReport.task_id,
        ProgressReport.unit_id,
        ProgressReport.done,
        ProgressReport.is_no_change,
    ).where(ProgressReport.id.in_(latest))
    return {(row.task_id, row.unit_id): (row.id, row.done) for row in db.session.execute(rows)}


def _row(part: TaskUnit, task: Task, last: tuple[int, str] | None) -> Present:
    is_lead = part.role is UnitRole.LEAD
    standards = task.standards if is_lead else []
    quantities = task.quantities if is_lead else []
    return Present(
        key=str(part.id),
        version=f"{part.version}.{last[0] if last else 0}",
        values={
            "is_no_change": False,
            "done": "",
            "amounts": (),
            "standards_met": "",
            "step": None,
            "problems": "",
            "needs_coordination": False,
            "next_steps": "",
        },
        said={
            "number": task.number or "",
            "title": task.title,
            "unit": part.unit.short_name,
            "role": part.role,
            "due_on": part.due_on,
            "owed_on": part.report_due_on or "",
            "before": last[1] if last else "",
            "standards_said": "\n".join(
                f"{n}. {row.text}{'（已达到）' if row.met_at else ''}" for n, row in enumerate(standards, 1)
            ),
            "quantities_said": "\n".join(map(_quantity_said, quantities)),
            "quantity_names": tuple(row.name for row in quantities),
            "standard_count": len(standards),
        },
    )


def _quantity_said(row: Quantity) -> str:
    """排查学校（所）：目标 28，累计 12."""
    target = f"目标 {plain_amount(row.target)}，" if row.target else ""
    return f"{row.name}（{row.measure}）：{target}累计 {plain_amount(row.total)}"
