"""What may happen to a meeting, when and at whose hand; who came; where a sentence stands. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypedDict

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.directory.models import Post, PostKind
from meetings.meetings.models import (
    AgendaKind,
    Attendance,
    AttendanceState,
    Capacity,
    Meeting,
    MeetingAction,
    MeetingStatus,
    Requirement,
    SpeechKind,
    TextStatus,
)


class ScopeKey(NamedTuple):
    """One tick of 参会范围: the holders of a kind of post in the units of a group; written ``3:liaison``."""

    group_id: int
    post_kind: PostKind

    @classmethod
    def read(cls, text: "str | ScopeKey") -> "ScopeKey":
        """Raises ``ValueError`` where the text is no such key."""
        if isinstance(text, ScopeKey):
            return text
        group_id, _colon, post_kind = text.partition(":")
        return cls(int(group_id), PostKind(post_kind))

    def __str__(self) -> str:
        return f"{self.group_id}:{self.post_kind.value}"


class MeetingDetails(TypedDict):
    """What is written down about a meeting; ``year`` counts only where the day is not known."""

    kind_id: int
    title: str
    held_on: date | None
    day_text: str
    year: int | None
    begins_at: time | None
    ends_at: time | None
    place: str
    branch_places: str
    organiser: str
    chair_name: str
    chair_post: str
    source: str
    text_reviewer: str
    previous_id: int | None
    scopes: Sequence[ScopeKey]


class ItemDetails(TypedDict):
    kind: AgendaKind
    title: str
    presenter: str
    presenter_unit_id: int | None
    document_id: int | None
    planned_minutes: int | None


class SpeechDetails(TypedDict):
    """``speaker_post`` may be empty where person or unit are given: it is then that of the meeting's day."""

    kind: SpeechKind
    agenda_item_id: int | None
    person_id: int | None
    unit_id: int | None
    speaker_name: str
    speaker_post: str
    begins_at: time | None
    ends_at: time | None
    text: str
    key_points: str
    text_status: TextStatus
    reviewed_by: str
    reviewed_on: date | None


class AttendeeDetails(TypedDict):
    """One line of the list, whole; ``arrived_item_id`` and ``left_item_id`` are agenda items."""

    capacity: Capacity
    unit_id: int | None
    name: str
    post_title: str
    state: AttendanceState
    substitute_name: str
    substitute_post: str
    reason: str
    arrived_item_id: int | None
    left_item_id: int | None


class RollMark(NamedTuple):
    """How one line of the list was marked; ``version`` is the row's when the form was filled."""

    id: int
    version: int
    state: AttendanceState
    substitute_name: str
    substitute_post: str
    reason: str


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


def next_status(meeting: Meeting, action: MeetingAction, actor: Actor, *, today: date | None = None) -> MeetingStatus:
    """Say what the meeting becomes, or raise the reason why not.

    Raises ``NotAllowed("meeting.not_yours")``, ``DomainError("meeting.wrong_status")``, and for ``HOLD`` before
    its day ``DomainError("meeting.not_yet")``.
    """
    transition = TRANSITIONS[action]
    if actor.committee_id != meeting.committee_id or not actor.may(transition.permission):
        raise NotAllowed(
            "meeting.needs_director" if transition.permission == "meetings.reopen" else "meeting.not_yours"
        )
    if meeting.status not in transition.sources:
        raise DomainError(f"meeting.is_{meeting.status.value}")
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


# --- attendance -------------------------------------------------------------------------------------------------

CAME = frozenset({AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.SUBSTITUTE})
SELF = frozenset({AttendanceState.PRESENT, AttendanceState.LATE})
# Observers and those who keep the record are not counted among those who are to come.
COUNTED = frozenset({Capacity.CHAIR, Capacity.ATTENDEE})


