"""The office begins an evaluation, leads it through its stages, words what is asked and what the report says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict, Unpack

from sqlalchemy.orm.attributes import flag_modified

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.documents.models import Document
from meetings.evaluation import queries, rules
from meetings.evaluation.models import (
    DomainReview,
    Duty,
    DutyTemplate,
    EvaluatedPlan,
    Evaluation,
    EvaluationKind,
    EvaluationStage,
    Part,
    StageKind,
)
from meetings.evaluation.rules import StageDays
from meetings.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Asked:
    """What one part asks of a unit, and its points where units are scored."""

    guidance: str
    points: Decimal


class EvaluationDetails(TypedDict):
    """What is written down about an evaluation; ``days`` are those of its five stages."""

    kind: EvaluationKind
    title: str
    year: int
    plans: Sequence[Plan]
    document: Document | None
    is_scored: bool
    days: Mapping[StageKind, StageDays]


def begin_evaluation(*, by: Actor, **details: Unpack[EvaluationDetails]) -> Evaluation:
    """Begin an evaluation with its five stages; what units are asked comes from the committee's template.

    Raises ``DomainError`` beside fields: ``evaluation.title_missing``, ``evaluation.year``,
    ``evaluation.year_of_plan``, ``evaluation.days_out_of_order``, ``evaluation.stages_out_of_order``,
    ``evaluation.document_unknown``.
    """
    rules.check_staff(by)
    evaluation = Evaluation(committee_id=by.committee_id, stages=[], assessed=[], evaluated=[], reviews=[])
    _write(evaluation, details)
    template = queries.template(by)
    evaluation.assessed = [
        Duty(part=part, position=n, guidance=template[part].guidance, points=template[part].points)
        for n, part in enumerate(Part)
    ]
    db.session.add(evaluation)
    db.session.flush()
    return evaluation


def edit_evaluation(evaluation: Evaluation, *, by: Actor, **details: Unpack[EvaluationDetails]) -> None:
    """Change what was begun. Needs ``stages``, ``evaluated``.

    Refusals as ``begin_evaluation``, and ``evaluation.is_finished``.
    """
    rules.check_staff(by)
    rules.check_open(evaluation)
    _write(evaluation, details)


def _write(evaluation: Evaluation, details: EvaluationDetails) -> None:
    title, year, plans, document = details["title"], details["year"], details["plans"], details["document"]
    days = details["days"]
    if not title.strip():
        raise DomainError("evaluation.title_missing", field="title")
    if not 2000 <= year <= 2100:
        raise DomainError("evaluation.year", field="year")
    if document is not None and document.committee_id != evaluation.committee_id:
        raise DomainError("evaluation.document_unknown", field="document_id")
    if any(not plan.from_year <= year <= plan.until_year for plan in plans):
        raise DomainError("evaluation.year_of_plan", field="year")
    rules.check_days(days)
    evaluation.kind, evaluation.title, evaluation.year = details["kind"], title.strip(), year
    evaluation.document_id = document.id if document else None
    evaluation.is_scored = details["is_scored"]
    there = {row.plan_id: row for row in evaluation.evaluated}
    evaluation.evaluated = [there.get(plan.id) or EvaluatedPlan(plan_id=plan.id) for plan in plans]
    known = {stage.kind: stage for stage in evaluation.stages}
    for position, stage_kind in enumerate(StageKind):
        stage = known.get(stage_kind)
        if stage is None:
            stage = EvaluationStage(kind=stage_kind, position=position)
            evaluation.stages.append(stage)
        stage.from_on, stage.until_on = days[stage_kind].from_on, days[stage_kind].until_on


def finish_stage(evaluation: Evaluation, stage: EvaluationStage, *, by: Actor) -> None:
    """Say that a stage is over; those before it are. With the last one the evaluation is finished.

    Needs ``stages``. Raises ``DomainError`` ``evaluation.is_finished``, ``evaluation.stage_before``.
    """
    rules.check_staff(by)
    rules.check_open(evaluation)
    if stage.finished_on is not None:
        return
    if any(row.finished_on is None and row.position < stage.position for row in evaluation.stages):
        raise DomainError("evaluation.stage_before")
    stage.finished_on = clock.today()
    if rules.current_stage(evaluation.stages) is None:
        evaluation.finished_at = clock.now()


def resume_stage(evaluation: Evaluation, stage: EvaluationStage, *, by: Actor) -> None:
    """Take up again a stage that was said to be over too early, and those after it. Needs ``stages``."""
    rules.check_staff(by)
    for row in evaluation.stages:
        if row.position >= stage.position:
            row.finished_on = None
    evaluation.finished_at = None


def edit_template(asked: Mapping[Part, Asked], *, by: Actor) -> None:
    """Word anew what evaluations that begin from now on ask. Raises ``evaluation.points`` (``<part>_points``)."""
    rules.check_staff(by)
    known = queries.own_template(by)
    for part, one in asked.items():
        row = known.get(part) or DutyTemplate(committee_id=by.committee_id, part=part)
        _ask(row, part, one)
        db.session.add(row)


def edit_duties(evaluation: Evaluation, asked: Mapping[Part, Asked], *, by: Actor) -> None:
    """Word anew what this evaluation asks. Needs ``assessed``. Raises ``evaluation.points`` (``<part>_points``)."""
    rules.check_staff(by)
    rules.check_open(evaluation)
    for duty in evaluation.assessed:
        _ask(duty, duty.part, asked[duty.part])


def _ask(row: Duty | DutyTemplate, part: Part, asked: Asked) -> None:
    if not 0 <= asked.points <= 1000:
        raise DomainError("evaluation.points", field=f"{part.value}_points")
    row.guidance, row.points = asked.guidance.strip(), asked.points


def write_report(evaluation: Evaluation, *, reviews: Mapping[int, str] | None = None, by: Actor, **texts: str) -> None:
    """Write the office's parts of the report, named as the columns, and of its domains by id (then needs ``reviews``).

    Raises ``evaluation.is_finished``.
    """
    rules.check_staff(by)
    rules.check_open(evaluation)
    for name in rules.SECTIONS:
        setattr(evaluation, name, texts[name].strip())
    if reviews is None:
        return
    flag_modified(evaluation, "summary")  # one version for the whole page, also where a domain's text alone changed
    known = {row.domain_id: row for row in evaluation.reviews}
    for domain_id, text in reviews.items():
        row = known.get(domain_id)
        if row is None and text.strip():
            evaluation.reviews.append(DomainReview(domain_id=domain_id, text=text.strip()))
        elif row is not None:
            row.text = text.strip()
