"""What the office changes of a task under way: its units, standards and date; one into several, several into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meetings.accounts.models import Role
from meetings.approvals.actions import Signature
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.meetings.models import Meeting, Requirement
from meetings.notifications.actions import tell as tell_people
from meetings.tasks import rules
from meetings.tasks.actions import totals
from meetings.tasks.actions.drafting import _check_units, _write_units, draft_task
from meetings.tasks.actions.handling import issue
from meetings.tasks.actions.progress import recount, recount_parent
from meetings.tasks.actions.step import _step, copy_to_parts, hold
from meetings.tasks.models import (
    Standard,
    SuccessionKind,
    Task,
    TaskAction,
    TaskRequirement,
    TaskSuccession,
    UnitRole,
)
from meetings.tasks.queries import checks
from meetings.workdays import queries as workdays


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the tasks that a task is split into."""

    title: str
    lead_unit_id: int
    due_on: date
    standards: Sequence[str] = ()


def adjust(  # noqa: PLR0913 -- the fields of the form, and who signed
    task: Task,
    *,
    lead_unit_id: int,
    cooperating_unit_ids: Sequence[int],
    standards: Sequence[str],
    due_on: date,
    reason: str,
    signature: Signature | None = None,
    receipt_working_days: int = 2,
    by: Actor,
) -> None:
    """Change units, standards or date of a task that was issued; ``original_due_on`` stays. Needs a task in full.

    A unit that is new owes its receipt; a new lead begins with it, so that the task is issued again. A unit that is no
    longer in the task keeps its reports, and is told. Raises ``DomainError`` ``task.reason_needed``,
    ``task.nothing_changed``, ``task.unit_twice``, ``task.unit_unknown``, ``task.due_before_issue`` and
    ``task.stage_after_due`` (field ``due_on``), and ``extension.leader_decision`` (field ``signed_by``) where a later
    date is the leader's to decide.
    """
    hold(task)
    new_lead = lead_unit_id != task.lead_unit_id
    action = TaskAction.REASSIGN if new_lead else TaskAction.ADJUST
    rules.next_status(task, action, by, today=clock.today())
    rules.check_reason(reason)
    _check_units(task.committee_id, lead_unit_id, cooperating_unit_ids)
    _check_date(task, due_on, signature)
    before = {part.unit_id for part in task.units}
    names = checks.names_of_units(before | {lead_unit_id, *cooperating_unit_ids})
    changes = rules.changes_of(
        task,
        lead_unit_id=lead_unit_id,
        cooperating_unit_ids=cooperating_unit_ids,
        standards=standards,
        due_on=due_on,
        names=names,
    )
    if not changes:
        raise DomainError("task.nothing_changed")
    counted = totals.changes(task, {task.status: -1})
    task.due_on = due_on
    _write_units(task, lead_unit_id, cooperating_unit_ids)
    _write_standards(task, standards)
    copy_to_parts(task)
    _owe_receipts(task, before, new_lead=new_lead, receipt_working_days=receipt_working_days)
    db.session.flush()
    for key, count in totals.changes(task, {task.status: 1}).items():
        counted[key] += count
    totals.write(task.committee_id, counted)
    if new_lead:
        task.was_declined = False
        task.submitted_at = task.submitted_on = None
    note = "；".join([*changes, f"理由：{reason.strip()}"])
    _step(task, action, by=by, note=note, signature=signature, is_held=True)
    _tell_released(task, before - {part.unit_id for part in task.units}, by=by)
    recount(task)


def split(
    task: Task,
    *,
    pieces: Sequence[Piece],
    reason: str,
    signature: Signature | None = None,
    receipt_working_days: int = 2,
    by: Actor,
) -> list[Task]:
    """End a task and issue two or more in its place, each with a number of its own. Needs a task in full.

    They keep its source and its ``original_due_on``: splitting gives nobody a later first date. Reports stay with the
    task they were made on. Raises ``task.too_few_pieces`` (field ``pieces``), ``task.has_subtasks``, and refusals of
    drafting and issuing.
    """
    hold(task)
    rules.next_status(task, TaskAction.SPLIT, by, today=clock.today())
    rules.check_reason(reason)
    if len(pieces) < 2:
        raise DomainError("task.too_few_pieces", field="pieces")
    if checks.open_subtask_count(task):
        raise DomainError("task.has_subtasks")
    for piece in pieces:
        _check_date(task, piece.due_on, signature, stages=())
    parent = db.session.get(Task, task.parent_id) if task.parent_id else None
    requirement = db.session.get(Requirement, task.requirement_id) if task.requirement_id else None
    meeting = db.session.get(Meeting, task.meeting_id) if task.meeting_id else None
    made = []
    for piece in pieces:
        row = draft_task(
            title=piece.title,
            content=task.content,
            lead_unit_id=piece.lead_unit_id,
            cooperating_unit_ids=[],
            due_on=piece.due_on,
            standards=piece.standards,
            quantities=[],
            stages=[],
            source=task.source,
            source_text=task.source_text,
            requirement=requirement,
            meeting=meeting,
            parent=parent,
            weight=task.weight,
            urgency=task.urgency,
            reporting_cycle=task.reporting_cycle,
            reporting_day=task.reporting_day,
            reporting_reason=task.reporting_reason,
            evidence_reason=task.evidence_reason,
            basis=task.basis,
            by=by,
        )
        issue(row, note=f"由{task.number}号任务拆分", receipt_working_days=receipt_working_days, by=by)
        row.original_due_on = task.original_due_on
        made.append(row)
    said = f"拆分为{'、'.join(row.number or '' for row in made)}号任务；理由：{reason.strip()}"
    _end(task, TaskAction.SPLIT, made, SuccessionKind.SPLIT, said, signature, by)
    return made


