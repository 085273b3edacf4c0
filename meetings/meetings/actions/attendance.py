"""The list of who is asked, and how it is marked."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Unpack

from meetings.attachments.actions import keep
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.core.storage import Storage
from meetings.directory import queries as directory
from meetings.directory.models import Post, PostKind, Unit
from meetings.meetings import queries, rules
from meetings.meetings.models import Attendance, AttendanceState, Capacity, Meeting, MeetingAction
from meetings.meetings.rules import AttendeeDetails, RollMark

_NAMELESS = 0


class _Asked(NamedTuple):
    """Somebody to be asked: by name, or as a post in a unit."""

    group_name: str
    unit: Unit
    unit_name: str
    post_kind: PostKind
    person_id: int | None
    name: str
    post_title: str

    @property
    def key(self) -> tuple[int, ...] | tuple[int, int, PostKind, str]:
        return (self.person_id,) if self.person_id else (_NAMELESS, self.unit.id, self.post_kind, self.post_title)


def make_roll(meeting: Meeting, *, by: Actor) -> tuple[int, int]:
    """Make or renew the list from 参会范围 with the holders of posts on the meeting's day; needs ``meeting.scopes``.

    What was marked or added by hand stays; who is not asked any more and was not marked is taken off. Returns how
    many came onto the list and how many left it. Raises ``DomainError("attendance.no_scope")``.
    """
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    if not meeting.scopes:
        raise DomainError("attendance.no_scope")
    asked = {one.key: one for one in reversed(list(_asked(meeting, by)))}  # of several, the first scope's
    asked = dict(reversed(asked.items()))
    rows = {_key(row): row for row in queries.roll_of(meeting)}
    gone = [row for key, row in rows.items() if key not in asked and row.group_name and not rules.is_answered(row)]
    for row in gone:
        db.session.delete(row)
    added = 0
    for position, (key, one) in enumerate(asked.items(), 1):
        if key in rows:
            if rows[key].position != position:
                rows[key].position = position
            continue
        added += 1
        db.session.add(
            Attendance(
                meeting_id=meeting.id,
                position=position,
                group_name=one.group_name,
                unit_id=one.unit.id,
                unit_name=one.unit_name,
                person_id=one.person_id,
                name=one.name,
                post_title=one.post_title,
                post_kind=one.post_kind,
                capacity=Capacity.ATTENDEE,
                state=AttendanceState.EXPECTED,
            )
        )
    others = [row for key, row in rows.items() if key not in asked and row not in gone]
    for position, row in enumerate(others, len(asked) + 1):
        if row.position != position:
            row.position = position
    return added, len(gone)


def _key(row: Attendance) -> tuple[object, ...]:
    return (row.person_id,) if row.person_id else (_NAMELESS, row.unit_id, row.post_kind, row.post_title)


def _asked(meeting: Meeting, by: Actor) -> Iterator[_Asked]:
    """By groups, kinds of posts, units and protocol; a post that nobody is known to hold stands without a name."""
    day = meeting.held_on or clock.today()
    groups = sorted({scope.group for scope in meeting.scopes}, key=lambda group: (group.position, group.id))
    units = queries.units_of_groups([group.id for group in groups], day)
    names = queries.former_names(list({unit.id for members in units.values() for unit in members}))
    posts = directory.posts_on(
        day, actor=by, group_ids=[group.id for group in groups], kinds={scope.post_kind for scope in meeting.scopes}
    )
    held: dict[tuple[int, PostKind], list[Post]] = {}
    for post in posts:
        held.setdefault((post.unit_id, post.kind), []).append(post)
    all_posts = directory.posts_of_people([post.person_id for post in posts if post.person_id], day)
    order = list(PostKind)
    for group in groups:
        for kind in sorted((s.post_kind for s in meeting.scopes if s.group_id == group.id), key=order.index):
            for unit in units.get(group.id, ()):
                unit_name = directory.name_on(unit, names.get(unit.id, ()), day)
                for post in held.get((unit.id, kind), ()):
                    title = rules.posts_in_words(all_posts.get(post.person_id or 0, [post]), unit.id)
                    name = post.person.name if post.person else ""
                    yield _Asked(group.name, unit, unit_name, kind, post.person_id, name, title[:200])
                if (unit.id, kind) not in held:
                    yield _Asked(group.name, unit, unit_name, kind, None, "", "")


def save_roll(meeting: Meeting, marks: Sequence[RollMark], *, by: Actor) -> int:
    """Mark several lines at once and return how many changed; ``marks`` holds those lines the person touched.

    Raises ``DomainError`` with ``attendance.changed_meanwhile`` and the ``ids`` that somebody else has marked since
    and otherwise, or ``attendance.substitute_unknown`` about ``substitute_post_<id>``; ``NotFound`` for a line of
    another meeting. Nothing is changed then.
    """
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    rows = {row.id: row for row in queries.roll_of(meeting)}
    changed = [
        (queries.find_attendee(meeting, mark.id) if mark.id not in rows else rows[mark.id], mark) for mark in marks
    ]
    changed = [(row, mark) for row, mark in changed if _said(row) != mark[2:]]
    if conflicts := [row.id for row, mark in changed if row.version != mark.version]:
        raise DomainError("attendance.changed_meanwhile", ids=conflicts)
    for row, mark in changed:
        try:
            rules.check_mark(mark.state, substitute_name=mark.substitute_name, substitute_post=mark.substitute_post)
        except DomainError as refusal:
            raise DomainError(refusal.code, field=f"{refusal.field}_{row.id}") from None
        row.state = mark.state
        row.substitute_name, row.substitute_post, row.reason = mark.substitute_name, mark.substitute_post, mark.reason
    return len(changed)


def _said(row: Attendance) -> tuple[AttendanceState, str, str, str]:
    return row.state, row.substitute_name, row.substitute_post, row.reason


def mark_all_present(meeting: Meeting, *, by: Actor) -> int:
    """Everybody who is not marked yet was there, or who was named to come instead; returns how many.

    Who is marked stays as marked.
    """
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    unmarked = [row for row in queries.roll_of(meeting) if row.state is AttendanceState.EXPECTED]
    for row in unmarked:
        stood_in = rules.foreseen(row) is AttendanceState.SUBSTITUTE
        row.state = AttendanceState.SUBSTITUTE if stood_in else AttendanceState.PRESENT
    return len(unmarked)


def add_attendee(
    meeting: Meeting, *, person_id: int | None = None, by: Actor, **details: Unpack[AttendeeDetails]
) -> Attendance:
    """Add somebody by hand: a guest, an observer, the chair; from the directory or by name, no account needed."""
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    last = max((row.position for row in queries.roll_of(meeting)), default=0)
    row = Attendance(meeting_id=meeting.id, position=last + 1, group_name="", post_kind=None)
    if person_id is not None:
        day = meeting.held_on or clock.today()
        person = directory.find_person(person_id, actor=by)
        posts = directory.posts_of_people([person.id], day).get(person.id, [])
        unit_id = details["unit_id"] or (posts[0].unit_id if posts else None)
        row.person_id = person.id
        details["unit_id"], details["name"] = unit_id, person.name
        details["post_title"] = details["post_title"] or rules.posts_in_words(posts, unit_id)
    _write_attendee(meeting, row, details, by)
    db.session.add(row)
    db.session.flush()
    return row


def edit_attendee(meeting: Meeting, row: Attendance, *, by: Actor, **details: Unpack[AttendeeDetails]) -> None:
    """Change one line whole.

    Raises ``DomainError`` with ``attendance.nobody``, ``attendance.substitute_unknown``,
    ``attendance.left_before_arrival``.
    """
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    _write_attendee(meeting, row, details, by)


def _write_attendee(meeting: Meeting, row: Attendance, details: AttendeeDetails, by: Actor) -> None:
    if not (details["name"] or details["post_title"] or details["unit_id"]):
        raise DomainError("attendance.nobody", field="name")
    rules.check_mark(
        details["state"], substitute_name=details["substitute_name"], substitute_post=details["substitute_post"]
    )
    places = {item.id: item.position for item in queries.agenda_of(meeting)}
    arrived, left = details["arrived_item_id"], details["left_item_id"]
    for item_id in filter(None, (arrived, left)):
        queries.find_item(meeting, item_id)
    if arrived and left and places[left] < places[arrived]:
        raise DomainError("attendance.left_before_arrival", field="left_item_id")
    if details["unit_id"] != row.unit_id:
        unit = directory.find_unit(details["unit_id"], actor=by) if details["unit_id"] else None
        day = meeting.held_on or clock.today()
        row.unit_name = directory.name_on(unit, directory.former_names(unit), day) if unit else ""
    row.unit_id, row.name, row.post_title = details["unit_id"], details["name"], details["post_title"]
    row.capacity, row.state = details["capacity"], details["state"]
    row.substitute_name, row.substitute_post = details["substitute_name"], details["substitute_post"]
    row.reason, row.arrived_item_id, row.left_item_id = details["reason"], arrived, left


def keep_leave_file(
    meeting: Meeting,
    row: Attendance,
    files: Sequence[tuple[str, bytes]],
    *,
    storage: Storage,
    max_megabytes: int,
    by: Actor,
    personal_data_confirmed: bool = False,
) -> None:
    """Keep the note of leave behind somebody's line; a later one takes the place of the former."""
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    for name, content in files[:1]:
        row.leave_file_id = keep(
            name=name,
            content=content,
            storage=storage,
            by=by,
            max_megabytes=max_megabytes,
            personal_data_confirmed=personal_data_confirmed,
        ).id


