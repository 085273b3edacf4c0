"""Pages of papers."""

from meetings.reporting.views import bundles, papers, verify
from meetings.reporting.views.blueprint import bp

__all__ = ["bp", "bundles", "papers", "verify"]
