"""单位任务进展报告: one unit, all its tasks, what it leads and what it helps with."""

from datetime import date, datetime, time

from meetings.core.actor import Actor
from meetings.directory.models import PostKind, Unit
from meetings.reporting.gather import task_facts as of_tasks
from meetings.reporting.gather.task_facts import Moment, Standing
from meetings.reporting.queries import sources
from meetings.tasks import rules
from meetings.tasks.models import Task
from reports.facts import Light, TaskFacts
from reports.unit_progress import UnitProgress

_QUARTERS = "一二三四"


def quarter_of(day: date) -> tuple[str, date]:
    """The quarter's name and first day; reports are owed quarterly."""
    place = (day.month - 1) // 3
    return f"{day.year}年第{_QUARTERS[place]}季度", date(day.year, place * 3 + 1, 1)


def gather(unit: Unit, *, actor: Actor, moment: Moment) -> UnitProgress:
    """Open tasks, and those finished in this quarter; drafts are the office's own and left out."""
    period, from_on = quarter_of(moment.as_of)
    since = datetime.combine(from_on, time(), moment.until.tzinfo)
    found = sources.load(sources.tasks_of_unit(unit.id, actor=actor, since=since), until=moment.until)
    shown = of_tasks.task_facts(found, moment)
    led: list[TaskFacts] = []
    helped: list[TaskFacts] = []
    lights: list[Light] = []
    stood: list[tuple[Task, Standing]] = []
    problems: list[str] = []
    next_steps: list[str] = []
    for task in found.tasks:
        if task.id not in shown:
            continue
        part = next(part for part in task.units if part.unit_id == unit.id)
        how = of_tasks.standing(task, found.events.get(task.id, ()), moment)
        if how is None or how.status not in rules.HANDED_OUT:
            continue
        is_lead = task.lead_unit_id == unit.id
        (led if is_lead else helped).append(shown[task.id])
        lights.append(of_tasks.light_of(task, part, how, moment))
        if is_lead:
            stood.append((task, how))
        report = found.latest.get((task.id, unit.id))
        if report and report.problems:
            problems.append(f"{task.title}：{report.problems}")
        if report and report.next_steps:
            next_steps.append(f"{task.title}：{report.next_steps}")
    posts = sources.posts_of_units([unit.id], moment.as_of)
    return UnitProgress(
        unit=unit.name,
        period=period,
        as_of=moment.as_of,
        from_on=from_on,
        until_on=moment.as_of,
        head=posts.get((unit.id, PostKind.HEAD), ""),
        liaison=posts.get((unit.id, PostKind.LIAISON), ""),
        states=of_tasks.states(lights),
        rates=of_tasks.rates(stood),
        lead_tasks=tuple(led),
        cooperating_tasks=tuple(helped),
        problems=tuple(problems),
        next_steps=tuple(next_steps),
    )
