"""Who may say what of a visit, and when; what makes a problem a task."""

from datetime import date

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.evaluation.models import Finding, FindingKind, Visit

RECTIFICATION_STANDARD = "问题已整改到位，有佐证材料"


def may_answer(visit: Visit, actor: Actor) -> bool:
    """The unit's liaison or head answers the feedback that it was given."""
    return (
        visit.feedback_at is not None
        and visit.unit_id in actor.unit_ids
        and (actor.may("tasks.report") or actor.may("tasks.approve"))
    )


def check_answer(visit: Visit, actor: Actor) -> None:
    """Raises ``NotAllowed("visit.not_yours")``, ``DomainError("visit.no_feedback")``."""
    if visit.unit_id not in actor.unit_ids or not (actor.may("tasks.report") or actor.may("tasks.approve")):
        raise NotAllowed("visit.not_yours")
    if visit.feedback_at is None:
        raise DomainError("visit.no_feedback")


def check_feedback(visit: Visit, today: date) -> None:
    """Told is what was looked at and found, after the day. Raises ``visit.not_yet``, ``visit.feedback_missing``."""
    if visit.visited_on > today:
        raise DomainError("visit.not_yet")
    if not visit.feedback.strip():
        raise DomainError("visit.feedback_missing")


def check_problem(finding: Finding) -> None:
    """Only a problem is put right."""
    if finding.kind is not FindingKind.PROBLEM:
        raise DomainError("finding.no_problem")


def rectification_title(problem: str) -> str:
    """What the task is called; at most 200 characters."""
    return f"整改：{' '.join(problem.split())}"[:200]
