"""Evaluations as far as the actor may see them: the office and its readers all, units those that were asked."""

from meetings.evaluation.queries.assessments import (
    assessment_of_task,
    assessments,
    course,
    find_assessment,
    find_version,
    versions_of,
)
from meetings.evaluation.queries.duties import (
    TemplateRow,
    hold,
    own_template,
    tasks_to_issue,
    template,
    units_handed,
    units_in_order,
)
from meetings.evaluation.queries.evaluations import choices, find, listed, visible_to

__all__ = [
    "TemplateRow",
    "assessment_of_task",
    "assessments",
    "choices",
    "course",
    "find",
    "find_assessment",
    "find_version",
    "hold",
    "listed",
    "own_template",
    "tasks_to_issue",
    "template",
    "units_handed",
    "units_in_order",
    "versions_of",
    "visible_to",
]
