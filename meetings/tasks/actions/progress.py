"""How far a task is: from its lead's reports, its standards, its sub-tasks."""

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.tasks import rules
from meetings.tasks.actions.step import lock
from meetings.tasks.models import ProgressReport, Standard, Task
from meetings.tasks.queries import checks


def tick_standard(task: Task, standard_id: int, met: bool, *, by: Actor) -> None:
    """Say that an item of the measure of completion is met, or is not after all. Needs a task loaded in full."""
    rules.check_ticking(task, by)
    standard = next((row for row in task.standards if row.id == standard_id), None)
    if standard is None:
        raise NotFound
    lock(task)
    tick(standard, met, by_name=by.name)
    recount(task)


def tick_stage(task: Task, stage_id: int, met: bool, *, by: Actor) -> None:
    """Say that a stage point is reached, or is not after all; while one is missed the light is yellow."""
    rules.check_ticking(task, by)
    stage = next((row for row in task.stages if row.id == stage_id), None)
    if stage is None:
        raise NotFound
    lock(task)
    if met != (stage.met_at is not None):
        stage.met_at = clock.now() if met else None
    task.next_stage_on = rules.next_stage((row.due_on, row.met_at is not None) for row in task.stages)


def tick(standard: Standard, met: bool, *, by_name: str, report: ProgressReport | None = None) -> None:
    if met == (standard.met_at is not None):
        return
    standard.met_at = clock.now() if met else None
    standard.met_by_name = by_name[:100] if met else ""
    standard.report = report if met else None


def recount(task: Task) -> None:
    """Set ``percent_done`` of the lead's part, of the task and of its parent. Needs units, standards, quantities."""
    part = rules.lead_part(task)
    percent = rules.percent_done(task.quantities, task.standards, part.step)
    if part.percent_done == percent:  # nor does anything move that follows from it
        return
    part.percent_done = percent
    db.session.flush()
    children = checks.subtask_progress(task.id) if task.parent_id is None else []
    percent = rules.weighted_percent(children) if children else part.percent_done
    if task.percent_done != percent:  # a row that is set to what it holds would be looked through for changes
        task.percent_done = percent
    recount_parent(task)


def recount_parent(task: Task) -> None:
    """A sub-task moved: its parent's progress follows, Σ weight × percent ÷ Σ weight; without any, its own lead's."""
    if task.parent_id is None:
        return
    db.session.flush()
    parent = db.session.get_one(Task, task.parent_id, with_for_update={"key_share": True}, populate_existing=True)
    children = checks.subtask_progress(parent.id)
    parent.percent_done = rules.weighted_percent(children) if children else checks.lead_percent(parent)
