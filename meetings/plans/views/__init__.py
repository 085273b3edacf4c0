"""Pages of plans, indicators and values."""

from meetings.plans.views import checking, indicator, values
from meetings.plans.views.blueprint import bp

__all__ = ["bp", "checking", "indicator", "values"]
