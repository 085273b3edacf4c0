"""What a chain may begin with."""

from typing import Any

from sqlalchemy import select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.evaluation.rules.chain import Subject
from meetings.meetings.models import Requirement
from meetings.plans.models import Domain, Goal, Indicator
from meetings.tasks.models import Task
from meetings.tasks.queries.finding import visible

MOST_CHOICES = 400


def subjects(actor: Actor) -> list[tuple[str, str]]:
    """Goals, indicators and requirements, as choices: ``goal-12`` and its words."""
    if not actor.may("tasks.read_all"):
        return []
    found: list[tuple[str, str]] = []
    lines: tuple[tuple[Any, Subject, str, Any], ...] = (
        (Goal, Subject.GOAL, "目标", Goal.text),
        (Indicator, Subject.INDICATOR, "指标", Indicator.name),
    )
    for line, subject, label, text in lines:
        rows = (
            select(line.id, Domain.name, text)
            .join(Domain, Domain.id == line.domain_id)
            .where(line.committee_id == actor.committee_id)
            .order_by(line.plan_id.desc(), Domain.position, line.position, line.id)
            .limit(MOST_CHOICES)
        )
        found += [
            (f"{subject}-{id_}", f"{label}｜{domain}｜{words[:50]}") for id_, domain, words in db.session.execute(rows)
        ]
    rows = (
        select(Requirement.id, Requirement.text)
        .where(Requirement.committee_id == actor.committee_id, Requirement.is_actionable)
        .order_by(Requirement.meeting_id.desc(), Requirement.number)
        .limit(MOST_CHOICES)
    )
    found += [(f"{Subject.REQUIREMENT}-{id_}", f"会议要求｜{words[:60]}") for id_, words in db.session.execute(rows)]
    return found


def newest_subject(actor: Actor) -> str | None:
    """The requirement that has tasks and was recorded last, else the first of the choices."""
    if not actor.may("tasks.read_all"):
        return None
    rows = select(Task.requirement_id).where(
        *visible(actor), Task.requirement_id.is_not(None), Task.number.is_not(None)
    )
    newest = db.session.scalar(rows.order_by(Task.id.desc()).limit(1))
    if newest is not None:
        return f"{Subject.REQUIREMENT}-{newest}"
    return next((value for value, _words in subjects(actor)), None)


def subject_of(text: str) -> tuple[Subject, int]:
    """What a choice names; ``NotFound`` for anything else."""
    noun, _, number = text.partition("-")
    if noun not in set(Subject) or not (number.isascii() and number.isdecimal()) or len(number) > 9:
        raise NotFound
    return Subject(noun), int(number)


def title_of(text: str) -> str:
    """The words of what a choice names; the caller knows that it may be seen."""
    subject, row_id = subject_of(text)
    columns: dict[Subject, Any] = {
        Subject.GOAL: (Goal.text, Goal.id),
        Subject.INDICATOR: (Indicator.name, Indicator.id),
        Subject.REQUIREMENT: (Requirement.text, Requirement.id),
        Subject.TASK: (Task.title, Task.id),
    }
    column, owner = columns[subject]
    return db.session.scalar(select(column).where(owner == row_id)) or ""
