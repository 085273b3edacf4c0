"""Pages of rounds."""

from meetings.rounds.views import reporting, rounds
from meetings.rounds.views.page import bp

__all__ = ["bp", "reporting", "rounds"]
