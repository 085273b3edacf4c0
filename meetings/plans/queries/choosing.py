"""Rows of plans as choices of forms."""

from typing import Any

from sqlalchemy import select

from meetings.core.db import db
from meetings.plans.models import Domain, Goal, Plan

Choices = list[tuple[int, str]]
SHORT = 40  # characters of a text in a list


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def goal_choices(domain: Domain) -> Choices:
    """The goals of a domain: number and the beginning of the text."""
    rows = select(Goal.id, Goal.number, Goal.text).where(Goal.domain_id == domain.id)
    return [
        (row.id, f"{row.number}　{shortened(row.text)}" if row.number else shortened(row.text))
        for row in db.session.execute(rows.order_by(Goal.position, Goal.id))
    ]


def choices_before(kind: Any, plan: Plan) -> Choices:
    """The rows of that kind in the plan before, which a row of ``plan`` may continue."""
    if plan.previous_id is None:
        return []
    text = kind.text if hasattr(kind, "text") else kind.name
    rows = select(kind.id, kind.number, text.label("text")).where(kind.plan_id == plan.previous_id)
    if hasattr(kind, "domain_id"):
        rows = rows.join(Domain, Domain.id == kind.domain_id).order_by(Domain.position, Domain.id)
    return [
        (row.id, f"{row.number}　{shortened(row.text)}" if row.number else shortened(row.text))
        for row in db.session.execute(rows.order_by(kind.position, kind.id))
    ]
