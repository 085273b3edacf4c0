"""Fixtures of every test: one app and database for a worker, one rolled-back transaction for each test."""

import gc
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from sqlalchemy.orm import Session, scoped_session

from app import create_app
from meetings.calendar import views as calendar_views
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.limits import Limiter
from meetings.core.settings import Settings
from meetings.rounds.views import answers as answer_views
from tests.support import worlds

pytest_plugins = ["tests.support.databases"]

# A Tuesday; the working days around it are those of the calendar of 2026.
NOW = datetime(2026, 7, 14, 2, 30, tzinfo=UTC)

_signed_in: list[Actor] = []


def pytest_collection_finish() -> None:
    """What is imported and collected lasts as long as the process; the collector need not go through it each time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    worlds.make_room_for(getattr(item, "fixturenames", []))


@pytest.fixture(autouse=True)
def frozen_clock(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Callable[[datetime], None]]:
    """It is 14 July 2026, 10:30 in the office, until a test says otherwise. Browser tests live in real time."""
    if request.node.get_closest_marker("browser"):
        yield lambda _moment: None
        return
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    yield lambda later: moment.__setitem__(0, later)


@pytest.fixture(autouse=True)
def nobody_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often an address asked is counted in the process; each test begins anew, as time does not pass in them."""
    for name in ("_limiter", "_replies"):
        monkeypatch.setattr(calendar_views, name, Limiter(most=getattr(calendar_views, name).most))
    monkeypatch.setattr(answer_views, "_answers", Limiter(most=answer_views._answers.most))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but this machine may be spoken to."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: object) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and str(address[0]) not in {
            "127.0.0.1",
            "::1",
            "localhost",
        }:
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


def settings_for(url: str, folder: Path, **more: object) -> Settings:
    return replace(Settings(data=folder, database_url=url, secret_key="for-tests-only", log_level="ERROR"), **more)


@pytest.fixture(scope="session")
def app(databases, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = settings_for(database_url, tmp_path_factory.mktemp("data"))
    app = create_app(settings, load_actor=lambda: _signed_in[-1] if _signed_in else None)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(
        str(databases.folder)
    )  # what one worker compiled, others read
    yield app
    with app.app_context():
        worlds.end()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask, request: pytest.FixtureRequest) -> Iterator[scoped_session[Session]]:
    """A session whose commits are savepoints in a transaction that the test's end rolls back."""
    with app.app_context(), worlds.beginning(db.engines[None], request.fixturenames):
        yield db.session


@pytest.fixture
def statements(session: scoped_session[Session]) -> Iterator[list[str]]:
    """The SQL sent so far; ``clear()`` it, act, then count."""
    seen: list[str] = []
    connection = session.connection()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
            seen.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


@pytest.fixture
def client_as(app: Flask, session: scoped_session[Session]) -> Iterator[Callable[[Actor], FlaskClient]]:
    """``client_as(actor)`` is a browser in which that person is signed in."""

    def sign_in(actor: Actor) -> FlaskClient:
        _signed_in.append(actor)
        return app.test_client()

    yield sign_in
    _signed_in.clear()


@pytest.fixture
def stranger(app: Flask, session: scoped_session[Session]) -> FlaskClient:
    """A browser in which nobody is signed in."""
    _signed_in.clear()
    return app.test_client()


@pytest.fixture
def committed(own_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database of its own, whose commits are real; for tests with threads."""
    app = create_app(
        settings_for(own_database_url, tmp_path), load_actor=lambda: _signed_in[-1] if _signed_in else None
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    _signed_in.clear()
