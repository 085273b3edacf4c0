"""Pages of the exchange: texts that become meetings, tables out and in."""

from meetings.exchange.views import plans, tables
from meetings.exchange.views.draft import bp

BLUEPRINTS = (bp,)

__all__ = ["BLUEPRINTS", "bp", "plans", "tables"]
