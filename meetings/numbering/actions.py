"""Take the next number of a series; what was taken is never given again."""

from sqlalchemy.dialects import postgresql, sqlite

from meetings.core.db import db
from meetings.numbering.models import Series


def next_number(committee_id: int, kind: str, year: int) -> int:
    """The next number, from 1 each year, taken in the same transaction as what it numbers."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(Series).values(committee_id=committee_id, kind=kind, year=year, last=1)
    statement = first.on_conflict_do_update(
        index_elements=["committee_id", "kind", "year"], set_={"last": Series.last + 1}
    ).returning(Series.last)
    return db.session.execute(statement).scalar_one()
