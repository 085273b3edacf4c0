"""Damaged Word and Excel files are refused in words by everything that opens them: no other error ever comes out."""

import random
import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from meetings.attachments import rules
from meetings.core import word
from meetings.core.errors import DomainError
from meetings.core.workbook import read
from meetings.reading.decoding import Unreadable, decode

TIMES = 60


def document() -> bytes:
    return word.written("第一段\n第二段", title="纪要", identifier="1-2-3")


def workbook() -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write_row(0, 0, ["单位", "县教育局", "3"])
    book.close()
    return target.getvalue()


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The same with some bytes changed, taken out or doubled."""
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(damaged))
        match chance.randrange(3):
            case 0:
                damaged[at] = chance.randrange(256)
            case 1:
                del damaged[at : at + chance.randrange(1, 60)]
            case _:
                damaged[at:at] = damaged[at : at + chance.randrange(1, 300)]
    return bytes(damaged)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """A whole archive in which one part is malformed or missing."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        hit = chance.choice(whole.namelist())
        for name in whole.namelist():
            if name != hit:
                packed.writestr(name, whole.read(name))
            elif chance.random() < 0.9:
                packed.writestr(name, mutated(whole.read(name), chance))
    return target.getvalue()


@pytest.mark.parametrize("damage", [mutated, damaged_inside])
@pytest.mark.parametrize(
    ("make", "name", "opened_by"),
    [(document, "a.docx", (decode, word.identifier_of)), (workbook, "a.xlsx", (read,))],
)
def test_whatever_is_damaged_is_refused_in_words(damage, make, name, opened_by):
    chance, content = random.Random(7), make()
    refused = 0
    for _ in range(TIMES):
        damaged = damage(content, chance)
        for open_it in (lambda found: rules.text_of(name, found), *opened_by):
            try:
                open_it(damaged)
            except (DomainError, Unreadable):  # anything else would be an error of the server's
                refused += 1
    assert refused  # a part that nobody reads may be damaged
