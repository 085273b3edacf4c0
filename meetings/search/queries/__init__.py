"""What is found, and what the index is made from."""

from meetings.search.queries.matching import place_marks
from meetings.search.queries.results import GROUPS, MOST, PAGE_SIZE, Found, Hit, scopes_of, search
from meetings.search.queries.shortcuts import Shortcut, by_letters, by_number
from meetings.search.queries.sources import READINGS, read, read_all
from meetings.search.queries.sources.reading import Source
from meetings.search.queries.sources.tasks import is_handed_out

__all__ = [
    "GROUPS",
    "MOST",
    "PAGE_SIZE",
    "READINGS",
    "Found",
    "Hit",
    "Shortcut",
    "Source",
    "by_letters",
    "by_number",
    "is_handed_out",
    "place_marks",
    "read",
    "read_all",
    "scopes_of",
    "search",
]
