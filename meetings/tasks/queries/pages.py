"""What single pages ask beside their task: a sentence in its context, what a unit may report, what an issue costs."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.meetings.models import Requirement, Speech
from meetings.tasks.models import ReportingCycle, Task, TaskStatus, TaskUnit
from meetings.tasks.queries.finding import load_parts, visible_to

CONTEXT_LENGTH = 120
REPORTS_A_YEAR = {
    ReportingCycle.NONE: 0,
    ReportingCycle.QUARTERLY: 4,
    ReportingCycle.MONTHLY: 12,
    ReportingCycle.WEEKLY: 52,
}


class Excerpt(NamedTuple):
    """The sentence of a requirement and some of the text around it."""

    before: str
    sentence: str
    after: str


def excerpt_of(requirement: Requirement) -> Excerpt:
    """The requirement's sentence as it stands in its speech, with the rest of the sentences it stands in.

    Without a place in a speech it is the requirement's text alone. The requirement was loaded for the actor.
    """
    if requirement.speech_id is None or requirement.start is None or requirement.end is None:
        return Excerpt("", requirement.text, "")
    first = max(0, requirement.start - CONTEXT_LENGTH)
    place = {"first": first, "start": requirement.start, "end": requirement.end, "speech_id": requirement.speech_id}
    before, sentence, after = db.session.execute(_EXCERPT, place).one()
    return Excerpt(_last_part(before, is_whole=first == 0), sentence, _first_part(after))


_FIRST, _START, _END = (bindparam(name, type_=Integer) for name in ("first", "start", "end"))
_EXCERPT = select(
    func.substr(Speech.text, _FIRST + 1, _START - _FIRST),
    func.substr(Speech.text, _START + 1, _END - _START),
    func.substr(Speech.text, _END + 1, CONTEXT_LENGTH),
).where(Speech.id == bindparam("speech_id"))

_ENDS = "。！？\n"


def _last_part(text: str, *, is_whole: bool) -> str:
    """What follows the last full stop; a text that was cut off begins with …."""
    cut = max(text.rfind(end) for end in _ENDS)
    return text[cut + 1 :].lstrip() if cut >= 0 or is_whole else f"…{text.lstrip()}"


def _first_part(text: str) -> str:
    """Up to and with the first full stop."""
    ends = [place for end in _ENDS if (place := text.find(end)) >= 0]
    if not ends:
        return text if len(text) < CONTEXT_LENGTH else f"{text}…"
    return text[: min(ends) + 1].rstrip()


def to_report(unit_id: int, *, actor: Actor, until: date | None = None) -> Sequence[Task]:
    """The tasks under way on which the unit may report, in full, the earliest owed first.

    ``until`` limits them to reports owed by that day; None takes all.
    """
    rows = (
        visible_to(actor)
        .join(TaskUnit, TaskUnit.task_id == Task.id)
        .where(TaskUnit.unit_id == unit_id, Task.status == TaskStatus.IN_PROGRESS)
        .options(joinedload(Task.lead_unit))
        .order_by(func.coalesce(TaskUnit.report_due_on, Task.due_on), Task.id)
    )
    if until is not None:
        rows = rows.where(or_(TaskUnit.report_due_on <= until, TaskUnit.due_on <= until))
    tasks = db.session.scalars(rows).all()
    load_parts(tasks)
    return tasks


class Burden(NamedTuple):
    """What a unit has in hand with some more tasks: how many tasks, and how many reports these make in a year."""

    unit_name: str
    task_count: int
    report_count: int
    added_count: int


def burden(task_ids: Collection[int], *, actor: Actor, today: date) -> list[Burden]:
    """The units of the tasks that are about to be issued, in list order, with what they would then have in hand.

    A task counts with the reports of its cycle within a year, or until its date where that comes first.
    """
    if not actor.may("tasks.draft"):
        return []
    concerned = select(TaskUnit.unit_id).where(TaskUnit.task_id.in_(sorted(task_ids)))
    rows = (
        select(Unit.id, Unit.short_name, Task.id.label("task_id"), Task.reporting_cycle, Task.due_on)
        .join(TaskUnit, TaskUnit.unit_id == Unit.id)
        .join(Task, Task.id == TaskUnit.task_id)
        .where(
            Task.committee_id == actor.committee_id,
            Unit.id.in_(concerned),
            or_(TaskUnit.is_open, Task.id.in_(sorted(task_ids))),
        )
        .order_by(Unit.position, Unit.id)
    )
    found: dict[int, Burden] = {}
    for row in db.session.execute(rows):
        before = found.get(row.id, Burden(row.short_name, 0, 0, 0))
        found[row.id] = Burden(
            row.short_name,
            before.task_count + 1,
            before.report_count + reports_until(row.reporting_cycle, today, row.due_on),
            before.added_count + (row.task_id in task_ids),
        )
    return list(found.values())


def reports_until(cycle: ReportingCycle, today: date, due_on: date) -> int:
    """How many reports a cycle makes until the date, a year at most; a task with a cycle makes at least one."""
    a_year = REPORTS_A_YEAR[cycle]
    days = min(max((due_on - today).days, 0), timedelta(days=365).days)
    return max(1, -(-a_year * days // 365)) if a_year else 0
