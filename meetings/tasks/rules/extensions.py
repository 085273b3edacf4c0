"""Requests for more time: who takes which step of a case, which day may be asked for or granted. Pure."""

from collections.abc import Mapping
from datetime import date

from meetings.core.errors import DomainError
from meetings.tasks.models import ExtensionStatus, Task, TaskAction

E = ExtensionStatus
OPEN_EXTENSIONS = (E.UNIT_REVIEW, E.OFFICE_REVIEW)

# Each step of a case: from which of its statuses to which. Who takes it is said by the table of the task's steps.
EXTENSION_STEPS: Mapping[TaskAction, tuple[frozenset[ExtensionStatus | None], ExtensionStatus]] = {
    TaskAction.ASK_EXTENSION: (frozenset({None}), E.UNIT_REVIEW),
    TaskAction.APPROVE_EXTENSION: (frozenset({E.UNIT_REVIEW}), E.OFFICE_REVIEW),
    TaskAction.RETURN_EXTENSION: (frozenset({E.UNIT_REVIEW}), E.RETURNED),
    TaskAction.GRANT_EXTENSION: (frozenset({E.OFFICE_REVIEW}), E.GRANTED),
    TaskAction.REFUSE_EXTENSION: (frozenset({E.OFFICE_REVIEW}), E.REFUSED),
    TaskAction.WITHDRAW_EXTENSION: (frozenset(OPEN_EXTENSIONS), E.WITHDRAWN),
}


def check_extension_step(task: Task, action: TaskAction, today: date | None) -> None:
    """Whether the case stands where the step begins, and whether it is asked in time.

    Raises ``DomainError`` ``extension.open``, ``extension.not_waiting``, ``extension.late``.
    """
    sources, _target = EXTENSION_STEPS[action]
    if task.extension_status not in sources:
        raise DomainError("extension.open" if action is TaskAction.ASK_EXTENSION else "extension.not_waiting")
    if action is TaskAction.ASK_EXTENSION and today is not None and today > task.due_on:
        raise DomainError("extension.late", until=task.due_on)


def check_asked_day(day: date, task: Task) -> None:
    """More time ends later than the time there is. Raises ``extension.not_later`` (field ``asked_due_on``)."""
    if day <= task.due_on:
        raise DomainError("extension.not_later", field="asked_due_on", until=task.due_on)


def check_decided_day(day: date, task: Task, *, today: date) -> None:
    """The definite day is later than the present one and not past yet.

    Raises ``extension.decided_not_later`` or ``extension.decided_past`` (field ``decided_due_on``).
    """
    if day <= task.due_on:
        raise DomainError("extension.decided_not_later", field="decided_due_on", until=task.due_on)
    if day < today:
        raise DomainError("extension.decided_past", field="decided_due_on")
