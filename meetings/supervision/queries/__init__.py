"""What people look up about reminders and supervision. Every read is limited to what the actor may see."""

from meetings.supervision.queries.instructions import (
    find_instruction,
    instructions,
    instructions_on,
    tasks_from,
)
from meetings.supervision.queries.ladder import (
    Owing,
    committees,
    ladder,
    ladder_setting,
    owing,
    sent_keys,
)
from meetings.supervision.queries.morning import Morning, morning
from meetings.supervision.queries.steps import (
    AskedAnswer,
    OfThisYear,
    StepRow,
    answers_to_give,
    find_scan,
    find_step,
    last_steps,
    notice_between,
    notices_of_unit,
    reminders_of,
    steps,
    steps_of,
    steps_of_paper,
    times_reminded,
    unanswered_of,
)

__all__ = [
    "AskedAnswer",
    "Morning",
    "OfThisYear",
    "Owing",
    "StepRow",
    "answers_to_give",
    "committees",
    "find_instruction",
    "find_scan",
    "find_step",
    "instructions",
    "instructions_on",
    "ladder",
    "ladder_setting",
    "last_steps",
    "morning",
    "notice_between",
    "notices_of_unit",
    "owing",
    "reminders_of",
    "sent_keys",
    "steps",
    "steps_of",
    "steps_of_paper",
    "tasks_from",
    "times_reminded",
    "unanswered_of",
]
