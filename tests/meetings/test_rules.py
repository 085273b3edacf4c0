"""The table of states, the counting of those who came, sentences in a text."""

from datetime import date, time
from itertools import product

import pytest

from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.directory.models import PostKind
from meetings.meetings import rules
from meetings.meetings.models import (
    Attendance,
    Capacity,
    Meeting,
    MeetingAction,
    MeetingStatus,
    Requirement,
    TextStatus,
)
from meetings.meetings.models import AttendanceState as State
from meetings.meetings.rules import TRANSITIONS, ScopeKey, Tally
from meetings.meetings.words import ACTIONS, POSTS_IN_GROUP, REFUSALS, STATUSES


def actor(*roles: Role, committee_id: int = 1) -> Actor:
    return Actor(1, "某人", committee_id, frozenset(), frozenset(roles), permissions_of(roles))


def meeting(status: MeetingStatus = MeetingStatus.DRAFT, **values) -> Meeting:
    return Meeting(committee_id=1, status=status, **values)


@pytest.mark.parametrize("action", list(MeetingAction))
def test_the_page_offers_what_the_server_accepts_and_nothing_else(action):
    transition = TRANSITIONS[action]
    for role, status in product(Role, MeetingStatus):
        by = actor(role)
        offered = action in rules.available_actions(meeting(status), by)
        assert offered == (status in transition.sources and by.may(transition.permission)), (role, status)
        if not offered:
            with pytest.raises(DomainError) as refused:
                rules.next_status(meeting(status), action, by)
            assert refused.value.code in REFUSALS


def test_every_action_has_a_row_and_words():
    assert set(TRANSITIONS) == set(MeetingAction) == set(ACTIONS)
    assert set(STATUSES) == set(MeetingStatus)


def test_the_steps_lead_from_draft_to_archived():
    by, found = actor(Role.OFFICE_DIRECTOR), meeting(held_on=date(2026, 5, 20))
    for action in (MeetingAction.ANNOUNCE, MeetingAction.HOLD, MeetingAction.MINUTE, MeetingAction.ARCHIVE):
        found.status = rules.next_status(found, action, by, today=date(2026, 7, 14))
    assert found.status is MeetingStatus.ARCHIVED
    assert rules.available_actions(found, by) == []


def test_only_the_director_reopens_minutes():
    found = meeting(MeetingStatus.MINUTED)
    with pytest.raises(NotAllowed) as refused:
        rules.next_status(found, MeetingAction.REOPEN_MINUTES, actor(Role.OFFICE_STAFF))
    assert refused.value.code == "meeting.needs_director"
    assert rules.next_status(found, MeetingAction.REOPEN_MINUTES, actor(Role.OFFICE_DIRECTOR)) is MeetingStatus.HELD


def test_nobody_acts_on_a_meeting_of_another_committee():
    with pytest.raises(NotAllowed):
        rules.next_status(meeting(), MeetingAction.EDIT, actor(Role.OFFICE_DIRECTOR, committee_id=2))


def test_a_meeting_is_not_held_before_its_day():
    found = meeting(MeetingStatus.ANNOUNCED, held_on=date(2026, 7, 15))
    with pytest.raises(DomainError) as refused:
        rules.next_status(found, MeetingAction.HOLD, actor(Role.OFFICE_STAFF), today=date(2026, 7, 14))
    assert refused.value.code == "meeting.not_yet"


def test_the_end_comes_after_the_beginning():
    rules.check_times(time(10), time(12))
    rules.check_times(None, time(12))
    for end in (time(10), time(9)):
        with pytest.raises(DomainError) as refused:
            rules.check_times(time(10), end)
        assert refused.value.field == "ends_at"


def marks(*lines):
    return rules.tally((line, 1) for line in lines)


def test_those_who_came_are_counted_by_one_rule():
    head, member = PostKind.HEAD, PostKind.LIAISON
    found = marks(
        (Capacity.CHAIR, State.PRESENT, None),
        (Capacity.ATTENDEE, State.PRESENT, head),
        (Capacity.ATTENDEE, State.LATE, head),
        (Capacity.ATTENDEE, State.SUBSTITUTE, head),
        (Capacity.ATTENDEE, State.ON_LEAVE, member),
        (Capacity.ATTENDEE, State.ABSENT, member),
        (Capacity.ATTENDEE, State.EXPECTED, member),
        (Capacity.OBSERVER, State.PRESENT, None),
        (Capacity.OBSERVER, State.ABSENT, None),
        (Capacity.RECORDER, State.PRESENT, None),
    )
    assert found == Tally(
        expected=7,
        present=2,
        late=1,
        substitute=1,
        on_leave=1,
        absent=1,
        unmarked=1,
        heads=3,
        heads_came=2,
        heads_substituted=1,
        observers=2,
        observers_came=1,
    )
    assert found.came == 4
    assert found.came + found.on_leave + found.absent + found.unmarked == found.expected
    assert found.rate == "57.1%（4/7）"
    assert found.heads_rate == "66.7%（2/3）"


