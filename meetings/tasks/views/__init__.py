"""What people see of tasks."""

from meetings.tasks.views import (
    adjusting,
    bench,
    detail,
    drafting,
    extensions,
    handling,
    ledger,
    lights,
    look_backs,
    reporting,
    series,
)
from meetings.tasks.views.page import bp

__all__ = [
    "adjusting",
    "bench",
    "bp",
    "detail",
    "drafting",
    "extensions",
    "handling",
    "ledger",
    "lights",
    "look_backs",
    "reporting",
    "series",
]
