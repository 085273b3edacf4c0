"""Papers that were made, and what papers are made of."""

from meetings.reporting.queries.papers import (
    anchors,
    find,
    is_visible,
    kinds_made,
    made,
    of_job,
    verified,
    visible_to,
)

__all__ = ["anchors", "find", "is_visible", "kinds_made", "made", "of_job", "verified", "visible_to"]
