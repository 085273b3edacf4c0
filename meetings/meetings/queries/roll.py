"""Who was asked to a meeting, and who should be."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Row, or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.directory.models import Unit, UnitGroupMember, UnitName
from meetings.meetings.models import Attendance, Meeting, Speech, SpeechKind


def roll_of(meeting: Meeting) -> Sequence[Attendance]:
    """Everybody who was asked, in the order of the list."""
    rows = select(Attendance).where(Attendance.meeting_id == meeting.id)
    return db.session.scalars(rows.order_by(Attendance.position, Attendance.id)).all()


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
