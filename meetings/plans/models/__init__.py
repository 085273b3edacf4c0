"""What is kept of the plans: the tree and who is responsible for it, indicators with milestones, and their values."""

from meetings.plans.models.checking import StatisticsUnit, ValueCorrection, ValueSheet
from meetings.plans.models.indicators import (
    Amount,
    Direction,
    Indicator,
    IndicatorUnit,
    Level,
    Milestone,
)
from meetings.plans.models.judgements import IndicatorState, ManualJudgement
from meetings.plans.models.tree import (
    Domain,
    Goal,
    GoalUnit,
    Measure,
    MeasureUnit,
    Plan,
    PlanKind,
    PlanStage,
    Responsibility,
    Stage,
)
from meetings.plans.models.values import Area, IndicatorValue, Sex, ValuePeriod, ValueState

__all__ = [
    "Amount",
    "Area",
    "Direction",
    "Domain",
    "Goal",
    "GoalUnit",
    "Indicator",
    "IndicatorState",
    "IndicatorUnit",
    "IndicatorValue",
    "Level",
    "ManualJudgement",
    "Measure",
    "MeasureUnit",
    "Milestone",
    "Plan",
    "PlanKind",
    "PlanStage",
    "Responsibility",
    "Sex",
    "Stage",
    "StatisticsUnit",
    "ValueCorrection",
    "ValuePeriod",
    "ValueSheet",
    "ValueState",
]
