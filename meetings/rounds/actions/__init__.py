"""What people do with rounds. None of them commits."""

from meetings.rounds.actions.answers import give_round_link, give_task_link, receive
from meetings.rounds.actions.rounds import (
    cancel,
    draft_round,
    edit_round,
    lock,
    open_round,
    propose_next,
    reopen,
)
from meetings.rounds.actions.units import accept_unit, approve_unit, check_reporting, check_returnable, return_unit

__all__ = [
    "accept_unit",
    "approve_unit",
    "cancel",
    "check_reporting",
    "check_returnable",
    "draft_round",
    "edit_round",
    "give_round_link",
    "give_task_link",
    "lock",
    "open_round",
    "propose_next",
    "receive",
    "reopen",
    "return_unit",
]
