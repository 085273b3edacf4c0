"""What people see of reminders and supervision."""

from meetings.supervision.views import ladder, morning, steps, urging
from meetings.supervision.views.page import bp

__all__ = ["bp", "ladder", "morning", "steps", "urging"]
