"""What the office does so that nothing is forgotten. None of them commits but ``remind``, which is its own job."""

from meetings.supervision.actions.ladder import due_reminders, remind, set_ladder

__all__ = ["due_reminders", "remind", "set_ladder"]
