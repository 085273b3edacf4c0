"""Evaluations of plans: their stages, what each unit assesses of itself, visits, and what is to be put right."""

from meetings.evaluation.models.assessments import (
    Assessment,
    AssessmentAction,
    AssessmentEvent,
    AssessmentReason,
    AssessmentScore,
    AssessmentStatus,
    AssessmentVersion,
)
from meetings.evaluation.models.evaluations import (
    PARTS,
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
from meetings.evaluation.models.rectifications import Rectification
from meetings.evaluation.models.visits import Finding, FindingKind, InspectionGroup, Visit, VisitFile

__all__ = [
    "PARTS",
    "Assessment",
    "AssessmentAction",
    "AssessmentEvent",
    "AssessmentReason",
    "AssessmentScore",
    "AssessmentStatus",
    "AssessmentVersion",
    "DomainReview",
    "Duty",
    "DutyTemplate",
    "EvaluatedPlan",
    "Evaluation",
    "EvaluationKind",
    "EvaluationStage",
    "Finding",
    "FindingKind",
    "InspectionGroup",
    "Part",
    "Rectification",
    "StageKind",
    "Visit",
    "VisitFile",
]
