"""Every chosen unit is given its duties: one task and one empty self-assessment each, in one step, never doubled."""

from collections.abc import Collection
from datetime import date

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.evaluation import queries, rules
from meetings.evaluation.models import Assessment, Evaluation
from meetings.notifications.actions import tell
from meetings.tasks import actions as tasks
from meetings.tasks import queries as task_queries
from meetings.tasks.models import ReportingCycle, Task, TaskSource


def hand_out(
    evaluation: Evaluation,
    *,
    unit_ids: Collection[int],
    due_on: date,
    by: Actor,
) -> list[Assessment]:
    """Give these units their duties; those that have them already are left as they are.

    The director's tasks are issued at once; what staff hands out waits for the director, who is told once. Needs
    ``assessed``. Raises ``DomainError`` ``evaluation.no_units``, ``evaluation.unit_unknown`` (field ``unit_ids``),
    ``evaluation.due_past`` (``due_on``), ``evaluation.is_finished``.
    """
    rules.check_staff(by)
    queries.hold(evaluation)
    rules.check_open(evaluation)
    if not unit_ids:
        raise DomainError("evaluation.no_units", field="unit_ids")
    if due_on < clock.today():
        raise DomainError("evaluation.due_past", field="due_on")
    wanted = queries.units_in_order(unit_ids, actor=by)
    if len(wanted) != len(set(unit_ids)):
        raise DomainError("evaluation.unit_unknown", field="unit_ids")
    there = queries.units_handed(evaluation)
    content = rules.task_content(evaluation.assessed)
    made = [
        Assessment(
            committee_id=evaluation.committee_id,
            evaluation_id=evaluation.id,
            unit_id=unit_id,
            task_id=_task(evaluation, unit_id, content, due_on, by).id,
        )
        for unit_id in wanted
        if unit_id not in there
    ]
    db.session.add_all(made)
    db.session.flush()
    if by.may("tasks.issue"):
        issue_tasks(evaluation, by=by)
    elif made:
        tell(
            "evaluation.to_issue",
            roles={Role.OFFICE_DIRECTOR},
            title=evaluation.title,
            path=f"/evaluations/{evaluation.id}/units",
            by=by,
        )
    return made


def _task(evaluation: Evaluation, unit_id: int, content: str, due_on: date, by: Actor) -> Task:
    return tasks.draft_task(
        **{
            **tasks.PLAIN_DRAFT,
            "title": rules.task_title(evaluation),
            "content": content,
            "lead_unit_id": unit_id,
            "cooperating_unit_ids": [],
            "due_on": due_on,
            "standards": [rules.TASK_STANDARD],
            "source": TaskSource.EVALUATION,
            "source_text": evaluation.title,
            "requirement": None,
            "reporting_cycle": ReportingCycle.NONE,
        },
        by=by,
    )


def issue_tasks(evaluation: Evaluation, *, by: Actor) -> int:
    """The director issues what was handed out and waits, all or none; how many these were."""
    waiting = queries.tasks_to_issue(evaluation, actor=by)
    options = task_queries.light_options(evaluation.committee_id)
    outcomes = tasks.issue_many(waiting, receipt_working_days=options.receipt_working_days, by=by)
    for _task, refusal in outcomes:
        if refusal is not None:
            raise refusal
    return len(outcomes)
