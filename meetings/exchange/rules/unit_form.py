"""The off-line form of one unit: its code says that what was locked came back as it went out. Pure.

The code is an HMAC-SHA-256 (RFC 2104) over the unit, the day and the locked cells of every row, cut to 60 bits and
written in Crockford's base 32, which leaves out letters that look like digits.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetings.core.errors import DomainError
from meetings.exchange.rules.cells import text_of
from meetings.exchange.rules.tables import Headings

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOCKED = ("key", "version", "number", "title", "unit")
_LINE = re.compile(r"填报单位：(.+?)（(\d+)）\s*下载日期：(\d{4}-\d{2}-\d{2})\s*核对码：([0-9A-Z-]+)")


@dataclass(frozen=True, slots=True)
class UnitForm:
    """Whose form a file is, and when it was taken out."""

    unit: str
    unit_id: int
    day: str


def code(form: UnitForm, locked: Iterable[Sequence[object]], *, secret: bytes) -> str:
    """The code of a form: XXXX-XXXX-XXXX."""
    told = [[form.unit, str(form.unit_id), form.day], *([text_of(cell) for cell in row] for row in locked)]
    text = "\x1e".join("\x1f".join(row) for row in told)
    number = int.from_bytes(hmac.digest(secret, text.encode(), "sha256")[:8], "big") >> 4
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(55, -1, -5))
    return "-".join(letters[at : at + 4] for at in (0, 4, 8))


def line(form: UnitForm, locked: Iterable[Sequence[object]], *, secret: bytes) -> str:
    """The line above the headings that says whose form it is."""
    told = code(form, locked, secret=secret)
    return f"填报单位：{form.unit}（{form.unit_id}）　下载日期：{form.day}　核对码：{told}"


def found(rows: Sequence[Sequence[object]], headings: Headings, *, secret: bytes) -> UnitForm | None:
    """Whose form a file is; None where it is no form of one unit.

    Raises ``form.forged`` where the code does not agree with the unit or with what was locked.
    """
    for row in rows[: headings.row]:
        for cell in row:
            said = _LINE.search(unicodedata.normalize("NFC", str(cell)))
            if said is None:
                continue
            form = UnitForm(said[1], int(said[2]), said[3])
            places = [headings.places.get(name) for name in LOCKED]
            locked = [
                [row[place] if place is not None else "" for place in places]
                for row in rows[headings.row + 1 :]
                if any(cell != "" for cell in row)
            ]
            if not hmac.compare_digest(code(form, locked, secret=secret), said[4]):
                raise DomainError("form.forged", field="files", unit=form.unit)
            return form
    return None
