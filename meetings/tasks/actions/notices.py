"""Who is told of which step of a task."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from meetings.accounts.models import Role
from meetings.core.actor import Actor
from meetings.notifications.actions import tell as tell_people
from meetings.tasks.models import ProgressReport, Task, TaskAction, Urgency


class Readers(Enum):
    """Who is told: roles, in the task's units, in its lead alone, or in the office."""

    DIRECTOR = frozenset({Role.OFFICE_DIRECTOR})
    OFFICE = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF})
    UNITS = frozenset({Role.LIAISON, Role.UNIT_HEAD})
    LEAD = frozenset({Role.LIAISON})
    LEAD_HEAD = frozenset({Role.UNIT_HEAD})


# An ordinary report tells nobody: it waits on the office's desk.
_TOLD: Mapping[TaskAction, tuple[str, Readers]] = {
    TaskAction.SUBMIT_FOR_ISSUE: ("to_issue", Readers.DIRECTOR),
    TaskAction.ISSUE: ("issued", Readers.UNITS),
    TaskAction.DECLINE: ("declined", Readers.OFFICE),
    TaskAction.SUBMIT_COMPLETION: ("to_approve", Readers.LEAD_HEAD),
    TaskAction.APPROVE_IN_UNIT: ("completion_requested", Readers.OFFICE),
    TaskAction.RETURN: ("returned", Readers.LEAD),
    TaskAction.COMPLETE: ("completed", Readers.UNITS),
    TaskAction.SUSPEND: ("suspended", Readers.UNITS),
    TaskAction.RESUME: ("resumed", Readers.UNITS),
    TaskAction.CANCEL: ("cancelled", Readers.UNITS),
    TaskAction.REOPEN: ("reopened", Readers.UNITS),
    TaskAction.ADJUST: ("adjusted", Readers.UNITS),
    TaskAction.REASSIGN: ("adjusted", Readers.UNITS),
    TaskAction.SPLIT: ("superseded", Readers.UNITS),
    TaskAction.MERGE: ("superseded", Readers.UNITS),
    TaskAction.ASK_EXTENSION: ("extension_to_approve", Readers.LEAD_HEAD),
    TaskAction.APPROVE_EXTENSION: ("extension_asked", Readers.OFFICE),
    TaskAction.RETURN_EXTENSION: ("extension_returned", Readers.LEAD),
    TaskAction.GRANT_EXTENSION: ("extension_granted", Readers.UNITS),
    TaskAction.REFUSE_EXTENSION: ("extension_refused", Readers.LEAD),
}


def tell(task: Task, action: TaskAction, *, by: Actor, day: date | None = None) -> None:
    """Tell whom the step concerns, in the same transaction. Needs ``task.units``; ``day``: other than the due day."""
    if action not in _TOLD or (action is TaskAction.CANCEL and task.number is None):  # units never knew of it
        return
    code, readers = _TOLD[action]
    units: frozenset[int] = frozenset()
    if readers is Readers.UNITS:
        units = frozenset(part.unit_id for part in task.units)
    elif readers in {Readers.LEAD, Readers.LEAD_HEAD}:
        units = frozenset({task.lead_unit_id})
    tell_people(
        f"tasks.{code}",
        roles=readers.value,
        unit_ids=units,
        about_unit_id=task.lead_unit_id,
        number=task.number or "",
        title=task.title,
        day=day or task.due_on,
        path=f"/tasks/{task.id}",
        is_urgent=task.urgency is not Urgency.NORMAL and action is TaskAction.ISSUE,
        by=by,
    )


def tell_of_return(report: ProgressReport, *, by: Actor) -> None:
    """Tell the unit that its report comes back. Needs ``report.task``."""
    task = report.task
    tell_people(
        "tasks.report_returned",
        roles=Readers.LEAD.value,
        unit_ids={report.unit_id},
        number=task.number or "",
        title=task.title,
        path=f"/tasks/{task.id}",
        by=by,
    )
