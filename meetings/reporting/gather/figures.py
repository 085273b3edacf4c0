"""The figures of many tasks: by light, rates, and by unit in list order, from the same rules as the screen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from meetings.core.actor import Actor
from meetings.meetings.models import Meeting
from meetings.reporting.gather import task_facts as of_tasks
from meetings.reporting.gather.task_facts import Moment, Standing
from meetings.reporting.queries import sources
from meetings.reporting.queries.sources import Sources
from meetings.tasks import rules
from meetings.tasks.models import Task, TaskStatus, UnitRole
from reports.bulletin import UnitFigures
from reports.facts import Count, Light, Rate


@dataclass(frozen=True, slots=True)
class Figures:
    """``stood`` are the tasks handed out and not cancelled, with how each stood and its light."""

    sources: Sources
    stood: Sequence[tuple[Task, Standing, Light]]
    states: tuple[Count, ...]
    rates: tuple[Rate, ...]

    @property
    def late(self) -> Sequence[tuple[Task, Light]]:
        """Those past their day, in the order of the ledger."""
        return [(task, light) for task, stood, light in self.stood if _is_late(stood, light)]


def figures_of(*, actor: Actor, moment: Moment, meeting: Meeting | None) -> Figures:
    """Of one meeting's tasks, or of all of the committee's: at most eight statements."""
    found = sources.load(
        sources.tasks_to_list(actor=actor, meeting=meeting), until=moment.until, with_course=not moment.is_today
    )
    stood = []
    for task in found.tasks:
        how = of_tasks.standing(task, found.events.get(task.id, ()), moment)
        if how and how.status in rules.HANDED_OUT and how.status is not TaskStatus.CANCELLED:
            stood.append((task, how, of_tasks.light_of(task, rules.lead_part(task), how, moment)))
    return Figures(
        found,
        stood,
        of_tasks.states(light for _task, _how, light in stood),
        of_tasks.rates((task, how) for task, how, _light in stood),
    )


def by_unit(figures: Figures) -> tuple[UnitFigures, ...]:
    """The units that have a task, in the order of the committee's list."""
    counted: Counter[tuple[int, str]] = Counter()
    units = {}
    for task, how, light in figures.stood:
        for part in task.units:
            units[part.unit_id] = part.unit
            if part.role is not UnitRole.LEAD:
                counted[part.unit_id, "helped"] += 1
                continue
            state = (
                "done" if how.status in rules.DONE else "suspended" if how.status is TaskStatus.SUSPENDED else "going"
            )
            for name in filter(
                None,
                (
                    "led",
                    state,
                    "late" if _is_late(how, light) else "",
                    "due_changed" if task.due_on != task.original_due_on else "",
                ),
            ):
                counted[part.unit_id, name] += 1
    names = ("led", "done", "going", "late", "suspended", "due_changed", "helped")
    return tuple(
        UnitFigures(unit=unit.name, **{name: counted[unit.id, name] for name in names})
        for unit in sorted(units.values(), key=lambda unit: (unit.position, unit.id))
    )


def problems_of(figures: Figures, *, most: int) -> str:
    """What is late, and what units reported as problems of tasks under way: facts by task, no judgement.

    At most so many lines; how many more there are is said.
    """
    said = []
    for task, light in figures.late:
        lead = rules.lead_part(task).unit.short_name
        said.append(f"“{task.title}”（{lead}牵头）{light.word}。")
    for task, how, _light in figures.stood:
        report = figures.sources.latest.get((task.id, task.lead_unit_id))
        if how.status not in rules.DONE and report and report.problems:
            lead = rules.lead_part(task).unit.short_name
            said.append(f"“{task.title}”（{lead}牵头）：{report.problems.rstrip('。')}。")
    return shortened(said, most)


def shortened(said: Sequence[str], most: int) -> str:
    """The first lines, and how many more there are."""
    more = [f"另有{len(said) - most}项，请从台账摘录。"] if len(said) > most else []
    return "\n".join([*said[:most], *more])


def _is_late(how: Standing, light: Light) -> bool:
    """A red light, as the screen counts it: past the task's day, or the day of a receipt or a report that is owed."""
    return how.status in rules.OPEN and light.code in ("red", "late_receipt")
