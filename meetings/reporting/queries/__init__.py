"""Papers that were made, and what papers are made of."""

from meetings.reporting.queries.drafts import find_draft, paper_of, void_on
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

__all__ = [
    "anchors",
    "find",
    "find_draft",
    "is_visible",
    "kinds_made",
    "made",
    "of_job",
    "paper_of",
    "verified",
    "visible_to",
    "void_on",
]
