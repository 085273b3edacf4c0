"""What people see of tasks."""

from meetings.tasks.views import (
    adjusting,
    bench,
    consultations,
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
    "consultations",
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
