"""Who and what there is in the directory of the actor's committee, now and on a day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory import rules
from meetings.directory.models import (
    Committee,
    CommitteeName,
    Person,
    Post,
    PostKind,
    Unit,
    UnitGroup,
    UnitGroupMember,
    UnitKind,
    UnitName,
)

# (value, words, attributes of the option): what ``templates/components/field.html`` needs for its picker.
PickableChoice = tuple[int, str, Mapping[str, str]]

_WHOLE_POST = (joinedload(Post.person), joinedload(Post.unit))


class CommitteeNames(NamedTuple):
    """What the body and its office are called."""

    body: str
    office: str

    def as_fields(self) -> dict[str, str]:
        """As the form that changes them calls them."""
        return {"name": self.body, "office_name": self.office}


# Committee


def committee_of(actor: Actor) -> Committee:
    """The actor's committee."""
    return db.session.scalars(select(Committee).where(Committee.id == actor.committee_id)).one()


def first_committee_id() -> int | None:
    """The committee that was made first; None in an empty installation."""
    return db.session.scalar(select(Committee.id).order_by(Committee.id).limit(1))


def committee_names(committee_id: int) -> Sequence[CommitteeName]:
    """All names with their days, the latest first."""
    rows = (
        select(CommitteeName).where(CommitteeName.committee_id == committee_id).order_by(CommitteeName.from_on.desc())
    )
    return db.session.scalars(rows).all()


def names_of_committee(committee_id: int, day: date) -> CommitteeNames:
    """The names on that day; before the first known day the first ones, empty when none are known."""
    rows = db.session.execute(
        select(CommitteeName.name, CommitteeName.office_name, CommitteeName.from_on)
        .where(CommitteeName.committee_id == committee_id)
        .order_by(CommitteeName.from_on)
    ).all()
    if not rows:
        return CommitteeNames("", "")
    holding = [row for row in rows if row.from_on <= day] or rows[:1]
    return CommitteeNames(holding[-1].name, holding[-1].office_name)


# Units


def _exists_on(day: date) -> ColumnElement[bool]:
    return or_(Unit.until_on.is_(None), Unit.until_on >= day)


def units(actor: Actor, include_dissolved: bool = False) -> Sequence[Unit]:
    """The committee's units in the plan's order."""
    rows = select(Unit).where(Unit.committee_id == actor.committee_id).order_by(Unit.position, Unit.id)
    if not include_dissolved:
        rows = rows.where(_exists_on(clock.today()))
    return db.session.scalars(rows).all()


def find_unit(unit_id: int, *, actor: Actor) -> Unit:
    """The unit with its parent, or ``NotFound``."""
    row = db.session.scalar(
        select(Unit)
        .where(Unit.id == unit_id, Unit.committee_id == actor.committee_id)
        .options(joinedload(Unit.parent), joinedload(Unit.merged_into))
    )
    if row is None:
        raise NotFound
    return row


def unit_named(name: str, *, actor: Actor) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.committee_id == actor.committee_id, Unit.name == name))


def unit_called(name: str, *, actor: Actor) -> Unit | None:
    """The unit of that full or short name, for commands."""
    rows = select(Unit).where(Unit.committee_id == actor.committee_id, or_(Unit.name == name, Unit.short_name == name))
    return db.session.scalars(rows.order_by(Unit.id)).first()


def parts_of(unit: Unit) -> Sequence[Unit]:
    """The units right below, dissolved ones too, in the plan's order."""
    return db.session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.position, Unit.id)).all()


def units_named(unit_ids: Sequence[int]) -> dict[int, str]:
    """Names by unit, in the plan's order."""
    rows = select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)).order_by(Unit.position, Unit.id)
    return {row.id: row.name for row in db.session.execute(rows)}


def former_names(unit: Unit) -> Sequence[UnitName]:
    """What the unit was called before, the latest first."""
    return db.session.scalars(
        select(UnitName).where(UnitName.unit_id == unit.id).order_by(UnitName.until_on.desc())
    ).all()


