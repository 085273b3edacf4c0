"""What an evaluation comes to: every indicator of its plans as the one rule judges it, with what puts it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Unit
from meetings.evaluation.models import Assessment, AssessmentReason, AssessmentStatus, Evaluation, Rectification
from meetings.evaluation.queries.links import ServingTask, tasks_of_indicators
from meetings.plans.models import IndicatorState, Plan
from meetings.plans.queries.monitoring import Standing, by_domain, of_plan
from meetings.plans.rules.judgement import Attainment, Judgement, attainment

# What is said to be missed and owes a reason; what has no value owes its value.
MISSED = frozenset({IndicatorState.MISSED, IndicatorState.NEARLY_MET})
# What a task may put right: also what has no value though it is due.
OFF_TRACK = MISSED | {IndicatorState.NO_VALUE}


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator as it is judged in the year of the evaluation."""

    standing: Standing
    judgement: Judgement
    rectification: Rectification | None = None
    tasks: Sequence[ServingTask] = ()
    reasons: Sequence[tuple[str, str]] = ()

    @property
    def state(self) -> IndicatorState:
        return self.judgement.state

    @property
    def is_missed(self) -> bool:
        return self.state in MISSED

    @property
    def is_off_track(self) -> bool:
        return self.state in OFF_TRACK


@dataclass(frozen=True, slots=True)
class PlanResults:
    """A plan with its domains, and how many of its indicators stand where."""

    plan: Plan
    domains: Sequence[tuple[str, Sequence[Result]]]

    @property
    def results(self) -> list[Result]:
        return [result for _name, results in self.domains for result in results]

    @property
    def attainment(self) -> Attainment:
        return attainment(result.state for result in self.results)


def judged(plan_id: int, year: int, *, actor: Actor, today: date | None = None) -> list[Result]:
    """The indicators of a plan, judged; without what puts them right."""
    today = today or clock.today()
    return [Result(standing, standing.judged(year, today)) for standing in of_plan(plan_id, actor=actor)]


def results_of(evaluation: Evaluation, *, actor: Actor) -> list[PlanResults]:
    """Of all its plans; needs ``evaluated`` with their plans. Eight statements and five for each plan."""
    today = clock.today()
    reasons = reasons_given(evaluation, actor=actor)
    found = []
    for row in sorted(evaluation.evaluated, key=lambda row: row.plan_id):
        standings = of_plan(row.plan_id, actor=actor)
        ids = [standing.id for standing in standings]
        put_right = _rectifications(ids, evaluation.year)
        tasks = tasks_of_indicators(ids, actor=actor)
        domains = [
            (
                name,
                [
                    Result(
                        standing,
                        standing.judged(evaluation.year, today),
                        put_right.get(standing.id),
                        tasks.get(standing.id, ()),
                        reasons.get(standing.id, ()),
                    )
                    for standing in of_domain
                ],
            )
            for name, of_domain in by_domain(standings)
        ]
        found.append(PlanResults(row.plan, domains))
    return found


def _rectifications(indicator_ids: Sequence[int], year: int) -> dict[int, Rectification]:
    rows = (
        select(Rectification)
        .where(Rectification.indicator_id.in_(indicator_ids), Rectification.year == year)
        .options(joinedload(Rectification.task))
    )
    return {row.indicator_id: row for row in db.session.scalars(rows) if row.indicator_id is not None}


def reasons_given(evaluation: Evaluation, *, actor: Actor) -> dict[int, list[tuple[str, str]]]:
    """Why indicators are missed, by indicator: (unit, reason) of what was sent to the office; of the own unit all."""
    rows = (
        select(AssessmentReason.indicator_id, Unit.short_name, AssessmentReason.text)
        .join(Assessment, Assessment.id == AssessmentReason.assessment_id)
        .join(Unit, Unit.id == Assessment.unit_id)
        .where(
            Assessment.evaluation_id == evaluation.id,
            Assessment.status.in_([AssessmentStatus.OFFICE_REVIEW, AssessmentStatus.ACCEPTED]),
            AssessmentReason.text != "",
        )
        .order_by(Unit.position, Unit.id)
    )
    if not actor.may("evaluations.read"):
        rows = rows.where(Assessment.unit_id.in_(sorted(actor.unit_ids)))
    found: dict[int, list[tuple[str, str]]] = {}
    for indicator_id, unit, text in db.session.execute(rows):
        found.setdefault(indicator_id, []).append((unit, text))
    return found
