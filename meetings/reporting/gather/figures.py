"""The figures of many tasks: by light, rates, and by unit in list order, from the same rules as the screen."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class Fact(NamedTuple):
    """What is said of a task: of which kind it is (逾期未办结), and what more there is to say (逾期3个工作日)."""

    kind: str
    title: str
    lead: str
    said: str = ""


_LATE: Mapping[str, tuple[str, str]] = {
    "逾期": ("逾期未办结", "逾期"),
    "逾期未报": ("逾期未报进展", "逾期"),
    "超期未签收": ("超期未签收", "超期"),
}
_NUMBERED = re.compile(r"(?P<kind>\D+?) ?(?P<days>[0-9].*)")


def problems_of(figures: Figures, *, most: int) -> str:
    """What is late, by kind, and what units reported as problems of tasks under way: facts by task, no judgement.

    At most so many are named; how many more there are is said.
    """
    lines, named, more = told([_late(task, light) for task, light in figures.late], most=most)
    reported = []
    for task, how, _light in figures.stood:
        report = figures.sources.latest.get((task.id, task.lead_unit_id))
        if how.status not in rules.DONE and report and report.problems:
            lead = rules.lead_part(task).unit.short_name
            reported.append(f"{quoted(task.title)}（{lead}牵头）：{report.problems.rstrip('。')}。")
    return _ended([*lines, *reported[: most - named]], more + len(reported[most - named :]))


def done_of(figures: Figures, *, most: int) -> str:
    """What is completed, in one paragraph: at most so many are named."""
    done = [_fact(task, "已办结") for task, how, _light in figures.stood if how.status in rules.DONE]
    lines, _named, more = told(done, most=most)
    return _ended(lines, more)


def _ended(lines: Sequence[str], more: int) -> str:
    return "\n".join([*lines, *([f"另有{more}项，请从台账摘录。"] if more else [])])


def _fact(task: Task, kind: str, said: str = "") -> Fact:
    return Fact(kind, task.title, rules.lead_part(task).unit.short_name, said)


def _late(task: Task, light: Light) -> Fact:
    found = _NUMBERED.fullmatch(light.word)
    if found is None or found["kind"] not in _LATE:
        return _fact(task, light.word)
    kind, word = _LATE[found["kind"]]
    return _fact(task, kind, word + found["days"].replace(" ", ""))


def told(facts: Iterable[Fact], *, most: int) -> tuple[list[str], int, int]:
    """A line for each kind with its number and what it names; how much is named, and how many tasks are left out.

    Tasks of one name of which the same is said, such as those that many units were given alike, stand together:
    逾期未办结2项：“开展自评”（县教育局、县民政局，逾期3个工作日）。
    """
    leads: dict[tuple[str, str, str], list[str]] = {}
    for kind, title, lead, said in facts:
        leads.setdefault((kind, title, said), []).append(lead)
    counts: Counter[str] = Counter()
    named: dict[str, list[str]] = {}
    more = 0
    for place, ((kind, title, said), units) in enumerate(leads.items()):
        counts[kind] += len(units)
        if place >= most:
            more += len(units)
            continue
        who = "，".join(filter(None, ("、".join(dict.fromkeys(units)), said)))
        named.setdefault(kind, []).append(f"{quoted(title)}（{who}）")
    lines = [f"{kind}{counts[kind]}项：{'；'.join(each)}。" for kind, each in named.items()]
    return lines, min(len(leads), most), more


def quoted(title: str) -> str:
    """A title in quotation marks, those in it single (GB/T 15834-2011, 4.8.3.4)."""
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def _is_late(how: Standing, light: Light) -> bool:
    """A red light, as the screen counts it: past the task's day, or the day of a receipt or a report that is owed."""
    return how.status in rules.OPEN and light.code in ("red", "late_receipt")
