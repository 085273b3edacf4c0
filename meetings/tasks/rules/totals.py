"""In which counts a task stands. Pure."""

from collections.abc import Iterator
from datetime import date

from meetings.tasks.models import TaskStatus
from meetings.tasks.rules.handling import DONE


def is_on_time(submitted_on: date | None, due_on: date) -> bool:
    """By the day completion was asked for: the office's review makes nobody late. By which date is for the caller."""
    return submitted_on is not None and submitted_on <= due_on


def counted_in(status: TaskStatus, submitted_on: date | None, due_on: date, original_due_on: date) -> Iterator[str]:
    """The columns of the totals that a task in this status counts in."""
    yield "task_count"
    if status in DONE:
        if is_on_time(submitted_on, due_on):
            yield "on_time_count"
        if is_on_time(submitted_on, original_due_on):
            yield "on_time_original_count"
