"""Keep the index of what can be found."""

from meetings.search.actions.following import follow
from meetings.search.actions.writing import differences, is_current, rebuild

__all__ = ["differences", "follow", "is_current", "rebuild"]
