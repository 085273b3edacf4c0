"""How rows are saved: in a transaction of the system's, so that they are audited like any other."""

from itertools import count
from typing import TypeVar

from meetings.core.actor import Actor
from meetings.core.db import Base, db, transaction

numbers = count(1)
Row = TypeVar("Row", bound=Base)


def save(row: Row, *more: Base, committee_id: int = 0) -> Row:
    with transaction(by=Actor(None, "系统", committee_id)):
        db.session.add_all([row, *more])
    return row
