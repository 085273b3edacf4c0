"""Pages of papers."""

from meetings.reporting.views import papers, verify
from meetings.reporting.views.blueprint import bp

__all__ = ["bp", "papers", "verify"]
