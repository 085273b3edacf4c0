"""The file around the objects of a PDF 1.7: object streams and a cross-reference stream (ISO 32000-1, 7.5)."""

import struct
from hashlib import sha256

from reports.embedding import stream

_PER_STREAM = 400


class Container:
    """Collects numbered objects and joins them into a file; the same objects give the same bytes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._offset = len(self._parts[0])
        self._places: dict[int, tuple[int, int, int]] = {}
        self._waiting: list[tuple[int, bytes]] = []
        self._packed: list[tuple[list[int], bytes]] = []

    def add(self, number: int, body: bytes, *, is_stream: bool = False) -> None:
        if is_stream:
            self._put(number, body)
            return
        self._waiting.append((number, body))
        if len(self._waiting) == _PER_STREAM:
            self._pack()

    def close(self, *, root: str, info: str, next_number: int) -> bytes:
        """The whole file; ``next_number`` is the first number that no object has."""
        self._pack()
        for members, body in self._packed:
            for place, member in enumerate(members):
                self._places[member] = (2, next_number, place)
            self._put(next_number, body)
            next_number += 1
        size = next_number + 1
        start = self._offset
        self._places[next_number] = (1, start, 0)
        table = b"".join([struct.pack(">BIH", *self._places.get(number, (0, 0, 65535))) for number in range(size)])
        whole = sha256()
        for part in self._parts:
            whole.update(part)
        file_id = whole.hexdigest()[:32]
        entries = f"/Type/XRef/W[1 4 2]/Size {size}/Root {root}/Info {info}/ID[<{file_id}><{file_id}>]"
        self._put(next_number, stream(table, entries))
        self._parts.append(f"startxref\n{start}\n%%EOF\n".encode())
        return b"".join(self._parts)

    def _put(self, number: int, body: bytes) -> None:
        self._places[number] = (1, self._offset, 0)
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._parts.append(part)
        self._offset += len(part)

    def _pack(self) -> None:
        """Keep the waiting objects as one stream, compressed at once so that memory stays flat."""
        if not self._waiting:
            return
        offsets: list[str] = []
        at = 0
        for number, body in self._waiting:
            offsets.append(f"{number} {at}")
            at += len(body) + 1
        head = (" ".join(offsets) + "\n").encode()
        content = head + b"\n".join([body for _, body in self._waiting]) + b"\n"
        packed = stream(content, f"/Type/ObjStm/N {len(self._waiting)}/First {len(head)}")
        self._packed.append(([number for number, _ in self._waiting], packed))
        self._waiting = []
