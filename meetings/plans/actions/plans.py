"""Plans as a whole: begun, changed, led through their stages, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.plans import queries
from meetings.plans.models import Plan, PlanKind, PlanStage, Stage
from meetings.plans.rules import tree


class PlanDetails(TypedDict):
    """What is written down about a plan."""

    kind: PlanKind
    title: str
    from_year: int
    until_year: int
    document_id: int | None
    note: str


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A stage: when it is to be done, when it began, and what is to be said of it."""

    due_on: date | None
    begun_on: date | None
    note: str = ""


def check_office(by: Actor) -> None:
    """Plans are the office's to change."""
    if not by.may("plans.edit"):
        raise NotAllowed("plan.not_yours")


def check_change(plan: Plan, by: Actor) -> None:
    """The office changes a plan that was not closed."""
    check_office(by)
    tree.check_open(plan)


def add_plan(*, by: Actor, **details: Unpack[PlanDetails]) -> Plan:
    """Begin a plan. Raises ``DomainError``: ``plan.years_out_of_order``, ``plan.years_taken``."""
    plan = Plan(committee_id=by.committee_id, stages=[])
    _write_down(plan, details, by)
    db.session.add(plan)
    db.session.flush()
    return plan


def edit_plan(plan: Plan, *, by: Actor, **details: Unpack[PlanDetails]) -> None:
    """Change what is written down about a plan. Raises as ``add_plan``, and ``plan.closed``."""
    tree.check_open(plan)
    _write_down(plan, details, by)


def _write_down(plan: Plan, details: PlanDetails, by: Actor) -> None:
    check_office(by)
    if details["until_year"] < details["from_year"]:
        raise DomainError("plan.years_out_of_order", field="until_year")
    with db.session.no_autoflush:
        other = queries.plan_of_years(by, kind=details["kind"], from_year=details["from_year"])
    if other is not None and other is not plan:
        raise DomainError("plan.years_taken", field="from_year", title=other.title)
    plan.kind, plan.title, plan.note = details["kind"], details["title"], details["note"]
    plan.from_year, plan.until_year = details["from_year"], details["until_year"]
    plan.document_id = details["document_id"]


def enter_stages(plan: Plan, *, stage: Stage, entries: Mapping[Stage, StageEntry], by: Actor) -> None:
    """Write down the plan's stages and say in which it is. Needs a plan with its stages.

    Raises ``plan.begun_ahead``, and ``plan.stage_not_begun`` where the present stage has no day.
    """
    check_change(plan, by)
    for entry in entries.values():
        tree.check_begun(entry.begun_on, today=clock.today())
    present = entries.get(stage)
    if present is None or present.begun_on is None:
        raise DomainError("plan.stage_not_begun", field="stage")
    there = {row.stage: row for row in plan.stages}
    for code, entry in entries.items():
        row = there.get(code)
        if row is None:
            if entry == StageEntry(None, None):
                continue
            row = PlanStage(stage=code)
            plan.stages.append(row)
        row.due_on, row.begun_on, row.note = entry.due_on, entry.begun_on, entry.note
    plan.stage = stage


def close_plan(plan: Plan, *, closed_on: date, by: Actor) -> None:
    """End the plan; from now on it is read. Raises ``plan.closed``, ``plan.closed_ahead``, ``plan.closed_early``."""
    check_office(by)
    tree.check_closing(plan, closed_on, today=clock.today())
    plan.closed_on = closed_on
