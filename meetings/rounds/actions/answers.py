"""One-time addresses by which a unit without accounts reports on one task or in one round."""

from datetime import timedelta

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.links import actions as links
from meetings.links.models import LinkPurpose
from meetings.rounds import rules
from meetings.rounds.models import RoundStatus, RoundUnit
from meetings.tasks import actions as task_actions
from meetings.tasks.models import Task, TaskStatus


def give_round_link(owing: RoundUnit, *, recipient: str, days: int, by: Actor) -> tuple[int, str]:
    """An address for all that a unit owes in a round: its id, and its token, told this once.

    Raises ``DomainError("round.not_open")``, ``NotAllowed("round.not_yours")``. Needs ``owing.round``.
    """
    if owing.round.status is not RoundStatus.OPEN:
        raise DomainError("round.not_open", field="recipient")
    return _give(LinkPurpose.ROUND_REPORT, owing.unit_id, owing.round_id, recipient, days, by)


def give_task_link(task: Task, *, unit_id: int, recipient: str, days: int, by: Actor) -> tuple[int, str]:
    """An address for one unit's report on one task. Needs ``task.units``.

    Raises ``DomainError`` ``link.task_is_over``, ``progress.unit_not_in_task`` (``unit_id``).
    """
    if task.status not in {TaskStatus.ISSUED, TaskStatus.IN_PROGRESS}:
        raise DomainError("link.task_is_over", field="recipient")
    if all(part.unit_id != unit_id for part in task.units):
        raise DomainError("progress.unit_not_in_task", field="unit_id")
    return _give(LinkPurpose.TASK_REPORT, unit_id, task.id, recipient, days, by)


def _give(purpose: LinkPurpose, unit_id: int, subject_id: int, recipient: str, days: int, by: Actor) -> tuple[int, str]:
    if not by.may("rounds.manage"):
        raise NotAllowed("round.not_yours")
    ends = clock.begin_of(clock.today() + timedelta(days=rules.checked_days(days) + 1))
    link, token = links.give_unit(
        purpose, unit_id=unit_id, subject_id=subject_id, recipient=recipient, expires_at=ends, by=by
    )
    return link.id, token


def receive(task: Task, *, by: Actor) -> None:
    """Who answers about a task that was only handed out has received it."""
    if task.status is TaskStatus.ISSUED:
        task_actions.acknowledge(task, by=by)
