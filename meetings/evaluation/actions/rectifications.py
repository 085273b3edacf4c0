"""What is off track or was found wanting becomes a task, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.evaluation import queries, rules
from meetings.evaluation.actions.links import link
from meetings.evaluation.models import Evaluation, Finding, Rectification, Visit
from meetings.plans.models import Indicator
from meetings.tasks import actions as tasks
from meetings.tasks import queries as task_queries
from meetings.tasks.models import ReportingCycle, Task, TaskSource, TaskStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What is to be done, by whom and by when; ``standards`` say when it is done."""

    problem: str
    content: str
    lead_unit_id: int
    cooperating_unit_ids: Sequence[int] = ()
    standards: Sequence[str] = ()
    due_on: date


def rectify_indicator(
    indicator: Indicator, year: int, remedy: Remedy, *, evaluation: Evaluation | None = None, by: Actor
) -> Rectification:
    """Make the task that brings an indicator back on track; one for a year, unless it was cancelled.

    The director's is issued at once, staff's is put before the director. Raises ``rectification.there`` and what
    ``tasks.actions.draft_task`` and ``issue`` raise.
    """
    rules.check_staff(by)
    row = queries.rectification_of(indicator_id=indicator.id, year=year)
    task = _task(row, remedy, TaskSource.INDICATOR, f"{indicator.name}（{year}年）", by)
    if row is None:
        row = Rectification(committee_id=indicator.committee_id, indicator_id=indicator.id, year=year)
    row.evaluation_id = evaluation.id if evaluation else row.evaluation_id
    _keep(row, task, remedy)
    link(indicator, task, by=by)
    return row


def rectify_finding(visit: Visit, finding: Finding, remedy: Remedy, *, by: Actor) -> Rectification:
    """Make the task that puts right what a visit found; once, unless it was cancelled. Needs ``evaluation``.

    Raises ``finding.no_problem``, ``rectification.there``, and as ``rectify_indicator``.
    """
    rules.check_staff(by)
    rules.check_problem(finding)
    row = queries.rectification_of(finding_id=finding.id)
    task = _task(row, remedy, TaskSource.EVALUATION, visit.evaluation.title, by)
    if row is None:
        row = Rectification(committee_id=visit.committee_id, evaluation_id=visit.evaluation_id, finding_id=finding.id)
    _keep(row, task, remedy)
    return row


def _task(row: Rectification | None, remedy: Remedy, source: TaskSource, source_text: str, by: Actor) -> Task:
    if row is not None and row.task.status is not TaskStatus.CANCELLED:
        raise DomainError("rectification.there")
    if not remedy.problem.strip():
        raise DomainError("rectification.problem_missing", field="problem")
    task = tasks.draft_task(
        **{
            **tasks.PLAIN_DRAFT,
            "title": rules.rectification_title(remedy.problem),
            "content": remedy.content.strip(),
            "lead_unit_id": remedy.lead_unit_id,
            "cooperating_unit_ids": list(remedy.cooperating_unit_ids),
            "due_on": remedy.due_on,
            "standards": list(remedy.standards) or [rules.RECTIFICATION_STANDARD],
            "source": source,
            "source_text": source_text,
            "requirement": None,
            "reporting_cycle": ReportingCycle.QUARTERLY,
        },
        by=by,
    )
    if by.may("tasks.issue"):
        options = task_queries.light_options(by.committee_id)
        tasks.issue(task, receipt_working_days=options.receipt_working_days, by=by)
    else:
        tasks.submit_for_issue(task, by=by)
    return task


def _keep(row: Rectification, task: Task, remedy: Remedy) -> None:
    row.task_id, row.unit_id, row.problem = task.id, remedy.lead_unit_id, remedy.problem.strip()[:500]
    db.session.add(row)
    db.session.flush()
