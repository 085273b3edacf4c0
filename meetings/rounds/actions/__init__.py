"""What people do with rounds. None of them commits."""

from meetings.rounds.actions.answers import give_round_link, give_task_link, receive
from meetings.rounds.actions.materials import (
    add_duties,
    add_duty,
    close_collection,
    collect,
    edit_duty,
    finalise,
    hand_in,
    remove_duty,
    return_material,
    tick_duty,
)
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
from meetings.rounds.actions.values import ask_for_values

__all__ = [
    "accept_unit",
    "add_duties",
    "add_duty",
    "approve_unit",
    "ask_for_values",
    "cancel",
    "check_reporting",
    "check_returnable",
    "close_collection",
    "collect",
    "draft_round",
    "edit_duty",
    "edit_round",
    "finalise",
    "give_round_link",
    "give_task_link",
    "hand_in",
    "lock",
    "open_round",
    "propose_next",
    "receive",
    "remove_duty",
    "reopen",
    "return_material",
    "return_unit",
    "tick_duty",
]
