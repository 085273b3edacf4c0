"""Take the next number of a series; what was taken is never given again."""

from typing import Any

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from meetings.core.db import db
from meetings.numbering.models import Series


def next_number(committee_id: int, kind: str, year: int) -> int:
    """The next number, from 1 each year, taken in the same transaction as what it numbers."""
    return _advanced(committee_id, kind, year, first=1, to=Series.last + 1)


def move_on(committee_id: int, kind: str, year: int, *, to: int) -> int:
    """Let the series go on after ``to``, which was given outside it; one that is further stays. Its last number now."""
    return _advanced(committee_id, kind, year, first=to, to=case((Series.last < to, to), else_=Series.last))


def held_last(committee_id: int, kind: str, year: int) -> int:
    """The last number of the series, held until the end of the transaction: nobody takes one meanwhile."""
    return move_on(committee_id, kind, year, to=0)


def _advanced(committee_id: int, kind: str, year: int, *, first: int, to: Any) -> int:
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Series).values(committee_id=committee_id, kind=kind, year=year, last=first)
    statement = row.on_conflict_do_update(index_elements=["committee_id", "kind", "year"], set_={"last": to}).returning(
        Series.last
    )
    return db.session.execute(statement).scalar_one()
