"""What can be found: one row for each piece of text, beside which the database keeps its index of words."""

from datetime import date
from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import Base

PIECE_BITS = 12
SUBJECT_BITS = 32


class Kind(IntEnum):
    """What an entry was made from. The number begins the entry's id: never give it another meaning."""

    UNIT = 1
    PERSON = 2
    MEETING = 3
    AGENDA_ITEM = 4
    SPEECH = 5
    REQUIREMENT = 6
    MINUTES = 7
    ISSUED_MINUTES = 8
    DOCUMENT = 9
    MEETING_FILE = 10
    DOCUMENT_FILE = 11
    TASK = 12
    SCAN = 13
    EVIDENCE = 14
    REPORT = 15
    GOAL = 16
    MEASURE = 17
    INDICATOR = 18


def entry_id(kind: Kind, subject_id: int, piece: int = 0) -> int:
    """Kind, row and piece in one number, so that the index of words alone tells what was found, the newest last."""
    return kind << (SUBJECT_BITS + PIECE_BITS) | subject_id << PIECE_BITS | piece


def kind_of(entry: int) -> Kind:
    return Kind(entry >> (SUBJECT_BITS + PIECE_BITS))


def subject_of(entry: int) -> int:
    return entry >> PIECE_BITS & (1 << SUBJECT_BITS) - 1


class SearchEntry(Base):
    """A piece of text: what it is called, what stands in it, and the marks of who may find it.

    ``place_id`` is the meeting, document or task whose page shows it, ``remark`` what stands beside its title and is
    not looked for. Marks: ``a1`` readers of all of committee 1, ``i1`` readers of what it issued, ``u9`` unit 9,
    ``h9`` who reads all and belongs to unit 9, ``h9u8`` who belongs to units 9 and 8, ``y2026`` its year. The words
    are no column of every engine: SQLite keeps them in ``search_index``, PostgreSQL in the column ``words``.
    """

    __tablename__ = "search_entry"
    __table_args__: Any = {}

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False, sort_order=-2
    )
    committee_id: Mapped[int]
    place_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(String(500))
    day: Mapped[date | None]
    marks: Mapped[str] = mapped_column(Text)


class SearchEdition(Base):
    """Which edition of the rules the stored words follow; one row."""

    __tablename__ = "search_edition"

    number: Mapped[int]
