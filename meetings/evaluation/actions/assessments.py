"""A unit assesses itself: written, sent, approved by its head, returned or accepted by the office."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from meetings.accounts.models import Role
from meetings.approvals.actions import Signature, check_signature
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import Json, db
from meetings.core.errors import DomainError
from meetings.evaluation import rules
from meetings.evaluation.models import (
    Assessment,
    AssessmentAction,
    AssessmentEvent,
    AssessmentReason,
    AssessmentScore,
    AssessmentVersion,
    Duty,
)
from meetings.notifications.actions import tell
from meetings.tasks import actions as tasks
from meetings.tasks import queries as task_queries
from meetings.tasks import rules as task_rules
from meetings.tasks.models import TaskAction


def write_assessment(
    assessment: Assessment, *, reasons_given: Mapping[int, str] | None = None, by: Actor, **texts: str
) -> None:
    """Keep what the unit writes, named as the columns, and why indicators are missed, by id; nobody is told.

    Raises as ``rules.check_written``.
    """
    rules.check_written(assessment, by)
    for names in rules.TEXTS.values():
        for name in names:
            setattr(assessment, name, texts[name].strip())
    known = {row.indicator_id: row for row in assessment.reasons_given}
    for indicator_id, text in (reasons_given or {}).items():
        row = known.get(indicator_id)
        if row is None:
            row = AssessmentReason(indicator_id=indicator_id)
            assessment.reasons_given.append(row)
        row.text = text.strip()
    assessment.written_at, assessment.written_by_name = clock.now(), by.name[:100]
    assessment.is_entered_by_office = assessment.unit_id not in by.unit_ids


def submit_assessment(
    assessment: Assessment, *, held: Json, missed: Collection[int] = (), by: Actor
) -> AssessmentVersion:
    """Send it to the unit's head, as a version with what the system held that day (``held``). The task goes along.

    ``missed`` are ids of the indicators that the unit leads and that are missed: each owes a reason.

    Raises ``assessment.incomplete`` with ``missing``, the texts that are owed.
    """
    rules.check_open(assessment.evaluation)
    rules.next_status(assessment, AssessmentAction.SUBMIT, by)
    if missing := rules.missing_texts(assessment, missed=missed):
        raise DomainError("assessment.incomplete", missing=missing)
    assessment.revision += 1
    version = AssessmentVersion(
        revision=assessment.revision,
        texts={name: getattr(assessment, name) for names in rules.TEXTS.values() for name in names}
        | {"reasons_given": {str(row.indicator_id): row.text for row in assessment.reasons_given}},
        held=held,
        sent_at=clock.now(),
        sent_by_name=by.name[:100],
    )
    assessment.versions.add(version)
    _step(assessment, AssessmentAction.SUBMIT, by=by)
    assessment.submitted_at = clock.now()
    if not _take_along(assessment, TaskAction.ACKNOWLEDGE, TaskAction.SUBMIT_COMPLETION, by=by):
        _tell(assessment, "to_approve", {Role.UNIT_HEAD}, by=by)
    return version


def approve_assessment(
    assessment: Assessment, *, note: str = "", signature: Signature | None = None, by: Actor
) -> None:
    """The head agrees, on line or by the signed and stamped page that somebody else uploads; the office gets it.

    Raises ``signature.scan_needed`` (field ``scan``) where the actor is not the head and there is no page.
    """
    rules.check_open(assessment.evaluation)
    rules.next_status(assessment, AssessmentAction.APPROVE, by)
    if signature is not None or rules.is_offline_only(assessment, by):
        check_signature(signature, committee_id=assessment.committee_id)
    _step(assessment, AssessmentAction.APPROVE, note=note, signature=signature, by=by)
    if not _take_along(assessment, TaskAction.APPROVE_IN_UNIT, signature=signature, by=by):
        tell(
            "evaluation.submitted",
            roles={Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF},
            about_unit_id=assessment.unit_id,
            title=assessment.evaluation.title,
            path=_path(assessment),
            by=by,
        )


def return_assessment(assessment: Assessment, *, reason: str, by: Actor) -> None:
    """The head or the office sends it back to be changed. Raises ``assessment.reason_needed`` (``reason``)."""
    rules.check_open(assessment.evaluation)
    rules.next_status(assessment, AssessmentAction.RETURN, by)
    if not reason.strip():
        raise DomainError("assessment.reason_needed", field="reason")
    _step(assessment, AssessmentAction.RETURN, note=reason, by=by)
    assessment.return_reason, assessment.submitted_at = reason.strip()[:500], None
    if not _take_along(assessment, TaskAction.RETURN, reason=reason, by=by):
        _tell(assessment, "returned", {Role.LIAISON}, by=by)


def accept_assessment(assessment: Assessment, *, note: str = "", by: Actor) -> None:
    """The office finds it complete. What it asked for is met; where the director accepts, the task is completed too."""
    rules.check_open(assessment.evaluation)
    _step(assessment, AssessmentAction.ACCEPT, note=note, by=by)
    assessment.decided_at, assessment.return_reason = clock.now(), ""
    if not _take_along(assessment, TaskAction.COMPLETE, by=by):
        _tell(assessment, "accepted", {Role.LIAISON, Role.UNIT_HEAD}, by=by)


@dataclass(frozen=True, slots=True)
class Score:
    """Points for one part, and what for."""

    points: Decimal
    note: str = ""


def score_assessment(
    assessment: Assessment, duties: Mapping[int, Duty], scores: Mapping[int, Score], *, by: Actor
) -> None:
    """Give points by duty id, where the evaluation is scored. Needs ``scores``.

    Raises ``assessment.not_scored``, ``assessment.score_unaccepted``, ``assessment.too_many_points``
    (field ``<part>_points``).
    """
    rules.check_staff(by)
    rules.check_open(assessment.evaluation)
    rules.check_scoring(assessment)
    known = {row.duty_id: row for row in assessment.scores}
    for duty_id, score in scores.items():
        duty = duties[duty_id]
        if not 0 <= score.points <= duty.points:
            raise DomainError(
                "assessment.too_many_points", field=f"{duty.part.value}_points", most=f"{duty.points.normalize():f}"
            )
        row = known.get(duty_id)
        if row is None:
            row = AssessmentScore(duty_id=duty_id)
            assessment.scores.append(row)
        row.points, row.note = score.points, score.note.strip()


def _step(
    assessment: Assessment,
    action: AssessmentAction,
    *,
    note: str = "",
    signature: Signature | None = None,
    by: Actor,
) -> None:
    """The only writer of ``Assessment.status`` and of its events."""
    before = assessment.status
    after = rules.next_status(assessment, action, by)
    assessment.events.add(
        AssessmentEvent(
            action=action,
            status_before=before,
            status_after=after,
            done_at=clock.now(),
            done_by_id=by.user_id,
            done_by_name=by.name[:100],
            note=note.strip(),
            signed_by=signature.signed_by.strip() if signature else "",
            signed_on=signature.signed_on if signature else None,
            signed_words=signature.words.strip() if signature else "",
            scan_id=signature.scan.id if signature and signature.scan else None,
        )
    )
    assessment.status = after


def _take_along(
    assessment: Assessment,
    *actions: TaskAction,
    signature: Signature | None = None,
    reason: str = "",
    by: Actor,
) -> bool:
    """The task that asked for it takes the same steps, so that nobody reports or is told twice; whether it did.

    Where it cannot it stays: somebody may have taken it there already, and the director alone completes it. What the
    office sends for a unit, it acknowledges and reports for it.
    """
    db.session.flush()
    if TaskAction.SUBMIT_COMPLETION in actions:
        by = rules.standing_in(assessment, by)
    task = task_queries.find(assessment.task_id, actor=by)
    if TaskAction.COMPLETE in actions and task_rules.may_tick(task, by):
        for standard in task.standards:
            tasks.tick_standard(task, standard.id, True, by=by)
    steps: Mapping[TaskAction, Callable[[], None]] = {
        TaskAction.ACKNOWLEDGE: lambda: tasks.acknowledge(task, by=by),
        TaskAction.SUBMIT_COMPLETION: lambda: tasks.submit_completion(task, note=rules.COMPLETION_NOTE, by=by),
        TaskAction.APPROVE_IN_UNIT: lambda: tasks.approve_in_unit(task, signature=signature, by=by),
        TaskAction.RETURN: lambda: tasks.return_task(task, reason=reason, by=by),
        TaskAction.COMPLETE: lambda: tasks.complete(task, by=by),
    }
    for action in actions:
        if action is TaskAction.ACKNOWLEDGE and task_rules.part_to_acknowledge(task, by) is None:
            continue
        if action not in task_rules.available_actions(task, by, today=clock.today()):
            return False
        steps[action]()
    return True


def _tell(assessment: Assessment, code: str, roles: set[Role], *, by: Actor) -> None:
    tell(
        f"evaluation.{code}",
        roles=roles,
        unit_ids={assessment.unit_id},
        title=assessment.evaluation.title,
        path=_path(assessment),
        by=by,
    )


def _path(assessment: Assessment) -> str:
    return f"/evaluations/{assessment.evaluation_id}/assessments/{assessment.id}"
