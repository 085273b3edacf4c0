"""Where tasks, their units, reports and requests stand, and what can be done."""

from enum import StrEnum


class TaskStatus(StrEnum):
    """Where a task stands. Overdue and returned are not here: the one follows from the date, the other is an event."""

    DRAFT = "draft"
    CONSULTING = "consulting"
    PENDING_ISSUE = "pending_issue"
    ISSUED = "issued"
    IN_PROGRESS = "in_progress"
    UNIT_REVIEW = "unit_review"
    OFFICE_REVIEW = "office_review"
    COMPLETED = "completed"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class TaskAction(StrEnum):
    """What can be done to a task; each one done leaves a ``TaskEvent``."""

    SUBMIT_FOR_ISSUE = "submit_for_issue"
    ISSUE = "issue"
    ACKNOWLEDGE = "acknowledge"
    DECLINE = "decline"
    REPORT_PROGRESS = "report_progress"
    SUBMIT_COMPLETION = "submit_completion"
    APPROVE_IN_UNIT = "approve_in_unit"
    RETURN = "return"
    COMPLETE = "complete"
    CLOSE = "close"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    REOPEN = "reopen"
    ASK_EXTENSION = "ask_extension"
    APPROVE_EXTENSION = "approve_extension"
    RETURN_EXTENSION = "return_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    WITHDRAW_EXTENSION = "withdraw_extension"
    ADJUST = "adjust"
    REASSIGN = "reassign"
    SPLIT = "split"
    MERGE = "merge"
    CONSULT = "consult"
    END_CONSULTATION = "end_consultation"


class ExtensionStatus(StrEnum):
    """Where a request for more time stands; the last four end it."""

    UNIT_REVIEW = "unit_review"
    OFFICE_REVIEW = "office_review"
    GRANTED = "granted"
    REFUSED = "refused"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class TaskSource(StrEnum):
    REQUIREMENT = "requirement"
    GOAL = "goal"
    INDICATOR = "indicator"
    INSTRUCTION = "instruction"
    DOCUMENT = "document"
    EVALUATION = "evaluation"
    OFFICE = "office"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"
    EXTRA_URGENT = "extra_urgent"


class UnitRole(StrEnum):
    LEAD = "lead"
    COOPERATING = "cooperating"


class ReportingCycle(StrEnum):
    NONE = "none"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"


class Step(StrEnum):
    """How far a unit is, where neither quantities nor standards tell."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    NEARLY_DONE = "nearly_done"
    DONE = "done"


class ReportStatus(StrEnum):
    UNIT_REVIEW = "unit_review"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
