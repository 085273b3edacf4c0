"""The office keeps the plans: their tree, their stages, their indicators with milestones."""

from meetings.plans.actions.indicators import IndicatorDetails, add_indicator, edit_indicator, set_milestones
from meetings.plans.actions.plans import PlanDetails, StageEntry, add_plan, close_plan, edit_plan, enter_stages
from meetings.plans.actions.succession import open_next
from meetings.plans.actions.tree import (
    add_domain,
    add_goal,
    add_measure,
    assign_units,
    edit_domain,
    edit_goal,
    edit_measure,
    move,
    remove,
)

__all__ = [
    "IndicatorDetails",
    "PlanDetails",
    "StageEntry",
    "add_domain",
    "add_goal",
    "add_indicator",
    "add_measure",
    "add_plan",
    "assign_units",
    "close_plan",
    "edit_domain",
    "edit_goal",
    "edit_indicator",
    "edit_measure",
    "edit_plan",
    "enter_stages",
    "move",
    "open_next",
    "remove",
    "set_milestones",
]
