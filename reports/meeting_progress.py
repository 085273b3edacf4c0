"""会议任务落实情况报告 (``meeting-progress``): one meeting, requirement by requirement, with the tasks made of each."""

from dataclasses import dataclass
from datetime import date

from reports.facts import Count, Rate, TaskFacts


@dataclass(frozen=True, kw_only=True)
class RequirementProgress:
    """One requirement of the meeting and what became of it.

    ``section`` is 指出, 强调, 要求 or 议定; ``text`` the sentence; ``citation`` the status of the source text
    (会议报道摘录, 已审定（县政府办，2026年3月6日）). It ends as ``tasks``, or aside with ``set_aside_reason``, or, if
    ``is_actionable``, it is still open.
    """

    section: str
    text: str
    speaker: str = ""
    post: str = ""
    citation: str = ""
    is_actionable: bool = True
    tasks: tuple[TaskFacts, ...] = ()
    set_aside_reason: str = ""
    set_aside_by: str = ""
    set_aside_on: date | None = None

    @property
    def is_open(self) -> bool:
        """True while the requirement calls for work and has neither a task nor a reason to be set aside."""
        return self.is_actionable and not self.tasks and not self.set_aside_reason


@dataclass(frozen=True, kw_only=True)
class MeetingProgress:
    """The meeting as recorded, its figures as of one day, and every requirement in its order.

    ``day_text`` is text because a day may be unknown (近日). ``states`` are the numbers of tasks by state, in the order
    of the chart; ``rates`` bring numerator, denominator and rule.
    """

    title: str
    as_of: date
    requirements: tuple[RequirementProgress, ...]
    kind: str = ""
    sequence: str = ""
    day_text: str = ""
    place: str = ""
    chair: str = ""
    organiser: str = ""
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()
