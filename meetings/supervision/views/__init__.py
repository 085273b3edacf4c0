"""What people see of reminders and supervision."""

from meetings.supervision.views import ladder, steps, urging
from meetings.supervision.views.page import bp

__all__ = ["bp", "ladder", "steps", "urging"]
