"""Tasks as rows of a table: drafts, and what is under way beside them."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.core.workbook import MOST_ROWS
from meetings.exchange.rules.tables import Present
from meetings.meetings.models import Meeting
from meetings.tasks import rules
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.queries.finding import load_parts, visible


def present(actor: Actor, _unit_id: int | None = None) -> list[Present]:
    """Drafts and tasks that are not finished, the oldest first; at most as many as a table takes."""
    rows = (
        select(Task)
        .where(*visible(actor), or_(Task.is_open, Task.status.in_([TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE])))
        .options(joinedload(Task.meeting).load_only(Meeting.id, Meeting.title))
        .order_by(Task.id.desc())
        .limit(MOST_ROWS - 50)
    )
    tasks = list(reversed(db.session.scalars(rows).all()))
    load_parts(tasks)
    return [_row(task, actor) for task in tasks]


def _row(task: Task, actor: Actor) -> Present:
    refusal: DomainError | None = None
    try:
        rules.check_editing(task, actor)
    except DomainError:
        refusal = DomainError("row.issued", field="status")
    return Present(
        key=str(task.id),
        version=str(task.version),
        values={
            "title": task.title,
            "content": task.content,
            "standards": tuple(standard.text for standard in task.standards),
            "lead_unit_id": task.lead_unit_id,
            "cooperating_unit_ids": tuple(part.unit_id for part in task.units if part.unit_id != task.lead_unit_id),
            "due_on": task.due_on,
            "quantities": tuple((row.name, row.measure, row.target) for row in task.quantities),
            "stages": tuple((row.due_on, row.text) for row in task.stages),
            "urgency": task.urgency,
            "reporting_cycle": task.reporting_cycle,
            "reporting_day": task.reporting_day,
            "reporting_reason": task.reporting_reason,
            "evidence_reason": task.evidence_reason,
            "source": task.source,
            "source_text": task.source_text,
            "basis": task.basis,
        },
        said={
            "number": task.number or "",
            "status": task.status,
            "meeting": task.meeting.title if task.meeting else "",
        },
        refusal=refusal,
    )
