"""Plans as a whole: begun, changed."""

from typing import TypedDict, Unpack

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.plans.models import Plan, PlanKind


class PlanDetails(TypedDict):
    """What is written down about a plan."""

    kind: PlanKind
    title: str
    from_year: int
    until_year: int
    document_id: int | None
    note: str


def check_office(by: Actor) -> None:
    """Plans are the office's to change."""
    if not by.may("plans.edit"):
        raise NotAllowed("plan.not_yours")


def add_plan(*, by: Actor, **details: Unpack[PlanDetails]) -> Plan:
    """Begin a plan. Raises ``DomainError("plan.years_out_of_order")``."""
    plan = Plan(committee_id=by.committee_id, stages=[])
    _write_down(plan, details, by)
    db.session.add(plan)
    db.session.flush()
    return plan


def edit_plan(plan: Plan, *, by: Actor, **details: Unpack[PlanDetails]) -> None:
    """Change what is written down about a plan. Raises as ``add_plan``."""
    _write_down(plan, details, by)


def _write_down(plan: Plan, details: PlanDetails, by: Actor) -> None:
    check_office(by)
    if details["until_year"] < details["from_year"]:
        raise DomainError("plan.years_out_of_order", field="until_year")
    plan.kind, plan.title, plan.note = details["kind"], details["title"], details["note"]
    plan.from_year, plan.until_year = details["from_year"], details["until_year"]
    plan.document_id = details["document_id"]
