"""A form sent twice is carried out once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import Base, db
from meetings.core.errors import AlreadySubmitted, DomainError


class FormKey(Base):
    """The key of a form that was carried out, and the page it led to."""

    __tablename__ = "form_key"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None]
    location: Mapped[str] = mapped_column(String(500), default="")
    spent_at: Mapped[datetime]


_KEYS = FormKey.metadata.tables[FormKey.__tablename__]
_SPEND = {
    name: insert(_KEYS).on_conflict_do_nothing(index_elements=["key"]).returning(_KEYS.c.id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_LED_TO = update(_KEYS).where(_KEYS.c.id == bindparam("spent"))


@dataclass
class Outcome:
    """Where the browser goes when the form was carried out."""

    location: str = ""


@contextmanager
def once(key: str | None, *, by: Actor, location: str = "") -> Iterator[Outcome]:
    """Carry the block out unless the form with this key was carried out before; inside a transaction.

    ``location`` is the page it leads to, where that is known beforehand. Raises ``AlreadySubmitted`` with the page
    that the first one led to.
    """
    if not key:
        raise DomainError("form.key_missing")
    row = {"key": key, "user_id": by.user_id, "location": location, "spent_at": clock.now()}
    spent = db.session.execute(_SPEND[db.session.get_bind().dialect.name], row).scalar()
    if spent is None:
        raise AlreadySubmitted(db.session.scalar(select(_KEYS.c.location).where(_KEYS.c.key == key)) or "/")
    outcome = Outcome(location)
    yield outcome
    if outcome.location != location:
        db.session.execute(_LED_TO, {"spent": spent, "location": outcome.location})
