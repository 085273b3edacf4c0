"""What people see of tasks."""

from meetings.tasks.views import bench, detail, drafting, extensions, handling, ledger, lights, reporting, series
from meetings.tasks.views.page import bp

__all__ = ["bench", "bp", "detail", "drafting", "extensions", "handling", "ledger", "lights", "reporting", "series"]
