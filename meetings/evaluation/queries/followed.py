"""A link of the chain; tasks with what followed from them: reports, evidence, what was decided."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.evaluation.rules.chain import Gap, LinkKind
from meetings.plans.models import IndicatorState
from meetings.tasks.models import (
    ProgressFile,
    ProgressReport,
    Task,
    TaskAction,
    TaskEvent,
    TaskStatus,
    TaskUnit,
    UnitRole,
)
from meetings.tasks.queries.finding import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link; ``state`` is a task's or an indicator's, ``step`` what was done (审核), ``path`` its page.

    ``note`` of a link that ``is_kept_inside`` is a figure that is not printed for outside the committee.
    """

    kind: LinkKind
    title: str
    note: str = ""
    unit: str = ""
    on: date | None = None
    state: TaskStatus | IndicatorState | None = None
    step: TaskAction | None = None
    gap: Gap | None = None
    path: str = ""
    is_kept_inside: bool = False
    links: tuple["Link", ...] = ()


NO_CHANGE = "本期无进展变化"


class Followed(dict[int, Task]):
    """Tasks by id with their reports, evidence and reviews."""

    reports: dict[int, list[ProgressReport]]
    evidence: dict[int, list[str]]
    reviews: dict[int, list[TaskEvent]]

    def link(self, task_id: int) -> Link:
        """The task with its reports, their evidence, and what was decided."""
        task = self[task_id]
        lead = next((part.unit.short_name for part in task.units if part.role is UnitRole.LEAD), "")
        reports = tuple(self._report(report) for report in self.reports.get(task_id, ()))
        reviews = tuple(
            Link(
                kind=LinkKind.REVIEW,
                title="",
                step=event.action,
                note=event.note,
                unit=event.done_by_name,
                on=clock.local(event.done_at).date(),
            )
            for event in self.reviews.get(task_id, ())
        )
        is_due = task.status in {TaskStatus.IN_PROGRESS, TaskStatus.UNIT_REVIEW, TaskStatus.OFFICE_REVIEW}
        return Link(
            kind=LinkKind.TASK,
            title=task.title,
            note=task.number or "",
            unit=lead,
            on=task.due_on,
            state=task.status,
            gap=Gap.NO_REPORT if is_due and not reports else None,
            path=f"/tasks/{task.id}",
            links=(*reports, *reviews),
        )

    def _report(self, report: ProgressReport) -> Link:
        evidence = tuple(Link(kind=LinkKind.EVIDENCE, title=name) for name in self.evidence.get(report.id, ()))
        return Link(
            kind=LinkKind.REPORT,
            title=report.done or NO_CHANGE,
            note=report.problems,
            unit=report.unit.short_name,
            on=clock.local(report.submitted_at).date(),
            path=f"/tasks/{report.task_id}",
            links=evidence,
        )


_REVIEWS = (TaskAction.APPROVE_IN_UNIT, TaskAction.RETURN, TaskAction.COMPLETE, TaskAction.CLOSE, TaskAction.REOPEN)


def followed(which: Any, actor: Actor, *, drafts: bool = False) -> Followed:
    """Four statements. Drafts and cancelled tasks are no links, but where the chain begins with one."""
    rows = select(Task).where(which, *visible(actor)).options(selectinload(Task.units).joinedload(TaskUnit.unit))
    if not drafts:
        rows = rows.where(Task.number.is_not(None), Task.status != TaskStatus.CANCELLED)
    found = Followed({task.id: task for task in db.session.scalars(rows.order_by(Task.id))})
    found.reports, found.evidence, found.reviews = defaultdict(list), defaultdict(list), defaultdict(list)
    ids = sorted(found)
    if not ids:
        return found
    reports = (
        select(ProgressReport)
        .where(ProgressReport.task_id.in_(ids), ProgressReport.is_sent, ProgressReport.return_reason == "")
        .options(joinedload(ProgressReport.unit))
        .order_by(ProgressReport.id)
    )
    for report in db.session.scalars(reports):
        found.reports[report.task_id].append(report)
    files = (
        select(ProgressFile.report_id, Attachment.name)
        .join(Attachment, Attachment.id == ProgressFile.attachment_id)
        .join(ProgressReport, ProgressReport.id == ProgressFile.report_id)
        .where(ProgressReport.task_id.in_(ids))
        .order_by(ProgressFile.id)
    )
    for report_id, name in db.session.execute(files):
        found.evidence[report_id].append(name)
    events = select(TaskEvent).where(TaskEvent.task_id.in_(ids), TaskEvent.action.in_(_REVIEWS)).order_by(TaskEvent.id)
    for event in db.session.scalars(events):
        found.reviews[event.task_id].append(event)
    return found
