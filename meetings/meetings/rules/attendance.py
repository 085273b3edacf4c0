"""Who came, and how it is counted. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from meetings.core.errors import DomainError
from meetings.directory.models import Post, PostKind
from meetings.meetings.models import (
    Attendance,
    AttendanceState,
    Capacity,
    Meeting,
    MeetingStatus,
)

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


# What may be answered before the day: coming, on leave, somebody else comes.
REPLIES = frozenset({AttendanceState.EXPECTED, AttendanceState.ON_LEAVE, AttendanceState.SUBSTITUTE})


def is_answered(row: Attendance) -> bool:
    """The invitation was answered, or the office has marked the line."""
    return row.replied_at is not None or row.state is not AttendanceState.EXPECTED


def foreseen(row: Attendance) -> AttendanceState:
    """What the line says before the roll is called: somebody else was named to come, or as it is marked."""
    if row.state is AttendanceState.EXPECTED and (row.substitute_name or row.substitute_post):
        return AttendanceState.SUBSTITUTE
    return row.state


def check_invited(meeting: Meeting, *, today: date) -> None:
    """Invitations go out, and are answered, from the announcement to the end of the meeting's day."""
    if meeting.status is not MeetingStatus.ANNOUNCED:
        raise DomainError("invitation.not_announced")
    if meeting.held_on is None:
        raise DomainError("invitation.day_unknown")
    if meeting.held_on < today:
        raise DomainError("invitation.over")


def check_reply(state: AttendanceState, *, substitute_name: str, substitute_post: str, reason: str) -> None:
    """Leave has its reason, and a substitute is named; nobody is there before the day."""
    if state not in REPLIES:
        raise DomainError("invitation.state", field="state")
    if state is AttendanceState.ON_LEAVE and not reason:
        raise DomainError("invitation.reason_needed", field="reason")
    if state is AttendanceState.SUBSTITUTE:
        if not substitute_name:
            raise DomainError("invitation.substitute_name_needed", field="substitute_name")
        if not substitute_post:
            raise DomainError("invitation.substitute_post_needed", field="substitute_post")
