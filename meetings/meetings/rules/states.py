"""What may happen to a meeting, when and at whose hand; what its days and times must be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.models import (
    Meeting,
    MeetingAction,
    MeetingStatus,
    TextStatus,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """From which statuses, to which (None: it stays), with which permission."""

    sources: frozenset[MeetingStatus]
    target: MeetingStatus | None
    permission: str = "meetings.record"


S = MeetingStatus
A = MeetingAction
_BEFORE = frozenset({S.DRAFT, S.ANNOUNCED})
_UNTIL_MINUTED = _BEFORE | {S.HELD}
_UNTIL_ARCHIVED = _UNTIL_MINUTED | {S.MINUTED}

# The one table: what the pages offer and what the server accepts. Once the minutes are issued, who came and what
# was on the agenda stands; texts, files and requirements may still be added until the meeting is archived.
TRANSITIONS: Mapping[MeetingAction, Transition] = {
    A.EDIT: Transition(_UNTIL_MINUTED, None),
    A.EDIT_AGENDA: Transition(_UNTIL_MINUTED, None),
    A.RECORD_ATTENDANCE: Transition(_UNTIL_MINUTED, None),
    A.RECORD_SPEECHES: Transition(_UNTIL_ARCHIVED, None),
    A.ADD_REQUIREMENTS: Transition(_UNTIL_ARCHIVED, None),
    A.ADD_FILES: Transition(_UNTIL_ARCHIVED, None),
    A.ANNOUNCE: Transition(frozenset({S.DRAFT}), S.ANNOUNCED),
    A.HOLD: Transition(frozenset({S.ANNOUNCED}), S.HELD),
    A.WRITE_MINUTES: Transition(frozenset({S.HELD}), None),
    A.MINUTE: Transition(frozenset({S.HELD}), S.MINUTED),
    A.REOPEN_MINUTES: Transition(frozenset({S.MINUTED}), S.HELD, "meetings.reopen"),
    A.ARCHIVE: Transition(frozenset({S.MINUTED}), S.ARCHIVED),
    A.CANCEL: Transition(_BEFORE, S.CANCELLED),
}


# Why an act is not accepted in each status.
_WRONG: Mapping[MeetingStatus, str] = {
    S.DRAFT: "meeting.is_draft",
    S.ANNOUNCED: "meeting.is_announced",
    S.HELD: "meeting.is_held",
    S.MINUTED: "meeting.is_minuted",
    S.ARCHIVED: "meeting.is_archived",
    S.CANCELLED: "meeting.is_cancelled",
}


def next_status(meeting: Meeting, action: MeetingAction, actor: Actor, *, today: date | None = None) -> MeetingStatus:
    """Say what the meeting becomes, or raise the reason why not.

    Raises ``NotAllowed("meeting.not_yours")``, ``DomainError("meeting.is_<status>")``, and for ``HOLD`` before
    its day ``DomainError("meeting.not_yet")``.
    """
    transition = TRANSITIONS[action]
    if actor.committee_id != meeting.committee_id or not actor.may(transition.permission):
        raise NotAllowed(
            "meeting.needs_director" if transition.permission == "meetings.reopen" else "meeting.not_yours"
        )
    if meeting.status not in transition.sources:
        raise DomainError(_WRONG[meeting.status])
    if action is A.HOLD and today and meeting.held_on and meeting.held_on > today:
        raise DomainError("meeting.not_yet", day=f"{meeting.held_on.month}月{meeting.held_on.day}日")
    return transition.target or meeting.status


def available_actions(meeting: Meeting, actor: Actor, *, today: date | None = None) -> list[MeetingAction]:
    """The buttons to show. The same function decides what the server accepts."""
    return [action for action in MeetingAction if is_accepted(meeting, action, actor, today=today)]


def is_accepted(meeting: Meeting, action: MeetingAction, actor: Actor, *, today: date | None = None) -> bool:
    try:
        next_status(meeting, action, actor, today=today)
    except DomainError:
        return False
    return True


def check_times(begins_at: time | None, ends_at: time | None, *, code: str = "meeting.ends_before_begin") -> None:
    """A meeting and a speech end after they begin."""
    if begins_at and ends_at and ends_at <= begins_at:
        raise DomainError(code, field="ends_at")


def check_review(text_status: TextStatus, reviewed_by: str, reviewed_on: date | None, *, today: date) -> None:
    """A reviewed text says by whom and when, no later than today."""
    if text_status is not TextStatus.REVIEWED:
        return
    if not reviewed_by:
        raise DomainError("speech.reviewer_needed", field="reviewed_by")
    if reviewed_on is None:
        raise DomainError("speech.review_day_needed", field="reviewed_on")
    if reviewed_on > today:
        raise DomainError("speech.review_day_ahead", field="reviewed_on")


def check_signing(signed_on: date, *, held_on: date | None, today: date) -> None:
    """Minutes are signed on or after the day of the meeting, no later than today."""
    if signed_on > today:
        raise DomainError("minutes.signed_ahead", field="signed_on")
    if held_on and signed_on < held_on:
        raise DomainError("minutes.signed_before_meeting", field="signed_on")


def place_in_series(meeting: Meeting) -> str:
    """2026年第2次; empty before it is announced."""
    return f"{meeting.year}年第{meeting.sequence}次" if meeting.sequence else ""
