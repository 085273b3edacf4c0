"""Pages of meetings."""

from meetings.meetings.views import agenda, attendance, kinds, meetings, minutes
from meetings.meetings.views.blueprint import bp

__all__ = ["agenda", "attendance", "bp", "kinds", "meetings", "minutes"]