@dataclass(frozen=True, slots=True)
class Tally:
    """Who came. ``expected`` (应到) leaves out observers and recorders; ``came`` (实到) holds late and substitutes.

    ``heads`` are the units' heads among them: ``heads_came`` in person, ``heads_substituted`` by somebody else.
    """

    expected: int = 0
    present: int = 0
    late: int = 0
    substitute: int = 0
    on_leave: int = 0
    absent: int = 0
    unmarked: int = 0
    heads: int = 0
    heads_came: int = 0
    heads_substituted: int = 0
    observers: int = 0
    observers_came: int = 0

    @property
    def came(self) -> int:
        return self.present + self.late + self.substitute

    @property
    def rate(self) -> str:
        """到会率: came of expected, with both numbers; empty while nobody is expected or marked."""
        return fraction(self.came, self.expected) if self.expected and self.unmarked < self.expected else ""

    @property
    def heads_rate(self) -> str:
        return fraction(self.heads_came, self.heads) if self.heads and self.unmarked < self.expected else ""


Mark = tuple[Capacity, AttendanceState, PostKind | None]


def tally(marks: Iterable[tuple[Mark, int]]) -> Tally:
    """Count attendances given as ((capacity, state, post kind), how many)."""
    counts: dict[str, int] = {}

    def add(name: str, number: int) -> None:
        counts[name] = counts.get(name, 0) + number

    names = {AttendanceState.EXPECTED: "unmarked"}
    for (capacity, state, post_kind), number in marks:
        if capacity is Capacity.OBSERVER:
            add("observers", number)
            add("observers_came", number if state in CAME else 0)
        if capacity not in COUNTED:
            continue
        add("expected", number)
        add(names.get(state, state.value), number)
        if post_kind is PostKind.HEAD:
            add("heads", number)
            add("heads_came", number if state in SELF else 0)
            add("heads_substituted", number if state is AttendanceState.SUBSTITUTE else 0)
    return Tally(**counts)


def tally_of(rows: Iterable[Attendance]) -> Tally:
    return tally(((row.capacity, row.state, row.post_kind), 1) for row in rows)


def fraction(part: int, whole: int) -> str:
    """91.1%（51/56）, rounded half up to one decimal."""
    percent = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{percent}%（{part}/{whole}）"


def posts_in_words(posts: Sequence[Post], unit_id: int | None) -> str:
    """All posts of one person, unit by unit, its short name before the first (县妇联主席、妇儿工委办主任).

    The posts in the unit given come first and without its name, for a list that names it beside them.
    """
    words: list[str] = []
    named = unit_id
    for post in sorted(posts, key=lambda post: (post.unit_id != unit_id, post.unit.position, post.unit_id)):
        words.append(post.title if post.unit_id == named else f"{post.unit.short_name}{post.title}")
        named = post.unit_id
    return "、".join(dict.fromkeys(words))


def check_mark(state: AttendanceState, *, substitute_name: str, substitute_post: str) -> None:
    """A substitute is named by name or post."""
    if state is AttendanceState.SUBSTITUTE and not (substitute_name or substitute_post):
        raise DomainError("attendance.substitute_unknown", field="substitute_post")


# --- requirements and the speech they stand in --------------------------------------------------------------------


def check_span(text: str, start: int | None, end: int | None) -> None:
    """A place in a text is within it, and both its ends are known."""
    if start is None and end is None:
        return
    if start is None or end is None or not 0 <= start < end <= len(text):
        raise DomainError("requirement.outside_text", field="text")


def moved_spans(old: str, new: str, requirements: Sequence[Requirement]) -> dict[int, tuple[int, int]]:
    """Where the sentences of the requirements stand after a speech's text changed: requirement id → (start, end).

    Raises ``DomainError("speech.sentence_lost")`` with the numbers of those whose sentence is gone.
    """
    places: dict[int, tuple[int, int]] = {}
    lost: list[int] = []
    for requirement in requirements:
        if requirement.start is None or requirement.end is None:
            continue
        sentence = old[requirement.start : requirement.end]
        found = _nearest(new, sentence, requirement.start)
        if found is None:
            lost.append(requirement.number)
        else:
            places[requirement.id] = (found, found + len(sentence))
    if lost:
        raise DomainError("speech.sentence_lost", field="text", numbers="、".join(map(str, sorted(lost))))
    return places


def _nearest(text: str, sentence: str, place: int) -> int | None:
    found, best = text.find(sentence), None
    while found >= 0:
        if best is None or abs(found - place) < abs(best - place):
            best = found
        found = text.find(sentence, found + 1)
    return best
