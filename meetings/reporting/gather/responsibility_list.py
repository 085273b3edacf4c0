"""任务分解表（责任清单）: tasks of a meeting, of a unit, or of the committee, one a row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from meetings.core.actor import Actor
from meetings.directory.models import PostKind, Unit
from meetings.meetings.models import Meeting
from meetings.reporting.gather import task_facts as of_tasks
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import evidence, sources
from meetings.reporting.queries.sources import Sources
from meetings.tasks import rules, words
from meetings.tasks.models import Task, TaskStatus, UnitRole
from meetings.tasks.rules import Light
from reports.facts import Count, day_text
from reports.responsibility_list import COLUMN_SETS, ListRow, ListSection, ResponsibilityList

_STOPPED = frozenset({TaskStatus.SUSPENDED, TaskStatus.CANCELLED})


def gather_rows(
    lights: Mapping[int, Light | None], *, actor: Actor, moment: Moment, title: str, subtitle: str
) -> ResponsibilityList:
    """The rows of a screen, by task, in its order and with its lights, as they stand today."""
    found = sources.load(sources.tasks_among(list(lights), actor=actor), until=moment.until, with_course=False)
    posts = sources.posts_of_units({task.lead_unit_id for task in found.tasks}, moment.as_of)
    known = {task.id: task for task in found.tasks}
    rows = []
    for task_id, light in lights.items():
        task = known.get(task_id)
        how = of_tasks.standing(task, (), moment) if task else None
        if task and how:
            row = _row(task, how, found, posts, moment)
            rows.append(replace(row, light=of_tasks.shown_light(light, task.status)))
    counts = of_tasks.states(row.light for row in rows if row.light)
    return ResponsibilityList(
        title=title,
        as_of=moment.as_of,
        sections=(ListSection(rows=tuple(rows)),),
        columns=COLUMN_SETS["tracking"],
        subtitle=subtitle,
        totals=tuple(Count(label=each.label, value=each.value) for each in counts if each.value),
    )


def gather_draft(
    task_ids: Sequence[int], *, actor: Actor, moment: Moment, title: str, columns: str
) -> ResponsibilityList:
    """A list that is with its units before the issue, in its own order; it says on its face that it is a draft."""
    found = sources.load(sources.tasks_among(task_ids, actor=actor), until=moment.until, with_course=False)
    posts = sources.posts_of_units({task.lead_unit_id for task in found.tasks}, moment.as_of)
    known = {task.id: task for task in found.tasks}
    rows = []
    for task_id in task_ids:
        task = known.get(task_id)
        how = of_tasks.standing(task, (), moment) if task else None
        if task and how:
            rows.append(_row(task, how, found, posts, moment))
    return ResponsibilityList(
        title="任务分解表（征求意见稿）",
        as_of=moment.as_of,
        sections=(ListSection(rows=tuple(rows)),),
        columns=COLUMN_SETS[columns],
        subtitle=title,
    )


def gather(
    *, actor: Actor, moment: Moment, meeting: Meeting | None = None, unit: Unit | None = None, columns: str = "issue"
) -> ResponsibilityList:
    """The rows the actor may see, under the heading of their meeting. ``columns`` names a set of columns."""
    statement = sources.tasks_to_list(actor=actor, meeting=meeting, unit=unit)
    found = sources.load(statement, until=moment.until, with_course=not moment.is_today)
    posts = sources.posts_of_units({task.lead_unit_id for task in found.tasks}, moment.as_of)
    domains = _domains(found.tasks, actor) if "domain" in COLUMN_SETS[columns] else {}
    shown = []
    for task in found.tasks:
        how = of_tasks.standing(task, found.events.get(task.id, ()), moment)
        if how is not None:
            listed = _row(task, how, found, posts, moment)
            shown.append((task, how, replace(listed, domain=domains.get(task.id, ""))))
    sections: dict[str, list[ListRow]] = {}
    for task, _how, listed in shown:
        sections.setdefault(task.meeting.title if task.meeting else words.SOURCES[task.source], []).append(listed)
    counts = of_tasks.states(listed.light for _task, _how, listed in shown if listed.light)
    return ResponsibilityList(
        title=f"{unit.name}任务分解表（责任清单）" if unit else "任务分解表（责任清单）",
        as_of=moment.as_of,
        sections=tuple(
            ListSection(heading=heading if len(sections) > 1 else "", rows=tuple(rows))
            for heading, rows in sections.items()
        ),
        columns=COLUMN_SETS[columns],
        subtitle=meeting.title if meeting else "",
        totals=tuple(Count(label=each.label, value=each.value) for each in counts if each.value),
    )


def _domains(tasks: Sequence[Task], actor: Actor) -> dict[int, str]:
    """The domains of the plans that each task serves, in their order: two statements."""
    names = {id_: name for id_, name, _plan in evidence.domains(actor, plan_id=None)}
    aims = evidence.aims_of({task.id for task in tasks}, plan_id=None)
    return {
        task_id: "、".join(dict.fromkeys(names[aim.domain_id] for aim in found if aim.domain_id in names))
        for task_id, found in aims.items()
    }


def _row(
    task: Task, how: of_tasks.Standing, found: Sources, posts: Mapping[tuple[int, PostKind], str], moment: Moment
) -> ListRow:
    lead = next(part for part in task.units if part.role is UnitRole.LEAD)
    latest = found.latest.get((task.id, lead.unit_id))
    percent = task.percent_done if moment.is_today else latest.percent_done if latest else 0
    return ListRow(
        number=task.number or "",
        source=of_tasks.source_of(task),
        objective=task.title,
        measures=task.content,
        standards="\n".join(standard.text for standard in task.standards),
        lead_unit=lead.unit.short_name,
        cooperating_units="、".join(p.unit.short_name for p in task.units if p.role is UnitRole.COOPERATING),
        responsible_person=posts.get((task.lead_unit_id, PostKind.HEAD), ""),
        liaison=posts.get((task.lead_unit_id, PostKind.LIAISON), ""),
        due=_due(task.due_on, task.original_due_on),
        progress=latest.done or "本期无进展变化" if latest else "",
        completion_rate=f"{percent}%",
        problems=latest.problems if latest else "",
        next_steps=latest.next_steps if latest else "",
        state=words.STATUSES[how.status],
        light=of_tasks.light_of(task, lead, how, moment),
        closed_on=day_text(how.closed_on) if how.closed_on else "",
        remarks="" if how.status in rules.HANDED_OUT and how.status not in _STOPPED else words.STATUSES[how.status],
    )


def _due(due_on: date, original_due_on: date) -> str:
    present = day_text(due_on)
    return present if due_on == original_due_on else f"{present}\n（原{day_text(original_due_on)}）"
