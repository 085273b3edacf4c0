"""批示: what a leader wrote on a task or an issued paper, the answer to it, the task that came of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from meetings.accounts.models import Role
from meetings.approvals.actions import Signature, check_signature
from meetings.approvals.models import Approval, ApprovalStatus
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.notifications.actions import tell, tell_account
from meetings.supervision import rules
from meetings.supervision.models import Instruction, InstructionTask
from meetings.tasks.actions import PLAIN_DRAFT, draft_task
from meetings.tasks.models import Task, TaskSource

_OFFICE = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF})
_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})


def instruct(
    subject: Task | Approval,
    *,
    text: str,
    answer_by: date | None = None,
    signature: Signature | None = None,
    by: Actor,
) -> Instruction:
    """A leader writes on a task (needs ``task.units``) or an issued paper; the office enters it with the signed page.

    The office is told, and the units of the task. Raises ``NotAllowed("instruction.not_yours")``,
    ``instruction.not_issued``, ``supervision.answer_by_past``, and what a signature raises.
    """
    rules.check_instruction(by, is_recorded=signature is not None)
    rules.check_day(answer_by, clock.today())
    if signature is not None:
        check_signature(signature, committee_id=subject.committee_id)
    task, paper = (subject, None) if isinstance(subject, Task) else (None, subject)
    if paper is not None and paper.status is not ApprovalStatus.ISSUED:
        raise DomainError("instruction.not_issued")
    row = Instruction(
        committee_id=subject.committee_id,
        task_id=task.id if task else None,
        approval_id=paper.id if paper else None,
        text=text.strip(),
        leader_name=(signature.signed_by if signature else by.name).strip()[:100],
        given_on=signature.signed_on if signature else clock.today(),
        entered_at=clock.now(),
        entered_by_id=by.user_id,
        entered_by_name=by.name[:100],
        is_recorded=signature is not None,
        scan_id=signature.scan.id if signature and signature.scan else None,
        answer_by=answer_by,
    )
    db.session.add(row)
    db.session.flush()
    about: Mapping[str, Any] = {"number": task.number or "" if task else "", "title": subject.title}
    path = f"/supervision/instructions/{row.id}"
    tell("supervision.instructed", roles=_OFFICE, path=path, is_urgent=True, by=by, **about)
    if task is not None and task.number:
        units = frozenset(part.unit_id for part in task.units)
        tell("supervision.instructed", roles=_UNIT, unit_ids=units, path=path, is_urgent=True, by=by, **about)
    return row


def answer_instruction(row: Instruction, *, answer: str, by: Actor) -> None:
    """The unit that leads the task, or the office, says what was done; the leader is told. Needs ``row.task``.

    Raises ``NotAllowed("instruction.answer_not_yours")``, ``instruction.answered``.
    """
    if not rules.may_answer_instruction(row, by):
        raise NotAllowed("instruction.answer_not_yours")
    if row.answered_at is not None:
        raise DomainError("instruction.answered")
    row.answer, row.answered_at, row.answered_by_name = answer.strip(), clock.now(), by.name[:100]
    if row.entered_by_id is not None and not row.is_recorded:
        path = f"/supervision/instructions/{row.id}"
        tell_account("supervision.instruction_answered", row.entered_by_id, title=row.text[:100], path=path, by=by)


def draft_from(row: Instruction, *, title: str, lead_unit_id: int, due_on: date, by: Actor) -> Task:
    """A task that came of the instruction, as a draft; cancelling or putting it off later takes the leader's word."""
    values = {
        **PLAIN_DRAFT,
        "title": title,
        "content": row.text,
        "lead_unit_id": lead_unit_id,
        "cooperating_unit_ids": [],
        "requirement": None,
        "due_on": due_on,
        "source": TaskSource.INSTRUCTION,
        "source_text": f"{row.leader_name}{row.given_on.year}年{row.given_on.month}月{row.given_on.day}日批示",
        "basis": f"{row.leader_name}批示",
    }
    task = draft_task(**values, by=by)
    db.session.flush()
    db.session.add(InstructionTask(instruction_id=row.id, task_id=task.id))
    return task
