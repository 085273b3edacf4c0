"""How a change is written down and chained: canonical JSON and SHA-256. Pure."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from meetings.audit.models import AuditEntry


def plain(value: object) -> Any:
    """A column's value as canonical JSON holds it: the same on both databases."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return f"{(value + 0).normalize():f}"  # 0 has no sign
        case _:
            return value


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained_hash(previous: str, entry: AuditEntry) -> str:
    """The entry's link: SHA-256 over the previous link and everything the entry says."""
    said = [
        entry.committee_id,
        entry.seq,
        plain(entry.at),
        entry.user_id,
        entry.actor_name,
        plain(entry.change),
        entry.subject,
        entry.subject_id,
        entry.changes,
    ]
    return hashlib.sha256(f"{previous}\n{canonical(said)}".encode()).hexdigest()
