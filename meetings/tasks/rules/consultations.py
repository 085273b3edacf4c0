"""Which lines of a list concern a unit, and how it answered. Pure."""

from meetings.tasks.models import Consultation, ConsultationLine


def lines_for(row: Consultation, unit_id: int) -> list[ConsultationLine]:
    """The lines that a unit leads or helps with; needs lines, tasks and their units."""
    return [line for line in row.lines if any(part.unit_id == unit_id for part in line.task.units)]