def remove_attendee(meeting: Meeting, row: Attendance, *, by: Actor) -> None:
    """Take somebody off the list. Raises ``DomainError("attendance.has_mark")`` where attendance was marked."""
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, by)
    if row.state is not AttendanceState.EXPECTED:
        raise DomainError("attendance.has_mark")
    db.session.delete(row)


def reply(
    meeting: Meeting,
    row: Attendance,
    *,
    state: AttendanceState,
    substitute_name: str = "",
    substitute_post: str = "",
    reason: str = "",
    by: Actor,
) -> None:
    """Answer the invitation of one line, once; ``by`` holds the invitation and needs no other right.

    Only what belongs to the answer is kept. Nobody has come before the roll is called, a substitute no more than
    others. Raises ``DomainError`` with ``invitation.answered`` and what ``rules.check_invited`` and
    ``rules.check_reply`` raise; ``NotAllowed`` in another committee.
    """
    if by.committee_id != meeting.committee_id:
        raise NotAllowed("meeting.not_yours")
    rules.check_invited(meeting, today=clock.today())
    if rules.is_answered(row):
        raise DomainError("invitation.answered")
    rules.check_reply(state, substitute_name=substitute_name, substitute_post=substitute_post, reason=reason)
    row.replied_at = clock.now()
    if state is AttendanceState.ON_LEAVE:
        row.state, row.reason = state, reason
    if state is AttendanceState.SUBSTITUTE:
        row.substitute_name, row.substitute_post = substitute_name, substitute_post
