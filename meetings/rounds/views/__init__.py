"""Pages of rounds."""

from meetings.rounds.views import answers, reporting, rounds
from meetings.rounds.views.page import bp

__all__ = ["answers", "bp", "reporting", "rounds"]
