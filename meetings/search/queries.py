"""Titles and numbers of everything that the actor may see; each kind by its own feature's rule of who sees what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Person, Post, Unit, UnitName
from meetings.documents.models import Document
from meetings.documents.queries import visible_to as documents_visible_to
from meetings.meetings.models import Meeting
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.tasks import queries as tasks
from meetings.tasks.models import Task

SHOWN = 10
_NOTHING = literal("")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its id, its name, and what stands beside it."""

    id: int
    title: str
    number: str = ""
    day: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are of a kind, and the first of them."""

    total: int
    hits: Sequence[Hit]


def search(words: str, *, actor: Actor) -> dict[str, Found]:
    """What holds the words in its title, number or name, by kind; kinds that the actor may not read are left out."""
    if not words:
        return {}
    return {kind: _found(look(words, actor)) for kind, look in _LOOKS.items() if _may(actor, kind)}


def _may(actor: Actor, kind: str) -> bool:
    needed: Mapping[str, tuple[str, ...]] = {
        "meetings": ("meetings.read", "meetings.read_issued"),
        "tasks": ("tasks.read_all", "tasks.read_own"),
        "documents": ("documents.read", "documents.read_issued"),
        "units": ("directory.read",),
        "people": ("directory.read",),
    }
    return any(map(actor.may, needed[kind]))


def _found(statement: Select[*tuple[Any, ...]]) -> Found:
    total = db.session.scalar(statement.order_by(None).with_only_columns(func.count())) or 0
    rows = db.session.execute(statement.limit(SHOWN)).all() if total else []
    return Found(total, [Hit(row.id, row.title, row.number or "", row.day, row.remark or "") for row in rows])


def _holds(words: str, *columns: Any) -> ColumnElement[bool]:
    """One of the columns holds the words; % and _ mean themselves."""
    return or_(*(column.icontains(words, autoescape=True) for column in columns))


def _meetings(words: str, actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Meeting.id,
            Meeting.title,
            _NOTHING.label("number"),
            Meeting.held_on.label("day"),
            Meeting.place.label("remark"),
        )
        .where(meetings_visible_to(actor), _holds(words, Meeting.title))
        .order_by(Meeting.held_on.desc().nulls_first(), Meeting.id.desc())
    )


def _tasks(words: str, actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        tasks.visible_to(actor)
        .where(_holds(words, Task.title, Task.number))
        .join(Unit, Unit.id == Task.lead_unit_id)
        .with_only_columns(
            Task.id, Task.title, Task.number.label("number"), Task.due_on.label("day"), Unit.short_name.label("remark")
        )
        .order_by(Task.is_open.desc(), Task.due_on.desc(), Task.id.desc())
    )


def _documents(words: str, actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Document.id,
            Document.title,
            Document.number.label("number"),
            Document.issued_on.label("day"),
            Document.issuing_body.label("remark"),
        )
        .where(documents_visible_to(actor), _holds(words, Document.title, Document.number))
        .order_by(Document.issued_on.desc().nulls_last(), Document.id.desc())
    )


def _units(words: str, actor: Actor) -> Select[*tuple[Any, ...]]:
    """By full, short and former name, and by the first letters of its pinyin."""
    former = select(UnitName.unit_id).where(_holds(words, UnitName.name, UnitName.short_name))
    named = or_(_holds(words, Unit.name, Unit.short_name, Unit.initials), Unit.id.in_(former))
    return (
        select(
            Unit.id,
            Unit.name.label("title"),
            _NOTHING.label("number"),
            Unit.until_on.label("day"),
            Unit.short_name.label("remark"),
        )
        .where(Unit.committee_id == actor.committee_id, named)
        .order_by(Unit.position, Unit.id)
    )


def _people(words: str, actor: Actor) -> Select[*tuple[Any, ...]]:
    """By name, first letters and the titles of posts."""
    posts = select(Post.person_id).where(Post.committee_id == actor.committee_id, _holds(words, Post.title))
    named = or_(_holds(words, Person.name, Person.initials), Person.id.in_(posts))
    return (
        select(
            Person.id,
            Person.name.label("title"),
            _NOTHING.label("number"),
            null().label("day"),
            _NOTHING.label("remark"),
        )
        .where(Person.committee_id == actor.committee_id, named)
        .order_by(Person.protocol_order, Person.id)
    )


_LOOKS: Mapping[str, Callable[[str, Actor], Select[*tuple[Any, ...]]]] = {
    "meetings": _meetings,
    "tasks": _tasks,
    "documents": _documents,
    "units": _units,
    "people": _people,
}
