"""What may happen in an evaluation, when, and at whose hand. Pure: no session, no request, no clock."""

from meetings.evaluation.rules.assessments import (
    LONGEST,
    TEXTS,
    TRANSITIONS,
    Party,
    available_actions,
    check_scoring,
    check_written,
    is_offline_only,
    missing_texts,
    next_status,
    parties_of,
)
from meetings.evaluation.rules.duties import COMPLETION_NOTE, GUIDANCE, TASK_STANDARD, task_content, task_title
from meetings.evaluation.rules.proposing import proposed_measures, proposed_reasons
from meetings.evaluation.rules.stages import (
    SECTIONS,
    StageDays,
    StageState,
    check_days,
    check_open,
    check_staff,
    current_stage,
    proposed_days,
    state_of,
)

__all__ = [
    "COMPLETION_NOTE",
    "GUIDANCE",
    "LONGEST",
    "SECTIONS",
    "TASK_STANDARD",
    "TEXTS",
    "TRANSITIONS",
    "Party",
    "StageDays",
    "StageState",
    "available_actions",
    "check_days",
    "check_open",
    "check_scoring",
    "check_staff",
    "check_written",
    "current_stage",
    "is_offline_only",
    "missing_texts",
    "next_status",
    "parties_of",
    "proposed_days",
    "proposed_measures",
    "proposed_reasons",
    "state_of",
    "task_content",
    "task_title",
]
