"""What the office does to its directory. Nothing is deleted: what ends gets a day. None of them commits."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from blinker import Signal

from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.directory import queries, rules
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

_DAY = timedelta(days=1)
_STEP = 10  # between two units in the plan's order, so that one can be put between them

# A unit was merged into another from a day on: ``send(unit, into=…, by=…)``, in the same transaction.
unit_merged = Signal()


# Committee


def create_committee(*, region: str, name: str, office_name: str, from_on: date, by: Actor) -> Committee:
    """A new committee with its first names."""
    committee = Committee(region=region)
    db.session.add(committee)
    db.session.flush()
    db.session.add(CommitteeName(committee_id=committee.id, name=name, office_name=office_name, from_on=from_on))
    return committee


def edit_committee(committee: Committee, *, region: str, office_phone: str, office_hours: str, by: Actor) -> None:
    """Where the office is reached."""
    committee.region, committee.office_phone, committee.office_hours = region, office_phone, office_hours


def rename_committee(committee: Committee, *, name: str, office_name: str, from_on: date, by: Actor) -> None:
    """Give body and office other names from a day on; papers of earlier days keep the earlier ones."""
    if any(row.from_on == from_on for row in queries.committee_names(committee.id)):
        raise DomainError("committee.day_taken", field="from_on")
    db.session.add(CommitteeName(committee_id=committee.id, name=name, office_name=office_name, from_on=from_on))


# Units


def create_unit(
    *,
    kind: UnitKind,
    name: str,
    short_name: str,
    parent_id: int | None = None,
    from_on: date | None = None,
    note: str = "",
    by: Actor,
) -> Unit:
    """A new unit, the last in the plan's order."""
    _refuse_taken_unit_name(name, None, by)
    unit = Unit(
        committee_id=by.committee_id,
        kind=kind,
        name=name,
        short_name=short_name,
        initials=rules.unit_initials(name, short_name),
        parent_id=parent_id,
        from_on=from_on,
        note=note,
        position=queries.last_position(by) + _STEP,
    )
    db.session.add(unit)
    db.session.flush()
    return unit


def _refuse_taken_unit_name(name: str, unit: Unit | None, by: Actor) -> None:
    holder = queries.unit_named(name, actor=by)
    if holder is not None and holder is not unit:
        raise DomainError("unit.name_taken", field="name", name=name)


def edit_unit(  # noqa: PLR0913 -- a unit has that many facts
    unit: Unit,
    *,
    kind: UnitKind,
    name: str,
    short_name: str,
    parent_id: int | None,
    from_on: date | None,
    note: str,
    renamed_on: date | None,
    is_correction: bool,
    by: Actor,
) -> None:
    """Change what is known of a unit. Another name keeps the former one until the day before ``renamed_on``.

    A mere correction of the spelling keeps none.
    """
    if (name, short_name) != (unit.name, unit.short_name):
        _refuse_taken_unit_name(name, unit, by)
        if not is_correction:
            _keep_former_name(unit, renamed_on)
    if rules.is_above(queries.units(by, include_dissolved=True), unit.id, parent_id):
        raise DomainError("unit.parent_below", field="parent_id")
    if from_on and unit.until_on and unit.until_on < from_on:
        raise DomainError("unit.day_before_start", field="from_on")
    unit.kind, unit.name, unit.short_name, unit.parent_id = kind, name, short_name, parent_id
    unit.from_on, unit.note = from_on, note
    unit.initials = rules.unit_initials(name, short_name)


def _keep_former_name(unit: Unit, renamed_on: date | None) -> None:
    if renamed_on is None:
        raise DomainError("unit.renaming_day_needed", field="renamed_on")
    until_on = renamed_on - _DAY
    earlier = queries.former_names(unit)
    if (unit.from_on and until_on < unit.from_on) or (earlier and until_on <= earlier[0].until_on):
        raise DomainError("unit.renamed_too_early", field="renamed_on")
    db.session.add(UnitName(unit_id=unit.id, name=unit.name, short_name=unit.short_name, until_on=until_on))


def dissolve_unit(unit: Unit, *, until_on: date, by: Actor) -> None:
    """The unit and the posts in it end with a day; everything of before stays."""
    if unit.until_on is not None:
        raise DomainError("unit.already_dissolved")
    if unit.from_on and until_on < unit.from_on:
        raise DomainError("unit.day_before_start", field="until_on")
    if any(part.until_on is None for part in queries.parts_of(unit)):
        raise DomainError("unit.has_parts")
    unit.until_on = until_on
    for post in queries.posts_of_unit(unit):
        if post.until_on is None:
            post.until_on = max(until_on, post.from_on)


def merge_unit(unit: Unit, *, into_id: int, until_on: date, by: Actor) -> None:
    """Dissolve a unit whose work another one takes over from the next day on."""
    into = queries.find_unit(into_id, actor=by)
    if into is unit:
        raise DomainError("unit.merged_into_itself", field="into_id")
    if into.until_on is not None and into.until_on <= until_on:
        raise DomainError("unit.merged_into_dissolved", field="into_id")
    dissolve_unit(unit, until_on=until_on, by=by)
    unit.merged_into_id = into.id
    unit_merged.send(unit, into=into, by=by)


