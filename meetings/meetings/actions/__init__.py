"""What is done with meetings."""

from meetings.meetings.actions.requirements import add_requirement, edit_requirement, set_aside, take_up

__all__ = ["add_requirement", "edit_requirement", "set_aside", "take_up"]
