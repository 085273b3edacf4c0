"""What was worked out from audited rows, kept in this process until one of them changes.

The end of a committee's audit chain moves with every change, in the same transaction. Whoever reads the same end sees
the same rows, in whichever process; and it is read before them, so that nothing kept is older than its mark.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from meetings.core import clock
from meetings.core.db import db, is_changing

T = TypeVar("T")

MOST = 1000  # values of a process; beyond that, what was not asked for the longest goes

# The end of a committee's chain; ``app.py`` says who knows it.
ends_of_chains: list[Callable[[int], Hashable]] = []


class _Values:
    """Values by key, each with the mark under which it holds."""

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, mark: Hashable) -> tuple[bool, Any]:
        with self._lock:
            under, value = self._values.get(key, (None, None))
            if under != mark:
                return False, None
            self._values.move_to_end(key)
            return True, value

    def put(self, key: Hashable, mark: Hashable, value: Any) -> None:
        with self._lock:
            self._values[key] = mark, value
            self._values.move_to_end(key)
            while len(self._values) > MOST:
                self._values.popitem(last=False)


_values: WeakKeyDictionary[Engine, _Values] = WeakKeyDictionary()  # of each database


def kept(key: Hashable, work: Callable[[], T], *, committee_id: int) -> T:
    """What ``work`` returned when it was last asked for ``key``, if nothing was changed and it is the same day since.

    ``key`` begins with a name that nobody else uses, and holds whatever the result depends on: the units of who asks,
    the filter, the language. The result is shared: nobody changes it, and it holds no rows of the session. ``work``
    reads audited rows of the committee and the day, nothing else. Inside a transaction nothing is kept.
    """
    if is_changing() or not ends_of_chains:
        return work()
    session = db.session()
    engine = session.connection().engine  # the transaction begins, where none has begun
    values = _values.get(engine) or _values.setdefault(engine, _Values())
    mark = (clock.today(), _end_of_chain(session, committee_id))
    key = (committee_id, key)
    known, value = values.get(key, mark)
    if not known:
        value = work()
        values.put(key, mark, value)
    return value  # type: ignore[no-any-return]  # put under this key by the same caller


def _end_of_chain(session: Session, committee_id: int) -> Hashable:
    """Read once for each transaction of the session."""
    transaction, known = session.info.get("kept.ends", (None, None))
    if transaction is not session.get_transaction():
        known = {}
        session.info["kept.ends"] = session.get_transaction(), known
    if committee_id not in known:
        known[committee_id] = tuple(end_of(committee_id) for end_of in ends_of_chains)
    return known[committee_id]  # type: ignore[no-any-return]  # a dict of the session's notes
