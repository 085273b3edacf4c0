"""What people do with tasks: one function for each use case. None of them commits."""

from meetings.approvals.actions import Signature
from meetings.tasks.actions.adjusting import Piece, adjust, merge, split
from meetings.tasks.actions.aims import serve, serve_only
from meetings.tasks.actions.consultations import (
    OpinionInput,
    answer_consultation,
    close_consultation,
    open_consultation,
    settle_opinion,
)
from meetings.tasks.actions.drafting import (
    PLAIN_DRAFT,
    QuantityInput,
    StageInput,
    draft_task,
    edit_task,
    submit_for_issue,
)
from meetings.tasks.actions.extensions import (
    approve_extension,
    ask_extension,
    grant_extension,
    refuse_extension,
    return_extension,
    withdraw_extension,
)
from meetings.tasks.actions.following import follow_merge
from meetings.tasks.actions.handling import (
    acknowledge,
    approve_in_unit,
    cancel,
    close,
    close_many,
    complete,
    decline,
    issue,
    issue_many,
    missing_for_completion,
    reopen,
    resume,
    return_task,
    submit_completion,
    suspend,
)
from meetings.tasks.actions.lights import set_lights
from meetings.tasks.actions.look_backs import draw_look_back, record_finding
from meetings.tasks.actions.progress import tick_stage, tick_standard
from meetings.tasks.actions.reporting import (
    ReportedAmount,
    accept_report,
    accept_reports,
    approve_report,
    owe_reports,
    report_progress,
    return_report,
)
from meetings.tasks.actions.requirements import carry_over, join, part, set_aside, take_up_again

__all__ = [
    "PLAIN_DRAFT",
    "OpinionInput",
    "Piece",
    "QuantityInput",
    "ReportedAmount",
    "Signature",
    "StageInput",
    "accept_report",
    "accept_reports",
    "acknowledge",
    "adjust",
    "answer_consultation",
    "approve_extension",
    "approve_in_unit",
    "approve_report",
    "ask_extension",
    "cancel",
    "carry_over",
    "close",
    "close_consultation",
    "close_many",
    "complete",
    "decline",
    "draft_task",
    "draw_look_back",
    "edit_task",
    "follow_merge",
    "grant_extension",
    "issue",
    "issue_many",
    "join",
    "merge",
    "missing_for_completion",
    "open_consultation",
    "owe_reports",
    "part",
    "record_finding",
    "refuse_extension",
    "reopen",
    "report_progress",
    "resume",
    "return_extension",
    "return_report",
    "return_task",
    "serve",
    "serve_only",
    "set_aside",
    "set_lights",
    "settle_opinion",
    "split",
    "submit_completion",
    "submit_for_issue",
    "suspend",
    "take_up_again",
    "tick_stage",
    "tick_standard",
    "withdraw_extension",
]
