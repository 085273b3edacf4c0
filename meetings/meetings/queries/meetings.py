"""Meetings: which ones the actor may see, one of them, the list of them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Row, and_, exists, extract, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import UnitGroupMember
from meetings.meetings.models import (
    AgendaItem,
    Attendance,
    AttendanceState,
    Capacity,
    Meeting,
    MeetingFile,
    MeetingKind,
    MeetingScope,
    MeetingStatus,
    Minutes,
    Requirement,
    Speech,
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The meetings an actor may know of: the office and leaders all of their committee, a unit those it belongs to
    (somebody of it was asked, or a group it is in) once their minutes were issued.
    """
    own = Meeting.committee_id == actor.committee_id
    if actor.may("meetings.read"):
        return own
    if not actor.may("meetings.read_issued") or not actor.unit_ids:
        return false()
    asked = (
        exists().where(Attendance.meeting_id == Meeting.id, Attendance.unit_id.in_(actor.unit_ids)).correlate(Meeting)
    )
    in_scope = (
        exists()
        .where(
            MeetingScope.meeting_id == Meeting.id,
            UnitGroupMember.group_id == MeetingScope.group_id,
            UnitGroupMember.unit_id.in_(actor.unit_ids),
        )
        .correlate(Meeting)
    )
    issued = exists().where(Minutes.meeting_id == Meeting.id, Minutes.issued_revision.is_not(None)).correlate(Meeting)
    return and_(own, issued, or_(asked, in_scope))


def find(meeting_id: int, *, actor: Actor) -> Meeting:
    """The meeting with its kind, scopes (with groups) and previous one, or ``NotFound``."""
    row = db.session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id, visible_to(actor))
        .options(
            joinedload(Meeting.kind),
            joinedload(Meeting.previous),
            selectinload(Meeting.scopes).joinedload(MeetingScope.group),
        )
    )
    if row is None:
        raise NotFound
    return row


def find_to_record(meeting_id: int, *, actor: Actor) -> Meeting:
    """As ``find``, for those who read everything about a meeting; a unit gets ``NotFound``."""
    if not actor.may("meetings.read"):
        raise NotFound
    return find(meeting_id, actor=actor)


def find_to_change(meeting_id: int, *, actor: Actor) -> Meeting:
    """As ``find_to_record``, with the row locked until the transaction ends: a meeting is written by one at a time."""
    lock = select(Meeting.id).where(Meeting.id == meeting_id, Meeting.committee_id == actor.committee_id)
    db.session.execute(lock.with_for_update(key_share=True))
    return find_to_record(meeting_id, actor=actor)


def next_in_series(meeting: Meeting) -> Meeting | None:
    """The meeting that names this one as its previous."""
    rows = select(Meeting).where(Meeting.previous_id == meeting.id, Meeting.committee_id == meeting.committee_id)
    return db.session.scalar(rows.order_by(Meeting.id.desc()).limit(1))


def possible_previous(actor: Actor, *, but: int | None = None) -> Sequence[Row[int, str, date | None]]:
    """Meetings that another may follow: id, title and day, the latest first."""
    rows = (
        select(Meeting.id, Meeting.title, Meeting.held_on)
        .where(visible_to(actor), Meeting.status != MeetingStatus.CANCELLED)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(100)
    )
    if but is not None:
        rows = rows.where(Meeting.id != but)
    return db.session.execute(rows).all()


def follows(meeting_id: int, previous_id: int) -> bool:
    """Whether the series that ends in ``previous_id`` already holds ``meeting_id``."""
    seen: set[int] = set()
    at: int | None = previous_id
    while at is not None and at not in seen:
        if at == meeting_id:
            return True
        seen.add(at)
        at = db.session.scalar(select(Meeting.previous_id).where(Meeting.id == at))
    return False


# --- the list -----------------------------------------------------------------------------------------------------


def _count(
    model: type[Attendance | Requirement | AgendaItem | Speech | MeetingFile], *where: ColumnElement[bool]
) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(model)
        .where(model.meeting_id == Meeting.id, *where)
        .correlate(Meeting)
        .scalar_subquery()
    )


_counted = Attendance.capacity.in_([Capacity.CHAIR, Capacity.ATTENDEE])
_came = Attendance.state.in_([AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.SUBSTITUTE])


def search(
    actor: Actor,
    *,
    year: int | None = None,
    kind_id: int | None = None,
    status: MeetingStatus | None = None,
    typed: str = "",
    page: int = 1,
) -> Page[Row[*tuple[object, ...]]]:
    """A page of the list, drafts without a day first, then the latest: columns, two statements."""
    where = [visible_to(actor)]
    if year is not None:
        where.append(_of_year(year))
    if kind_id is not None:
        where.append(Meeting.kind_id == kind_id)
    if status is not None:
        where.append(Meeting.status == status)
    if typed.strip():
        where.append(Meeting.title.contains(typed.strip(), autoescape=True))
    total = db.session.scalar(select(func.count()).select_from(Meeting).where(*where)) or 0
    rows = (
        select(
            Meeting.id,
            Meeting.title,
            Meeting.year,
            Meeting.sequence,
            Meeting.held_on,
            Meeting.day_text,
            Meeting.place,
            Meeting.status,
            MeetingKind.name.label("kind"),
            Minutes.issued_revision,
            _count(Attendance, _counted).label("expected"),
            _count(Attendance, _counted, _came).label("came"),
            _count(Requirement).label("requirements"),
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(*where)
        .order_by(Meeting.held_on.desc().nulls_first(), Meeting.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Page(db.session.execute(rows).all(), page, total)


def _of_year(year: int) -> ColumnElement[bool]:
    return or_(
        Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)),
        and_(Meeting.held_on.is_(None), Meeting.year == year),
    )


def years(actor: Actor) -> list[int]:
    """The years in which there are meetings, the latest first."""
    year = func.coalesce(extract("year", Meeting.held_on), Meeting.year)
    found = db.session.scalars(select(year).where(visible_to(actor), year.is_not(None)).distinct())
    return sorted((int(number) for number in found), reverse=True)


def kinds(actor: Actor, *, only_active: bool = False) -> Sequence[MeetingKind]:
    """The office's list of kinds."""
    rows = (
        select(MeetingKind)
        .where(MeetingKind.committee_id == actor.committee_id)
        .order_by(MeetingKind.position, MeetingKind.id)
    )
    return db.session.scalars(rows.where(MeetingKind.is_active) if only_active else rows).all()


def find_kind(kind_id: int, *, actor: Actor) -> MeetingKind:
    row = db.session.scalar(
        select(MeetingKind).where(MeetingKind.id == kind_id, MeetingKind.committee_id == actor.committee_id)
    )
    if row is None:
        raise NotFound
    return row


def meetings_by_kind(actor: Actor) -> dict[int, int]:
    """How many meetings there are of each kind."""
    rows = (
        select(Meeting.kind_id, func.count().label("meetings"))
        .where(Meeting.committee_id == actor.committee_id)
        .group_by(Meeting.kind_id)
    )
    return {row.kind_id: row.meetings for row in db.session.execute(rows)}


def tab_counts(meeting: Meeting) -> dict[str, int]:
    """Numbers beside the tabs: agenda, attendance, requirements, files. One statement."""
    row = db.session.execute(
        select(
            _count(AgendaItem).label("agenda"),
            _count(Attendance).label("attendance"),
            _count(Requirement).label("requirements"),
            _count(MeetingFile).label("files"),
        ).where(Meeting.id == meeting.id)
    ).one()
    return dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public way to a mapping
