"""Pages of accounts: one's own, and those of the security administrator."""

from meetings.accounts.views import users as _users  # noqa: F401 -- adds its pages to the blueprint
from meetings.accounts.views.own import bp, load_actor

__all__ = ["bp", "load_actor"]
