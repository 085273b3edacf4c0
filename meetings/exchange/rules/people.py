"""What is looked at in rows of people besides each cell. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from meetings.core.errors import DomainError
from meetings.exchange.rules.tables import Line, Outcome, Present

OF_PERSON = ("name", "protocol_order", "office_phone", "note")
OF_POST = ("unit_id", "kind", "title", "from_on")
_NEW = re.compile(r"新\d{0,3}")


def check(lines: Iterable[Line], present: Iterable[Present]) -> None:
    """Whose row it is, what a post needs, and that rows of one person say the same."""
    standing = {row.key: row for row in present}
    known = {row.values["person"]: row.values for row in standing.values() if row.values["person"]}
    names: dict[str, list[str]] = {}
    for number, values in known.items():
        names.setdefault(values["name"], []).append(number)
    told: dict[str, Line] = {}
    new_names: dict[str, int] = {}
    for line in lines:
        if line.outcome not in {Outcome.NEW, Outcome.CHANGED}:
            if line.outcome is Outcome.UNCHANGED and line.values["person"]:
                told.setdefault(line.values["person"], line)
            continue
        if line.outcome is Outcome.CHANGED:
            _check_change(line, standing[line.key].values)
        else:
            _check_new(line, known, names, new_names)
        _check_post(line)
        person = line.values["person"]
        if person not in {"", "新"}:
            first = told.setdefault(person, line)
            if any(first.values[name] != line.values[name] for name in OF_PERSON):
                line.refuse(DomainError("row.person_told_twice", field="name", number=first.number))


def _check_change(line: Line, before: Mapping[str, Any]) -> None:
    now = line.values
    if now["person"] != before["person"]:
        line.refuse(DomainError("row.other_person", field="person"))
    if before["name"] and not now["name"]:
        line.refuse(DomainError("row.name_missing", field="name"))
    if not before["person"] and now["name"]:
        line.refuse(DomainError("row.post_without_person", field="name"))
    if before["unit_id"] and now["unit_id"] != before["unit_id"]:
        line.refuse(DomainError("row.other_unit", field="unit_id"))
    if before["until_on"] and now["until_on"] != before["until_on"]:
        line.refuse(DomainError("post.already_ended", field="until_on"))


def _check_new(
    line: Line, known: Mapping[str, Mapping[str, Any]], names: Mapping[str, list[str]], new_names: dict[str, int]
) -> None:
    now = line.values
    person, name = now["person"], now["name"]
    if not person and not name:
        if not now["unit_id"]:
            line.refuse(DomainError("row.name_missing", field="name"))
        return
    if not name:
        line.refuse(DomainError("row.name_missing", field="name"))
    elif not person and name in names:
        line.refuse(DomainError("row.namesake", field="person", name=name, numbers="、".join(names[name])))
    elif not person and name in new_names:
        line.refuse(DomainError("row.namesake_in_file", field="person", name=name, number=new_names[name]))
    elif person and not _NEW.fullmatch(person) and person not in known:
        line.refuse(DomainError("row.unknown_person", field="person", number=person))
    if not person:
        new_names.setdefault(name, line.number)


def _check_post(line: Line) -> None:
    now = line.values
    filled = [name for name in OF_POST if now[name]]
    if filled:
        for name in OF_POST:
            if not now[name]:
                line.refuse(DomainError("cell.required", field=name))
        if now["from_on"] and now["until_on"] and now["until_on"] < now["from_on"]:
            line.refuse(DomainError("post.days_out_of_order", field="until_on"))
    elif now["until_on"]:
        line.refuse(DomainError("cell.required", field="unit_id"))
