"""Pytest plugin: migrated databases for tests, on SQLite or (`--engine=postgresql`) on PostgreSQL.

One migrated template per run. Each worker clones it once (`database_url`); a test that commits for real clones
its own (`own_database_url`). The PostgreSQL round runs only the tests that use one of the two, and those marked
`postgres`; a missing server fails the run, it never skips.

`tests/conftest.py` loads this by `pytest_plugins = ["tests.support.databases"]`.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import fasteners
import pytest

from tests.support import postgres

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "TEST_RUN_FOLDER"  # where the workers of one run meet
SERVER = "TEST_RUN_SERVER"  # the PostgreSQL server of this run
FIXTURES = {"database_url", "own_database_url"}

_run = ExitStack()


@dataclass(frozen=True)
class Databases:
    """Clones of one migrated template, which the first to ask for it makes."""

    folder: Path
    server: str | None

    def template(self) -> str:
        name = f"{self.folder.name}-template"
        outcome = self.folder / "template-outcome"  # empty, or why the migrations failed: tried once in a run
        with fasteners.InterProcessLock(self.folder / "template.lock"):
            if not outcome.exists():
                outcome.write_text(_migrate(self._create(name), self.folder), encoding="utf-8")
        if failure := outcome.read_text(encoding="utf-8"):
            raise RuntimeError(failure)
        return name

    def clone(self) -> tuple[str, str]:
        """Return the clone's name, to drop it by, and its address."""
        template = self.template()
        name = f"{self.folder.name}-{uuid.uuid4().hex[:8]}"
        if not self.server:
            _copy_sqlite(self._file(template), self._file(name))
            return name, f"sqlite:///{self._file(name)}"
        with fasteners.InterProcessLock(self.folder / "clone.lock"):  # a template is copied by one at a time
            return name, _for_settings(postgres.create_database(self.server, name, template=template))

    def drop(self, name: str) -> None:
        if self.server:
            postgres.drop_database(self.server, name)
        else:
            for file in self.folder.glob(f"{name}.sqlite3*"):
                file.unlink()

    def drop_all(self) -> None:
        """Leave a server that others use as it was found; the folder goes by itself."""
        if self.server:
            for name in postgres.databases(self.server, self.folder.name):
                postgres.drop_database(self.server, name)

    def _create(self, name: str) -> str:
        if self.server:
            return _for_settings(postgres.create_database(self.server, name))
        return f"sqlite:///{self._file(name)}"

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgresql"), default="sqlite", help="database under the tests")


def pytest_configure(config: pytest.Config) -> None:
    """The one process that starts the workers prepares their meeting place and ends it."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = Path(_run.enter_context(tempfile.TemporaryDirectory(prefix="luoshi-test-", ignore_cleanup_errors=True)))
    os.environ[FOLDER] = str(folder)
    _run.callback(os.environ.pop, FOLDER)
    if config.getoption("engine") == "postgresql":
        try:
            server = _run.enter_context(postgres.server())
        except postgres.PostgresMissingError as missing:
            raise pytest.UsageError(str(missing)) from missing
        os.environ[SERVER] = server
        _run.callback(os.environ.pop, SERVER)
        _run.callback(Databases(folder, server).drop_all)


def pytest_unconfigure() -> None:
    _run.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_postgres = config.getoption("engine") == "postgresql"
    kept, dropped = [], []
    for item in items:
        wanted = _runs_on_postgres(item) if on_postgres else item.get_closest_marker("postgres") is None
        (kept if wanted else dropped).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.fixture(scope="session")
def databases() -> Databases:
    return Databases(Path(os.environ[FOLDER]), os.environ.get(SERVER))


@pytest.fixture(scope="session")
def database_url(databases: Databases) -> str:
    """This worker's database, for tests that roll back what they did."""
    return databases.clone()[1]


@pytest.fixture
def own_database_url(databases: Databases) -> Iterator[str]:
    """A database for one test, which may commit; it is dropped afterwards."""
    name, url = databases.clone()
    yield url
    databases.drop(name)


def _runs_on_postgres(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgres"):
        return True
    uses_a_database = not FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
    return uses_a_database and item.get_closest_marker("browser") is None


def _migrate(url: str, folder: Path) -> str:
    """Migrate as an operator would, in a process of its own; return what it said if it failed, else nothing."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    environment |= {
        "LUOSHI_DATA": str(folder / "data"),
        "LUOSHI_DATABASE_URL": url,
        "LUOSHI_SECRET_KEY": uuid.uuid4().hex,
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"flask db upgrade failed on an empty database:\n{done.stdout}{done.stderr}"
    return ""


def _copy_sqlite(source: Path, target: Path) -> None:
    """Through SQLite itself, which also reads what still lies in the journal."""
    with closing(sqlite3.connect(source)) as template, closing(sqlite3.connect(target)) as clone:
        template.backup(clone)


def _for_settings(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
