"""The papers that can be made: code, what they ask, how they are filled and composed, who may make them."""

from meetings.reporting.catalogue.entry import Content, Entry, Parameters
from meetings.reporting.catalogue.papers import (
    FORMATS,
    PAPERS,
    completed,
    data_kind,
    draw,
    find,
    gathered,
    offered,
)

__all__ = [
    "FORMATS",
    "PAPERS",
    "Content",
    "Entry",
    "Parameters",
    "completed",
    "data_kind",
    "draw",
    "find",
    "gathered",
    "offered",
]
