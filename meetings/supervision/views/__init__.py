"""What people see of reminders and supervision."""

from meetings.supervision.views import instructions, ladder, morning, steps, urging
from meetings.supervision.views.page import bp

__all__ = ["bp", "instructions", "ladder", "morning", "steps", "urging"]
