"""Plans and indicators as far as the actor may see: those of the own committee, for whoever reads plans."""

from meetings.plans.queries.finding import (
    find_indicator,
    find_plan,
    indicators_of,
    indicators_visible_to,
    plans,
    visible_to,
)

__all__ = ["find_indicator", "find_plan", "indicators_of", "indicators_visible_to", "plans", "visible_to"]
