"""Pages of papers."""

from meetings.reporting.views import bundles, drafts, ledger, papers, received, register, signing, supervision, verify
from meetings.reporting.views.blueprint import bp

__all__ = ["bp", "bundles", "drafts", "ledger", "papers", "received", "register", "signing", "supervision", "verify"]
