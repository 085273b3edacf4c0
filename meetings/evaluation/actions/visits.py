"""Inspection: groups are named, visits planned and recorded, the unit is told and answers."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from meetings.accounts.models import Role
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.evaluation import queries, rules
from meetings.evaluation.models import Evaluation, Finding, FindingKind, InspectionGroup, Visit, VisitFile
from meetings.notifications.actions import tell


class VisitDetails(TypedDict):
    """When a group goes to which unit, and where to."""

    group: InspectionGroup
    unit_id: int
    visited_on: date
    place: str


def add_group(evaluation: Evaluation, *, name: str, leader: str, members: str, by: Actor) -> InspectionGroup:
    """Name a group. Raises ``inspection.name_taken`` (field ``name``), ``evaluation.is_finished``."""
    group = InspectionGroup(evaluation_id=evaluation.id)
    _name(group, evaluation, name=name, leader=leader, members=members, by=by)
    db.session.add(group)
    db.session.flush()
    return group


def edit_group(
    group: InspectionGroup, evaluation: Evaluation, *, name: str, leader: str, members: str, by: Actor
) -> None:
    """Name a group or its people anew. Refusals as ``add_group``."""
    _name(group, evaluation, name=name, leader=leader, members=members, by=by)


def _name(group: InspectionGroup, evaluation: Evaluation, *, name: str, leader: str, members: str, by: Actor) -> None:
    rules.check_staff(by)
    rules.check_open(evaluation)
    if any(row.name == name.strip() and row.id != group.id for row in queries.groups_of(evaluation)):
        raise DomainError("inspection.name_taken", field="name")
    group.name, group.leader, group.members = name.strip(), leader.strip(), members.strip()


def plan_visit(evaluation: Evaluation, *, by: Actor, **details: Unpack[VisitDetails]) -> Visit:
    """Put a visit on the schedule; the unit is told. Raises ``evaluation.unit_unknown`` (field ``unit_id``)."""
    visit = Visit(committee_id=evaluation.committee_id, evaluation_id=evaluation.id, findings=[], files=[])
    _plan(visit, evaluation, details, by)
    db.session.add(visit)
    db.session.flush()
    _tell(visit, "visit_planned", by=by, day=visit.visited_on)
    return visit


def edit_visit(visit: Visit, *, by: Actor, **details: Unpack[VisitDetails]) -> None:
    """Change the schedule before the unit has been told what was found. Needs ``evaluation``."""
    if visit.feedback_at is not None:
        raise DomainError("visit.is_told")
    _plan(visit, visit.evaluation, details, by)


def _plan(visit: Visit, evaluation: Evaluation, details: VisitDetails, by: Actor) -> None:
    rules.check_staff(by)
    rules.check_open(evaluation)
    if not queries.units_in_order([details["unit_id"]], actor=by):
        raise DomainError("evaluation.unit_unknown", field="unit_id")
    visit.group_id, visit.unit_id = details["group"].id, details["unit_id"]
    visit.visited_on, visit.place = details["visited_on"], details["place"].strip()


def record_visit(visit: Visit, *, looked_at: str, feedback: str, files: Iterable[Attachment] = (), by: Actor) -> None:
    """Write down what was looked at and what the unit is to be told, with files.

    Needs ``evaluation`` and ``files``; ``visit.is_told``.
    """
    _check_open(visit, by)
    visit.looked_at, visit.feedback = looked_at.strip(), feedback.strip()
    _keep(visit, files, is_answer=False)


def _keep(visit: Visit, files: Iterable[Attachment], *, is_answer: bool) -> None:
    visit.files.extend(VisitFile(attachment_id=file.id, is_answer=is_answer) for file in files)


def remove_file(visit: Visit, file: VisitFile, *, by: Actor) -> None:
    """Take a file of the record off before the unit is told. Needs ``evaluation`` and ``files``; ``visit.is_told``."""
    _check_open(visit, by)
    if file.is_answer:
        raise NotAllowed("visit.not_yours")
    visit.files.remove(file)


def add_finding(visit: Visit, *, kind: FindingKind, text: str, by: Actor) -> Finding:
    """Write down something found. Needs ``evaluation`` and ``findings``; raises ``visit.is_told``."""
    _check_open(visit, by)
    finding = Finding(
        kind=kind, text=text.strip(), position=max((row.position for row in visit.findings), default=-1) + 1
    )
    visit.findings.append(finding)
    db.session.flush()
    return finding


def remove_finding(visit: Visit, finding: Finding, *, by: Actor) -> None:
    """Take something off that was written down by mistake. Needs ``findings``; raises ``finding.has_task``."""
    _check_open(visit, by)
    if queries.rectified([finding.id]):
        raise DomainError("finding.has_task")
    visit.findings.remove(finding)


def give_feedback(visit: Visit, *, by: Actor) -> None:
    """Tell the unit what was looked at and found; nothing of it changes after.

    Needs ``evaluation``. Raises ``visit.not_yet``, ``visit.feedback_missing``, ``visit.is_told``.
    """
    _check_open(visit, by)
    rules.check_feedback(visit, clock.today())
    visit.feedback_at = clock.now()
    _tell(visit, "feedback", by=by)


def answer_visit(visit: Visit, *, answer: str, files: Iterable[Attachment] = (), by: Actor) -> None:
    """The unit answers, and may again; its files are added to those before.

    Needs ``evaluation`` and ``files``; raises ``visit.not_yours``, ``visit.no_feedback``.
    """
    rules.check_answer(visit, by)
    rules.check_open(visit.evaluation)
    visit.answer, visit.answered_at, visit.answered_by_name = answer.strip(), clock.now(), by.name[:100]
    _keep(visit, files, is_answer=True)
    tell(
        "evaluation.answered",
        roles={Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF},
        about_unit_id=visit.unit_id,
        title=visit.evaluation.title,
        path=_path(visit),
        by=by,
    )


def _check_open(visit: Visit, by: Actor) -> None:
    rules.check_staff(by)
    rules.check_open(visit.evaluation)
    if visit.feedback_at is not None:
        raise DomainError("visit.is_told")


def _tell(visit: Visit, code: str, *, by: Actor, day: date | None = None) -> None:
    tell(
        f"evaluation.{code}",
        roles={Role.LIAISON, Role.UNIT_HEAD},
        unit_ids={visit.unit_id},
        day=day,
        path=_path(visit),
        by=by,
    )


def _path(visit: Visit) -> str:
    return f"/evaluations/{visit.evaluation_id}/visits/{visit.id}"
