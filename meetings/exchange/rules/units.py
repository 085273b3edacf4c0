"""What is looked at in rows of units besides each cell. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from meetings.core.errors import DomainError
from meetings.exchange.rules.cells import Units, text_of
from meetings.exchange.rules.tables import Headings, Line, Outcome, Present


def check(lines: Iterable[Line], present: Iterable[Present]) -> None:
    """Each name once, also within the file; another name with its day; what was dissolved stays dissolved."""
    standing: Mapping[str, Present] = {row.key: row for row in present}
    taken = {row.values["name"]: row.key for row in standing.values()}
    for line in lines:
        if line.outcome is Outcome.NEW:
            name = line.values["name"]
            if name in taken:
                line.refuse(DomainError("unit.name_taken", field="name", name=name))
            taken.setdefault(name, f"new{line.number}")
            if line.values["until_on"]:
                line.refuse(DomainError("row.new_is_over", field="until_on"))
        elif line.outcome is Outcome.CHANGED:
            _check_change(line, standing[line.key].values, taken)


def _check_change(line: Line, before: Mapping[str, object], taken: Mapping[str, str]) -> None:
    now = line.values
    renamed = (now["name"], now["short_name"]) != (before["name"], before["short_name"])
    if renamed and taken.get(now["name"], line.key) != line.key:
        line.refuse(DomainError("unit.name_taken", field="name", name=now["name"]))
    if renamed and not now["renamed_on"] and not now["is_correction"]:
        line.refuse(DomainError("unit.renaming_day_needed", field="renamed_on"))
    if not renamed and (now["renamed_on"] or now["is_correction"]):
        line.refuse(DomainError("row.not_renamed", field="renamed_on" if now["renamed_on"] else "is_correction"))
    if before["until_on"] and now["until_on"] != before["until_on"]:
        line.refuse(DomainError("unit.already_dissolved", field="until_on"))


def with_new(units: Units, rows: Sequence[Sequence[object]], headings: Headings) -> Units:
    """The units that a file brings may be named in it too: each is known by minus the number of its row."""
    ids, names = dict(units.ids), dict(units.names)
    for number, row in enumerate(rows[headings.row + 1 :], headings.row + 2):
        told = {name: text_of(row[headings.places[name]]) for name in ("key", "name", "short_name")}
        if not told["key"] and told["name"] and told["name"] not in ids:
            ids[told["name"]] = -number
            ids.setdefault(told["short_name"] or told["name"], -number)
            names[-number] = told["short_name"] or told["name"]
    return Units(ids, names)
