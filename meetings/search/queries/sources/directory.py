"""What is found of units and people."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select

from meetings.core.db import db
from meetings.directory.models import Person, Post, Unit, UnitName
from meetings.search.models import Kind
from meetings.search.queries.sources.reading import Reading, lines, readers


def _unit(row: Any, names: Any) -> Any:
    text = lines(row.short_name if row.short_name != row.name else "", *names.get(row.id, ()))
    return row.id, row.name, text, row.short_name, None, (readers(row.committee_id),)


def _beside_unit(found: Select[*tuple[Any, ...]]) -> Any:
    names: dict[int, list[str]] = defaultdict(list)
    rows = select(UnitName.unit_id, UnitName.name, UnitName.short_name).where(UnitName.unit_id.in_(found))
    for unit_id, name, short_name in db.session.execute(rows.order_by(UnitName.id)):
        names[unit_id] += [f"曾用名{name}", *([short_name] if short_name != name else [])]
    return names


def _person(row: Any, posts: Any) -> Any:
    held = posts.get(row.id, ())
    return row.id, row.name, lines(*held), held[0] if held else "", None, (readers(row.committee_id),)


def _beside_person(found: Select[*tuple[Any, ...]]) -> Any:
    posts = defaultdict(list)
    rows = (select(Post.person_id, Post.title, Unit.short_name).join(Unit, Unit.id == Post.unit_id)).where(
        Post.person_id.in_(found)
    )
    for person_id, title, unit in db.session.execute(rows.order_by(Post.from_on.desc(), Post.id.desc())):
        posts[person_id].append(f"{unit}{title}")
    return posts


READINGS: Mapping[Kind, Reading] = {
    Kind.UNIT: Reading(
        select(Unit.id, Unit.committee_id, Unit.name, Unit.short_name), Unit.id, _unit, beside=_beside_unit
    ),
    Kind.PERSON: Reading(
        select(Person.id, Person.committee_id, Person.name),
        Person.id,
        _person,
        beside=_beside_person,
    ),
}
