"""How jobs are carried out: limits, pauses, hours of the schedule. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from meetings.core.errors import DomainError
from meetings.jobs.models import JobStatus

LONGEST_PAUSE = timedelta(hours=1)
GROWTH = 3


@dataclass(frozen=True, slots=True)
class Handler:
    """What does one kind of job. ``work`` is given the running job (``runner.Running``) in an application context.

    It must be idempotent: after a crash it runs again. ``result`` names the endpoint that shows what came of it
    (given ``job_id``), ``back`` the page that it was asked from.
    """

    kind: str
    title: str
    work: Callable[[Any], None]
    time_limit: timedelta = timedelta(minutes=10)
    most_attempts: int = 5
    first_pause: timedelta = timedelta(seconds=10)
    result: str | None = None
    back: str = "dashboard.index"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A kind of job that is asked for every day at an hour of the office's clock."""

    kind: str
    at: time

    def slot(self, now: datetime) -> datetime:
        """The latest hour of the schedule that has come; ``now`` and the answer by the office's clock."""
        today = datetime.combine(now.date(), self.at, now.tzinfo)
        return today if today <= now else today - timedelta(days=1)


def pause_after(attempts: int, first: timedelta) -> timedelta:
    """How long a job rests after its ``attempts``-th failure: 10 s, 30 s, 90 s … one hour at most."""
    return min(first * int(GROWTH ** min(attempts - 1, 20)), LONGEST_PAUSE)


def check_retry(status: JobStatus) -> None:
    if status not in {JobStatus.DEAD, JobStatus.CANCELLED}:
        raise DomainError("job.not_stopped")


def check_cancel(status: JobStatus) -> None:
    if status not in {JobStatus.QUEUED, JobStatus.RUNNING}:
        raise DomainError("job.is_over")
