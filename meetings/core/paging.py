"""Pages of rows, and the sort order asked for in the query string."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

PAGE_SIZE = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of rows; ``number`` counts from 1, ``total`` is that of all pages."""

    rows: Sequence[T]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def count(self) -> int:
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0


def page_number(text: str | None) -> int:
    """The page asked for; anything that is no positive number is page 1."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1


def sort_order(text: str | None, allowed: Sequence[str], default: str) -> tuple[str, bool]:
    """The column to sort by and whether downwards: ``-due_on`` is (``due_on``, True); else the default."""
    asked = text or default
    name = asked.removeprefix("-")
    if name not in allowed:
        return sort_order(default, [default.removeprefix("-")], default)
    return name, asked.startswith("-")
