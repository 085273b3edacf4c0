"""Ask the index of words. Two engines, one answer: the newest rows of each kind that hold every phrase.

SQLite's FTS5 walks a list of rows from its end and stops where enough are found, however common the word. An index of
PostgreSQL's (GIN) gives all rows or none: there every entry carries the marks of its block of a thousand rows and of
sixteen such blocks, and they are asked from the newest on, as many as the ones before promise to be needed. Words,
marks and blocks are conditions of their own: GIN leaps from one to the other only between conditions.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text

from meetings.core.db import db
from meetings.search.models import PIECE_BITS, SUBJECT_BITS, Kind, entry_id, subject_of
from meetings.search.rules import Phrase

BLOCK = 1024  # rows
_BLOCKS = 16  # that have a mark together
_MOST_AT_ONCE = 1500  # rows that PostgreSQL may find at once though fewer are wanted


@dataclass(frozen=True, slots=True)
class Scope:
    """The entries of a kind that carry one of the marks. ``is_whole``: all that are found, not only the newest."""

    kind: Kind
    marks: tuple[str, ...]
    is_whole: bool = False


def matches(
    phrases: Sequence[Phrase], scopes: Collection[Scope], *, most: int, year: int | None = None
) -> dict[Kind, list[int]]:
    """Ids of entries by kind, one for each row they stand for, the newest row first, at most ``most`` of a kind."""
    if not phrases or not scopes:
        return {}
    on_postgresql = db.session.get_bind().dialect.name == "postgresql"
    find = _in_postgresql if on_postgresql else _in_sqlite
    return {kind: ids for kind, ids in find(phrases, scopes, most, year).items() if ids}


def _once(ids: Iterable[int]) -> list[int]:
    """Of several pieces of one row the first; ``ids`` fall."""
    return list({entry >> PIECE_BITS: entry for entry in ids}.values())


def _by_kind(ids: Iterable[int], scopes: Iterable[Scope]) -> dict[Kind, list[int]]:
    rows: dict[int, list[int]] = {scope.kind: [] for scope in scopes}
    shift = SUBJECT_BITS + PIECE_BITS
    for entry in ids:  # thousands of them: no call for each
        rows[entry >> shift].append(entry)
    return {Kind(kind): found for kind, found in rows.items()}


_ALL = 1_000_000


def _in_sqlite(
    phrases: Sequence[Phrase], scopes: Collection[Scope], most: int, year: int | None
) -> dict[Kind, list[int]]:
    words = " AND ".join(f'words : "{" ".join(phrase.tokens)}"{" *" if phrase.is_open else ""}' for phrase in phrases)
    if year is not None:
        words += f' AND marks : "y{year}"'
    limits = {scope: _ALL if scope.is_whole else most for scope in scopes}
    found: dict[Kind, list[int]] = {}
    while limits:
        values: list[object] = []
        for scope, limit in limits.items():
            marks = " OR ".join(f'"{mark}"' for mark in scope.marks)
            first, last = entry_id(scope.kind, 0), entry_id(scope.kind, 0) + (1 << SUBJECT_BITS + PIECE_BITS) - 1
            values += (f"{words} AND marks : ({marks})", first, last, limit)
        ids = db.session.connection().exec_driver_sql(_sqlite_statement(len(limits)), tuple(values)).scalars()
        rows = _by_kind(ids, limits)
        again = {}
        for scope, limit in limits.items():
            found[scope.kind] = _once(rows[scope.kind])
            # Texts in many pieces may have used the limit up.
            if len(rows[scope.kind]) == limit and len(found[scope.kind]) < most:
                again[scope] = limit * 4
        limits = again
    return found


def _sqlite_statement(scopes: int) -> str:
    one = (
        "SELECT * FROM (SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid BETWEEN ? AND ? "
        "ORDER BY rowid DESC LIMIT ?)"
    )
    return " UNION ALL ".join([one] * scopes)


_newest = text(
    "SELECT CAST(kind AS integer), (SELECT max(id) FROM search_entry WHERE id >= kind << 44 AND id < kind + 1 << 44) "
    "FROM unnest(:kinds) AS kind"
).bindparams(bindparam("kinds", type_=ARRAY(BigInteger)))

# The order is of a sum, so that the planner does not walk the primary key instead of asking the index of words. What is
# asked is read into queries once: a condition that reads a text would read it again for every row.
_found = text(
    "WITH asked AS MATERIALIZED (SELECT CAST(:words AS tsquery) AS words, CAST(asked.marks AS tsquery) AS marks, "
    "CAST(asked.places AS tsquery) AS places, n "
    "FROM unnest(:marks, :places) WITH ORDINALITY AS asked(marks, places, n)) "
    "SELECT ARRAY(SELECT id FROM search_entry WHERE search_entry.words @@ asked.words AND signs @@ asked.marks "
    "AND signs @@ asked.places ORDER BY id + 0 DESC LIMIT :most) FROM asked ORDER BY n"
).bindparams(bindparam("marks", type_=ARRAY(Text)), bindparam("places", type_=ARRAY(Text)))


def place_marks(kind: Kind, subject_id: int) -> tuple[str, str, str]:
    """The marks of a row's kind, of its block and of the blocks around it."""
    block = subject_id // BLOCK
    return f"k{kind:d}", f"b{kind:d}_{block}", f"c{kind:d}_{block // _BLOCKS}"


