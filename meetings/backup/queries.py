"""Look into a database that is to be kept, and into a file that is to be restored."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, inspect, select, text

from meetings.backup import rules
from meetings.backup.rules import MANIFEST, Manifest
from meetings.core.errors import DomainError

CHUNK = 1 << 20


def tables(connection: Connection) -> dict[str, Table]:
    """The tables that are kept, with the columns they have at this very revision."""
    inspector = inspect(connection)
    found = {}
    for name in sorted(inspector.get_table_names()):
        if rules.LEFT_OUT.fullmatch(name):
            continue
        columns = [column for column in inspector.get_columns(name) if "computed" not in column]
        keys = inspector.get_pk_constraint(name)["constrained_columns"]
        found[name] = Table(
            name, MetaData(), *(Column(c["name"], c["type"], primary_key=c["name"] in keys) for c in columns)
        )
    return found


def kinds(table: Table) -> dict[str, str]:
    """The kind of each column (``rules.kind_of``)."""
    return {column.name: _kind(column) for column in table.columns}


def _kind(column: Column[Any]) -> str:
    try:
        return rules.kind_of(column.type.python_type)
    except NotImplementedError:
        return "plain"


def rows(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """Every row as the backup writes it, the first id first, a thousand at a time from the database."""
    ordered = select(table).order_by(*(table.primary_key.columns or table.columns))
    for row in connection.execute(ordered, execution_options={"yield_per": 1000}):
        yield [rules.written(value) for value in row]


def last_id(connection: Connection, name: str) -> int | None:
    """The highest id that the table ever gave out, where it counts them."""
    if connection.dialect.name == "sqlite":
        given = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": name})
    else:
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": name})
        asked = f"SELECT CASE WHEN is_called THEN last_value END FROM {sequence}"  # noqa: S608 -- the database's own name
        given = connection.scalar(text(asked)) if sequence else None
    return given if given is None else int(given)


def revision(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def is_empty(connection: Connection) -> bool:
    """No committee lives in the database yet."""
    if not inspect(connection).has_table("committee"):
        return True
    return connection.scalar(text("SELECT 1 FROM committee LIMIT 1")) is None


class Archive:
    """A backup opened for reading, after every part was compared with its SHA-256.

    Raises ``DomainError``: ``backup.not_one``, ``backup.damaged``, ``backup.other_format``.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            said = self._zip.read(MANIFEST)
            self.manifest: Manifest = rules.read_manifest(json.loads(said))
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, zlib.error, EOFError) as error:
            raise DomainError("backup.not_one", file=path) from error
        self.fingerprint = hashlib.sha256(said).hexdigest()
        names = self._zip.namelist()
        if strange := sorted({*names} ^ {*self.manifest.members, MANIFEST}):
            raise DomainError("backup.damaged", part=strange[0])
        if len(names) != len(set(names)):
            raise DomainError("backup.damaged", part=MANIFEST)
        for name, digest in self.manifest.members.items():
            if self._digest(name) != digest:
                raise DomainError("backup.damaged", part=name)

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(CHUNK):
                    digest.update(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            return ""
        return digest.hexdigest()

    def read(self, name: str) -> bytes:
        return self._zip.read(name)

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table, ready to be written."""
        kinds = self.manifest.tables[table].columns
        with self._zip.open(f"tables/{table}.jsonl") as lines:
            for line in lines:
                values = zip(kinds.items(), json.loads(line), strict=True)
                yield {name: rules.read(kind, value) for (name, kind), value in values}

    @property
    def files(self) -> Iterator[str]:
        """Keys of the kept files."""
        for name in self.manifest.members:
            if name.startswith("files/"):
                yield name.removeprefix("files/")

    def close(self) -> None:
        self._zip.close()
