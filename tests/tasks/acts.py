"""What tests of acts on tasks share: the task as the office sees it, refusals, signed papers."""

from datetime import date

import pytest

from meetings.accounts.models import Role
from meetings.core.errors import DomainError
from meetings.tasks import queries
from meetings.tasks.actions import QuantityInput, Signature, StageInput
from meetings.tasks.models import (
    Task,
    TaskAction,
    UnitRole,
)
from tests import factories

TODAY = date(2026, 7, 14)


DIRECTOR = (Role.OFFICE_DIRECTOR,)


def seen(task: Task) -> Task:
    """The task as the office sees it now."""
    return queries.find(task.id, actor=factories.director())


def events(task: Task) -> list[TaskAction]:
    return [event.action for event in factories.events_of(seen(task))]


def refusal_of(action, task, *, by, **values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        factories.step(action, task, by=by, **values)
    return caught.value


def signature(**values: object) -> Signature:
    defaults = {"signed_by": "县教育局局长", "signed_on": TODAY, "words": "同意", "scan": factories.attachment()}
    return Signature(**{**defaults, **values})


def same(task: Task, **changes: object) -> dict:
    """What ``edit_task`` takes, as the task says it now."""
    task = seen(task)
    kept = {
        "title": task.title,
        "content": task.content,
        "lead_unit_id": task.lead_unit_id,
        "cooperating_unit_ids": [part.unit_id for part in task.units if part.role is UnitRole.COOPERATING],
        "due_on": task.due_on,
        "standards": [row.text for row in task.standards],
        "quantities": [QuantityInput(row.name, row.measure, row.target) for row in task.quantities],
        "stages": [StageInput(row.due_on, row.text) for row in task.stages],
        "source": task.source,
        "source_text": task.source_text,
        "requirement": task.requirement,
        "meeting": task.meeting,
        "parent": None,
        "weight": task.weight,
        "urgency": task.urgency,
        "reporting_cycle": task.reporting_cycle,
        "reporting_day": task.reporting_day,
        "reporting_reason": task.reporting_reason,
        "evidence_reason": task.evidence_reason,
        "basis": task.basis,
    }
    return {**kept, **changes}
