"""Meetings and due dates that the holder of an address may see: two statements."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, or_, select

from meetings.accounts.models import Deputy, Role, User, UserRole
from meetings.accounts.queries import actor_by_id
from meetings.accounts.rules import permissions_of
from meetings.calendar.rules import Entry
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.links.models import Link, LinkPurpose
from meetings.meetings.models import Attendance, AttendanceState, Meeting, MeetingStatus
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.notifications.models import NoticeSetting
from meetings.tasks.models import Task
from meetings.tasks.queries import visible_to as tasks_visible_to

BACK = timedelta(days=90)
MOST = 500


def holder(link: Link) -> Actor:
    """Who the address stands for today: the account, or its unit alone as a liaison sees it.

    ``NotFound`` where the account was disabled or no longer acts for the unit.
    """
    actor = actor_by_id(link.user_id, today=clock.today())
    if actor is None:
        raise NotFound
    if link.unit_id is None:
        return actor
    if link.unit_id not in actor.unit_ids:
        raise NotFound
    return Actor(
        actor.user_id,
        actor.name,
        actor.committee_id,
        frozenset({link.unit_id}),
        frozenset({Role.LIAISON.value}),
        permissions_of([Role.LIAISON]),
    )


def entries(actor: Actor) -> list[Entry]:
    """Meetings of the last 90 days and to come, and the dates of open tasks."""
    since = clock.today() - BACK
    return [*(_meeting(row) for row in _meetings(actor, since)), *(_task(row) for row in _tasks(actor, since))]


def _meetings(actor: Actor, since: Any) -> Any:
    if not (actor.may("meetings.read") or actor.may("meetings.read_issued")):
        return []
    columns = (Meeting.id, Meeting.title, Meeting.held_on, Meeting.begins_at, Meeting.ends_at, Meeting.place)
    rows = select(*columns, Meeting.status).where(
        meetings_visible_to(actor), Meeting.status != MeetingStatus.DRAFT, Meeting.held_on >= since
    )
    return db.session.execute(rows.order_by(Meeting.held_on, Meeting.id).limit(MOST))


def _tasks(actor: Actor, since: Any) -> Any:
    shown = tasks_visible_to(actor).with_only_columns(Task.id, Task.number, Task.title, Task.due_on)
    rows = shown.where(Task.is_open, Task.due_on >= since)
    return db.session.execute(rows.order_by(Task.due_on, Task.id).limit(MOST))


def _meeting(row: Any) -> Entry:
    begins, ends = row.held_on, None
    if row.begins_at is not None:
        begins = _instant(row.held_on, row.begins_at)
        ends = _instant(row.held_on, row.ends_at) if row.ends_at else begins + timedelta(hours=2)
    return Entry(
        f"meeting-{row.id}", row.title, begins, ends, row.place, cancelled=row.status == MeetingStatus.CANCELLED
    )


def _task(row: Any) -> Entry:
    return Entry(f"task-{row.id}", f"任务时限：{row.number or ''} {row.title}", row.due_on)


def _instant(day: Any, at: Any) -> Any:
    return clock.begin_of(day) + timedelta(hours=at.hour, minutes=at.minute)


def entry_of(meeting: Any) -> Entry:
    """The meeting for the calendar of whoever is invited to it."""
    return _meeting(meeting)


# --- invitations ----------------------------------------------------------------------------------------------------


class Invitee(NamedTuple):
    """An account to be asked about one line of the list; ``unit_id`` where it answers for its unit, not for itself."""

    attendance_id: int
    user_id: int
    unit_id: int | None
    who: str
    email: str


def to_invite(meeting: Meeting) -> list[Invitee]:
    """Who holds an account and was not asked yet about a line that nobody answered, in the list's order: one statement.

    The person's own account, and the unit's liaisons and today's deputies; the address is empty where none is wanted.
    """
    today = clock.today()
    is_self = and_(Attendance.person_id.is_not(None), User.person_id == Attendance.person_id)
    is_liaison = User.id.in_(select(UserRole.user_id).where(UserRole.role == Role.LIAISON))
    stands_in = exists().where(
        Deputy.user_id == User.id,
        Deputy.unit_id == Attendance.unit_id,
        Deputy.from_on <= today,
        Deputy.until_on >= today,
    )
    asked = exists().where(
        Link.purpose == LinkPurpose.INVITATION,
        Link.subject_id == Attendance.id,
        Link.user_id == User.id,
        Link.revoked_at.is_(None),
        Link.expires_at > clock.now(),
    )
    writes = or_(NoticeSetting.wants_digest, NoticeSetting.wants_urgent)
    rows = (
        select(Attendance, User.id.label("user_id"), User.person_id.label("account_person_id"), NoticeSetting.email)
        .select_from(Attendance)
        .join(User, or_(is_self, and_(is_liaison, or_(User.unit_id == Attendance.unit_id, stands_in))))
        .outerjoin(NoticeSetting, and_(NoticeSetting.user_id == User.id, writes))
        .where(
            Attendance.meeting_id == meeting.id,
            Attendance.state == AttendanceState.EXPECTED,
            Attendance.replied_at.is_(None),
            User.committee_id == meeting.committee_id,
            User.is_active,
            ~asked,
        )
        .order_by(Attendance.position, Attendance.id, User.id)
    )
    return [
        Invitee(
            row.id,
            user_id,
            None if row.person_id is not None and row.person_id == person_id else row.unit_id,
            f"{row.unit_name}{row.post_title}{row.name}",
            email or "",
        )
        for row, user_id, person_id, email in db.session.execute(rows)
    ]


def lines_of(meeting: Meeting) -> Sequence[int]:
    """The lines of the meeting's list."""
    return db.session.scalars(select(Attendance.id).where(Attendance.meeting_id == meeting.id)).all()


def invited(link: Link, *, to_change: bool = False) -> tuple[Meeting, Attendance]:
    """What an invitation asks about, while its line stands and the meeting's day is not over; else ``NotFound``.

    ``to_change`` locks the meeting, as ``meetings.queries.find_to_change`` does, and reads what stands now.
    """
    if to_change:
        lock = select(Meeting.id).join(Attendance, Attendance.meeting_id == Meeting.id)
        db.session.execute(
            lock.where(Attendance.id == link.subject_id).with_for_update(key_share=True, of=Meeting.__table__)
        )
    found = db.session.execute(
        select(Meeting, Attendance)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.id == link.subject_id, Meeting.committee_id == link.committee_id)
        .execution_options(populate_existing=to_change)
    ).one_or_none()
    if found is None:
        raise NotFound
    meeting, row = found
    if meeting.held_on is not None and meeting.held_on < clock.today():
        raise NotFound
    return meeting, row