def former_names_by_unit(actor: Actor) -> dict[int, list[str]]:
    """Former names of all units, for the list and its search."""
    rows = db.session.execute(
        select(UnitName.unit_id, UnitName.name)
        .join(Unit, Unit.id == UnitName.unit_id)
        .where(Unit.committee_id == actor.committee_id)
        .order_by(UnitName.until_on.desc())
    )
    names: dict[int, list[str]] = {}
    for unit_id, name in rows:
        names.setdefault(unit_id, []).append(name)
    return names


def name_on(unit: Unit, names: Sequence[UnitName], day: date) -> str:
    """What the unit was called on a day; ``names`` are its former ones."""
    for former in sorted(names, key=lambda row: row.until_on):
        if day <= former.until_on:
            return former.name
    return unit.name


def pickable(actor: Actor, also: Collection[int] = ()) -> list[PickableChoice]:
    """The units that exist, as choices found by name, short name and initials, in the plan's order.

    ``also`` are ids of dissolved ones that were chosen before.
    """
    rows = db.session.execute(
        select(Unit.id, Unit.short_name, Unit.name, Unit.initials)
        .where(Unit.committee_id == actor.committee_id, or_(_exists_on(clock.today()), Unit.id.in_(list(also))))
        .order_by(Unit.position, Unit.id)
    )
    return [(id_, short, {"data-initials": initials, "data-short": name}) for id_, short, name, initials in rows]


def last_position(actor: Actor) -> int:
    return db.session.scalar(select(func.max(Unit.position)).where(Unit.committee_id == actor.committee_id)) or 0


# Groups


def groups(actor: Actor, include_ended: bool = False) -> Sequence[UnitGroup]:
    """The committee's groups with their members (``member.unit_id``)."""
    rows = (
        select(UnitGroup).where(UnitGroup.committee_id == actor.committee_id).options(selectinload(UnitGroup.members))
    )
    if not include_ended:
        rows = rows.where(or_(UnitGroup.until_on.is_(None), UnitGroup.until_on >= clock.today()))
    return db.session.scalars(rows.order_by(UnitGroup.position, UnitGroup.id)).all()


def find_group(group_id: int, *, actor: Actor) -> UnitGroup:
    row = db.session.scalar(
        select(UnitGroup)
        .where(UnitGroup.id == group_id, UnitGroup.committee_id == actor.committee_id)
        .options(selectinload(UnitGroup.members))
    )
    if row is None:
        raise NotFound
    return row


def group_named(name: str, *, actor: Actor) -> UnitGroup | None:
    return db.session.scalar(
        select(UnitGroup).where(UnitGroup.committee_id == actor.committee_id, UnitGroup.name == name)
    )


def groups_of_unit(unit: Unit) -> Sequence[UnitGroup]:
    rows = (
        select(UnitGroup)
        .join(UnitGroupMember)
        .where(UnitGroupMember.unit_id == unit.id)
        .order_by(UnitGroup.position, UnitGroup.id)
    )
    return db.session.scalars(rows).all()


# People and posts


