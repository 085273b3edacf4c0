"""The queue: huey's storage on SQLite, PostgreSQL or Redis/Valkey, carrying ids of jobs and nothing else."""

from pathlib import Path
from typing import Any, Protocol

import structlog
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, scoped_session

from meetings.jobs.actions import ASKED

log = structlog.get_logger("luoshi.jobs")
_NAME = "luoshi"
_WAIT = 0.5  # seconds that a blocking queue waits for a message


class _Storage(Protocol):
    def enqueue(self, data: bytes, priority: None = None) -> None: ...
    def dequeue(self) -> bytes | memoryview | None: ...
    def queue_size(self) -> int: ...
    def close(self) -> Any: ...


class Queue:
    """Opened when it is first used. A message is a job's id in decimal digits: reading one runs nothing."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address, self._folder = address, folder
        self._opened: _Storage | None = None
        self.waits = bool(address)  # SQLite answers at once that there is nothing

    @property
    def _storage(self) -> _Storage:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> _Storage:
        # Brings every client along, 16 MB; pages need it from the first job on only.
        from huey.storage import PostgresStorage, RedisStorage, SqliteStorage  # noqa: PLC0415 -- as said above

        if not self._address:
            file = self._folder / "queue.sqlite3"
            opened: _Storage = SqliteStorage(_NAME, filename=str(file), timeout=15, strict_fifo=True)
        elif self._address.startswith("postgresql://"):
            opened = PostgresStorage(_NAME, dsn=self._address, read_timeout=_WAIT, table_prefix="luoshi_queue")
        else:
            address = (
                self._address.replace("valkey", "redis", 1) if self._address.startswith("valkey") else self._address
            )
            opened = RedisStorage(_NAME, url=address, read_timeout=_WAIT)
        return opened

    def send(self, job_id: int) -> None:
        self._storage.enqueue(str(job_id).encode())

    def take(self) -> int | None:
        """The next id, or None; what is no id is dropped."""
        message = self._storage.dequeue()
        if message is None:
            return None
        text = bytes(message)
        if not text.isdigit() or len(text) > 10:
            log.warning("no job id in the queue", length=len(text))
            return None
        return int(text)

    def size(self) -> int:
        return self._storage.queue_size()

    def close(self) -> None:
        """Let go of the connection; the next use opens another one."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def send_after_commit(session: scoped_session[Any]) -> None:
    """Send what a transaction asked for once it is committed. A message that cannot be sent is found by the sweep."""
    for name, listener in (("after_commit", _send), ("after_rollback", _forget)):
        if not event.contains(session, name, listener):  # two applications in one process share the session
            event.listen(session, name, listener)


def _send(session: Session) -> None:
    ids = session.info.pop(ASKED, None)
    if not ids:
        return
    queue: Queue = current_app.extensions["queue"]
    try:
        for job_id in ids:
            queue.send(job_id)
    except Exception as error:  # noqa: BLE001 -- the work is committed: whatever ails the queue, the sweep sends later
        log.warning("queue out of order", jobs=ids, error=type(error).__name__)
        queue.close()


def _forget(session: Session) -> None:
    session.info.pop(ASKED, None)
