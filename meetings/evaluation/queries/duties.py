"""What evaluations ask of units: the template, who was asked already, whose tasks wait to be issued."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import or_, select

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.evaluation.models import Assessment, DutyTemplate, Evaluation, Part
from meetings.evaluation.rules import GUIDANCE
from meetings.tasks import queries as tasks
from meetings.tasks.models import Task, TaskStatus

POINTS = Decimal(20)


class TemplateRow(NamedTuple):
    """What one part asks and its points."""

    guidance: str
    points: Decimal


def own_template(actor: Actor) -> Mapping[Part, DutyTemplate]:
    """The rows that the committee has worded itself."""
    rows = select(DutyTemplate).where(DutyTemplate.committee_id == actor.committee_id)
    return {row.part: row for row in db.session.scalars(rows)}


def template(actor: Actor) -> Mapping[Part, TemplateRow]:
    """What an evaluation begins with: the committee's words, or the product's where it has none."""
    own = own_template(actor)
    return {
        part: TemplateRow(own[part].guidance, own[part].points) if part in own else TemplateRow(GUIDANCE[part], POINTS)
        for part in Part
    }


def hold(evaluation: Evaluation) -> None:
    """Hold the row until the end of the transaction, so that two who hand out at once do so one after the other."""
    db.session.refresh(evaluation, ["finished_at", "version"], with_for_update={"key_share": True})


def units_in_order(unit_ids: Collection[int], *, actor: Actor) -> list[int]:
    """Those of these units that exist today, in the plan's order."""
    today = clock.today()
    rows = select(Unit.id).where(
        Unit.committee_id == actor.committee_id,
        Unit.id.in_(sorted(set(unit_ids))),
        or_(Unit.from_on.is_(None), Unit.from_on <= today),
        or_(Unit.until_on.is_(None), Unit.until_on >= today),
    )
    return list(db.session.scalars(rows.order_by(Unit.position, Unit.id)))


def units_handed(evaluation: Evaluation) -> set[int]:
    """The units that have their duties already."""
    return set(db.session.scalars(select(Assessment.unit_id).where(Assessment.evaluation_id == evaluation.id)))


def tasks_to_issue(evaluation: Evaluation, *, actor: Actor) -> list[Task]:
    """Tasks of this evaluation that wait for the director, in full."""
    ids = (
        select(Assessment.task_id)
        .join(Task, Task.id == Assessment.task_id)
        .where(
            Assessment.evaluation_id == evaluation.id,
            Task.status.in_([TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE]),
        )
    )
    return tasks.find_many(list(db.session.scalars(ids)), actor=actor)
