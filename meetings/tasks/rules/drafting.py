"""What a task may say: its dates, units, weight and reporting cycle. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from meetings.core.errors import DomainError
from meetings.tasks.models import ReportingCycle


def check_dates(*, due_on: date, issued_on: date, stages: Iterable[date] = ()) -> None:
    """A task is due on or after the day it is issued; its stage points lie before its date."""
    if due_on < issued_on:
        raise DomainError("task.due_before_issue", field="due_on")
    check_stages(due_on, stages)


def check_stages(due_on: date, stages: Iterable[date]) -> None:
    """Stage points lie on or before the task's date."""
    if any(stage > due_on for stage in stages):
        raise DomainError("task.stage_after_due", field="stages")


def check_units(lead_unit_id: int, cooperating_unit_ids: Sequence[int]) -> None:
    """One lead, and no unit twice."""
    if len({lead_unit_id, *cooperating_unit_ids}) != 1 + len(cooperating_unit_ids):
        raise DomainError("task.unit_twice", field="cooperating_unit_ids")


def check_cycle(cycle: ReportingCycle, reason: str) -> None:
    """Reports are owed quarterly; more often only with a reason (基层减负)."""
    if cycle in {ReportingCycle.MONTHLY, ReportingCycle.WEEKLY} and not reason.strip():
        raise DomainError("task.cycle_reason", field="reporting_reason")


def check_weights(weight: int) -> None:
    if weight < 1:
        raise DomainError("task.weight", field="weight")


def unknown(ids: Collection[int], known: Collection[int]) -> set[int]:
    """Those ids that are not among the known ones."""
    return set(ids) - set(known)


_OWN_NUMBER = re.compile(
    r"^(?:\d{1,2}[.．](?!\d)|\d{1,2}[、)）]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)


def lines_of(text: str | None) -> list[str]:
    """The items of a text that holds one on each line; numbers typed before them (1. 2、（3）一、) fall away."""
    lines = [_OWN_NUMBER.sub("", line.strip(), count=1) for line in (text or "").splitlines()]
    return [line for line in lines if line]
