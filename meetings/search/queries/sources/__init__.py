"""What can be found of each kind, read from its own rows: the one place that says which texts count and who may find
them. Reads for the index, of every committee; who searches comes in with ``results``.
"""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import ColumnElement, func, or_, select

from meetings.core.db import db
from meetings.search.models import Kind
from meetings.search.queries.sources import directory, documents, meetings, tasks
from meetings.search.queries.sources.reading import Reading, Source

READINGS: Mapping[Kind, Reading] = {
    **directory.READINGS,
    **meetings.READINGS,
    **documents.READINGS,
    **tasks.READINGS,
}


def read(kind: Kind, **wanted: Collection[int]) -> Iterator[Source]:
    """The rows of a kind whose ids, or ids of what they belong to, are named: ``ids``, ``task``, ``meeting`` …"""
    reading = READINGS[kind]
    columns = {"ids": reading.id, **reading.by}
    return _read(kind, or_(*(columns[name].in_(sorted(ids)) for name, ids in wanted.items())))


def read_all(kind: Kind, *, rows: int = 5000) -> Iterator[Source]:
    """Every row of a kind, so many at a time."""
    reading = READINGS[kind]
    last = db.session.scalar(select(func.max(reading.id))) or 0
    for first in range(1, last + 1, rows):
        yield from _read(kind, reading.id.between(first, first + rows - 1))


def _read(kind: Kind, where: ColumnElement[bool]) -> Iterator[Source]:
    reading = READINGS[kind]
    statement = reading.statement.where(where)
    rows = db.session.execute(statement).all()
    beside = reading.beside(statement.with_only_columns(reading.id, maintain_column_froms=True)) if rows else None
    for row in rows:
        place_id, title, text, remark, day, marks = reading.make(row, beside)
        if day is not None:
            marks = (*marks, f"y{day.year}")
        yield Source(kind, row.id, row.committee_id, place_id, title, text, remark[:500], day, marks)
