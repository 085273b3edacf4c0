"""Collections of material, what each unit handed in, and the duties of a meeting."""

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, false, func, select
from sqlalchemy.orm import aliased, joinedload

from meetings.attachments.models import Attachment
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import UnitGroup, UnitGroupMember
from meetings.meetings.models import Meeting
from meetings.rounds import rules
from meetings.rounds.models import (
    Collection,
    CollectionKind,
    CollectionStatus,
    Material,
    MaterialStatus,
    MaterialVersion,
    MeetingDuty,
)


def visible_collections(actor: Actor) -> list[ColumnElement[bool]]:
    """The office and its readers see the committee's; a unit those that ask something of it."""
    conditions: list[ColumnElement[bool]] = [Collection.committee_id == actor.committee_id]
    if actor.may("tasks.read_all"):
        return conditions
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return [false()]
    own = aliased(Material)
    return [
        *conditions,
        exists().where(own.collection_id == Collection.id, own.unit_id.in_(sorted(actor.unit_ids))),
    ]


def find_collection(collection_id: int, *, actor: Actor) -> Collection:
    row = db.session.scalar(select(Collection).where(Collection.id == collection_id, *visible_collections(actor)))
    if row is None:
        raise NotFound
    return row


def materials_of(collection: Collection) -> Sequence[Material]:
    """What each unit owes, in the plan's order; the collection was loaded for the office or a reader."""
    rows = select(Material).where(Material.collection_id == collection.id)
    return db.session.scalars(rows.order_by(Material.position, Material.unit_id)).all()


def find_material(collection_id: int, unit_id: int, *, actor: Actor, to_change: bool = False) -> Material:
    """One unit's material with its collection, for the office, its readers and the unit. Raises ``NotFound``."""
    if not (actor.may("tasks.read_all") or unit_id in actor.unit_ids):
        raise NotFound
    where = Material.collection_id == collection_id, Material.unit_id == unit_id
    if to_change:
        db.session.execute(select(Material.id).where(*where).with_for_update())
    row = db.session.scalar(
        select(Material)
        .join(Collection, Collection.id == Material.collection_id)
        .where(*where, *visible_collections(actor))
        .options(joinedload(Material.collection))
    )
    if row is None:
        raise NotFound
    return row


def versions_of(material: Material) -> Sequence[MaterialVersion]:
    """All versions with their files, the latest first."""
    rows = select(MaterialVersion).where(MaterialVersion.material_id == material.id)
    rows = rows.options(joinedload(MaterialVersion.attachment)).order_by(MaterialVersion.number.desc())
    return db.session.scalars(rows).all()


def latest_version(material: Material) -> MaterialVersion | None:
    rows = select(MaterialVersion).where(MaterialVersion.material_id == material.id)
    return db.session.scalar(rows.order_by(MaterialVersion.number.desc()).limit(1))


def find_version_file(material: Material, number: int) -> Attachment:
    """The file of a version. Raises ``NotFound``."""
    rows = select(Attachment).join(MaterialVersion, MaterialVersion.attachment_id == Attachment.id)
    found = db.session.scalar(rows.where(MaterialVersion.material_id == material.id, MaterialVersion.number == number))
    if found is None:
        raise NotFound
    return found


class CollectionRow(NamedTuple):
    """A collection as the list shows it."""

    collection: Collection
    counts: rules.CollectionCounts


