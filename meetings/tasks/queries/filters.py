"""What a ledger may be asked for, as conditions that are put together once and as the values that they are given."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from meetings.core.actor import Actor
from meetings.tasks.models import Task, TaskEvent, TaskStatus, TaskUnit, UnitRole, Urgency
from meetings.tasks.queries.finding import handed_out
from meetings.tasks.rules import OPEN, LightCode, LightRule


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What the filter bar asks for; what is left as it is does not matter.

    ``unit_id`` (with ``role``) is a unit that takes part; the light is then that unit's. ``status`` is one status,
    ``is_open`` all that are under way. ``mine_only``: the actor took one of its steps. ``is_subtask`` False hides
    sub-tasks, ``parent_id`` shows those of one task. ``is_overdue``: past their date and not submitted in time.
    """

    text: str = ""
    unit_id: int | None = None
    role: UnitRole | None = None
    meeting_id: int | None = None
    requirement_id: int | None = None
    status: TaskStatus | None = None
    is_open: bool | None = None
    light: LightCode | None = None
    due_from: date | None = None
    due_to: date | None = None
    mine_only: bool = False
    was_declined: bool | None = None
    urgency: Urgency | None = None
    parent_id: int | None = None
    is_subtask: bool | None = None
    is_overdue: bool = False


def not_submitted_in_time() -> ColumnElement[bool]:
    return or_(Task.submitted_on.is_(None), Task.submitted_on > Task.due_on)


def light_code(part: Any, name: str = "light") -> ColumnElement[str | None]:
    """``rules.light`` for the database, which is given ``values_of`` the rule by this name; a test compares the two."""
    today, soon, receipt, report, stage = (
        bindparam(f"{name}_{day}", type_=Date) for day in ("today", "soon", "receipt", "report", "stage")
    )
    at_work = Task.submitted_on.is_(None)
    return case(
        (Task.status == constant(TaskStatus.CLOSED), constant(LightCode.CLOSED)),
        (Task.status == constant(TaskStatus.COMPLETED), constant(LightCode.DONE)),
        (Task.status.not_in([constant(status) for status in sorted(OPEN)]), null()),
        (Task.due_on < func.coalesce(Task.submitted_on, today), constant(LightCode.LATE)),
        (and_(at_work, part.report_due_on < report), constant(LightCode.LATE)),
        (and_(part.acknowledged_at.is_(None), part.receipt_due_on < receipt), constant(LightCode.LATE)),
        (part.acknowledged_at.is_(None), constant(LightCode.NEW)),
        (and_(at_work, or_(Task.due_on <= soon, Task.next_stage_on < stage)), constant(LightCode.WARN)),
        else_=constant(LightCode.OK),
    )


def constant(member: StrEnum) -> ColumnElement[Any]:
    """A code as it stands in the statement: one that never changes is no value to be sent with it."""
    return literal_column(f"'{member.value}'")


def values_of(rule: LightRule, name: str = "light") -> dict[str, date]:
    """What ``light_code`` of this name needs to know."""
    return {
        f"{name}_today": rule.today,
        f"{name}_soon": rule.soon,
        f"{name}_receipt": rule.receipt_before,
        f"{name}_report": rule.report_before,
        f"{name}_stage": rule.stage_before,
    }


PART = aliased(TaskUnit, name="part")
CODE = light_code(PART)

# What a filter may ask of the task itself; ``View`` names the values.
_ASKED: Mapping[str, Any] = {
    "committee": Task.committee_id == bindparam("committee_id"),
    # The join itself limits a unit to its own tasks. The sum keeps SQLite from reading the committee's index.
    "committee_of_part": Task.committee_id + 0 == bindparam("committee_id"),
    "nobody": false(),
    "handed_out": handed_out(),
    "own": Task.id.in_(select(TaskUnit.task_id).where(TaskUnit.unit_id.in_(bindparam("own_units", expanding=True)))),
    "unit_id": PART.unit_id == bindparam("unit_id"),
    "role": PART.role == bindparam("role"),
    "part_is_open": PART.is_open,
    "is_open": Task.is_open,
    "is_closed": Task.is_open.is_(False),
    "light": bindparam("light", type_=String) == CODE,
    "text": or_(
        Task.title.icontains(bindparam("text"), escape="/"), Task.number.icontains(bindparam("text"), escape="/")
    ),
    "meeting_id": Task.meeting_id == bindparam("meeting_id"),
    "requirement_id": Task.requirement_id == bindparam("requirement_id"),
    "status": Task.status == bindparam("status"),
    "urgency": Task.urgency == bindparam("urgency"),
    "parent_id": Task.parent_id == bindparam("parent_id"),
    "was_declined": Task.was_declined == bindparam("was_declined"),
    "is_subtask": Task.parent_id.is_not(None),
    "is_no_subtask": Task.parent_id.is_(None),
    "mine": exists().where(TaskEvent.task_id == Task.id, TaskEvent.done_by_id == bindparam("mine")),
    "is_late": not_submitted_in_time(),
}
# By the index that leads to the rows: that of the parts, whose date equals the task's, or that of the tasks.
DUE: Mapping[bool, Any] = {True: PART.due_on, False: Task.due_on}
_DATED: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "due_from": lambda due_on: due_on >= bindparam("due_from"),
    "due_to": lambda due_on: due_on <= bindparam("due_to"),
    "due_before": lambda due_on: due_on < bindparam("light_today", type_=Date),
}


