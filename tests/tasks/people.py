"""Everybody who may come to a task, and the task they come to; nothing of it is in a database."""

from datetime import date

from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.core.actor import Actor
from meetings.tasks.models import Task, TaskStatus, TaskUnit, UnitRole

TODAY = date(2026, 7, 14)  # a Tuesday
LEAD, HELPER, OTHER = 1, 2, 3


def person(*roles: Role, unit_id: int | None = None, committee_id: int = 1) -> Actor:
    units = frozenset({unit_id} if unit_id else ())
    return Actor(9, "某人", committee_id, units, frozenset(roles), permissions_of(roles))


PEOPLE = {
    "director": person(Role.OFFICE_DIRECTOR),
    "staff": person(Role.OFFICE_STAFF),
    "leader": person(Role.LEADER),
    "observer": person(Role.OBSERVER),
    "lead head": person(Role.UNIT_HEAD, unit_id=LEAD),
    "lead liaison": person(Role.LIAISON, unit_id=LEAD),
    "helper head": person(Role.UNIT_HEAD, unit_id=HELPER),
    "helper liaison": person(Role.LIAISON, unit_id=HELPER),
    "other head": person(Role.UNIT_HEAD, unit_id=OTHER),
    "other liaison": person(Role.LIAISON, unit_id=OTHER),
    "statistician": person(Role.STATISTICIAN, unit_id=LEAD),
    "system admin": person(Role.SYSTEM_ADMIN),
    "security admin": person(Role.SECURITY_ADMIN),
    "auditor": person(Role.AUDITOR),
    "director elsewhere": person(Role.OFFICE_DIRECTOR, committee_id=2),
    "director who is liaison": person(Role.OFFICE_DIRECTOR, Role.LIAISON, unit_id=LEAD),
}


def task(status: TaskStatus = TaskStatus.IN_PROGRESS, *, acknowledged: bool = False, **values: object) -> Task:
    defaults = {"committee_id": 1, "lead_unit_id": LEAD, "due_on": date(2026, 9, 30), "was_declined": False}
    parts = [
        TaskUnit(unit_id=unit_id, role=role, position=n, receipt_due_on=date(2026, 7, 16))
        for n, (unit_id, role) in enumerate([(LEAD, UnitRole.LEAD), (HELPER, UnitRole.COOPERATING)])
    ]
    for part in parts:
        part.acknowledged_at = "some time" if acknowledged else None  # type: ignore[assignment]  # only its presence counts
    return Task(status=status, units=parts, **{**defaults, **values})
