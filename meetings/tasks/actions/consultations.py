"""征求意见: drafts go to their units before the issue, units answer by line, the office settles each opinion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.notifications.actions import tell
from meetings.tasks import rules
from meetings.tasks.actions.step import _step
from meetings.tasks.models import (
    Adoption,
    Consultation,
    ConsultationLine,
    ConsultationOpinion,
    ConsultationUnit,
    Task,
    TaskAction,
)


@dataclass(frozen=True, slots=True)
class OpinionInput:
    """What a unit says of a line; without ``text`` it has nothing to say (无意见)."""

    text: str
    about: Sequence[str] = ()


def open_consultation(tasks: Sequence[Task], *, title: str, answer_by: date, by: Actor) -> Consultation:
    """Send drafts to their units. Needs ``task.units``; raises ``consultation.nothing`` (field ``ids``),
    ``consultation.day_past`` (field ``answer_by``), ``task.wrong_status``."""
    if not by.may("tasks.draft"):
        raise NotAllowed("task.not_yours", action="consult")
    if not tasks:
        raise DomainError("consultation.nothing", field="ids")
    if answer_by < clock.today():
        raise DomainError("consultation.day_past", field="answer_by")
    for task in sorted(tasks, key=lambda row: row.id):
        _step(task, TaskAction.CONSULT, by=by, note=title)
    unit_ids = dict.fromkeys(part.unit_id for task in tasks for part in task.units)
    row = Consultation(
        committee_id=by.committee_id,
        title=title.strip(),
        answer_by=answer_by,
        opened_at=clock.now(),
        opened_by_name=by.name[:100],
        lines=[ConsultationLine(task_id=task.id, position=n, opinions=[]) for n, task in enumerate(tasks)],
        units=[ConsultationUnit(unit_id=unit_id) for unit_id in unit_ids],
    )
    db.session.add(row)
    db.session.flush()
    _tell("tasks.consulted", row, unit_ids, by)
    return row


def answer_consultation(row: Consultation, unit_id: int, *, opinions: Mapping[int, OpinionInput], by: Actor) -> None:
    """A unit's answer to the lines that concern it, by line id; it may be changed until the list is closed.

    ``row`` with lines, tasks' units, opinions and units. Raises ``consultation.closed``, ``task.not_yours``.
    """
    asked = next((each for each in row.units if each.unit_id == unit_id), None)
    own = unit_id in by.unit_ids and (by.may("tasks.report") or by.may("tasks.approve"))
    by_office = by.may("tasks.enter_for_unit") and row.committee_id == by.committee_id
    if asked is None or not (own or by_office):
        raise NotAllowed("task.not_yours", action="answer")
    _check_open(row)
    for line in rules.lines_for(row, unit_id):
        given = opinions.get(line.id)
        known = next((each for each in line.opinions if each.unit_id == unit_id), None)
        if given is None or not given.text.strip():
            if known is not None:
                line.opinions.remove(known)
            continue
        if known is None:
            known = ConsultationOpinion(unit_id=unit_id)
            line.opinions.append(known)
        if (known.text, known.about) != (given.text.strip(), list(given.about)):
            known.text, known.about = given.text.strip(), list(given.about)
            known.adoption, known.adoption_reason, known.decided_by_name = None, "", ""
    asked.answered_at = clock.now()
    asked.answered_by_name = by.name[:100]
    asked.is_entered_by_office = not own


def settle_opinion(row: Consultation, opinion_id: int, *, adoption: Adoption, adoption_reason: str, by: Actor) -> None:
    """Adopted, adopted in part or not; the last two with a reason (field ``adoption_reason``)."""
    if not by.may("tasks.draft") or row.committee_id != by.committee_id:
        raise NotAllowed("task.not_yours", action="settle")
    _check_open(row)
    if adoption is not Adoption.ADOPTED:
        rules.check_reason(adoption_reason, field="adoption_reason")
    opinion = next(each for line in row.lines for each in line.opinions if each.id == opinion_id)
    opinion.adoption = adoption
    opinion.adoption_reason = adoption_reason.strip()
    opinion.decided_by_name = by.name[:100]


def close_consultation(row: Consultation, *, by: Actor) -> None:
    """Every opinion is settled: the drafts go back to the office, to be changed and issued.

    Raises ``consultation.unsettled`` with how many are not.
    """
    if not by.may("tasks.draft") or row.committee_id != by.committee_id:
        raise NotAllowed("task.not_yours", action="close")
    _check_open(row)
    left = sum(each.adoption is None for line in row.lines for each in line.opinions)
    if left:
        raise DomainError("consultation.unsettled", count=left)
    row.closed_at = clock.now()
    for line in sorted(row.lines, key=lambda each: each.task_id):
        _step(line.task, TaskAction.END_CONSULTATION, by=by, note=row.title)


def _check_open(row: Consultation) -> None:
    if row.closed_at is not None:
        raise DomainError("consultation.closed")


def _tell(kind: str, row: Consultation, unit_ids: Sequence[int] | Mapping[int, None], by: Actor) -> None:
    tell(
        kind,
        roles={Role.LIAISON, Role.UNIT_HEAD},
        unit_ids=list(unit_ids),
        title=row.title,
        day=row.answer_by,
        path=f"/tasks/consultations/{row.id}",
        by=by,
    )
