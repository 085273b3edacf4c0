"""Write everything into one file, and fill an empty database from it."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, insert, text

from meetings.backup import queries, rules
from meetings.backup.queries import Archive
from meetings.backup.rules import MANIFEST, SETTINGS, Manifest, TableKept
from meetings.core import clock
from meetings.core.errors import DomainError
from meetings.core.storage import Storage

ROWS_AT_ONCE = 500
Writer = Callable[[bytes], None]


def create(path: Path, *, connection: Connection, storage: Storage, environ: Mapping[str, str]) -> Manifest:
    """Write the backup to a new file, whole or not at all, while others go on working.

    ``connection`` reads one state of the database throughout. Kept files are never rewritten, and one that a row of
    that state names was stored before the row: they are copied after the rows. Raises ``DomainError``:
    ``backup.exists``, ``backup.cannot_write``.
    """
    if path.exists():
        raise DomainError("backup.exists", file=path)
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as target:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _fill(archive, connection, storage, environ)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    except OSError as error:
        raise DomainError("backup.cannot_write", file=path, reason=error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _fill(archive: zipfile.ZipFile, connection: Connection, storage: Storage, environ: Mapping[str, str]) -> Manifest:
    members: dict[str, str] = {}
    tables: dict[str, TableKept] = {}
    revision = queries.revision(connection)
    for name, table in queries.tables(connection).items():
        count = 0
        with _member(archive, f"tables/{name}.jsonl", members) as write:
            for row in queries.rows(connection, table):
                write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                count += 1
        tables[name] = TableKept(queries.kinds(table), count, queries.last_id(connection, name))
    with _member(archive, SETTINGS, members) as write:
        write(rules.settings_kept(environ).encode())
    for key in storage.kept():
        try:
            content = storage.get(key)
        except FileNotFoundError:  # an archive of reports that has just expired
            continue
        with _member(archive, f"files/{key}", members) as write:
            write(content)
    manifest = Manifest(clock.now().isoformat(), revision, tables, members)
    archive.writestr(MANIFEST, json.dumps(manifest.plain(), ensure_ascii=False, indent=1))
    return manifest


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, members: dict[str, str]) -> Iterator[Writer]:
    """Write one part, piece by piece; its hash is noted when it is complete."""
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as part:

        def write(piece: bytes) -> None:
            digest.update(piece)
            part.write(piece)

        yield write
    members[name] = digest.hexdigest()


def restore(archive: Archive, *, connection: Connection, storage: Storage) -> None:
    """Fill the empty tables of the revision that the backup was made at; inside the caller's transaction.

    Ids go on where they stood: none is ever handed out again. Raises ``DomainError("backup.does_not_fit")`` where rows
    name others that are not there; ``backup.damaged`` where a file is not what its name says.
    """
    for key in archive.files:
        if storage.put(archive.read(f"files/{key}")) != key:
            raise DomainError("backup.damaged", part=f"files/{key}")
    tables = queries.tables(connection)
    if strange := sorted(archive.manifest.tables.keys() - tables.keys()):
        raise DomainError("backup.does_not_fit", tables="、".join(strange))
    with _without_foreign_keys(connection):
        for name, kept in archive.manifest.tables.items():
            rows = archive.rows(name)
            while some := list(islice(rows, ROWS_AT_ONCE)):
                connection.execute(insert(tables[name]), some)
            _go_on_counting(connection, name, kept.last_id)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Rows of two tables may name each other: whether all are there is checked when all are in.

    On SQLite the caller has switched the checks off, which is possible outside a transaction only.
    """
    if connection.dialect.name == "sqlite":
        yield
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise DomainError("backup.does_not_fit", tables="、".join(sorted({row[0] for row in broken})))
        return
    keys = connection.execute(
        text(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    for table, name, _definition in keys:
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    yield
    for table, name, definition in keys:
        connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))


def _go_on_counting(connection: Connection, table: str, last_id: int | None) -> None:
    if last_id is None:
        return
    if connection.dialect.name == "sqlite":
        values = {"name": table, "last": last_id}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)
        return
    connection.execute(
        text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), {"name": table, "last": last_id}
    )
