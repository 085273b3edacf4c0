"""What the office does so that nothing is forgotten. None of them commits."""

from meetings.supervision.actions.instructions import answer_instruction, draft_from, instruct
from meetings.supervision.actions.ladder import due_reminders, remind, remind_of_consultation, set_ladder
from meetings.supervision.actions.steps import (
    answer,
    begin_notice,
    begin_reminder,
    follow_merge,
    put_off_answer,
    receive,
    record_notice,
    take_step,
    urge,
)

__all__ = [
    "answer",
    "answer_instruction",
    "begin_notice",
    "begin_reminder",
    "draft_from",
    "due_reminders",
    "follow_merge",
    "instruct",
    "put_off_answer",
    "receive",
    "record_notice",
    "remind",
    "remind_of_consultation",
    "set_ladder",
    "take_step",
    "urge",
]
