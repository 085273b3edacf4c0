"""What people do in evaluations: one function for each use case. None of them commits."""

from meetings.evaluation.actions.assessments import (
    Score,
    accept_assessment,
    approve_assessment,
    return_assessment,
    score_assessment,
    submit_assessment,
    write_assessment,
)
from meetings.evaluation.actions.evaluations import (
    Asked,
    begin_evaluation,
    edit_duties,
    edit_evaluation,
    edit_template,
    finish_stage,
    resume_stage,
    write_report,
)
from meetings.evaluation.actions.handing_out import hand_out, issue_tasks

__all__ = [
    "Asked",
    "Score",
    "accept_assessment",
    "approve_assessment",
    "begin_evaluation",
    "edit_duties",
    "edit_evaluation",
    "edit_template",
    "finish_stage",
    "hand_out",
    "issue_tasks",
    "resume_stage",
    "return_assessment",
    "score_assessment",
    "submit_assessment",
    "write_assessment",
    "write_report",
]