def people(actor: Actor, *, typed: str = "", page: int = 1) -> Page[Person]:
    """People by protocol order, then name; ``typed`` is part of a name or of its initials."""
    where = [Person.committee_id == actor.committee_id]
    if word := "".join(typed.split()):
        where.append(
            or_(Person.name.contains(word, autoescape=True), Person.initials.contains(word.lower(), autoescape=True))
        )
    total = db.session.scalar(select(func.count()).select_from(Person).where(*where)) or 0
    rows = select(Person).where(*where).order_by(Person.protocol_order, Person.name, Person.id)
    return Page(db.session.scalars(rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all(), page, total)


def find_person(person_id: int, *, actor: Actor) -> Person:
    row = db.session.scalar(select(Person).where(Person.id == person_id, Person.committee_id == actor.committee_id))
    if row is None:
        raise NotFound
    return row


def namesakes(person: Person) -> Sequence[Person]:
    """Others of the same name."""
    rows = select(Person).where(
        Person.committee_id == person.committee_id, Person.name == person.name, Person.id != person.id
    )
    return db.session.scalars(rows.order_by(Person.id)).all()


def find_post(post_id: int, *, actor: Actor) -> Post:
    row = db.session.scalar(
        select(Post).where(Post.id == post_id, Post.committee_id == actor.committee_id).options(*_WHOLE_POST)
    )
    if row is None:
        raise NotFound
    return row


def posts_on(
    day: date,
    *,
    actor: Actor,
    unit_ids: Collection[int] | None = None,
    group_ids: Collection[int] | None = None,
    kinds: Collection[PostKind] | None = None,
) -> Sequence[Post]:
    """Posts held on a day, with person and unit, by the plan's order of units and the protocol's order of people.

    ``unit_ids`` and ``group_ids`` add up; where neither is given all units are meant. ``kinds`` narrows.
    """
    rows = _held_on(day).where(Post.committee_id == actor.committee_id)
    if unit_ids is not None or group_ids is not None:
        members = select(UnitGroupMember.unit_id).where(UnitGroupMember.group_id.in_(list(group_ids or ())))
        rows = rows.where(or_(Post.unit_id.in_(list(unit_ids or ())), Post.unit_id.in_(members)))
    if kinds is not None:
        rows = rows.where(Post.kind.in_(list(kinds)))
    return db.session.scalars(_by_protocol(rows)).all()


def posts_of_people(person_ids: Collection[int], day: date) -> dict[int, list[Post]]:
    """The posts that each of these people holds on a day; the people are those the actor was allowed to load."""
    found: dict[int, list[Post]] = {}
    for post in db.session.scalars(_by_protocol(_held_on(day).where(Post.person_id.in_(list(person_ids))))):
        found.setdefault(post.person_id or 0, []).append(post)
    return found


def posts_of_unit(unit: Unit) -> Sequence[Post]:
    """Every post of the unit, present and past, by protocol and then the latest first."""
    rows = _with_person().where(Post.unit_id == unit.id)
    return db.session.scalars(_by_protocol(rows)).all()


def posts_of_person(person: Person) -> Sequence[Post]:
    """Every post of the person, the latest first."""
    rows = (
        select(Post)
        .where(Post.person_id == person.id)
        .options(*_WHOLE_POST)
        .order_by(Post.from_on.desc(), Post.id.desc())
    )
    return db.session.scalars(rows).all()


def same_post_held(actor: Actor, *, person_id: int | None, unit_id: int, kind: PostKind, day: date) -> bool:
    """Whether the person already holds this post in the unit on that day."""
    rows = _held_on(day).where(
        Post.committee_id == actor.committee_id, Post.unit_id == unit_id, Post.kind == kind, Post.person_id == person_id
    )
    return person_id is not None and db.session.scalars(rows.limit(1)).first() is not None


def person_choices(actor: Actor) -> list[PickableChoice]:
    """People with what they are today, so that two of one name can be told apart; by protocol order."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.initials)
        .where(Person.committee_id == actor.committee_id)
        .order_by(Person.protocol_order, Person.name, Person.id)
    ).all()
    posts = posts_of_people([row.id for row in rows], clock.today())
    return [
        (
            row.id,
            described(row.name, row.id, posts.get(row.id, ())),
            {"data-initials": row.initials, "data-short": row.name},
        )
        for row in rows
    ]


def described(name: str, person_id: int, posts: Collection[Post]) -> str:
    """张三（县教育局局长、…）; somebody without a post is told apart by the number."""
    held = "、".join(f"{post.unit.short_name}{post.title}" for post in posts)
    return f"{name}（{held or f'人员编号 {person_id}'}）"


def _with_person() -> Select[Post]:
    return (
        select(Post)
        .join(Unit, Unit.id == Post.unit_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .options(*_WHOLE_POST)
    )


def _held_on(day: date) -> Select[Post]:
    return _with_person().where(Post.from_on <= day, or_(Post.until_on.is_(None), Post.until_on >= day))


def _by_protocol(rows: Select[Post]) -> Select[Post]:
    order = func.coalesce(Person.protocol_order, 1000)
    return rows.order_by(Unit.position, Unit.id, order, Post.from_on.desc(), Post.id)


def search_units(actor: Actor, *, typed: str, kind: UnitKind | None, include_dissolved: bool) -> list[Unit]:
    """Units whose present or former name, short name or initials hold the typed words."""
    found = [unit for unit in units(actor, include_dissolved) if kind is None or unit.kind == kind]
    if not typed.strip():
        return found
    former = former_names_by_unit(actor)
    word = "".join(typed.split())
    return [
        unit for unit in found if rules.matches(unit, typed) or any(word in name for name in former.get(unit.id, ()))
    ]
