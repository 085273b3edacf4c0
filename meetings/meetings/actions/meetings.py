"""Meetings: set up, announced, held, archived, cancelled; and the office's list of their kinds."""

from collections.abc import Sequence
from typing import Unpack

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.directory import queries as directory
from meetings.meetings import queries, rules
from meetings.meetings.models import Meeting, MeetingAction, MeetingKind, MeetingScope, MeetingStatus
from meetings.meetings.rules import MeetingDetails, ScopeKey
from meetings.numbering.actions import next_number


def create_meeting(*, by: Actor, **details: Unpack[MeetingDetails]) -> Meeting:
    """Set up a meeting in draft. Raises what ``edit_meeting`` raises."""
    if not by.may("meetings.record"):
        raise NotAllowed("meeting.not_yours")
    meeting = Meeting(committee_id=by.committee_id, status=MeetingStatus.DRAFT, scopes=[])
    _write_down(meeting, details, by)
    db.session.add(meeting)
    db.session.flush()
    return meeting


def edit_meeting(meeting: Meeting, *, by: Actor, **details: Unpack[MeetingDetails]) -> None:
    """Change what is written down; needs ``meeting.scopes``.

    Raises ``DomainError`` with ``meeting.ends_before_begin``, ``meeting.kind_fixed`` (it has its 次第),
    ``meeting.previous_is_later``, and what ``rules.next_status`` raises.
    """
    rules.next_status(meeting, MeetingAction.EDIT, by)
    if meeting.sequence is not None and details["kind_id"] != meeting.kind_id:
        raise DomainError("meeting.kind_fixed", field="kind_id", year=meeting.year, number=meeting.sequence)
    previous_id = details["previous_id"]
    if previous_id is not None and queries.follows(meeting.id, previous_id):
        raise DomainError("meeting.previous_is_later", field="previous_id")
    _write_down(meeting, details, by)


def _write_down(meeting: Meeting, details: MeetingDetails, by: Actor) -> None:
    rules.check_times(details["begins_at"], details["ends_at"])
    if details["held_on"] is None and not (details["day_text"] and details["year"]):
        raise DomainError("meeting.day_unknown", field="held_on")
    queries.find_kind(details["kind_id"], actor=by)
    if details["previous_id"] is not None:
        queries.find(details["previous_id"], actor=by)
    meeting.kind_id = details["kind_id"]
    meeting.previous_id = details["previous_id"]
    meeting.title = details["title"]
    meeting.held_on, meeting.day_text = details["held_on"], details["day_text"]
    if meeting.sequence is None:  # the year of a given 次第 stays
        meeting.year = details["held_on"].year if details["held_on"] else details["year"]
    meeting.begins_at, meeting.ends_at = details["begins_at"], details["ends_at"]
    meeting.place, meeting.branch_places = details["place"], details["branch_places"]
    meeting.organiser = details["organiser"]
    meeting.chair_name, meeting.chair_post = details["chair_name"], details["chair_post"]
    meeting.source, meeting.text_reviewer = details["source"], details["text_reviewer"]
    _set_scopes(meeting, details["scopes"], by)


def _set_scopes(meeting: Meeting, wanted: Sequence[ScopeKey], by: Actor) -> None:
    known = {group.id for group in directory.groups(by)}
    if any(key.group_id not in known for key in wanted):
        raise NotFound
    kept = [scope for scope in meeting.scopes if ScopeKey(scope.group_id, scope.post_kind) in wanted]
    there = {ScopeKey(scope.group_id, scope.post_kind) for scope in kept}
    added = [
        MeetingScope(group_id=key.group_id, post_kind=key.post_kind)
        for key in dict.fromkeys(wanted)
        if key not in there
    ]
    if added or len(kept) != len(meeting.scopes):
        meeting.scopes = [*kept, *added]


def announce(meeting: Meeting, *, by: Actor) -> None:
    """Give the meeting its 次第 within its kind and year; a number once taken is never given again, also after 取消."""
    meeting.status = rules.next_status(meeting, MeetingAction.ANNOUNCE, by)
    meeting.year = meeting.held_on.year if meeting.held_on else meeting.year or clock.today().year
    meeting.sequence = next_number(meeting.committee_id, f"meeting:{meeting.kind_id}", meeting.year)


def hold(meeting: Meeting, *, by: Actor) -> None:
    meeting.status = rules.next_status(meeting, MeetingAction.HOLD, by, today=clock.today())


def archive(meeting: Meeting, *, by: Actor) -> None:
    meeting.status = rules.next_status(meeting, MeetingAction.ARCHIVE, by)


def cancel(meeting: Meeting, *, reason: str, by: Actor) -> None:
    """The meeting does not take place; its 次第 stays its own."""
    meeting.status = rules.next_status(meeting, MeetingAction.CANCEL, by)
    meeting.cancel_reason = reason


def add_kind(*, name: str, position: int = 0, is_active: bool = True, by: Actor) -> MeetingKind:
    """Add a kind to the office's list. Raises ``DomainError("meeting_kind.name_taken")``."""
    if not by.may("meetings.record"):
        raise NotAllowed("meeting.not_yours")
    _check_kind_name(name, by)
    kind = MeetingKind(committee_id=by.committee_id, name=name, position=position, is_active=is_active)
    db.session.add(kind)
    db.session.flush()
    return kind


def edit_kind(kind: MeetingKind, *, name: str, position: int, is_active: bool, by: Actor) -> None:
    """Rename a kind, move it, take it out of use. Raises ``meeting_kind.name_taken``, ``meeting_kind.in_use_only``."""
    if not by.may("meetings.record"):
        raise NotAllowed("meeting.not_yours")
    _check_kind_name(name, by, but=kind.id)
    if not is_active and not any(other.is_active for other in queries.kinds(by) if other.id != kind.id):
        raise DomainError("meeting_kind.in_use_only", field="is_active")
    kind.name, kind.position, kind.is_active = name, position, is_active


def add_kinds(names: Sequence[str], *, by: Actor) -> list[MeetingKind]:
    """Add the kinds that are not there yet, in this order; ``words.DEFAULT_KINDS`` for a new office."""
    there = {kind.name for kind in queries.kinds(by)}
    return [
        add_kind(name=name, position=number * 10, by=by) for number, name in enumerate(names, 1) if name not in there
    ]


def _check_kind_name(name: str, by: Actor, *, but: int | None = None) -> None:
    if any(kind.name == name and kind.id != but for kind in queries.kinds(by)):
        raise DomainError("meeting_kind.name_taken", field="name", name=name)
