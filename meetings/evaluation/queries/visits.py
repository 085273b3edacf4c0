"""Visits: the schedule, one of them with its findings; a unit sees what it was told."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, false, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.evaluation.models import Evaluation, Finding, InspectionGroup, Rectification, Visit, VisitFile


def _visible(actor: Actor) -> ColumnElement[bool]:
    own = Visit.committee_id == actor.committee_id
    if actor.may("evaluations.read"):
        return own
    return and_(own, Visit.unit_id.in_(sorted(actor.unit_ids))) if actor.may("evaluations.read_own") else false()


def visits_of(evaluation: Evaluation, *, actor: Actor) -> Sequence[Visit]:
    """By day, with group, unit and findings. Two statements."""
    rows = (
        select(Visit)
        .where(Visit.evaluation_id == evaluation.id, _visible(actor))
        .options(joinedload(Visit.group), joinedload(Visit.unit), selectinload(Visit.findings))
    )
    return db.session.scalars(rows.order_by(Visit.visited_on, Visit.id)).all()


def find_visit(visit_id: int, *, actor: Actor) -> Visit:
    """With evaluation, group, unit, findings and files, or ``NotFound``."""
    row = db.session.scalar(
        select(Visit)
        .where(Visit.id == visit_id, _visible(actor))
        .options(
            joinedload(Visit.evaluation),
            joinedload(Visit.group),
            joinedload(Visit.unit),
            selectinload(Visit.findings),
            selectinload(Visit.files).joinedload(VisitFile.attachment),
        )
    )
    if row is None:
        raise NotFound
    return row


def file_of(visit: Visit, attachment_id: int, *, actor: Actor) -> VisitFile:
    """A file of a visit that the actor was given; a unit has the group's once it was told. Raises ``NotFound``."""
    for file in visit.files:
        if file.attachment_id == attachment_id and (
            file.is_answer or visit.feedback_at is not None or actor.may("evaluations.read")
        ):
            return file
    raise NotFound


def groups_of(evaluation: Evaluation) -> Sequence[InspectionGroup]:
    """The groups of an evaluation that the actor was given."""
    rows = select(InspectionGroup).where(InspectionGroup.evaluation_id == evaluation.id)
    return db.session.scalars(rows.order_by(InspectionGroup.id)).all()


def find_group(evaluation: Evaluation, group_id: int) -> InspectionGroup:
    row = db.session.scalar(
        select(InspectionGroup).where(InspectionGroup.id == group_id, InspectionGroup.evaluation_id == evaluation.id)
    )
    if row is None:
        raise NotFound
    return row


def rectified(finding_ids: Collection[int]) -> dict[int, Rectification]:
    """What puts these findings right, with its task, by finding."""
    rows = (
        select(Rectification)
        .where(Rectification.finding_id.in_(sorted(finding_ids)))
        .options(joinedload(Rectification.task))
    )
    return {row.finding_id: row for row in db.session.scalars(rows) if row.finding_id is not None}


def finding_of(visit: Visit, finding_id: int) -> Finding:
    """One of the visit's findings, or ``NotFound``."""
    for finding in visit.findings:
        if finding.id == finding_id:
            return finding
    raise NotFound
