"""The office begins an evaluation, leads it through its stages, words what is asked and what the report says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.documents.models import Document
from meetings.evaluation import queries, rules
from meetings.evaluation.models import (
    Duty,
    DutyTemplate,
    Evaluation,
    EvaluationKind,
    EvaluationStage,
    Part,
    StageKind,
)
from meetings.evaluation.rules import StageDays


@dataclass(frozen=True, slots=True)
class Asked:
    """What one part asks of a unit, and its points where units are scored."""

    guidance: str
    points: Decimal


def begin_evaluation(
    *,
    kind: EvaluationKind,
    title: str,
    year: int,
    document: Document | None = None,
    is_scored: bool = False,
    days: Mapping[StageKind, StageDays],
    by: Actor,
) -> Evaluation:
    """Begin an evaluation with its five stages; what units are asked comes from the committee's template.

    Raises ``DomainError`` beside fields: ``evaluation.title_missing``, ``evaluation.year``,
    ``evaluation.days_out_of_order``, ``evaluation.stages_out_of_order``, ``evaluation.document_unknown``.
    """
    rules.check_staff(by)
    evaluation = Evaluation(committee_id=by.committee_id, stages=[], assessed=[])
    _write(evaluation, kind=kind, title=title, year=year, document=document, is_scored=is_scored, days=days)
    template = queries.template(by)
    evaluation.assessed = [
        Duty(part=part, position=n, guidance=template[part].guidance, points=template[part].points)
        for n, part in enumerate(Part)
    ]
    db.session.add(evaluation)
    db.session.flush()
    return evaluation


def edit_evaluation(
    evaluation: Evaluation,
    *,
    kind: EvaluationKind,
    title: str,
    year: int,
    document: Document | None,
    is_scored: bool,
    days: Mapping[StageKind, StageDays],
    by: Actor,
) -> None:
    """Change what was begun; needs ``stages``. Refusals as ``begin_evaluation``, and ``evaluation.is_finished``."""
    rules.check_staff(by)
    rules.check_open(evaluation)
    _write(evaluation, kind=kind, title=title, year=year, document=document, is_scored=is_scored, days=days)


def _write(
    evaluation: Evaluation,
    *,
    kind: EvaluationKind,
    title: str,
    year: int,
    document: Document | None,
    is_scored: bool,
    days: Mapping[StageKind, StageDays],
) -> None:
    if not title.strip():
        raise DomainError("evaluation.title_missing", field="title")
    if not 2000 <= year <= 2100:
        raise DomainError("evaluation.year", field="year")
    if document is not None and document.committee_id != evaluation.committee_id:
        raise DomainError("evaluation.document_unknown", field="document_id")
    rules.check_days(days)
    evaluation.kind, evaluation.title, evaluation.year = kind, title.strip(), year
    evaluation.document_id = document.id if document else None
    evaluation.is_scored = is_scored
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


def write_report(evaluation: Evaluation, *, by: Actor, **texts: str) -> None:
    """Write the office's parts of the report, named as the columns. Raises ``evaluation.is_finished``."""
    rules.check_staff(by)
    rules.check_open(evaluation)
    for name in rules.SECTIONS:
        setattr(evaluation, name, texts[name].strip())
