"""Tasks as rows of a table: drafts, and what is under way beside them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.core.workbook import MOST_ROWS
from meetings.exchange.rules.tables import Present
from meetings.meetings.models import Meeting
from meetings.tasks import rules
from meetings.tasks.models import Quantity, StagePoint, Standard, Task, TaskStatus, TaskUnit
from meetings.tasks.queries.finding import visible

# Columns rather than rows: a table may hold thousands.
_PLAIN = (
    "title",
    "content",
    "lead_unit_id",
    "due_on",
    "urgency",
    "reporting_cycle",
    "reporting_day",
    "reporting_reason",
    "evidence_reason",
    "source",
    "source_text",
    "basis",
)
_AT_ONCE = 5000  # ids in a statement


def present(actor: Actor, _unit_id: int | None = None) -> list[Present]:
    """Drafts and tasks that are not finished, the oldest first; at most as many as a table takes."""
    columns = [getattr(Task, name) for name in ("id", "version", "number", "status", "committee_id", *_PLAIN)]
    rows = (
        select(*columns, Meeting.title.label("meeting"))
        .outerjoin(Meeting, Meeting.id == Task.meeting_id)
        .where(*visible(actor), or_(Task.is_open, Task.status.in_([TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE])))
        .order_by(Task.id.desc())
        .limit(MOST_ROWS - 50)
    )
    found = list(reversed(db.session.execute(rows).all()))
    parts = _parts([row.id for row in found])
    return [_row(row, parts, actor) for row in found]


def _parts(task_ids: Sequence[int]) -> Mapping[str, Mapping[int, list[Any]]]:
    """Units, standards, quantities and stage points by task, each in its order."""
    asked = {
        "units": (TaskUnit, (TaskUnit.unit_id,), TaskUnit.position),
        "standards": (Standard, (Standard.text,), Standard.position),
        "quantities": (Quantity, (Quantity.name, Quantity.measure, Quantity.target), Quantity.position),
        "stages": (StagePoint, (StagePoint.due_on, StagePoint.text), StagePoint.due_on),
    }
    found: dict[str, dict[int, list[Any]]] = {name: defaultdict(list) for name in asked}
    for at in range(0, len(task_ids), _AT_ONCE):
        some = task_ids[at : at + _AT_ONCE]
        for name, (model, columns, order) in asked.items():
            rows = select(model.task_id, *columns).where(model.task_id.in_(some)).order_by(order, model.id)  # type: ignore[attr-defined]  # each has both
            for task_id, *values in db.session.execute(rows):
                found[name][task_id].append(values[0] if len(values) == 1 else tuple(values))
    return found


def _row(row: Any, parts: Mapping[str, Mapping[int, list[Any]]], actor: Actor) -> Present:
    refusal: DomainError | None = None
    try:
        rules.check_editing(cast("Task", row), actor)
    except DomainError:
        refusal = DomainError("row.issued", field="status")
    return Present(
        key=str(row.id),
        version=str(row.version),
        values={
            **{name: getattr(row, name) for name in _PLAIN},
            "standards": tuple(parts["standards"][row.id]),
            "cooperating_unit_ids": tuple(unit for unit in parts["units"][row.id] if unit != row.lead_unit_id),
            "quantities": tuple(parts["quantities"][row.id]),
            "stages": tuple(parts["stages"][row.id]),
        },
        said={"number": row.number or "", "status": row.status, "meeting": row.meeting or ""},
        refusal=refusal,
    )
