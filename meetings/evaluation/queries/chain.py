"""The whole chain of one thing, both ways, from the plan to the value; for those who read the whole committee."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.evaluation.queries.followed import Followed, Link, followed
from meetings.evaluation.queries.results import MISSED
from meetings.evaluation.rules.chain import Gap, LinkKind, Subject
from meetings.meetings.models import Meeting, Requirement, RequirementAim
from meetings.plans.models import Goal, Indicator, IndicatorState, Measure
from meetings.plans.queries.monitoring import Standing, of_plan
from meetings.plans.rules.figures import figure_text
from meetings.tasks.models import Task, TaskAim, TaskRequirement


@dataclass(frozen=True, slots=True)
class Chain:
    """``sources`` go up from the subject, the nearest first; ``links`` down from it; ``task_ids`` are on the way."""

    subject: Subject
    id: int
    title: str
    sources: Sequence[Link]
    links: Sequence[Link]
    task_ids: Sequence[int]

    @property
    def gaps(self) -> list[tuple[str, Link]]:
        """Where the chain breaks, with the number of the link as it is printed."""
        return [(number, link) for number, link in numbered(self.links) if link.gap]


def numbered(links: Iterable[Link], above: str = "") -> Iterable[tuple[str, Link]]:
    """Each link with its number: 1, 1.1, 1.1.1 …"""
    for place, link in enumerate(links, 1):
        yield f"{above}{place}", link
        yield from numbered(link.links, f"{above}{place}.")


def chain_of(subject: Subject, subject_id: int, *, actor: Actor) -> Chain:
    """The chain; ``NotFound`` for what the actor may not see. A fixed number of statements for each subject."""
    if not actor.may("tasks.read_all"):
        raise NotFound
    return _BUILDERS[subject](subject_id, actor)


# --- from a goal or an indicator ----------------------------------------------------------------------------------


def _of_goal(goal_id: int, actor: Actor) -> Chain:
    goal = _row(select(Goal).where(Goal.id == goal_id, Goal.committee_id == actor.committee_id), Goal.domain, Goal.plan)
    indicators = db.session.scalars(select(Indicator.id).where(Indicator.goal_id == goal.id)).all()
    standings = [each for each in of_plan(goal.plan_id, actor=actor) if each.id in set(indicators)]
    down, task_ids = _below_lines([goal.id], [each.id for each in standings], actor)
    links = [_indicator(each, down["indicator", each.id]) for each in standings] + down["goal", goal.id]
    if not standings and not goal.is_text:
        links = [Link(kind=LinkKind.INDICATOR, title="", gap=Gap.NO_INDICATOR), *links]
    return Chain(Subject.GOAL, goal.id, goal.text, _above(goal), links, task_ids)


def _of_indicator(indicator_id: int, actor: Actor) -> Chain:
    indicator = _row(
        select(Indicator)
        .where(Indicator.id == indicator_id, Indicator.committee_id == actor.committee_id)
        .options(joinedload(Indicator.goal)),
        Indicator.domain,
        Indicator.plan,
    )
    (standing,) = [each for each in of_plan(indicator.plan_id, actor=actor) if each.id == indicator.id]
    down, task_ids = _below_lines([], [indicator.id], actor)
    whole = _indicator(standing, down["indicator", indicator.id])
    above = _above(indicator)
    if indicator.goal is not None:
        goal = indicator.goal
        above = [Link(kind=LinkKind.GOAL, title=goal.text, path=f"/plans/goals/{goal.id}"), *above]
    links = list(whole.links)
    if whole.gap:
        links = [replace(whole, links=()), *links]
    return Chain(Subject.INDICATOR, indicator.id, indicator.name, above, links, task_ids)


def _row(statement: Any, *parts: Any) -> Any:
    row = db.session.scalar(statement.options(*(joinedload(part) for part in parts)))
    if row is None:
        raise NotFound
    return row


def _above(line: Goal | Indicator | Measure) -> list[Link]:
    plan = line.plan
    return [
        Link(kind=LinkKind.DOMAIN, title=line.domain.name),
        Link(
            kind=LinkKind.PLAN, title=plan.title, note=f"{plan.from_year}—{plan.until_year}", path=f"/plans/{plan.id}"
        ),
    ]


def _indicator(standing: Standing, links: list[Link]) -> Link:
    """An indicator with its latest figures and what serves it; a gap where it has no value, or is missed untended."""
    today = clock.today()
    years = sorted(standing.figures)[-3:]
    latest = max(years, default=today.year - 1)
    state = standing.judged(latest, today).state
    values = tuple(
        Link(
            kind=LinkKind.VALUE,
            title=f"{year}",
            note=_figure(standing, year),
            state=standing.judged(year, today).state,
            is_kept_inside=standing.is_kept_inside(year),
        )
        for year in years
    )
    gap = Gap.NO_VALUE if state is IndicatorState.NO_VALUE else Gap.NO_TASK if state in MISSED and not links else None
    return Link(
        kind=LinkKind.INDICATOR,
        title=standing.name,
        note=standing.target_text or figure_text(standing.yardstick.target, standing.decimals),
        unit=standing.lead[1] if standing.lead else "",
        state=state,
        gap=gap,
        path=f"/indicators/{standing.id}",
        links=(*values, *links),
    )


def _figure(standing: Standing, year: int) -> str:
    figure = standing.figures[year]
    said = f"{figure_text(figure.value, standing.decimals)}{standing.unit_of_measure}"
    if figure.numerator is not None and figure.denominator is not None:
        said += f"（{figure_text(figure.numerator)}÷{figure_text(figure.denominator)}）"
    return said


def _below_lines(
    goal_ids: Collection[int], indicator_ids: Collection[int], actor: Actor
) -> tuple[dict[tuple[str, int], list[Link]], list[int]]:
    """Meetings with their requirements, and tasks, under each of the lines that they serve."""
    rows = select(RequirementAim.goal_id, RequirementAim.requirement_id).where(RequirementAim.goal_id.in_(goal_ids))
    serving = [(goal_id, requirement_id) for goal_id, requirement_id in db.session.execute(rows) if goal_id]
    requirements = _requirements([requirement_id for _goal_id, requirement_id in serving], actor)
    aims = db.session.execute(
        select(TaskAim.goal_id, TaskAim.indicator_id, TaskAim.task_id)
        .where(or_(TaskAim.goal_id.in_(goal_ids), TaskAim.indicator_id.in_(indicator_ids)))
        .order_by(TaskAim.task_id)
    ).all()
    joined = _joined(TaskRequirement.requirement_id.in_(list(requirements)))
    tasks = followed(
        or_(
            Task.id.in_([task_id for _goal, _indicator, task_id in aims]),
            Task.requirement_id.in_(list(requirements)),
            Task.id.in_([task_id for _requirement_id, task_id in joined]),
        ),
        actor,
    )
    found: dict[tuple[str, int], list[Link]] = defaultdict(list)
    for goal_id in goal_ids:
        own = [requirements[id_] for at, id_ in serving if at == goal_id and id_ in requirements]
        found["goal", goal_id] += _by_meeting(own, tasks, joined)
    told = {task.id for task in tasks.values() if task.requirement_id in requirements}
    told |= {task_id for _requirement_id, task_id in joined}
    for of_goal, of_indicator, task_id in aims:
        if task_id in tasks and of_indicator is not None:
            found["indicator", of_indicator].append(tasks.link(task_id))
        elif task_id in tasks and of_goal is not None and task_id not in told:
            found["goal", of_goal].append(tasks.link(task_id))
    return found, sorted(tasks)


# --- from a requirement or a task ---------------------------------------------------------------------------------


def _of_requirement(requirement_id: int, actor: Actor) -> Chain:
    requirements = _requirements([requirement_id], actor)
    if requirement_id not in requirements:
        raise NotFound
    requirement = requirements[requirement_id]
    joined = _joined(TaskRequirement.requirement_id == requirement_id)
    answering = [task_id for _requirement_id, task_id in joined]
    tasks = followed(or_(Task.requirement_id == requirement_id, Task.id.in_(answering)), actor)
    (whole,) = _by_meeting([requirement], tasks, joined)[0].links[0].links
    links = list(whole.links)
    if whole.gap:
        links = [replace(whole, links=()), *links]
    above = [*_origin(requirement), *_served(RequirementAim, RequirementAim.requirement_id == requirement_id)]
    return Chain(Subject.REQUIREMENT, requirement.id, requirement.text, above, links, sorted(tasks))


def _of_task(task_id: int, actor: Actor) -> Chain:
    tasks = followed(Task.id == task_id, actor, drafts=True)
    if task_id not in tasks:
        raise NotFound
    task = tasks[task_id]
    above: list[Link] = []
    answered = [id_ for id_, _task_id in _joined(TaskRequirement.task_id == task_id)]
    requirements = _requirements([*filter(None, [task.requirement_id]), *answered], actor)
    for requirement in requirements.values():
        above += [_plain(requirement), *_origin(requirement)]
    above += _served(RequirementAim, RequirementAim.requirement_id.in_(list(requirements)))
    above += _served(TaskAim, TaskAim.task_id == task_id)
    whole = tasks.link(task_id)
    links = list(whole.links)
    if whole.gap:
        links = [replace(whole, links=()), *links]
    return Chain(Subject.TASK, task.id, task.title, above, links, [task_id])


def _joined(which: Any) -> set[tuple[int, int]]:
    """(requirement, task) where a task answers a requirement that it was not made from."""
    rows = select(TaskRequirement.requirement_id, TaskRequirement.task_id).where(which)
    return {(requirement_id, task_id) for requirement_id, task_id in db.session.execute(rows)}


def _served(aim: Any, which: Any) -> list[Link]:
    """The lines that something serves, each followed by its domain and plan."""
    found: list[Link] = []
    lines: tuple[tuple[Any, LinkKind, str, str], ...] = (
        (Goal, LinkKind.GOAL, "goal_id", "goals/"),
        (Measure, LinkKind.MEASURE, "measure_id", "measures/"),
        (Indicator, LinkKind.INDICATOR, "indicator_id", ""),
    )
    for line, kind, column, _place in lines:
        owner = getattr(aim, column, None)
        if owner is None:
            continue
        rows = select(line).join(aim, owner == line.id).where(which).options(joinedload(line.domain))
        for row in db.session.scalars(rows.options(joinedload(line.plan))):
            title = row.name if isinstance(row, Indicator) else row.text
            path = f"/indicators/{row.id}" if isinstance(row, Indicator) else f"/plans/{_place}{row.id}"
            found += [Link(kind=kind, title=title, path=path), *_above(row)]
    return found


def _requirements(ids: Collection[int], actor: Actor) -> dict[int, Requirement]:
    rows = (
        select(Requirement)
        .where(Requirement.id.in_(sorted(set(ids))), Requirement.committee_id == actor.committee_id)
        .options(joinedload(Requirement.meeting).load_only(Meeting.title, Meeting.held_on))
        .options(joinedload(Requirement.speech))
        .order_by(Requirement.meeting_id, Requirement.number)
    )
    return {row.id: row for row in db.session.scalars(rows)}


def _origin(requirement: Requirement) -> list[Link]:
    """The sentence's speech, and the meeting."""
    return [*([_speech(requirement)] if requirement.speech else []), _meeting(requirement)]


