"""Evaluations of plans: their stages, what each unit assesses of itself, visits, and what is to be put right."""

from meetings.evaluation.models.assessments import (
    Assessment,
    AssessmentAction,
    AssessmentEvent,
    AssessmentScore,
    AssessmentStatus,
    AssessmentVersion,
)
from meetings.evaluation.models.evaluations import (
    PARTS,
    Duty,
    DutyTemplate,
    Evaluation,
    EvaluationKind,
    EvaluationStage,
    Part,
    StageKind,
)

__all__ = [
    "PARTS",
    "Assessment",
    "AssessmentAction",
    "AssessmentEvent",
    "AssessmentScore",
    "AssessmentStatus",
    "AssessmentVersion",
    "Duty",
    "DutyTemplate",
    "Evaluation",
    "EvaluationKind",
    "EvaluationStage",
    "Part",
    "StageKind",
]
