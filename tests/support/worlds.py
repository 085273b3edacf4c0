"""Worlds that many tests begin with: made once, and each test's changes to them undone.

A function under ``@world`` becomes a fixture of its name. What it returns is a namespace; the rows in it are loaded
anew for each test. The world stands in a transaction that stays open until a test begins without it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import RootTransaction

from meetings.core.db import Base, db

_makers: dict[str, Callable[[], SimpleNamespace]] = {}


@dataclass
class _Standing:
    name: str
    connection: Connection
    transaction: RootTransaction
    parts: dict[str, object]

    def end(self) -> None:
        self.transaction.rollback()
        self.connection.close()


_standing: list[_Standing] = []


def world(make: Callable[[], SimpleNamespace]) -> object:
    _makers[make.__name__] = make

    def made(session: object) -> SimpleNamespace:
        parts = _standing[0].parts
        return SimpleNamespace(**{name: _loaded(part) for name, part in parts.items()})

    return pytest.fixture(name=make.__name__)(made)


@contextmanager
def beginning(engine: Engine, fixtures: list[str]) -> Iterator[None]:
    """For the time of a test every session works in one transaction, whose end undoes what the test did."""
    name = _wanted(fixtures)
    if name is None:
        with engine.connect() as connection:
            outer = connection.begin()
            with _working_on(connection):
                yield
            outer.rollback()
        return
    if not _standing:
        _standing.append(_made(name, engine))
    savepoint = _standing[0].connection.begin_nested()
    with _working_on(_standing[0].connection):
        yield
    savepoint.rollback()


def make_room_for(fixtures: list[str]) -> None:
    """End the world that stands unless the next test begins with it: an open transaction keeps others from writing."""
    if _standing and _standing[0].name != _wanted(fixtures):
        end()


def _wanted(fixtures: list[str]) -> str | None:
    return next((name for name in fixtures if name in _makers), None)


def end() -> None:
    while _standing:
        _standing.pop().end()


def _made(name: str, engine: Engine) -> _Standing:
    connection = engine.connect()
    transaction = connection.begin()
    try:
        with _working_on(connection):
            found = vars(_makers[name]())
            parts = {key: _kept(part) for key, part in found.items()}
    except BaseException:
        connection.close()
        raise
    return _Standing(name, connection, transaction, parts)


@contextmanager
def _working_on(connection: Connection) -> Iterator[None]:
    engine = db.engines[None]
    db.engines[None] = connection  # every session of the test, the pages' included, uses it
    try:
        yield
    finally:
        db.session.remove()
        db.engines[None] = engine


@dataclass(frozen=True)
class _Row:
    kind: type[Base]
    id: int


def _kept(part: object) -> object:
    if isinstance(part, tuple):
        return tuple(_kept(each) for each in part)
    return _Row(type(part), part.id) if isinstance(part, Base) else part


def _loaded(part: object) -> object:
    if isinstance(part, tuple):
        return tuple(_loaded(each) for each in part)
    return db.session.get(part.kind, part.id) if isinstance(part, _Row) else part