def _speech(requirement: Requirement, links: tuple[Link, ...] = ()) -> Link:
    speech = requirement.speech
    assert speech is not None
    said = speech.text[requirement.start or 0 : requirement.end] if requirement.end else ""
    return Link(kind=LinkKind.SPEECH, title=said or requirement.text, unit=speech.speaker, links=links)


def _meeting(requirement: Requirement, links: tuple[Link, ...] = ()) -> Link:
    meeting = requirement.meeting
    return Link(
        kind=LinkKind.MEETING,
        title=meeting.title,
        on=meeting.held_on,
        path=f"/meetings/{meeting.id}",
        links=links,
    )


def _plain(requirement: Requirement, links: tuple[Link, ...] = (), gap: Gap | None = None) -> Link:
    return Link(
        kind=LinkKind.REQUIREMENT,
        title=requirement.text,
        note=requirement.set_aside_reason,
        gap=gap,
        path=f"/meetings/{requirement.meeting_id}/requirements",
        links=links,
    )


def _by_meeting(
    requirements: Sequence[Requirement], tasks: Followed, joined: Collection[tuple[int, int]]
) -> list[Link]:
    """Meeting → speech sentence → requirement → its tasks, those it was joined to among them."""
    found: dict[int, list[Link]] = defaultdict(list)
    of_meeting: dict[int, Requirement] = {}
    for requirement in requirements:
        links = tuple(
            tasks.link(task.id)
            for task in tasks.values()
            if task.requirement_id == requirement.id or (requirement.id, task.id) in joined
        )
        is_owed = requirement.is_actionable and not requirement.set_aside_reason
        whole = _plain(requirement, links, Gap.NO_TASK if is_owed and not links else None)
        one = (
            _speech(requirement, (whole,))
            if requirement.speech
            else Link(kind=LinkKind.SPEECH, title=requirement.text, links=(whole,))
        )
        found[requirement.meeting_id].append(one)
        of_meeting[requirement.meeting_id] = requirement
    return [_meeting(of_meeting[meeting_id], tuple(links)) for meeting_id, links in found.items()]


_BUILDERS = {
    Subject.GOAL: _of_goal,
    Subject.INDICATOR: _of_indicator,
    Subject.REQUIREMENT: _of_requirement,
    Subject.TASK: _of_task,
}
