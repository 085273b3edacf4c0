"""What a chain may begin with, its links, and where it may break."""

from enum import StrEnum


class Subject(StrEnum):
    """What a chain begins with."""

    GOAL = "goal"
    INDICATOR = "indicator"
    REQUIREMENT = "requirement"
    TASK = "task"


class LinkKind(StrEnum):
    PLAN = "plan"
    DOMAIN = "domain"
    GOAL = "goal"
    MEASURE = "measure"
    INDICATOR = "indicator"
    VALUE = "value"
    MEETING = "meeting"
    SPEECH = "speech"
    REQUIREMENT = "requirement"
    TASK = "task"
    REPORT = "report"
    EVIDENCE = "evidence"
    REVIEW = "review"


class Gap(StrEnum):
    """What ought to follow and does not."""

    NO_INDICATOR = "no_indicator"
    NO_VALUE = "no_value"
    NO_TASK = "no_task"
    NO_REPORT = "no_report"
