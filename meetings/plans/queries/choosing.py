"""Rows of plans as choices of forms."""

from typing import Any, NamedTuple

from sqlalchemy import literal, select, union_all

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan

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


class OpenLine(NamedTuple):
    """A goal, a measure or an indicator of a plan that is not closed; ``noun`` is one of the three."""

    noun: str
    id: int
    number: str
    text: str
    domain: str
    plan: str

    @property
    def name(self) -> str:
        """As forms name it: ``goal-12``."""
        return f"{self.noun}-{self.id}"


def open_lines(actor: Actor, *, has_indicators: bool = False) -> list[OpenLine]:
    """The goals and measures, if asked the indicators too, of the plans that are not closed, in their order.

    One statement.
    """
    if not actor.may("plans.read"):
        return []
    indicators = (("indicator", Indicator),) if has_indicators else ()
    kinds: tuple[tuple[str, Any], ...] = (("goal", Goal), *indicators, ("measure", Measure))
    lines = union_all(
        *(
            select(
                literal(noun).label("noun"),
                kind.id.label("id"),
                kind.number.label("number"),
                (kind.name if kind is Indicator else kind.text).label("text"),
                Domain.name.label("domain"),
                Plan.title.label("plan"),
                Plan.from_year.label("from_year"),
                Plan.id.label("plan_id"),
                Domain.position.label("domain_position"),
                Domain.id.label("domain_id"),
                literal(place).label("place"),
                kind.position.label("position"),
            )
            .join(Domain, Domain.id == kind.domain_id)
            .join(Plan, Plan.id == kind.plan_id)
            .where(Plan.committee_id == actor.committee_id, Plan.closed_on.is_(None))
            for place, (noun, kind) in enumerate(kinds)
        )
    ).subquery()
    told = lines.c
    rows = select(told.noun, told.id, told.number, told.text, told.domain, told.plan).order_by(
        told.from_year.desc(),
        told.plan_id,
        told.domain_position,
        told.domain_id,
        told.place,
        told.position,
        told.id,
    )
    return [OpenLine(*row) for row in db.session.execute(rows)]