class Shape(NamedTuple):
    """What a statement depends on: whether the unit in view is named or is the lead, and what is asked."""

    by_unit: bool
    asked: tuple[str, ...]

    @property
    def joined(self) -> Any:
        if self.by_unit:
            return PART.task_id == Task.id
        of_lead = and_(PART.task_id == Task.id, PART.unit_id == Task.lead_unit_id)
        # What the parts repeat is said of them too: it leads to an index that holds the few open ones.
        return and_(of_lead, PART.is_open) if "is_open" in self.asked else of_lead

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        due_on = DUE[self.by_unit]
        return [_DATED[name](due_on) if name in _DATED else _ASKED[name] for name in self.asked]


def scope_of(actor: Actor) -> Hashable:
    """Whoever has the same scope sees the same tasks of the committee: all, those of some units, or none."""
    if actor.may("tasks.read_all"):
        return "all"
    return actor.unit_ids if actor.may("tasks.read_own") else frozenset()


class View:
    """A filter as one who asks may use it: the shape of its statements and the values that they are given."""

    def __init__(self, wanted: TaskFilter, actor: Actor, rule: LightRule) -> None:
        self.rule = rule
        self.values: dict[str, Any] = {**values_of(rule), "committee_id": actor.committee_id}
        self._asked: list[str] = []
        reads_all = actor.may("tasks.read_all")
        unit_id = wanted.unit_id
        if unit_id is None and not reads_all and len(actor.unit_ids) == 1:
            unit_id = min(actor.unit_ids)
        by_unit = unit_id is not None
        shows_open = wanted.is_open or wanted.status in OPEN or wanted.light in _OPEN_LIGHTS
        if by_unit and not reads_all and actor.unit_ids == {unit_id} and actor.may("tasks.read_own"):
            self._ask("committee_of_part")
            if not shows_open:
                self._ask("handed_out")
        else:
            self._ask_for_what_is_visible(actor)
        self._ask("unit_id", unit_id)
        if by_unit:
            self._ask("role", wanted.role)
        if shows_open:
            self._ask("part_is_open" if by_unit else "is_open")
        self._ask_of_task(wanted, actor)
        self.shape = Shape(by_unit, tuple(self._asked))

    def _ask_for_what_is_visible(self, actor: Actor) -> None:
        """``finding.visible``, by name."""
        self._ask("committee")
        if actor.may("tasks.read_all"):
            return
        if not actor.may("tasks.read_own") or not actor.unit_ids:
            self._ask("nobody")
            return
        self._ask("handed_out")
        self._ask("own")
        self.values["own_units"] = sorted(actor.unit_ids)

    def _ask_of_task(self, wanted: TaskFilter, actor: Actor) -> None:
        text = wanted.text.strip()
        self._ask("text", re.sub(r"([/%_])", r"/\1", text) if text else None)
        if wanted.is_open is False:
            self._ask("is_closed")
        for name in ("meeting_id", "requirement_id", "status", "urgency", "parent_id", "was_declined"):
            self._ask(name, getattr(wanted, name))
        if wanted.is_subtask is not None:
            self._ask("is_subtask" if wanted.is_subtask else "is_no_subtask")
        if wanted.mine_only:
            self._ask("mine", actor.user_id or 0)
        if wanted.is_overdue:
            self._ask("due_before")
            self._ask("is_late")
        self._ask("due_from", wanted.due_from)
        self._ask("due_to", wanted.due_to)
        self._ask("light", wanted.light.value if wanted.light else None)

    def _ask(self, name: str, value: Any = ...) -> None:
        """Put a condition in; one that compares with a value only where there is a value."""
        if value is None:
            return
        self._asked.append(name)
        if value is not ...:
            self.values[name] = value


_OPEN_LIGHTS = frozenset(LightCode) - {LightCode.DONE, LightCode.CLOSED}
