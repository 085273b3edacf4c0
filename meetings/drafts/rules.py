"""What a draft may hold. Pure."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta

from meetings.core import redline
from meetings.core.errors import DomainError

MOST_CHARACTERS = 100_000
MOST_FIELDS = 2000
KEPT = timedelta(days=90)

Field = tuple[str, str]  # name and value; a name may come several times

# Told anew by every page.
_NOT_KEPT = frozenset(
    {"csrf_token", "form_key", "draft_of", "draft_form", "draft_title", "more", "personal_data_confirmed"}
)


def kept(fields: Iterable[Sequence[object]]) -> list[Field]:
    """The fields that a draft keeps, as text without control characters; never a password.

    Raises ``draft.too_long``, and ``draft.secret`` for a mark of secrecy, which may not be stored.
    """
    found = []
    for name, value in fields:
        if isinstance(name, str) and isinstance(value, str) and name not in _NOT_KEPT and "password" not in name:
            text = redline.without_controls(value.replace("\r\n", "\n"))
            found.append((name[:100], text))
    count = sum(len(text) for _name, text in found)
    if count > MOST_CHARACTERS or len(found) > MOST_FIELDS:
        raise DomainError("draft.too_long", most=MOST_CHARACTERS, count=count)
    for _name, text in found:
        if mark := redline.secrecy_mark(text):
            raise DomainError("draft.secret", mark=mark)
    return found


def packed(fields: Sequence[Field]) -> str:
    return json.dumps(fields, ensure_ascii=False)


def unpacked(text: str) -> list[Field]:
    return [(name, value) for name, value in json.loads(text)]