def test_rates_are_rounded_half_up_and_absent_where_nothing_is_known():
    assert rules.fraction(51, 56) == "91.1%（51/56）"
    assert rules.fraction(1, 8) == "12.5%（1/8）"
    assert rules.fraction(40, 51) == "78.4%（40/51）"
    assert Tally().rate == ""
    assert marks((Capacity.ATTENDEE, State.EXPECTED, PostKind.HEAD)).heads_rate == ""


def test_a_substitute_is_named():
    with pytest.raises(DomainError):
        rules.check_mark(State.SUBSTITUTE, substitute_name="", substitute_post="")
    rules.check_mark(State.SUBSTITUTE, substitute_name="", substitute_post="副局长")
    rules.check_mark(State.PRESENT, substitute_name="", substitute_post="")


def test_a_tick_of_the_matrix_is_read_as_it_is_written():
    assert ScopeKey.read("3:liaison") == ScopeKey(3, PostKind.LIAISON)
    assert str(ScopeKey(3, PostKind.LIAISON)) == "3:liaison"
    for wrong in ("", "3", "x:head", "3:king"):
        with pytest.raises(ValueError):
            ScopeKey.read(wrong)


def requirement(start: int, end: int, number: int = 1) -> Requirement:
    return Requirement(id=number, number=number, start=start, end=end)


def test_sentences_are_found_again_where_the_text_moved_them():
    old = "会议要求，要摸清底数。要建立台账。"
    new = "副县长讲话。会议要求，要摸清底数。要建立台账。"
    asked = [requirement(5, 11), requirement(11, 17, 2)]
    places = rules.moved_spans(old, new, asked)
    assert [new[a:b] for a, b in places.values()] == ["要摸清底数。", "要建立台账。"]


def test_of_equal_sentences_the_nearest_is_meant():
    old = "要落实。又，要落实。"
    assert rules.moved_spans(old, "先。" + old, [requirement(6, 10)])[1] == (8, 12)


def test_a_sentence_that_is_gone_is_refused_by_number():
    with pytest.raises(DomainError) as refused:
        rules.moved_spans("要摸清底数。", "要核实。", [requirement(0, 6, 3)])
    assert refused.value.details["numbers"] == "3"


def test_a_place_outside_the_text_is_refused():
    rules.check_span("要摸清底数。", None, None)
    rules.check_span("要摸清底数。", 0, 6)
    for start, end in ((0, 7), (3, 3), (-1, 2), (4, 2), (None, 3), (0, None)):
        with pytest.raises(DomainError):
            rules.check_span("要摸清底数。", start, end)


def test_a_reviewed_text_says_by_whom_and_when():
    today = date(2026, 7, 14)
    rules.check_review(TextStatus.NOTES, "", None, today=today)
    rules.check_review(TextStatus.REVIEWED, "副县长", today, today=today)
    for name, day, field in (
        ("", today, "reviewed_by"),
        ("副县长", None, "reviewed_on"),
        ("副县长", date(2026, 7, 15), "reviewed_on"),
    ):
        with pytest.raises(DomainError) as refused:
            rules.check_review(TextStatus.REVIEWED, name, day, today=today)
        assert refused.value.field == field


def test_a_whole_group_that_came_is_told_together_in_the_minutes():
    def row(place, **values):
        defaults = {
            "position": place,
            "group_name": "各成员单位",
            "unit_name": f"第{place}局",
            "post_title": "局长",
            "post_kind": PostKind.HEAD,
            "name": "",
            "capacity": Capacity.ATTENDEE,
            "state": State.PRESENT,
            "substitute_post": "",
            "substitute_name": "",
        }
        return Attendance(**defaults | values)

    heads = [row(place) for place in range(1, 8)]
    heads[2] = row(3, state=State.SUBSTITUTE, substitute_post="副局长")
    heads[6] = row(7, state=State.ON_LEAVE)
    few = [row(9, post_kind=PostKind.LIAISON, post_title="联络员")]
    named = [row(place, group_name="特邀", name=f"委员{place}", post_title="") for place in range(10, 17)]

    def draft(roll):
        record = rules.Record(meeting(title="会议"), (), (), (), roll, {}, POSTS_IN_GROUP)
        return rules.minutes_draft(record)

    said = draft([*heads, *few, *named])
    assert "出席：各成员单位主要负责人6人（第3局副局长代）、第9局联络员、第10局主要负责人委员10、" in said
    assert "请假：第7局局长。" in said
    assert "第1局局长、第2局局长、第3局局长（副局长代）" in draft(heads[:5])
