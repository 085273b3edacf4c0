"""What a file control of a form was sent."""

from typing import Any

from meetings.attachments.rules import MAX_FILES
from meetings.core.errors import DomainError


def received(field: Any) -> list[tuple[str, bytes]]:
    """Name and content of each file of a ``FilesField``, in the order chosen.

    Raises ``DomainError("file.too_many")`` about the field.
    """
    files = field.data or []
    if len(files) > MAX_FILES:
        raise DomainError("file.too_many", field=field.name, max=MAX_FILES, count=len(files))
    return [(item.filename or "", item.read()) for item in files]
