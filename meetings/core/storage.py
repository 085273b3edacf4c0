"""Files by the hash of their content, on disk or in an object store, behind one small class."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.store import LocalStore, from_url

from meetings.core.errors import DomainError

_KEY = re.compile(r"[0-9a-f]{64}")


class Storage:
    """Keeps bytes under their SHA-256; the same bytes are kept once, a kept file is never rewritten."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme == "file":
            folder = Path(url2pathname(parts.path))
            folder.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(folder)
        else:
            self._store = from_url(address)  # type: ignore[assignment]  # any store has the same calls

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their key, 64 hexadecimal digits.

        Raises ``DomainError("storage.full")`` when the disk has no room.
        """
        key = hashlib.sha256(content).hexdigest()
        if not self.has(key):
            try:
                obstore.put(self._store, _path(key), content)
            except (OSError, obstore.exceptions.BaseError) as error:
                raise StorageFull from error
        return key

    def put_aside(self, content: bytes) -> str:
        """Keep the bytes for a while, apart from all others, and return their key for ``get`` and ``drop``.

        Raises ``DomainError("storage.full")`` when the disk has no room.
        """
        key = f"aside-{secrets.token_hex(16)}"
        try:
            obstore.put(self._store, _path(key), content)
        except (OSError, obstore.exceptions.BaseError) as error:
            raise StorageFull from error
        return key

    def drop(self, key: str) -> None:
        """Take away what was put aside; what is kept for good is not taken away."""
        if not key.startswith("aside-"):
            raise ValueError(key)
        with suppress(FileNotFoundError):
            obstore.delete(self._store, _path(key))

    def get(self, key: str) -> bytes:
        """The bytes kept under ``key``; ``FileNotFoundError`` when there are none."""
        return bytes(obstore.get(self._store, _path(key)).bytes())

    def kept(self) -> Iterator[str]:
        """The keys of all that is kept for good."""
        for some in obstore.list(self._store):
            for found in some:
                key = found["path"].replace("/", "")
                if _KEY.fullmatch(key):
                    yield key

    def remove(self, key: str) -> None:
        """Forget the bytes, if there are any: only what nothing else can name."""
        with suppress(FileNotFoundError):
            obstore.delete(self._store, _path(key))

    def has(self, key: str) -> bool:
        try:
            obstore.head(self._store, _path(key))
        except FileNotFoundError:
            return False
        return True


class StorageFull(DomainError):
    """The file could not be written; nothing was changed."""

    status = 503

    def __init__(self) -> None:
        super().__init__("storage.full")


def _path(key: str) -> str:
    return f"{key[:2]}/{key[2:]}" if not key.startswith("aside-") else f"aside/{key}"
