"""What a backup holds, and how a column's value is written in it, whatever the database. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from meetings.core.errors import DomainError

FORMAT = 1
MANIFEST = "manifest.json"
SETTINGS = "settings.env"

# Not in it: the index of search, which is built anew from the rows, and files that wait for a form's next try.
LEFT_OUT = re.compile(r"search_.*|aside_file|alembic_version|sqlite_.*|luoshi_queue_.*")


@dataclass(frozen=True, slots=True)
class TableKept:
    """A table in the backup: its columns with the kind of each, its rows, and the highest id it ever gave out."""

    columns: Mapping[str, str]
    rows: int
    last_id: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the backup says of itself; ``members`` holds the SHA-256 of each of its parts."""

    made_at: str
    revision: str
    tables: Mapping[str, TableKept]
    members: Mapping[str, str]
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def file_count(self) -> int:
        return sum(name.startswith("files/") for name in self.members)

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def read_manifest(said: Any) -> Manifest:
    """The manifest from its JSON. Raises ``DomainError("backup.damaged")`` where it is none."""
    try:
        if said["format"] != FORMAT:
            raise DomainError("backup.other_format")
        tables = {str(name): TableKept(**table) for name, table in said["tables"].items()}
        return Manifest(said["made_at"], said["revision"], tables, dict(said["members"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise DomainError("backup.damaged", part=MANIFEST) from error


def written(value: Any) -> Any:
    """A column's value as JSON holds it; moments in UTC, and those without a zone are in UTC already."""
    match value:
        case datetime():
            return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


_READERS = {"instant": datetime.fromisoformat, "day": date.fromisoformat, "time": time.fromisoformat, "number": Decimal}


def read(kind: str, value: Any) -> Any:
    """The value of a column of this kind (``kind_of``)."""
    return value if value is None or kind not in _READERS else _READERS[kind](value)


def kind_of(python_type: type) -> str:
    """How values of a Python type are written: ``instant``, ``day``, ``time``, ``number``, or as they are."""
    kinds = {datetime: "instant", date: "day", time: "time", Decimal: "number"}
    return kinds.get(python_type, "plain")


_SECRET = re.compile(r"(?<=://)[^/@\s]*(?=@)")


def settings_kept(environ: Mapping[str, str]) -> str:
    """The settings as lines of an environment file, without keys and passwords."""
    lines = [
        f"{name}={_SECRET.sub('***', text)}"
        for name, text in sorted(environ.items())
        if name.startswith("LUOSHI_") and not re.search(r"SECRET|PASSWORD(?!_PROFILE)", name)
    ]
    return "".join(f"{line}\n" for line in lines if "\n" not in line)
