"""What the system holds of a unit already, so that its self-assessment begins with it (填一次)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from meetings.core.actor import Actor
from meetings.core.db import Json, db
from meetings.evaluation.models import Assessment
from meetings.tasks.models import ProgressReport, ReportStatus, Task, TaskStatus, TaskUnit, UnitRole
from meetings.tasks.queries.finding import visible
from meetings.tasks.rules import HANDED_OUT

MOST_TASKS = 60
_SENT = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task of the unit with how far it is and what was last said of it."""

    id: int
    number: str
    title: str
    is_lead: bool
    status: TaskStatus
    percent_done: int
    due_on: date
    done: str
    problems: str
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """Everything of one unit."""

    tasks: Sequence[HeldTask]

    @property
    def problems(self) -> list[HeldTask]:
        """Tasks whose latest report names a problem."""
        return [task for task in self.tasks if task.problems]

    @property
    def missed_count(self) -> int:
        """How many of the unit's indicators are missed: each needs a reason."""
        return 0

    def frozen(self) -> Json:
        """As it is kept with a version that was sent."""
        return {
            "tasks": [
                {"number": task.number, "title": task.title, "status": task.status, "percent_done": task.percent_done}
                for task in self.tasks
            ]
        }


def held_of(assessment: Assessment, *, actor: Actor) -> Held:
    """A fixed number of statements."""
    return Held(_tasks(assessment, actor))


def _tasks(assessment: Assessment, actor: Actor) -> list[HeldTask]:
    """The unit's tasks, the latest due first, without those that ask for the self-assessment itself."""
    newest = (
        select(func.max(ProgressReport.id))
        .where(
            ProgressReport.task_id == Task.id,
            ProgressReport.unit_id == assessment.unit_id,
            ProgressReport.status.in_(_SENT),
        )
        .correlate(Task)
        .scalar_subquery()
    )
    asks = select(Assessment.task_id).where(Assessment.unit_id == assessment.unit_id)
    rows = (
        select(
            Task.id,
            Task.number,
            Task.title,
            TaskUnit.role,
            Task.status,
            TaskUnit.percent_done,
            Task.due_on,
            ProgressReport.done,
            ProgressReport.problems,
            ProgressReport.submitted_at,
        )
        .join(TaskUnit, TaskUnit.task_id == Task.id)
        .outerjoin(ProgressReport, ProgressReport.id == newest)
        .where(
            *visible(actor),
            TaskUnit.unit_id == assessment.unit_id,
            Task.status.in_(sorted(HANDED_OUT - {TaskStatus.CANCELLED})),
            Task.number.is_not(None),
            Task.id.not_in(asks),
        )
        .order_by(Task.due_on.desc(), Task.id.desc())
        .limit(MOST_TASKS)
    )
    return [
        HeldTask(
            id_,
            number or "",
            title,
            role is UnitRole.LEAD,
            status,
            percent,
            due_on,
            done or "",
            problems or "",
            reported_at,
        )
        for id_, number, title, role, status, percent, due_on, done, problems, reported_at in db.session.execute(rows)
    ]
