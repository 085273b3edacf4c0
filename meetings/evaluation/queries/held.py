"""What the system holds of a unit already, so that its self-assessment begins with it (填一次)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from meetings.core.actor import Actor
from meetings.core.db import Json, db
from meetings.evaluation.models import Assessment
from meetings.evaluation.queries.results import Result, judged
from meetings.plans.models import Domain, Goal, GoalUnit, IndicatorState, Measure, MeasureUnit, Responsibility
from meetings.plans.rules.figures import figure_text
from meetings.plans.rules.judgement import attainment
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


class HeldLine(NamedTuple):
    """A goal or a measure that the unit answers for."""

    domain: str
    number: str
    text: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Everything of one unit: its tasks, its indicators as they are judged, its goals and measures."""

    year: int
    tasks: Sequence[HeldTask]
    indicators: Sequence[Result]
    goals: Sequence[HeldLine]
    measures: Sequence[HeldLine]
    unit_id: int

    @property
    def problems(self) -> list[HeldTask]:
        """Tasks whose latest report names a problem."""
        return [task for task in self.tasks if task.problems]

    def leads(self, result: Result) -> bool:
        """The unit is the first that answers for the indicator."""
        lead = result.standing.lead
        return lead is not None and lead[0] == self.unit_id

    @property
    def missed(self) -> list[Result]:
        """Indicators that the unit leads and that are missed: each owes a reason."""
        return [result for result in self.indicators if result.is_missed and self.leads(result)]

    @property
    def states(self) -> dict[IndicatorState, int]:
        """How many of the unit's indicators stand where."""
        return dict(attainment(result.state for result in self.indicators).counts)

    def frozen(self) -> Json:
        """As it is kept with a version that was sent."""
        return {
            "tasks": [
                {"number": task.number, "title": task.title, "status": task.status, "percent_done": task.percent_done}
                for task in self.tasks
            ],
            "indicators": [
                {
                    "id": result.standing.id,
                    "name": result.standing.name,
                    "unit_of_measure": result.standing.unit_of_measure,
                    "value": figure_text(figure.value, result.standing.decimals)
                    if (figure := result.standing.figures.get(self.year))
                    else "",
                    "state": result.state,
                }
                for result in self.indicators
            ],
        }


def held_of(assessment: Assessment, *, actor: Actor) -> Held:
    """A fixed number of statements, five for each plan among them. Needs ``evaluation`` with its plans."""
    evaluation, unit_id = assessment.evaluation, assessment.unit_id
    results = [
        result
        for plan_id in evaluation.plan_ids
        for result in judged(plan_id, evaluation.year, actor=actor)
        if any(unit_id == unit for unit, _name in (*result.standing.main_units, *result.standing.shared_units))
    ]
    return Held(
        evaluation.year,
        _tasks(assessment, actor),
        results,
        _lines(Goal, GoalUnit, GoalUnit.goal_id, assessment),
        _lines(Measure, MeasureUnit, MeasureUnit.measure_id, assessment),
        unit_id,
    )


def _lines(line: type[Goal | Measure], share: Any, line_id: Any, assessment: Assessment) -> list[HeldLine]:
    rows = (
        select(Domain.name, line.number, line.text, share.role)
        .join(Domain, Domain.id == line.domain_id)
        .join(share, line_id == line.id)
        .where(line.plan_id.in_(assessment.evaluation.plan_ids), share.unit_id == assessment.unit_id)
        .order_by(line.plan_id, Domain.position, Domain.id, line.position, line.id)
    )
    return [
        HeldLine(domain, number, text, role is Responsibility.MAIN)
        for domain, number, text, role in db.session.execute(rows)
    ]


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
