"""Databases that are filled for measuring, on both engines, and what the kernel says of their processes."""
# ruff: noqa: INP001, T201, S603 - of programs run by hand: it starts programs and prints

import contextlib
import functools
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.support import postgres

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "Luoshi-Bench-2026"  # noqa: S105 - of made-up accounts in a made-up database
TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(values[11]) + int(values[12])
    return ticks / TICKS


@dataclass
class Database:
    """A filled database: its address for the settings, for the floor, and how to look into it."""

    engine: str
    tasks: int
    data: Path
    url: str
    floor: str
    backends: Callable[[], list[int]]
    reports: int | None = None
    megabytes: int = 0

    def ids(self, statement: str) -> list[int]:
        if self.engine == "sqlite":
            with contextlib.closing(sqlite3.connect(self.floor)) as connection:
                return [row[0] for row in connection.execute(statement)]
        with psycopg.connect(self.floor) as connection:
            return [row[0] for row in connection.execute(statement)]

    @functools.cached_property
    def _connection(self) -> sqlite3.Connection | psycopg.Connection:
        if self.engine == "sqlite":
            return sqlite3.connect(self.floor, isolation_level=None, timeout=15)
        return psycopg.connect(self.floor, autocommit=True)

    def change(self) -> None:
        """Move the end of the committee's audit chain, as any change of a row would."""
        moved = f"'{time.time_ns()}'"
        self._connection.execute(
            f"INSERT INTO audit_head (committee_id, seq, hash) VALUES (1, 0, {moved}) "  # noqa: S608
            "ON CONFLICT (committee_id) DO UPDATE SET hash = excluded.hash"
        )

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
        return kept | {
            "LUOSHI_DATA": str(self.data),
            "LUOSHI_DATABASE_URL": self.url,
            "LUOSHI_DEMO_PASSWORD": PASSWORD,
            "LUOSHI_LOG_LEVEL": "WARNING",
        }


def name_of(tasks: int, reports: int | None) -> str:
    return f"{tasks}-{reports}" if reports else f"{tasks}"


def sqlite_database(folder: Path, tasks: int, reports: int | None = None) -> Database:
    data = folder / f"sqlite-{name_of(tasks, reports)}"
    file = data / "luoshi.sqlite3"
    made = Database("sqlite", tasks, data, "", str(file), list, reports)
    if not (data / "filled").exists():
        fill(made)
        (data / "filled").touch()
    made.megabytes = file.stat().st_size // 2**20
    return made


def postgres_database(folder: Path, server: str, tasks: int, reports: int | None = None) -> Database:
    name = f"luoshi_bench_{name_of(tasks, reports).replace('-', '_')}"
    url = postgres.database_url(server, name)
    is_new = name not in postgres.databases(server, name)
    if is_new:
        postgres.create_database(server, name)
    with psycopg.connect(server) as connection:
        postmaster = parent_of(connection.info.backend_pid)
    data = folder / f"postgresql-{name_of(tasks, reports)}"
    made = Database("postgresql", tasks, data, url, url, lambda: children_of(postmaster), reports)
    if is_new:
        fill(made)
    made.megabytes = made.ids("SELECT pg_database_size(current_database()) / 1048576")[0]
    return made


def fill(database: Database) -> None:
    begun = time.monotonic()
    flask = [sys.executable, "-m", "flask", "--app", "app"]
    database.data.mkdir(parents=True, exist_ok=True)
    wanted = ["--reports", str(database.tasks * database.reports)] if database.reports else []
    for command in (["db", "upgrade"], ["bench-data", "--tasks", str(database.tasks), *wanted]):
        done = subprocess.run(
            [*flask, *command], cwd=ROOT, env=database.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
    said = f"{database.engine}, {database.tasks} tasks: filled in {time.monotonic() - begun:.0f} s"
    print(said, file=sys.stderr, flush=True)


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def children_of(pid: int) -> list[int]:
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if parent_of(int(place.name)) == pid:
                    found.append(int(place.name))
    return found
