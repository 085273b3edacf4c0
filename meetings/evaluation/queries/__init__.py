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
from meetings.evaluation.queries.evaluations import choices, find, listed, newest, reviews_of, visible_to
from meetings.evaluation.queries.links import (
    Served,
    ServingTask,
    aim_between,
    find_aim,
    lines_to_serve,
    served_by,
    tasks_of_indicators,
)
from meetings.evaluation.queries.rectifications import (
    origin_of,
    rectification_of,
    rectifications,
    rectifications_of_indicator,
    rectifies,
)
from meetings.evaluation.queries.visits import find_group, find_visit, finding_of, groups_of, rectified, visits_of

__all__ = [
    "Served",
    "ServingTask",
    "TemplateRow",
    "aim_between",
    "assessment_of_task",
    "assessments",
    "choices",
    "course",
    "find",
    "find_aim",
    "find_assessment",
    "find_group",
    "find_version",
    "find_visit",
    "finding_of",
    "groups_of",
    "hold",
    "lines_to_serve",
    "listed",
    "newest",
    "origin_of",
    "own_template",
    "rectification_of",
    "rectifications",
    "rectifications_of_indicator",
    "rectified",
    "rectifies",
    "reviews_of",
    "served_by",
    "tasks_of_indicators",
    "tasks_to_issue",
    "template",
    "units_handed",
    "units_in_order",
    "versions_of",
    "visible_to",
    "visits_of",
]
