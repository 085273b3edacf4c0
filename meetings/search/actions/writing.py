"""Write what can be found: entries and the index of their words, beside each other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, text

from meetings.core.db import db
from meetings.search import queries, rules
from meetings.search.models import PIECE_BITS, Kind, SearchEdition, SearchEntry, entry_id, kind_of, subject_of

_CHUNK = 5000
_COLUMNS = ("id", "committee_id", "place_id", "title", "text", "remark", "day", "marks")
_MOST_PIECES = 1 << PIECE_BITS

Entry = dict[str, Any]


def entries_of(source: queries.Source) -> list[Entry]:
    """The rows of a source, one for each piece of its text."""
    return [
        {
            "id": entry_id(source.kind, source.subject_id, piece),
            "committee_id": source.committee_id,
            "place_id": source.place_id,
            "title": source.title,
            "text": text,
            "remark": source.remark,
            "day": source.day,
            "marks": " ".join(source.marks),
        }
        for piece, text in enumerate(rules.pieces(source.text)[:_MOST_PIECES])
    ]


def _words(entry: Entry) -> list[str]:
    return rules.tokens(f"{entry['title']}\n{entry['text']}")


def _vectors(entry: Entry) -> tuple[str, str]:
    """Words with their places, and marks without, each as PostgreSQL reads a tsvector."""
    words = " ".join(f"{token}:{place}" for place, token in enumerate(_words(entry), 1))
    places = queries.place_marks(kind_of(entry["id"]), subject_of(entry["id"]))
    return words, " ".join((*entry["marks"].split(), *places))


def refresh(kind: Kind, subject_ids: Collection[int], *, are_new: bool = False) -> None:
    """Let the entries of these rows say what the rows say now; those that are gone go.

    Entries are locked before their rows are read, so that of two who change one thing the later reads what the
    earlier wrote.
    """
    stored = {} if are_new else {entry["id"]: entry for entry in _stored(kind, subject_ids)}
    wanted = {entry["id"]: entry for source in queries.read(kind, ids=subject_ids) for entry in entries_of(source)}
    outdated = [entry for key, entry in stored.items() if wanted.get(key) != entry]
    fresh = [entry for key, entry in wanted.items() if stored.get(key) != entry]
    connection = db.session.connection()
    if outdated:
        _remove(connection, outdated)
    if fresh:
        _add(connection, fresh)


def _stored(kind: Kind, subject_ids: Collection[int]) -> Iterator[Entry]:
    columns = [getattr(SearchEntry, name) for name in _COLUMNS]
    ids = sorted(subject_ids)
    for at in range(0, len(ids), 100):
        ranges = (
            SearchEntry.id.between(entry_id(kind, row_id), entry_id(kind, row_id, _MOST_PIECES - 1))
            for row_id in ids[at : at + 100]
        )
        rows = select(*columns).where(or_(*ranges)).order_by(SearchEntry.id).with_for_update()
        yield from (dict(row._mapping) for row in db.session.execute(rows))  # noqa: SLF001 -- SQLAlchemy's own name


_remove_entries = delete(SearchEntry).where(SearchEntry.id.in_(bindparam("ids", expanding=True)))
_add_entries = insert(SearchEntry)
_add_vectors = text(
    "INSERT INTO search_entry (id, committee_id, place_id, title, text, remark, day, marks, words, signs) VALUES "
    "(:id, :committee_id, :place_id, :title, :text, :remark, :day, :marks, "
    "CAST(:words AS tsvector), CAST(:signs AS tsvector))"
)
_ADD_WORDS = "INSERT INTO search_index (rowid, words, marks) VALUES (?, ?, ?)"
# The index keeps no text: it is told what it was given.
_REMOVE_WORDS = "INSERT INTO search_index (search_index, rowid, words, marks) VALUES ('delete', ?, ?, ?)"


def _indexed(entries: Iterable[Entry]) -> list[tuple[int, str, str]]:
    return [(entry["id"], " ".join(_words(entry)), entry["marks"]) for entry in entries]


def _remove(connection: Connection, entries: Sequence[Entry]) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_REMOVE_WORDS, _indexed(entries))
    connection.execute(_remove_entries, {"ids": [entry["id"] for entry in entries]})


def _add(connection: Connection, entries: Sequence[Entry]) -> None:
    if connection.dialect.name == "postgresql":
        vectors = [dict(zip(("words", "signs"), _vectors(entry), strict=True)) for entry in entries]
        connection.execute(_add_vectors, [entry | more for entry, more in zip(entries, vectors, strict=True)])
        return
    connection.execute(_add_entries, list(entries))
    connection.exec_driver_sql(_ADD_WORDS, _indexed(entries))


def rebuild() -> int:
    """Write everything anew and return how many entries there are. Others who write wait meanwhile."""
    connection = db.session.connection()
    on_postgresql = connection.dialect.name == "postgresql"
    if on_postgresql:
        connection.exec_driver_sql("DROP INDEX search_words")
        connection.exec_driver_sql("TRUNCATE search_entry")
    else:
        connection.execute(delete(SearchEntry))
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('delete-all')")
        connection.exec_driver_sql("INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0)")
    count = 0
    for kind in Kind:
        entries = (entry for source in queries.read_all(kind) for entry in entries_of(source))
        while chunk := list(islice(entries, _CHUNK)):
            count += len(chunk)
            (_copy if on_postgresql else _add)(connection, chunk)
    if on_postgresql:
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
        connection.exec_driver_sql(
            "CREATE INDEX search_words ON search_entry USING gin (words, signs) WITH (fastupdate = off)"
        )
    else:
        connection.exec_driver_sql("INSERT INTO search_index (search_index, rank) VALUES ('automerge', 4)")
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
    db.session.execute(delete(SearchEdition))
    db.session.execute(insert(SearchEdition).values(number=rules.EDITION))
    return count


def _copy(connection: Connection, entries: Sequence[Entry]) -> None:
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY search_entry ({', '.join(_COLUMNS)}, words, signs) FROM STDIN") as copy,
    ):
        for entry in entries:
            copy.write_row((*entry.values(), *_vectors(entry)))


def is_current() -> bool:
    """Whether the index was built by the rules that hold now."""
    return db.session.scalar(select(func.max(SearchEdition.number))) == rules.EDITION


def _compared(entries: Iterable[Entry]) -> list[Entry]:
    """Without the remark, which holds what a unit was called when the row was written."""
    return [{**entry, "remark": ""} for entry in entries]


def differences() -> Iterator[tuple[Kind, int]]:
    """Kind and id of every row whose entries say something else than the row; the index of words is asked itself."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
    for kind in Kind:
        sources = queries.read_all(kind)
        seen: set[int] = set()
        while chunk := list(islice(sources, 500)):
            ids = [source.subject_id for source in chunk]
            seen |= set(ids)
            stored: dict[int, list[Entry]] = defaultdict(list)
            for entry in _stored(kind, ids):
                stored[subject_of(entry["id"])].append(entry)
            for source in chunk:
                if _compared(stored[source.subject_id]) != _compared(entries_of(source)):
                    yield kind, source.subject_id
        ids_of_kind = SearchEntry.id.between(entry_id(kind, 0), entry_id(kind, 0) + (1 << 44) - 1)
        for subject_id in map(subject_of, db.session.scalars(select(SearchEntry.id).where(ids_of_kind))):
            if subject_id not in seen:
                seen.add(subject_id)
                yield kind, subject_id