def collections(actor: Actor, *, page: int = 1) -> Page[CollectionRow]:
    """Collections with their counts, the latest first."""
    seen = visible_collections(actor)
    total = db.session.scalar(select(func.count()).select_from(Collection).where(*seen)) or 0
    rows = db.session.scalars(
        select(Collection)
        .where(*seen)
        .order_by(Collection.due_on.desc(), Collection.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(_counted(rows), page, total)


def _counted(rows: Sequence[Collection]) -> list[CollectionRow]:
    found: dict[int, list[tuple[MaterialStatus, date | None]]] = defaultdict(list)
    statement = select(Material.collection_id, Material.status, Material.first_on)
    for id_, status, first_on in db.session.execute(
        statement.where(Material.collection_id.in_([row.id for row in rows]))
    ):
        found[id_].append((status, first_on))
    return [CollectionRow(row, rules.collection_counts(found[row.id], row.due_on)) for row in rows]


def own_materials(actor: Actor) -> Sequence[Material]:
    """What the actor's units owe or handed in, with the collections, open ones first."""
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return []
    rows = (
        select(Material)
        .join(Collection, Collection.id == Material.collection_id)
        .where(Collection.committee_id == actor.committee_id, Material.unit_id.in_(sorted(actor.unit_ids)))
        .options(joinedload(Material.collection))
        .order_by(Collection.status.desc(), Collection.due_on.desc(), Collection.id.desc())
    )
    return db.session.scalars(rows.limit(40)).all()


class OwedMaterial(NamedTuple):
    """A material that a unit has to hand in, for the first time or again; day by which."""

    collection_id: int
    unit_id: int
    title: str
    kind: CollectionKind
    status: MaterialStatus
    due_on: date


def owed_materials(actor: Actor) -> list[OwedMaterial]:
    """What the actor's units have to hand in, the most pressing first."""
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return []
    rows = (
        select(
            Material.collection_id,
            Material.unit_id,
            Collection.title,
            Collection.kind,
            Material.status,
            Collection.due_on,
        )
        .join(Collection, Collection.id == Material.collection_id)
        .where(
            Collection.committee_id == actor.committee_id,
            Collection.status == CollectionStatus.OPEN,
            Material.unit_id.in_(sorted(actor.unit_ids)),
            Material.status.in_([MaterialStatus.OWED, MaterialStatus.RETURNED]),
        )
        .order_by(Collection.due_on, Collection.id)
    )
    return [OwedMaterial._make(row) for row in db.session.execute(rows)]


def collections_of_meeting(meeting: Meeting) -> list[CollectionRow]:
    """What is collected for a meeting that the office loaded, by date."""
    rows = select(Collection).where(Collection.meeting_id == meeting.id).order_by(Collection.due_on, Collection.id)
    return _counted(db.session.scalars(rows).all())


def members_of(group_ids: Several[int], *, actor: Actor) -> set[int]:
    """The units of the committee's groups."""
    rows = select(UnitGroupMember.unit_id).join(UnitGroup, UnitGroup.id == UnitGroupMember.group_id)
    where = UnitGroup.committee_id == actor.committee_id, UnitGroup.id.in_(list(group_ids))
    return set(db.session.scalars(rows.where(*where)))


def duties_of(meeting: Meeting) -> Sequence[MeetingDuty]:
    """The duties of a meeting: by day, those without one last."""
    rows = select(MeetingDuty).where(MeetingDuty.meeting_id == meeting.id)
    return db.session.scalars(rows.order_by(MeetingDuty.due_on.is_(None), MeetingDuty.due_on, MeetingDuty.id)).all()


def find_duty(meeting: Meeting, duty_id: int) -> MeetingDuty:
    rows = select(MeetingDuty).where(MeetingDuty.meeting_id == meeting.id, MeetingDuty.id == duty_id)
    row = db.session.scalar(rows)
    if row is None:
        raise NotFound
    return row


def material_counts(committee_id: int, unit_ids: Several[int], first: date, last: date) -> dict[int, int]:
    """How many materials are asked of each unit by days within a stretch."""
    rows = (
        select(Material.unit_id, func.count())
        .join(Collection, Collection.id == Material.collection_id)
        .where(
            Collection.committee_id == committee_id,
            Collection.due_on.between(first, last),
            Material.unit_id.in_(list(unit_ids)),
        )
        .group_by(Material.unit_id)
    )
    found: dict[int, int] = dict(db.session.execute(rows).all())
    return found
