"""What becomes of a meeting's requirements: tasks, a reason why not, or the next meeting."""

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.meetings import queries as meetings
from meetings.meetings.actions import add_requirement
from meetings.meetings.models import Meeting, MeetingStatus, Requirement
from meetings.tasks import rules
from meetings.tasks.models import Task, TaskRequirement, TaskStatus
from meetings.tasks.queries import checks


def set_aside(requirement: Requirement, *, reason: str, by: Actor) -> None:
    """Write down why no task is made from a requirement (不列任务).

    Raises ``task.reason_needed`` (field ``reason``), ``requirement.has_tasks``.
    """
    _check(requirement, by)
    rules.check_reason(reason)
    if checks.live_task_count(requirement):
        raise DomainError("requirement.has_tasks")
    requirement.set_aside_reason = reason.strip()


def join(requirement: Requirement, *, task: Task, by: Actor) -> None:
    """A task at hand answers this requirement too (并入), so that nothing is asked twice.

    Raises ``requirement.is_set_aside``; beside ``number``: ``requirement.task_cancelled``,
    ``requirement.joined_already``.
    """
    _check(requirement, by)
    if task.committee_id != by.committee_id:
        raise NotFound
    if requirement.set_aside_reason:
        raise DomainError("requirement.is_set_aside")
    if task.status is TaskStatus.CANCELLED:
        raise DomainError("requirement.task_cancelled", field="number")
    if requirement.id in checks.requirement_ids_of([task.id]):
        raise DomainError("requirement.joined_already", field="number")
    db.session.add(TaskRequirement(task_id=task.id, requirement_id=requirement.id))
    db.session.flush()


def part(requirement: Requirement, *, task_id: int, by: Actor) -> None:
    """The task answers this requirement no longer. Raises ``NotFound`` where it did not."""
    _check(requirement, by)
    row = checks.find_joined(task_id, requirement.id)
    if row is None:
        raise NotFound
    db.session.delete(row)
    db.session.flush()


def take_up_again(requirement: Requirement, *, by: Actor) -> None:
    """A requirement that was set aside is open again. Raises ``requirement.not_set_aside``."""
    _check(requirement, by)
    if not requirement.set_aside_reason:
        raise DomainError("requirement.not_set_aside")
    requirement.set_aside_reason = ""


def carry_over(earlier: Meeting, into: Meeting, *, by: Actor) -> int:
    """Copy and link what the earlier meeting left open into the next one; how many requirements were copied.

    Those without tasks and those with an unfinished one are copied, once; the earlier meeting keeps its rows as they
    are. Raises ``NotFound``, ``meeting.same``, ``meeting.finished``.
    """
    if not by.may("tasks.draft"):
        raise NotAllowed("requirement.not_yours")
    if by.committee_id != earlier.committee_id or by.committee_id != into.committee_id:
        raise NotFound
    if earlier.id == into.id:
        raise DomainError("meeting.same", field="earlier_id")
    if into.status in {MeetingStatus.ARCHIVED, MeetingStatus.CANCELLED}:
        raise DomainError("meeting.finished")
    meetings.find_to_change(into.id, actor=by)  # locked: two carry nothing over twice
    carried = checks.requirements_to_carry(earlier, into)
    for requirement in carried:
        copy = add_requirement(into, section=requirement.section, text=requirement.text, by=by)
        copy.carried_from_id = requirement.id
    db.session.flush()
    return len(carried)


def _check(requirement: Requirement, by: Actor) -> None:
    if requirement.committee_id != by.committee_id:
        raise NotFound
    if not by.may("tasks.draft"):
        raise NotAllowed("requirement.not_yours")