def move_unit(unit: Unit, *, after_id: int | None, by: Actor) -> None:
    """Put a unit behind another in the plan's order, or first."""
    order = [other for other in queries.units(by, include_dissolved=True) if other is not unit]
    place = next((n + 1 for n, other in enumerate(order) if other.id == after_id), 0)
    before = order[place - 1].position if place else 0
    behind = order[place].position if place < len(order) else before + 2 * _STEP
    if behind - before > 1:
        unit.position = (before + behind) // 2
        return
    order.insert(place, unit)
    for n, other in enumerate(order, 1):
        other.position = n * _STEP


# Groups


def create_group(*, name: str, unit_ids: Collection[int], until_on: date | None = None, by: Actor) -> UnitGroup:
    """A named list of units."""
    _refuse_taken_group_name(name, None, by)
    existing = queries.groups(by, include_ended=True)
    group = UnitGroup(
        committee_id=by.committee_id,
        name=name,
        position=max((other.position for other in existing), default=0) + _STEP,
        until_on=until_on,
        members=[UnitGroupMember(unit_id=unit_id) for unit_id in unit_ids],
    )
    db.session.add(group)
    db.session.flush()
    return group


def _refuse_taken_group_name(name: str, group: UnitGroup | None, by: Actor) -> None:
    holder = queries.group_named(name, actor=by)
    if holder is not None and holder is not group:
        raise DomainError("unit_group.name_taken", field="name", name=name)


def edit_group(group: UnitGroup, *, name: str, unit_ids: Sequence[int], until_on: date | None, by: Actor) -> None:
    """Another name, other members, or an end."""
    _refuse_taken_group_name(name, group, by)
    group.name, group.until_on = name, until_on
    for member in [member for member in group.members if member.unit_id not in unit_ids]:
        group.members.remove(member)
    kept = {member.unit_id for member in group.members}
    group.members.extend(UnitGroupMember(unit_id=unit_id) for unit_id in unit_ids if unit_id not in kept)


# People


def create_person(
    *, name: str, office_phone: str = "", mobile: str = "", protocol_order: int = 1000, note: str = "", by: Actor
) -> Person:
    """Somebody with a name of their own, which others may have too."""
    rules.check_mobile(mobile)
    person = Person(
        committee_id=by.committee_id,
        name=name,
        initials=rules.initials(name)[:100],
        office_phone=office_phone,
        mobile=mobile,
        protocol_order=protocol_order,
        note=note,
    )
    db.session.add(person)
    db.session.flush()
    return person


def edit_person(
    person: Person,
    *,
    name: str,
    office_phone: str,
    mobile: str,
    clear_mobile: bool,
    protocol_order: int,
    note: str,
    by: Actor,
) -> None:
    """Change what is known of a person. An empty ``mobile`` keeps the number, which the form does not show."""
    rules.check_mobile(mobile)
    person.name, person.initials = name, rules.initials(name)[:100]
    person.office_phone, person.protocol_order, person.note = office_phone, protocol_order, note
    if mobile or clear_mobile:
        person.mobile = mobile


def unmask_mobile(person: Person, *, by: Actor, address: str = "") -> str:
    """The whole number; that it was looked at is written down."""
    log_access(AccessKind.UNMASK, f"person {person.id} mobile", by=by, address=address)
    return person.mobile


# Posts


def add_post(*, person_id: int | None, unit_id: int, kind: PostKind, title: str, from_on: date, by: Actor) -> Post:
    """Somebody, or a post known only as such, begins in a unit."""
    unit = queries.find_unit(unit_id, actor=by)
    if person_id is not None:
        queries.find_person(person_id, actor=by)
    if unit.until_on is not None and from_on > unit.until_on:
        raise DomainError("post.unit_dissolved", field="unit_id")
    if queries.same_post_held(by, person_id=person_id, unit_id=unit_id, kind=kind, day=from_on):
        raise DomainError("post.held_already", field="kind")
    post = Post(
        committee_id=by.committee_id, person_id=person_id, unit_id=unit_id, kind=kind, title=title, from_on=from_on
    )
    db.session.add(post)
    db.session.flush()
    return post


def edit_post(post: Post, *, kind: PostKind, title: str, from_on: date, by: Actor) -> None:
    """Correct what was entered wrongly; a change of post is an end and a new one."""
    if post.until_on is not None and post.until_on < from_on:
        raise DomainError("post.days_out_of_order", field="from_on")
    post.kind, post.title, post.from_on = kind, title, from_on


def end_post(post: Post, *, until_on: date, by: Actor) -> None:
    """Somebody leaves a post; that they held it stays."""
    if post.until_on is not None:
        raise DomainError("post.already_ended")
    if until_on < post.from_on:
        raise DomainError("post.days_out_of_order", field="until_on")
    post.until_on = until_on
