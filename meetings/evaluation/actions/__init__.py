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
from meetings.evaluation.actions.links import link, unlink
from meetings.evaluation.actions.rectifications import Remedy, rectify_finding, rectify_indicator
from meetings.evaluation.actions.visits import (
    add_finding,
    add_group,
    answer_visit,
    edit_group,
    edit_visit,
    give_feedback,
    plan_visit,
    record_visit,
    remove_file,
    remove_finding,
)

__all__ = [
    "Asked",
    "Remedy",
    "Score",
    "accept_assessment",
    "add_finding",
    "add_group",
    "answer_visit",
    "approve_assessment",
    "begin_evaluation",
    "edit_duties",
    "edit_evaluation",
    "edit_group",
    "edit_template",
    "edit_visit",
    "finish_stage",
    "give_feedback",
    "hand_out",
    "issue_tasks",
    "link",
    "plan_visit",
    "record_visit",
    "rectify_finding",
    "rectify_indicator",
    "remove_file",
    "remove_finding",
    "resume_stage",
    "return_assessment",
    "score_assessment",
    "submit_assessment",
    "unlink",
    "write_assessment",
    "write_report",
]
