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
    ServingTask,
    find_link,
    link_between,
    links_of,
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
    "ServingTask",
    "TemplateRow",
    "assessment_of_task",
    "assessments",
    "choices",
    "course",
    "find",
    "find_assessment",
    "find_group",
    "find_link",
    "find_version",
    "find_visit",
    "finding_of",
    "groups_of",
    "hold",
    "link_between",
    "links_of",
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
    "tasks_of_indicators",
    "tasks_to_issue",
    "template",
    "units_handed",
    "units_in_order",
    "versions_of",
    "visible_to",
    "visits_of",
]
