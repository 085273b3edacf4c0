"""The office keeps the plans: their tree, their stages, their indicators with milestones."""

from meetings.plans.actions.plans import add_plan, edit_plan

__all__ = ["add_plan", "edit_plan"]
