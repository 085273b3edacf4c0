"""How a kind is read from its own rows, and what is made of a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from meetings.search.models import Kind

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Everything there is to find in one row; fields as ``SearchEntry``, ``text`` whole and ``marks`` apart."""

    kind: Kind
    subject_id: int
    committee_id: int
    place_id: int
    title: str
    text: str
    remark: str
    day: date | None
    marks: tuple[str, ...]


# One row of a statement, and what the statement beside it found → what there is to find.
Maker = Callable[[Any, Any], tuple[int, str, str, str, date | None, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a kind is read: its statement, the column of its ids, the other columns that rows are asked for by, what
    is read beside it, and how a row is worded (place, title, text, remark, day, marks).
    """

    statement: Select[*tuple[Any, ...]]
    id: Column
    make: Maker
    by: Mapping[str, Column] = field(default_factory=dict)
    beside: Callable[[Select[*tuple[Any, ...]]], Any] = lambda _found: None


def lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def readers(committee_id: int) -> str:
    return f"a{committee_id}"


def issued_to(committee_id: int) -> str:
    return f"i{committee_id}"
