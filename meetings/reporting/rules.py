"""Verification codes, and how the words of a draft are kept. Pure."""

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from meetings.core.errors import DomainError
from reports.facts import size_text

# Crockford's base 32: no I, L, O, U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
_LOOKS_LIKE = str.maketrans("ILO", "110")
_CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")

# How long a bundle of papers can be fetched; the papers in it are kept for good.
BUNDLE_KEPT = timedelta(days=7)


# A file of a system that allows 255 bytes of a name still holds it, and the folder before it.
_NAME_CHARS = 60
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')
# The archive is put together in memory.
MOST_PACKED = 300 * 1024 * 1024


def check_packed(sizes: Collection[int]) -> None:
    """An archive of so many bytes can be put together, and there is something in it.

    Raises ``DomainError`` ``paper.no_files``, ``paper.files_too_large``.
    """
    if not sizes:
        raise DomainError("paper.no_files")
    if sum(sizes) > MOST_PACKED:
        raise DomainError("paper.files_too_large", size=size_text(sum(sizes)), most=size_text(MOST_PACKED))


def packed_name(number: int, heading: str, place: int, name: str) -> str:
    """Where a file stands in the archive: folders and files are numbered, so that they lie in the catalogue's order."""
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, suffix) if dot and len(suffix) <= 10 else (name, "")
    shown = _plain(stem)[:_NAME_CHARS] + (f".{_plain(suffix)}" if suffix else "")
    return f"{number:02} {_plain(heading)[:_NAME_CHARS]}/{place:03} {shown}"


def _plain(text: str) -> str:
    return _NOT_IN_NAMES.sub("_", text.replace("\u3000", " ")).strip(". ") or "_"


def bundle_is_kept(finished_at: datetime | None, now: datetime) -> bool:
    """Whether a bundle that was ready at ``finished_at`` can still be fetched."""
    return finished_at is not None and now - finished_at <= BUNDLE_KEPT


def new_code() -> str:
    """16 random characters: 80 bits that cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """As papers print it: 7K4M-92QX-…"""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def read_code(text: str) -> str | None:
    """The code as it is kept, from what somebody typed: any case, dashes and spaces, O for 0; None if it is none."""
    plain = re.sub(r"[\s\-—－]", "", text[:100]).upper().translate(_LOOKS_LIKE)
    return plain if _CODE.fullmatch(plain) else None


def kept(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What was chosen and typed, as JSON: a day as {"day": "2026-07-14"}, all else as it is."""
    return {
        name: {"day": value.isoformat()} if isinstance(value, date) else value for name, value in parameters.items()
    }


def check_subject(before: Mapping[str, Any], now: Mapping[str, Any], needs: Collection[str]) -> None:
    """A draft that is a step on a task stays with it. Raises ``paper.other_subject``."""
    for name in needs:
        if before.get(name) != now.get(name):
            raise DomainError("paper.other_subject", field=name)


def typed(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What ``kept`` made JSON of."""
    return {
        name: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
        for name, value in parameters.items()
    }
