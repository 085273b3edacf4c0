"""单位任务进展报告 (``unit-progress``): one unit, one period, its tasks as lead and as helper."""

from dataclasses import dataclass
from datetime import date

from reports.facts import Approval, Count, Rate, TaskFacts


@dataclass(frozen=True, kw_only=True)
class UnitProgress:
    """A unit's tasks in a period, with its figures.

    ``period`` is in words (2026年第三季度), ``from_on`` and ``until_on`` are its first and last day. In
    ``cooperating_tasks`` the unit's own receipt and report are found by its name among ``TaskFacts.cooperating``.
    ``problems`` and ``next_steps`` are of the unit as a whole; those of a task stand in its latest report.
    """

    unit: str
    period: str
    as_of: date
    from_on: date | None = None
    until_on: date | None = None
    head: str = ""
    liaison: str = ""
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()
    lead_tasks: tuple[TaskFacts, ...] = ()
    cooperating_tasks: tuple[TaskFacts, ...] = ()
    summary: str = ""
    problems: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