def merge(
    task: Task,
    *,
    merged: Sequence[Task],
    reason: str,
    signature: Signature | None = None,
    receipt_working_days: int = 2,
    by: Actor,
) -> None:
    """Take other tasks into this one, which keeps its number, lead, dates and reports. Needs all tasks in full.

    Units of the others join as helpers and owe a receipt of their own; their standards join too. The others end with
    their numbers and reports. Raises ``task.nothing_merged``, ``task.merges_itself`` (field ``numbers``),
    ``task.has_subtasks``.
    """
    for row in sorted([task, *merged], key=lambda each: each.id):
        hold(row)
    rules.next_status(task, TaskAction.ADJUST, by, today=clock.today())
    for row in merged:
        rules.next_status(row, TaskAction.MERGE, by, today=clock.today())
    rules.check_reason(reason)
    if not merged:
        raise DomainError("task.nothing_merged", field="numbers")
    if any(row.id == task.id for row in merged):
        raise DomainError("task.merges_itself", field="numbers")
    if any(checks.open_subtask_count(row) for row in merged):
        raise DomainError("task.has_subtasks")
    own = {part.unit_id for part in task.units}
    more = dict.fromkeys(part.unit_id for row in merged for part in row.units if part.unit_id not in own)
    helpers = [part.unit_id for part in task.units if part.role is UnitRole.COOPERATING]
    texts = [standard.text for standard in task.standards]
    texts += [s.text for row in merged for s in row.standards if s.text not in texts]
    counted = totals.changes(task, {task.status: -1})
    _write_units(task, task.lead_unit_id, [*helpers, *more])
    _write_standards(task, texts)
    copy_to_parts(task)
    _owe_receipts(task, own, new_lead=False, receipt_working_days=receipt_working_days)
    db.session.flush()
    for key, count in totals.changes(task, {task.status: 1}).items():
        counted[key] += count
    totals.write(task.committee_id, counted)
    numbers = "、".join(row.number or "" for row in merged)
    note = f"并入{numbers}号任务；理由：{reason.strip()}"
    _step(task, TaskAction.ADJUST, by=by, note=note, signature=signature, is_held=True)
    for row in merged:
        said = f"并入{task.number}号任务；理由：{reason.strip()}"
        _end(row, TaskAction.MERGE, [task], SuccessionKind.MERGE, said, signature, by)
    recount(task)


def _end(
    task: Task,
    action: TaskAction,
    successors: Sequence[Task],
    kind: SuccessionKind,
    note: str,
    signature: Signature | None,
    by: Actor,
) -> None:
    _step(task, action, by=by, note=note, signature=signature, is_held=True)
    db.session.add_all(TaskSuccession(predecessor_id=task.id, successor_id=row.id, kind=kind) for row in successors)
    answered = checks.requirement_ids_of([task.id])
    for row in successors:  # what the task answered is theirs to answer
        known = checks.requirement_ids_of([row.id])
        db.session.add_all(TaskRequirement(task_id=row.id, requirement_id=id_) for id_ in answered if id_ not in known)
    recount_parent(task)


def _check_date(task: Task, due_on: date, signature: Signature | None, stages: Sequence[date] | None = None) -> None:
    """A date that is changed lies ahead; a later one is the leader's where the task rests on what a leader decided."""
    if due_on == task.due_on:
        return
    points = [stage.due_on for stage in task.stages if stage.met_at is None] if stages is None else stages
    try:
        rules.check_dates(due_on=due_on, issued_on=clock.today(), stages=points)
    except DomainError as refusal:
        raise DomainError(refusal.code, field="due_on") from refusal
    later = due_on > task.due_on and signature is None
    if later and rules.needs_leader_decision(task, checks.section_of(task)):
        raise DomainError("extension.leader_decision", field="signed_by")


def _write_standards(task: Task, texts: Sequence[str]) -> None:
    """What is met stays met as long as its words are the same."""
    known: Mapping[str, Standard] = {standard.text: standard for standard in task.standards}
    kept = []
    for position, text in enumerate(dict.fromkeys(text.strip() for text in texts if text.strip())):
        row = known.get(text) or Standard(text=text)
        row.position = position
        kept.append(row)
    task.standards = kept


def _owe_receipts(task: Task, before: set[int], *, new_lead: bool, receipt_working_days: int) -> None:
    """A unit that is new owes its receipt; a new lead too, and until then nobody owes a report."""
    until = workdays.calendar(task.committee_id).add(clock.today(), receipt_working_days)
    for part in task.units:
        if part.unit_id not in before or (new_lead and part.role is UnitRole.LEAD):
            part.receipt_due_on, part.acknowledged_at = until, None
        if new_lead or part.acknowledged_at is None:
            part.report_due_on = None


def _tell_released(task: Task, unit_ids: set[int], *, by: Actor) -> None:
    if unit_ids:
        tell_people(
            "tasks.released",
            roles={Role.LIAISON, Role.UNIT_HEAD},
            unit_ids=unit_ids,
            number=task.number or "",
            title=task.title,
            path="/tasks/",
            by=by,
        )
