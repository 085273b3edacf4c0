"""Write down every change of an audited row, in the transaction that makes it."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import bindparam, event, insert, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstanceState, Session, UOWTransaction, scoped_session
from sqlalchemy.orm.base import PASSIVE_NO_FETCH

from meetings.audit.models import AccessEntry, AccessKind, AuditEntry, AuditHead, Change
from meetings.audit.rules import canonical, chained_hash, plain
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, fallen_away

_PENDING = "audit.pending"


def log_access(kind: AccessKind, subject: str, *, by: Actor | None, address: str = "") -> None:
    """Write down that something was seen, printed or tried; changes no domain row."""
    db.session.add(
        AccessEntry(
            committee_id=by.committee_id if by else None,
            at=clock.now(),
            user_id=by.user_id if by else None,
            kind=kind,
            subject=subject[:200],
            address=address[:64],
        )
    )


def record(session: scoped_session[Any]) -> None:
    """Listen to a session from now on. A change of an audited row outside ``transaction`` is refused."""
    listeners: dict[str, Callable[..., None]] = {
        "before_flush": _note_changes,
        "after_flush": _note_flushed,
        "before_commit": _write,
        "after_rollback": _forget,
    }
    for name, listener in listeners.items():
        if not event.contains(session, name, listener):  # two applications in one process share the session
            event.listen(session, name, listener)


def _note_changes(session: Session, _context: object, _instances: object) -> None:
    for row in [*session.dirty, *session.deleted, *session.new]:
        if getattr(row, "__audited__", False) and session.info.get("actor") is None:
            raise RuntimeError(f"{type(row).__name__} changed outside a transaction")
    for row in session.dirty:
        if getattr(row, "__audited__", False) and (changes := dict(_changed(session, row))):
            _pending(session).append((Change.UPDATE, row, changes))
    for row in session.deleted:
        if getattr(row, "__audited__", False):
            inspect(row).session.refresh(row, [column.key for column in inspect(row).mapper.column_attrs])
            _pending(session).append((Change.DELETE, row, {name: [value, None] for name, value in _values(row)}))


def _note_flushed(session: Session, context: UOWTransaction) -> None:
    for row in session.new:
        if getattr(row, "__audited__", False):
            changes = {name: [None, value] for name, value in _values(row) if value is not None and name != "id"}
            _pending(session).append((Change.INSERT, row, changes))
    for row in fallen_away(context):
        if getattr(row, "__audited__", False):
            _pending(session).append((Change.DELETE, row, {name: [value, None] for name, value in _values(row)}))


def _pending(session: Session) -> list[tuple[Change, Any, dict[str, Any]]]:
    pending: list[tuple[Change, Any, dict[str, Any]]] = session.info.setdefault(_PENDING, [])
    return pending


def _changed(session: Session, row: Any) -> Iterator[tuple[str, Any]]:
    """Columns that are to hold something else, with old and new value.

    The old value of an attribute that was set before it was loaded is still in the database.
    """
    state: InstanceState[Any] = inspect(row)
    added, old = {}, {}
    for column in state.mapper.column_attrs:
        history = state.get_history(column.key, PASSIVE_NO_FETCH)
        if history.added and column.key != "version":
            added[column.key] = history.added[0]
            if history.deleted:
                old[column.key] = history.deleted[0]
    if unknown := [name for name in added if name not in old]:
        model = type(row)
        found = session.execute(select(*(getattr(model, name) for name in unknown)).where(model.id == row.id)).one()
        old |= dict(zip(unknown, found, strict=True))
    for name, value in added.items():
        if old[name] != value:
            yield name, [_said(row, name, old[name]), _said(row, name, value)]


def _values(row: Any) -> Iterator[tuple[str, Any]]:
    state: InstanceState[Any] = inspect(row)
    for column in state.mapper.column_attrs:
        if column.key in state.dict:
            yield column.key, _said(row, column.key, state.dict[column.key])


def _said(row: Any, name: str, value: object) -> Any:
    return "***" if value is not None and name in getattr(row, "__secret__", ()) else plain(value)


def _write(session: Session) -> None:
    """The last act before the commit: lock the head, add the links."""
    session.flush()
    pending = session.info.pop(_PENDING, None)
    if not pending:
        return
    actor: Actor = session.info["actor"]
    seq, link = _locked_head(session, actor.committee_id)
    at = clock.now()
    links = []
    for change, row, changes in pending:
        seq += 1
        entry = {
            "committee_id": actor.committee_id,
            "seq": seq,
            "at": at,
            "user_id": actor.user_id,
            "actor_name": actor.name[:100],
            "change": change,
            "subject": row.__tablename__,
            "subject_id": row.id,
            "changes": canonical(changes),
        }
        link = chained_hash(link, AuditEntry(**entry))
        links.append({**entry, "hash": link})
    session.execute(_MOVE_HEAD, {"of": actor.committee_id, "seq": seq, "hash": link})
    session.execute(_ADD_LINKS, links)  # all in one statement


# Of the tables, not the classes: nobody keeps these rows, and as objects they would cost more than the change itself.
_HEAD, _ENTRY = (model.metadata.tables[model.__tablename__] for model in (AuditHead, AuditEntry))
_LOCKED_HEAD = select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.committee_id == bindparam("of")).with_for_update()
_MOVE_HEAD = update(_HEAD).where(_HEAD.c.committee_id == bindparam("of"))
_ADD_LINKS = insert(_ENTRY)


def _locked_head(session: Session, committee_id: int) -> tuple[int, str]:
    """The chain's end, locked until the commit; the first of several first writers makes it."""
    row = session.execute(_LOCKED_HEAD, {"of": committee_id}).first()
    if row is None:
        dialect = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        first = dialect(AuditHead).values(committee_id=committee_id, seq=0, hash="")
        session.execute(first.on_conflict_do_nothing(index_elements=["committee_id"]))
        row = session.execute(_LOCKED_HEAD, {"of": committee_id}).one()
    return row.seq, row.hash


def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)