@dataclass(slots=True)
class _Walk:
    """How far one scope has been asked: blocks from ``next_block`` downwards are still to come."""

    scope: Scope
    next_block: int
    wanted: int = 2
    asked: int = 0
    ids: list[int] = field(default_factory=list)
    is_last: bool = False

    def places(self) -> str:
        """The marks of the places to be asked next."""
        kind = self.scope.kind
        if self.is_last:
            return f"k{kind:d}"
        self.wanted = min(self.wanted, self.next_block + 1)
        marks = []
        block, last = self.next_block, self.next_block - self.wanted
        while block > last:
            if block % _BLOCKS == _BLOCKS - 1 and block - _BLOCKS >= last:
                marks.append(f"c{kind:d}_{block // _BLOCKS}")
                block -= _BLOCKS
            else:
                marks.append(f"b{kind:d}_{block}")
                block -= 1
        return " | ".join(marks)

    def take(self, ids: list[int], most: int, *, has_year: bool) -> bool:
        """Keep what was found; whether enough is."""
        if self.is_last:
            self.ids = ids
            return True
        self.ids += ids
        self.asked += self.wanted
        self.next_block -= self.wanted
        missing = most - len(_once(self.ids))
        if missing <= 0 or self.next_block < 0:
            return True
        in_block = len(self.ids) / self.asked
        if not self.ids and has_year:
            self.wanted *= 8  # the year may lie further back
        elif in_block * (self.next_block + 1) <= _MOST_AT_ONCE:
            self.is_last = True
        else:
            self.wanted = ceil(missing / in_block * 1.25)
        return False


def _in_postgresql(
    phrases: Sequence[Phrase], scopes: Collection[Scope], most: int, year: int | None
) -> dict[Kind, list[int]]:
    words = " & ".join(
        "(" + " <-> ".join(f"'{token}'" for token in phrase.tokens) + (":*" if phrase.is_open else "") + ")"
        for phrase in phrases
    )
    newest = db.session.execute(_newest, {"kinds": [int(scope.kind) for scope in scopes]}).all()
    tops = {Kind(kind): subject_of(top) // BLOCK for kind, top in newest if top is not None}
    walks = [_Walk(scope, tops[scope.kind], is_last=scope.is_whole) for scope in scopes if scope.kind in tops]
    waiting = walks
    limit = most
    while waiting:
        of_year = "" if year is None else f" & y{year}"
        marks = [f"({' | '.join(walk.scope.marks)}){of_year}" for walk in waiting]
        places = [walk.places() for walk in waiting]
        most_rows = _ALL if any(walk.scope.is_whole for walk in waiting) else limit
        found = db.session.execute(
            _found, {"words": words, "marks": marks, "places": places, "most": most_rows}
        ).scalars()
        more = []
        for walk, ids in zip(waiting, found, strict=True):
            if len(ids) == most_rows and len(_once(ids)) < most:  # texts in many pieces have used the limit up
                more.append(walk)
                limit = max(limit, most_rows * 4)
            elif not walk.take(ids, most, has_year=year is not None):
                more.append(walk)
        waiting = more
    return {walk.scope.kind: _once(walk.ids)[:most] if not walk.scope.is_whole else _once(walk.ids) for walk in walks}
