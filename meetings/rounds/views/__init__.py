"""Pages of rounds."""

from meetings.rounds.views import answers, materials, preparation, reporting, rounds
from meetings.rounds.views.page import bp

__all__ = ["answers", "bp", "materials", "preparation", "reporting", "rounds"]
