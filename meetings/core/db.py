"""The database: one declarative base, one session, one way to commit."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from threading import RLock
from typing import Any, Protocol

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import JSON, Connection, DateTime, Dialect, Enum, ForeignKey, MetaData, TypeDecorator, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, UOWTransaction, mapped_column, registry

from meetings.core.actor import Actor
from meetings.core.errors import ChangedMeanwhile

# Named constraints, so that a migration can drop what another one made.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite hands the id of a deleted last row out again unless told not to.
AUTOINCREMENT = {"sqlite_autoincrement": True}


class Instant(TypeDecorator[datetime]):
    """A moment in time: stored in UTC, always timezone-aware in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Enums are kept by value in plain string columns: a new member needs no migration.
_BY_VALUE = Enum(StrEnum, native_enum=False, length=32, values_callable=lambda cls: [m.value for m in cls])

Json = dict[str, Any]


class Base(DeclarativeBase):
    """Base of every model. Models subclass this, not ``db.Model``: it is typed and needs no app."""

    # An explicit registry: Flask-SQLAlchemy 3.1 copies the class body, and a
    # copied ``type_annotation_map`` is refused.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Instant, StrEnum: _BY_VALUE, Json: JSON()},
    )
    __table_args__: Any = AUTOINCREMENT

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)


class Root(Base):
    """Base of rows that are found by themselves: each belongs to one committee."""

    __abstract__ = True

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True, sort_order=-1)


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


class _Session(Session):
    """A session whose reading ends by COMMIT on PostgreSQL.

    There is nothing to undo, and psycopg forgets its prepared statements at each ROLLBACK, so that the server would
    plan those of every page anew.
    """

    def close(self) -> None:
        only_read = self.in_transaction() and self.is_active and not (self.new or self.dirty or self.deleted)
        if only_read and self.get_bind().dialect.name == "postgresql":
            self.expire_on_commit = False  # its rows go with it
            with suppress(DBAPIError):  # where the server is gone, there is nothing to end
                self.commit()
        super().close()


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={"class_": _Session, "join_transaction_mode": "create_savepoint"},
)

_writing: ContextVar[bool] = ContextVar("writing", default=False)
# SQLite has one writer at a time. Those who wait sleep and ask again, so that one among many may wait for too long;
# the writers of a process queue here instead, before they take a connection.
_turn = RLock()


@contextmanager
def writing() -> Iterator[None]:
    """Commit what the block wrote, or none of it. For rows that are not audited; all else uses ``transaction``.

    On SQLite the block opens with the write lock already held, because a transaction that read first
    would fail as soon as another one had committed.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed before the transaction")
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        session.commit()  # ends the read transaction
    else:
        session.expire_all()  # each statement sees what is committed, so that the transaction may go on
    with _turn if is_sqlite else nullcontext():
        token = _writing.set(True)
        try:
            yield
            session.commit()
        except ChangedMeanwhile as conflict:
            if conflict.row in session:
                session.expunge(conflict.row)  # keeps what was loaded with it, for the page that shows both texts
            session.rollback()
            raise
        except BaseException:
            session.rollback()
            raise
        finally:
            _writing.reset(token)


@contextmanager
def transaction(*, by: Actor) -> Iterator[None]:
    """Commit what the block did, or none of it, in the name of ``by``.

    Actions never commit. Whoever calls them (a view, a job, a command) does, once, here. Rows that
    will be changed are read inside the block.
    """
    info = db.session().info
    if info.get("actor") is not None:
        raise RuntimeError("transactions do not nest")
    info["actor"] = by  # read by the audit recorder, which writes as the block is committed
    try:
        with writing():
            yield
    finally:
        info.pop("actor", None)


def fallen_away(context: UOWTransaction) -> Iterator[Any]:
    """The rows that a flush deletes though nobody asked for it by name: they were taken out of their owner's list.

    ``context`` is what ``after_flush`` is given; before the flush SQLAlchemy has not found them yet.
    """
    asked = set(context.session.deleted)
    for state, (is_deleted, only_listed) in context.states.items():
        row = state.obj()
        if is_deleted and not only_listed and row is not None and row not in asked:
            yield row


def is_changing() -> bool:
    """The session is in the middle of a ``transaction`` or of ``writing``."""
    return _writing.get()


def know_tables() -> None:
    """Let SQLite's planner learn how the rows are spread, from a sample; PostgreSQL sees to that by itself.

    Without, it reads a committee's tasks by date where an index leads to the few that are wanted.
    """
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()  # outside any transaction
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA analysis_limit=1000")
        cursor.execute("ANALYZE")
    finally:
        connection.close()


def expect(row: Versioned, version: int | None) -> None:
    """Refuse when the row was saved by somebody else since the form was filled from it."""
    if version != row.version:
        raise ChangedMeanwhile(row)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Foreign keys, a journal that lets readers read on, nothing acknowledged before it is on disk."""
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    connection.isolation_level = None  # the driver begins nothing by itself; see _begin
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
