"""What changed of a task under way, in words; how long it was suspended. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meetings.tasks.models import Task, TaskAction, UnitRole
from meetings.workdays.rules import Calendar


def changes_of(
    task: Task,
    *,
    lead_unit_id: int,
    cooperating_unit_ids: Sequence[int],
    standards: Sequence[str],
    due_on: date,
    names: Mapping[int, str],
) -> list[str]:
    """Each change as the record of handling keeps it; empty where nothing changes. ``names`` are those of the units."""
    said = []
    if lead_unit_id != task.lead_unit_id:
        said.append(f"牵头单位由{names[task.lead_unit_id]}改为{names[lead_unit_id]}")
    helpers = [part.unit_id for part in task.units if part.role is UnitRole.COOPERATING]
    if added := [names[unit_id] for unit_id in cooperating_unit_ids if unit_id not in helpers]:
        said.append(f"增加配合单位{'、'.join(added)}")
    if gone := [names[unit_id] for unit_id in helpers if unit_id not in cooperating_unit_ids]:
        said.append(f"不再列配合单位{'、'.join(gone)}")
    now, then = [text.strip() for text in standards if text.strip()], [row.text for row in task.standards]
    if now != then:
        more, less = [text for text in now if text not in then], [text for text in then if text not in now]
        parts = [f"增加“{text}”" for text in more] + [f"去掉“{text}”" for text in less]
        said.append(f"完成标准{'，'.join(parts) if parts else '调整次序'}")
    if due_on != task.due_on:
        said.append(f"时限由{_day(task.due_on)}改为{_day(due_on)}")
    return said


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time during which lights and reminders rested; ``until_on`` is None while it lasts."""

    from_on: date
    until_on: date | None
    working_days: int


def suspensions(steps: Iterable[tuple[TaskAction, date]], *, today: date, calendar: Calendar) -> list[Suspension]:
    """The times a task was suspended, from its steps in order: action and day."""
    found: list[Suspension] = []
    since: date | None = None
    for action, day in steps:
        if action is TaskAction.SUSPEND:
            since = day
        elif since is not None and action in {TaskAction.RESUME, TaskAction.CANCEL}:
            found.append(Suspension(since, day, calendar.between(since, day)))
            since = None
    if since is not None:
        found.append(Suspension(since, None, calendar.between(since, today)))
    return found
