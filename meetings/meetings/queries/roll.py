"""Who was asked to a meeting, and who should be."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Row, func, or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory import queries as directory
from meetings.directory.models import Person, Unit, UnitGroupMember, UnitName
from meetings.meetings.models import Attendance, Meeting, Speech, SpeechKind
from meetings.meetings.rules import Mark


def roll_of(meeting: Meeting) -> Sequence[Attendance]:
    """Everybody who was asked, in the order of the list."""
    rows = select(Attendance).where(Attendance.meeting_id == meeting.id)
    return db.session.scalars(rows.order_by(Attendance.position, Attendance.id)).all()


def marks_of(meeting: Meeting) -> Sequence[tuple[Mark, int]]:
    """How many of each capacity, state and kind of post: what ``rules.tally`` counts."""
    columns = (Attendance.capacity, Attendance.state, Attendance.post_kind)
    rows = select(*columns, func.count()).where(Attendance.meeting_id == meeting.id).group_by(*columns)
    return [((row[0], row[1], row[2]), row[3]) for row in db.session.execute(rows)]


def find_attendee(meeting: Meeting, attendee_id: int) -> Attendance:
    row = db.session.scalar(select(Attendance).where(Attendance.id == attendee_id, Attendance.meeting_id == meeting.id))
    if row is None:
        raise NotFound
    return row


def units_of_groups(group_ids: Sequence[int], day: date) -> Mapping[int, Sequence[Unit]]:
    """The units that each group holds and that exist on the day, in the plan's order."""
    rows = db.session.execute(
        select(UnitGroupMember.group_id, Unit)
        .join(Unit, Unit.id == UnitGroupMember.unit_id)
        .where(
            UnitGroupMember.group_id.in_(group_ids),
            or_(Unit.from_on.is_(None), Unit.from_on <= day),
            or_(Unit.until_on.is_(None), Unit.until_on >= day),
        )
        .order_by(Unit.position, Unit.id)
    )
    found: dict[int, list[Unit]] = {}
    for group_id, unit in rows:
        found.setdefault(group_id, []).append(unit)
    return found


def former_names(unit_ids: Sequence[int]) -> Mapping[int, Sequence[UnitName]]:
    """The former names of these units, for ``directory.queries.name_on``."""
    found: dict[int, list[UnitName]] = {}
    for name in db.session.scalars(select(UnitName).where(UnitName.unit_id.in_(unit_ids))):
        found.setdefault(name.unit_id, []).append(name)
    return found


def speakers_of(meeting: Meeting) -> Sequence[Row[int | None, int | None, SpeechKind]]:
    """(person id, unit id, kind) of the speeches: what stands beside a name on the list."""
    return db.session.execute(
        select(Speech.person_id, Speech.unit_id, Speech.kind).where(Speech.meeting_id == meeting.id)
    ).all()


def units_by_id(actor: Actor) -> Mapping[int, str]:
    """Every unit's short name, dissolved ones too."""
    rows = db.session.execute(select(Unit.id, Unit.short_name).where(Unit.committee_id == actor.committee_id))
    return {row.id: row.short_name for row in rows}


def people_on(actor: Actor, day: date) -> list[directory.PickableChoice]:
    """People with the posts they held on the day, as choices; two of one name stay two."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.initials)
        .where(Person.committee_id == actor.committee_id)
        .order_by(Person.protocol_order, Person.name, Person.id)
    ).all()
    posts = directory.posts_of_people([row.id for row in rows], day)
    return [
        (
            row.id,
            directory.described(row.name, row.id, posts.get(row.id, ())),
            {"data-initials": row.initials, "data-short": row.name},
        )
        for row in rows
    ]
