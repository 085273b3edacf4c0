"""What each row of a table that came back will become. Pure: cells in, lines out.

A row is known by its key (编号) and the version that it was written out with. A row with a key changes what there is,
a row without one is new. What was changed by somebody else since the table was written out is refused, unless the row
asks for nothing that is not so already.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from meetings.core.errors import DomainError
from meetings.exchange.rules import cells
from meetings.exchange.rules.cells import EMPTY, Column, Units

_HEADINGS_WITHIN = 12  # rows from the top in which the headings are looked for


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Present:
    """A row as it stands: its key, the version that has to be known to change it, and its values by column name.

    ``said``: what its fixed columns show. ``refusal``: why it may not be changed now, if it may not.
    """

    key: str
    version: str
    values: Mapping[str, Any]
    said: Mapping[str, object] = field(default_factory=dict)
    refusal: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs: what stands, and what the file says."""

    column: Column
    before: Any
    after: Any


@dataclass(slots=True)
class Line:
    """A row of the file, numbered as Excel does, and what becomes of it. ``errors`` name their column by ``field``."""

    number: int
    outcome: Outcome
    key: str
    version: str
    values: dict[str, Any]
    changes: Sequence[Change] = ()
    errors: list[DomainError] = field(default_factory=list)
    said: Mapping[str, object] = field(default_factory=dict)

    def refuse(self, refusal: DomainError) -> None:
        """The row is wrong."""
        self.errors.append(refusal)
        self.outcome = Outcome.WRONG


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns stand: the row of the headings (from 0) and the place of each column that is there."""

    row: int
    places: Mapping[str, int]
    unknown: Sequence[str]


def find_headings(rows: Sequence[Sequence[object]], columns: Sequence[Column]) -> Headings:
    """The row of the headings: of the first rows that which holds most of them.

    Raises ``table.no_headings``, ``table.heading_twice``, ``table.headings_missing`` with what is missing and what is
    there instead. Fixed columns may be missing, except for the key and the version.
    """
    wanted = {column.heading: column for column in columns}
    scored = [(sum(_heading(cell) in wanted for cell in row), -at) for at, row in enumerate(rows[:_HEADINGS_WITHIN])]
    score, at = max(scored, default=(0, 0))
    if score == 0 or score * 3 < len([column for column in columns if column.is_required]):
        raise DomainError("table.no_headings", field="files", headings="、".join(list(wanted)[:6]))
    told = [(_heading(cell), place) for place, cell in enumerate(rows[-at])]
    twice = sorted({name for name, _ in told if name in wanted and sum(name == other for other, _ in told) > 1})
    if twice:
        raise DomainError("table.heading_twice", field="files", headings="、".join(twice))
    places = {wanted[name].name: place for name, place in told if name in wanted}
    unknown = [name for name, _place in told if name and name not in wanted]
    missing = [column.heading for column in columns if column.name not in places and not _may_miss(column)]
    if missing:
        code = "table.headings_renamed" if unknown else "table.headings_missing"
        raise DomainError(code, field="files", missing="、".join(missing), unknown="、".join(unknown))
    return Headings(-at, places, unknown)


def _heading(cell: object) -> str:
    return "".join(cells.text_of(cell).split()).rstrip("*＊").replace("(", "（").replace(")", "）")


def _may_miss(column: Column) -> bool:
    return column.is_fixed and column.name not in {"key", "version"}


def lines(
    rows: Sequence[Sequence[object]],
    columns: Sequence[Column],
    headings: Headings,
    *,
    present: Mapping[str, Present],
    units: Units,
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]] = (),
    may_be_new: bool = True,
    personal_data_confirmed: bool = False,
) -> list[Line]:
    """What becomes of each row below the headings that is not empty."""
    merges = _merges(merged, headings)
    found: list[Line] = []
    seen: dict[str, int] = {}
    same: dict[str, int] = {}
    for at, row in enumerate(rows[headings.row + 1 :], headings.row + 1):
        told = {name: row[place] for name, place in headings.places.items() if place < len(row)}
        if not any(value != "" for value in told.values()):
            continue
        line = _line(at + 1, told, columns, present=present, units=units, may_be_new=may_be_new)
        for name in merges.get(at, ()):
            line.refuse(DomainError("cell.merged", field=name))
        if not personal_data_confirmed and cells.personal_data(list(told.values())):
            line.refuse(DomainError("row.personal_data"))
        if line.key:
            if line.key in seen:
                line.refuse(DomainError("row.key_twice", field="key", number=seen[line.key]))
            seen.setdefault(line.key, line.number)
        elif line.outcome is Outcome.NEW:
            print_ = repr(line.values)
            if print_ in same:
                line.refuse(DomainError("row.twice", number=same[print_]))
            same.setdefault(print_, line.number)
        found.append(line)
    return found


def _merges(merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], headings: Headings) -> dict[int, list[str]]:
    """Columns that are merged, by row; one cell that is merged with nothing read does no harm."""
    by_row: dict[int, list[str]] = {}
    for (top, left), (bottom, right) in merged:
        for at in range(max(top, headings.row + 1), min(bottom, headings.row + 20_000) + 1):
            names = [name for name, place in headings.places.items() if left <= place <= right]
            by_row.setdefault(at, []).extend(names)
    return by_row


def _line(
    number: int,
    told: Mapping[str, object],
    columns: Sequence[Column],
    *,
    present: Mapping[str, Present],
    units: Units,
    may_be_new: bool,
) -> Line:
    key, version = cells.text_of(told.get("key", "")), cells.text_of(told.get("version", ""))
    line = Line(number, Outcome.NEW, key, version, {})
    stands = present.get(key) if key else None
    if key and stands is None:
        line.refuse(DomainError("row.unknown_key", field="key", key=key[:20]))
        return line
    if stands is None and not may_be_new:
        line.refuse(DomainError("row.not_new", field="key"))
        return line
    line.said = stands.said if stands else {}
    for column in columns:
        if column.is_fixed:
            continue
        typed = told.get(column.name, "")
        if typed == "":
            line.values[column.name] = EMPTY.get(column.kind) if column.blank is None else column.blank
            if column.is_required:
                line.refuse(DomainError("cell.required", field=column.name))
            continue
        try:
            line.values[column.name] = cells.read(column, typed, units)
        except DomainError as refusal:
            line.refuse(refusal)
    if stands is not None and line.outcome is not Outcome.WRONG:
        _compare(line, columns, stands, units)
    return line


def _compare(line: Line, columns: Sequence[Column], stands: Present, units: Units) -> None:
    line.changes = [
        Change(column, stands.values[column.name], line.values[column.name])
        for column in columns
        if not column.is_fixed and not _is_same(column, stands.values[column.name], line.values[column.name], units)
    ]
    if not line.changes:
        line.outcome = Outcome.UNCHANGED
        return
    line.outcome = Outcome.CHANGED
    if line.version != stands.version:
        line.refuse(DomainError("row.changed_meanwhile"))
    elif stands.refusal:
        line.refuse(stands.refusal)


def _is_same(column: Column, before: Any, now: Any, units: Units) -> bool:
    """The cell says what stands; or what stands, once it went through a cell."""
    if before == now:
        return True
    said = cells.shown(column, before, units)
    try:
        return said != "" and cells.read(column, said, units) == now
    except DomainError:  # what stands would not be taken in a table, so it is something else
        return False


def count(found: Iterable[Line]) -> dict[Outcome, int]:
    """How many rows become what."""
    counted = dict.fromkeys(Outcome, 0)
    for line in found:
        counted[line.outcome] += 1
    return counted


def fingerprint(found: Iterable[Line]) -> str:
    """What was previewed, in short: another one means that the file or what stands has changed since."""
    told = [
        (
            line.number,
            line.outcome,
            line.key,
            line.version,
            sorted((n, repr(v)) for n, v in line.values.items()),
            [repr(change.before) for change in line.changes],
        )
        for line in found
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]
