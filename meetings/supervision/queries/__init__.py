"""What people look up about reminders and supervision. Every read is limited to what the actor may see."""

from meetings.supervision.queries.ladder import (
    Owing,
    committees,
    ladder,
    ladder_setting,
    owing,
    owing_of,
    sent_keys,
)

__all__ = ["Owing", "committees", "ladder", "ladder_setting", "owing", "owing_of", "sent_keys"]
