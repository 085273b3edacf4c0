"""The stages of an evaluation: their order, their days, and where each stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.evaluation.models import Evaluation, EvaluationStage, StageKind


class StageState(StrEnum):
    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    LATE = "late"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class StageDays:
    """First and last day of a stage."""

    from_on: date
    until_on: date


# How long each stage takes in the days that a new evaluation proposes.
_WEEKS: Mapping[StageKind, int] = {
    StageKind.SCHEME: 2,
    StageKind.SELF_ASSESSMENT: 4,
    StageKind.INSPECTION: 4,
    StageKind.REPORT: 4,
    StageKind.RECTIFICATION: 12,
}


def proposed_days(begin: date) -> dict[StageKind, StageDays]:
    """One stage after the other from ``begin`` on; the office changes them as it likes."""
    days, first = {}, begin
    for kind, weeks in _WEEKS.items():
        last = first + timedelta(weeks=weeks, days=-1)
        days[kind] = StageDays(first, last)
        first = last + timedelta(days=1)
    return days


def check_days(days: Mapping[StageKind, StageDays]) -> None:
    """Each stage ends no earlier than it begins, and begins no earlier than the one before; they may overlap.

    Raises ``DomainError`` ``evaluation.days_out_of_order``, ``evaluation.stages_out_of_order`` beside the field
    ``<stage>_until_on`` or ``<stage>_from_on``.
    """
    before: date | None = None
    for kind in StageKind:
        if days[kind].until_on < days[kind].from_on:
            raise DomainError("evaluation.days_out_of_order", field=f"{kind.value}_until_on")
        if before is not None and days[kind].from_on < before:
            raise DomainError("evaluation.stages_out_of_order", field=f"{kind.value}_from_on")
        before = days[kind].from_on


def state_of(stage: EvaluationStage, today: date) -> StageState:
    """Over when the office said so; else by its days."""
    if stage.finished_on is not None:
        return StageState.FINISHED
    if today > stage.until_on:
        return StageState.LATE
    return StageState.UNDER_WAY if today >= stage.from_on else StageState.NOT_BEGUN


def current_stage(stages: Sequence[EvaluationStage]) -> EvaluationStage | None:
    """The first one that is not over; None when all are."""
    return next((stage for stage in _in_order(stages) if stage.finished_on is None), None)


def _in_order(stages: Iterable[EvaluationStage]) -> list[EvaluationStage]:
    return sorted(stages, key=lambda stage: stage.position)


# What the office writes of the whole, in the order of the report.
SECTIONS = ("summary", "laws", "plans", "duties", "mechanisms", "experience", "problems", "next_steps")


def check_staff(by: Actor) -> None:
    """Evaluations are run by the office."""
    if not by.may("evaluations.run"):
        raise NotAllowed("evaluation.not_yours")


def check_open(evaluation: Evaluation) -> None:
    """Nothing of a finished evaluation changes."""
    if evaluation.finished_at is not None:
        raise DomainError("evaluation.is_finished")
