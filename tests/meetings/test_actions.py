"""What is done with meetings: numbers, lists of who is asked, texts, minutes."""

from datetime import date

import pytest

from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotFound
from meetings.directory.models import PostKind
from meetings.meetings import actions, queries, rules, words
from meetings.meetings.models import (
    AgendaKind,
    AttendanceState,
    Capacity,
    Meeting,
    MeetingStatus,
    Section,
    SpeechKind,
    TextStatus,
)
from meetings.meetings.rules import RollMark, ScopeKey
from tests import factories

DETAILS = {
    "title": "妇女儿童工作会议",
    "held_on": date(2026, 5, 20),
    "day_text": "",
    "year": None,
    "begins_at": None,
    "ends_at": None,
    "place": "县政府会议室",
    "branch_places": "",
    "organiser": "",
    "chair_name": "",
    "chair_post": "县政协副主席",
    "source": "",
    "text_reviewer": "",
    "previous_id": None,
    "scopes": [],
}
SPEECH = {
    "kind": SpeechKind.ADDRESS,
    "agenda_item_id": None,
    "person_id": None,
    "unit_id": None,
    "speaker_name": "",
    "speaker_post": "",
    "begins_at": None,
    "ends_at": None,
    "text": "要摸清底数。要建立台账。",
    "key_points": "",
    "text_status": TextStatus.NOTES,
    "reviewed_by": "",
    "reviewed_on": None,
}
ATTENDEE = {
    "capacity": Capacity.OBSERVER,
    "unit_id": None,
    "name": "",
    "post_title": "",
    "state": AttendanceState.EXPECTED,
    "substitute_name": "",
    "substitute_post": "",
    "reason": "",
    "arrived_item_id": None,
    "left_item_id": None,
}
ITEM = {
    "kind": AgendaKind.READING,
    "title": "宣读",
    "presenter": "",
    "presenter_unit_id": None,
    "document_id": None,
    "planned_minutes": None,
}


@pytest.fixture
def staff(session):
    return factories.staff()


def create(by, **more):
    with transaction(by=by):
        return actions.create_meeting(**{**DETAILS, "kind_id": factories_kind().id, **more}, by=by)


def factories_kind():
    from meetings.meetings.models import MeetingKind

    return db.session.query(MeetingKind).first()


def do(act, meeting, *rest, by, **more):
    with transaction(by=by):
        return act(queries.find_to_change(meeting.id, actor=by), *rest, by=by, **more)


# --- numbers ------------------------------------------------------------------------------------------------------


def test_a_meeting_gets_its_place_in_the_series_when_it_is_announced(staff):
    factories.meeting_kind()
    first, second = create(staff), create(staff)
    assert first.sequence is None
    do(actions.announce, second, by=staff)
    do(actions.announce, first, by=staff)
    assert [(m.year, m.sequence) for m in (first, second)] == [(2026, 2), (2026, 1)]


def test_a_number_is_never_given_again_also_after_cancelling(staff):
    factories.meeting_kind()
    cancelled, later = create(staff), create(staff)
    do(actions.announce, cancelled, by=staff)
    do(actions.cancel, cancelled, by=staff, reason="改期")
    do(actions.announce, later, by=staff)
    assert cancelled.sequence == 1
    assert later.sequence == 2


def test_each_kind_and_year_counts_for_itself(staff):
    factories.meeting_kind()
    other = factories.meeting_kind()
    a, b, c = create(staff), create(staff, kind_id=other.id), create(staff, held_on=date(2025, 5, 1))
    for meeting in (a, b, c):
        do(actions.announce, meeting, by=staff)
    assert {(m.year, m.sequence) for m in (a, b, c)} == {(2026, 1), (2025, 1)}


def test_the_kind_of_a_numbered_meeting_stays(staff):
    factories.meeting_kind()
    meeting = create(staff)
    do(actions.announce, meeting, by=staff)
    with pytest.raises(DomainError) as refused:
        do(actions.edit_meeting, meeting, by=staff, **{**DETAILS, "kind_id": factories.meeting_kind().id})
    assert (refused.value.code, refused.value.field) == ("meeting.kind_fixed", "kind_id")


def test_a_meeting_of_unknown_day_says_year_and_words(staff):
    factories.meeting_kind()
    with pytest.raises(DomainError) as refused:
        create(staff, held_on=None)
    assert refused.value.code == "meeting.day_unknown"
    meeting = create(staff, held_on=None, day_text="近日", year=2023)
    do(actions.announce, meeting, by=staff)
    assert (meeting.year, meeting.sequence, words.day_of(meeting)) == (2023, 1, "2023年，近日")


def test_a_series_has_no_circle(staff):
    factories.meeting_kind()
    first = create(staff)
    second = create(staff, previous_id=first.id)
    with pytest.raises(DomainError) as refused:
        do(actions.edit_meeting, first, by=staff, **{**DETAILS, "kind_id": first.kind_id, "previous_id": second.id})
    assert refused.value.code == "meeting.previous_is_later"


def test_a_group_or_previous_meeting_of_another_committee_is_not_found(staff):
    factories.meeting_kind()
    other = factories.committee()
    foreign = factories.group(committee_id=other.id)
    with pytest.raises(NotFound):
        create(staff, scopes=[ScopeKey(foreign.id, PostKind.HEAD)])


# --- who is asked -------------------------------------------------------------------------------------------------


@pytest.fixture
def meeting(staff):
    """A meeting of the heads and liaisons of two units, on 20 May 2026."""
    factories.meeting_kind()
    education, health = factories.unit("县教育局", position=1), factories.unit("县卫健委", position=2)
    group = factories.group(education, health, name="各成员单位")
    head = factories.person("局长甲")
    factories.post(education, PostKind.HEAD, person_id=head.id, title="局长")
    factories.post(education, PostKind.MEMBER, person_id=head.id, title="妇儿工委委员")
    factories.post(health, PostKind.LIAISON, title="科长")  # known as a post only
    return create(staff, scopes=[ScopeKey(group.id, PostKind.HEAD), ScopeKey(group.id, PostKind.LIAISON)])


def lines(meeting):
    return [(row.unit_name, row.post_title, row.name, row.post_kind) for row in queries.roll_of(meeting)]


def test_the_list_is_made_from_the_posts_of_the_day(staff, meeting):
    assert do(actions.make_roll, meeting, by=staff) == (4, 0)
    assert lines(meeting) == [
        ("县教育局", "局长、妇儿工委委员", "局长甲", PostKind.HEAD),
        ("县卫健委", "", "", PostKind.HEAD),
        ("县教育局", "", "", PostKind.LIAISON),
        ("县卫健委", "科长", "", PostKind.LIAISON),
    ]


def test_later_changes_of_posts_names_and_units_never_change_a_past_meeting(staff, meeting):
    do(actions.make_roll, meeting, by=staff)
    before = lines(meeting)
    row = queries.roll_of(meeting)[0]
    from meetings.directory.models import Person, Post, Unit

    with transaction(by=staff):
        db.session.get(Person, row.person_id).name = "改名"
        db.session.get(Unit, row.unit_id).name = "县教育和体育局"
        for post in db.session.query(Post).filter_by(person_id=row.person_id):
            post.until_on = date(2026, 6, 1)
    assert lines(meeting) == before


def test_somebody_whose_post_began_later_is_not_asked(staff, meeting):
    from meetings.directory.models import Unit

    health = db.session.query(Unit).filter_by(name="县卫健委").one()
    factories.post(health, PostKind.HEAD, person_id=factories.person("后任").id, from_on=date(2026, 6, 1))
    do(actions.make_roll, meeting, by=staff)
    assert "后任" not in [name for _unit, _title, name, _kind in lines(meeting)]


def test_a_unit_stands_under_the_name_of_that_day(staff, meeting):
    from meetings.directory.models import Unit, UnitName

    unit = db.session.query(Unit).filter_by(name="县卫健委").one()
    factories.save(UnitName(unit_id=unit.id, name="县卫生局", short_name="县卫生局", until_on=date(2026, 6, 1)))
    do(actions.make_roll, meeting, by=staff)
    assert "县卫生局" in [line[0] for line in lines(meeting)]


def test_two_persons_of_one_name_stay_two(staff, meeting):
    from meetings.directory.models import Unit

    units = db.session.query(Unit).order_by(Unit.position).all()
    for unit in units[-2:]:
        factories.post(unit, PostKind.LIAISON, person_id=factories.person("张三").id, title="干部")
    do(actions.make_roll, meeting, by=staff)
    same = [row for row in queries.roll_of(meeting) if row.name == "张三"]
    assert len({row.person_id for row in same}) == 2
    assert len(queries.people_on(staff, date(2026, 5, 20))) == len(
        {label for _id, label, _more in queries.people_on(staff, date(2026, 5, 20))}
    )


def test_one_person_asked_twice_comes_once(staff, meeting):
    from meetings.directory.models import Person, Unit

    head = db.session.query(Person).filter_by(name="局长甲").one()
    unit = db.session.query(Unit).filter_by(name="县卫健委").one()
    factories.post(unit, PostKind.HEAD, person_id=head.id, title="党组成员")
    do(actions.make_roll, meeting, by=staff)
    rows = [row for row in queries.roll_of(meeting) if row.person_id == head.id]
    assert len(rows) == 1
    assert rows[0].post_title == "局长、妇儿工委委员、县卫健委党组成员"


def test_making_the_list_again_keeps_marks_and_guests_and_takes_off_who_is_not_asked(staff, meeting):
    do(actions.make_roll, meeting, by=staff)
    rows = queries.roll_of(meeting)
    do(actions.save_roll, meeting, [RollMark(rows[2].id, 1, AttendanceState.ABSENT, "", "", "")], by=staff)
    do(actions.add_attendee, meeting, by=staff, **{**ATTENDEE, "name": "特邀代表"})
    group_id = queries.find(meeting.id, actor=staff).scopes[0].group_id
    details = {**DETAILS, "kind_id": meeting.kind_id, "scopes": [ScopeKey(group_id, PostKind.HEAD)]}
    do(actions.edit_meeting, meeting, by=staff, **details)
    assert do(actions.make_roll, meeting, by=staff) == (0, 1)
    states = [(row.unit_name or row.name, row.state) for row in queries.roll_of(meeting)]
    assert states == [
        ("县教育局", AttendanceState.EXPECTED),
        ("县卫健委", AttendanceState.EXPECTED),
        ("县教育局", AttendanceState.ABSENT),
        ("特邀代表", AttendanceState.EXPECTED),
    ]
    assert do(actions.make_roll, meeting, by=staff) == (0, 0)


def test_without_a_range_there_is_no_list(staff):
    factories.meeting_kind()
    with pytest.raises(DomainError) as refused:
        do(actions.make_roll, create(staff), by=staff)
    assert refused.value.code == "attendance.no_scope"


def test_all_present_marks_only_who_is_not_marked(staff, meeting):
    do(actions.make_roll, meeting, by=staff)
    first = queries.roll_of(meeting)[0]
    do(actions.save_roll, meeting, [RollMark(first.id, 1, AttendanceState.ON_LEAVE, "", "", "病假")], by=staff)
    assert do(actions.mark_all_present, meeting, by=staff) == 3
    states = [row.state for row in queries.roll_of(meeting)]
    assert states == [AttendanceState.ON_LEAVE] + [AttendanceState.PRESENT] * 3


def test_all_present_takes_who_was_named_to_come_instead(staff, meeting):
    do(actions.make_roll, meeting, by=staff)
    first = queries.roll_of(meeting)[0]
    do(actions.save_roll, meeting, [RollMark(first.id, 1, AttendanceState.EXPECTED, "甲", "副局长", "")], by=staff)
    do(actions.mark_all_present, meeting, by=staff)
    states = [row.state for row in queries.roll_of(meeting)]
    assert states == [AttendanceState.SUBSTITUTE] + [AttendanceState.PRESENT] * 3


def test_a_line_that_somebody_else_marked_meanwhile_is_not_overwritten(staff, meeting):
    do(actions.make_roll, meeting, by=staff)
    first, second, *_rest = queries.roll_of(meeting)
    do(actions.save_roll, meeting, [RollMark(first.id, 1, AttendanceState.ABSENT, "", "", "")], by=staff)
    stale = [
        RollMark(first.id, 1, AttendanceState.PRESENT, "", "", ""),
        RollMark(second.id, 1, AttendanceState.LATE, "", "", ""),
    ]
    with pytest.raises(DomainError) as refused:
        do(actions.save_roll, meeting, stale, by=staff)
    assert refused.value.details["ids"] == [first.id]
    assert [row.state for row in queries.roll_of(meeting)][:2] == [AttendanceState.ABSENT, AttendanceState.EXPECTED]


def test_a_line_of_another_meeting_is_not_found(staff, meeting):
    do(actions.make_roll, meeting, by=staff)
    other = create(staff)
    mark = RollMark(queries.roll_of(meeting)[0].id, 1, AttendanceState.PRESENT, "", "", "")
    with pytest.raises(NotFound):
        do(actions.save_roll, other, [mark], by=staff)


def test_a_guest_from_the_directory_brings_the_posts_of_the_day(staff, meeting):
    from meetings.directory.models import Person

    person = db.session.query(Person).filter_by(name="局长甲").one()
    row = do(actions.add_attendee, meeting, by=staff, person_id=person.id, **ATTENDEE)
    assert (row.unit_name, row.post_title, row.name, row.capacity) == (
        "县教育局",
        "局长、妇儿工委委员",
        "局长甲",
        Capacity.OBSERVER,
    )


def test_arrival_and_leaving_hang_on_the_agenda_in_its_order(staff, meeting):
    first = do(actions.add_item, meeting, by=staff, **ITEM)
    second = do(actions.add_item, meeting, by=staff, **ITEM)
    with pytest.raises(DomainError) as refused:
        do(
            actions.add_attendee,
            meeting,
            by=staff,
            **{**ATTENDEE, "name": "某", "arrived_item_id": second.id, "left_item_id": first.id},
        )
    assert refused.value.code == "attendance.left_before_arrival"
    do(
        actions.add_attendee,
        meeting,
        by=staff,
        **{**ATTENDEE, "name": "某", "arrived_item_id": first.id, "left_item_id": second.id},
    )
    with pytest.raises(DomainError) as refused, transaction(by=staff):
        found = queries.find_to_change(meeting.id, actor=staff)
        actions.remove_item(found, queries.find_item(found, first.id), by=staff)
    assert refused.value.code == "agenda.in_use"


def test_who_was_marked_is_not_taken_off(staff, meeting):
    do(actions.make_roll, meeting, by=staff)
    do(actions.mark_all_present, meeting, by=staff)
    with pytest.raises(DomainError) as refused:
        do(actions.remove_attendee, meeting, queries.roll_of(meeting)[0], by=staff)
    assert refused.value.code == "attendance.has_mark"


# --- speeches and requirements ------------------------------------------------------------------------------------


def test_a_speaker_from_the_directory_is_named_with_all_posts_of_that_day(staff, meeting):
    from meetings.directory.models import Person, Post

    person = db.session.query(Person).filter_by(name="局长甲").one()
    speech = do(actions.add_speech, meeting, by=staff, **{**SPEECH, "person_id": person.id})
    with transaction(by=staff):
        for post in db.session.query(Post).filter_by(person_id=person.id):
            post.until_on = date(2026, 6, 1)
    assert speech.speaker == "县教育局局长、妇儿工委委员局长甲"


def test_a_unit_or_a_guest_may_speak_and_nobody_may_not(staff, meeting):
    from meetings.directory.models import Unit

    unit = db.session.query(Unit).filter_by(name="县卫健委").one()
    assert do(actions.add_speech, meeting, by=staff, **{**SPEECH, "unit_id": unit.id}).speaker == "县卫健委"
    guest = {**SPEECH, "speaker_name": "来宾", "speaker_post": "村妇联主席"}
    assert do(actions.add_speech, meeting, by=staff, **guest).speaker == "村妇联主席来宾"
    with pytest.raises(DomainError) as refused:
        do(actions.add_speech, meeting, by=staff, **SPEECH)
    assert refused.value.field == "person_id"


def test_requirements_are_numbered_within_the_meeting_and_keep_their_place(staff, meeting):
    speech = do(actions.add_speech, meeting, by=staff, **{**SPEECH, "speaker_post": "副县长"})
    for start, end in ((0, 6), (6, 12)):
        do(
            actions.add_requirement,
            meeting,
            by=staff,
            section=Section.REQUIRED,
            text=speech.text[start:end],
            speech_id=speech.id,
            start=start,
            end=end,
        )
    assert [r.number for r in queries.requirements_of(meeting)] == [1, 2]
    with transaction(by=staff):
        found = queries.find_to_change(meeting.id, actor=staff)
        again = queries.find_speech(found, speech.id)
        actions.edit_speech(
            found, again, by=staff, **{**SPEECH, "speaker_post": "副县长", "text": "会议要求，" + SPEECH["text"]}
        )
    assert [again.text[r.start : r.end] for r in queries.requirements_of(meeting)] == ["要摸清底数。", "要建立台账。"]
    with pytest.raises(DomainError) as refused, transaction(by=staff):
        found = queries.find_to_change(meeting.id, actor=staff)
        again = queries.find_speech(found, speech.id)
        actions.edit_speech(found, again, by=staff, **{**SPEECH, "speaker_post": "副县长", "text": "要摸清底数。"})
    assert refused.value.details["numbers"] == "2"


def test_a_requirement_stands_within_a_speech_of_its_meeting(staff, meeting):
    other = create(staff)
    speech = do(actions.add_speech, other, by=staff, **{**SPEECH, "speaker_post": "副县长"})
    with pytest.raises(NotFound):
        do(
            actions.add_requirement,
            meeting,
            by=staff,
            section=Section.REQUIRED,
            text="要",
            speech_id=speech.id,
            start=0,
            end=1,
        )
    with pytest.raises(DomainError) as refused:
        do(
            actions.add_requirement,
            other,
            by=staff,
            section=Section.REQUIRED,
            text="要",
            speech_id=speech.id,
            start=0,
            end=99,
        )
    assert refused.value.code == "requirement.outside_text"


def test_agenda_items_change_places(staff, meeting):
    items = [do(actions.add_item, meeting, by=staff, **{**ITEM, "title": title}) for title in "甲乙丙"]
    with transaction(by=staff):
        found = queries.find_to_change(meeting.id, actor=staff)
        actions.move_item(found, queries.find_item(found, items[2].id), is_up=True, by=staff)
        actions.move_item(found, queries.find_item(found, items[0].id), is_up=True, by=staff)
    assert [item.title for item in queries.agenda_of(meeting)] == ["甲", "丙", "乙"]


# --- minutes ------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(staff, meeting):
    do(actions.announce, meeting, by=staff)
    do(actions.hold, meeting, by=staff)
    return meeting


def save(meeting, text, by):
    with transaction(by=by):
        found = queries.find_to_change(meeting.id, actor=by)
        return actions.save_minutes(found, queries.minutes_of(found), text=text, by=by)


def issue(meeting, by, **more):
    with transaction(by=by):
        found = queries.find_to_change(meeting.id, actor=by)
        values = {"signed_by": "办公室主任", "signed_on": date(2026, 7, 14), **more}
        actions.issue_minutes(found, queries.minutes_of(found), **values, by=by)


def reopen(meeting, by, reason="更正人数"):
    with transaction(by=by):
        found = queries.find_to_change(meeting.id, actor=by)
        actions.reopen_minutes(found, queries.minutes_of(found), reason=reason, by=by)


def test_each_saving_leaves_a_revision_and_the_same_text_none(staff, held):
    for text in ("第一稿", "第一稿", "第二稿"):
        minutes = save(held, text, staff)
    assert [(row.revision, row.saved_by_name) for row in queries.revisions_of(minutes)] == [
        (2, staff.name),
        (1, staff.name),
    ]
    assert queries.revision_of(minutes, 1).text == "第一稿"


def test_issued_minutes_are_locked_until_the_director_reopens_them_with_a_reason(staff, held):
    save(held, "定稿", staff)
    issue(held, staff)
    assert held.status is MeetingStatus.MINUTED
    with pytest.raises(DomainError) as refused:
        save(held, "改稿", staff)
    assert refused.value.code == "meeting.is_minuted"
    director = factories.director()
    reopen(held, director)
    minutes = save(held, "改稿", staff)
    assert queries.issued_text(minutes) == "定稿"  # what units read until the next issue
    issue(held, staff)
    assert queries.issued_text(minutes) == "改稿"
    assert [row.reason for row in queries.revisions_of(minutes)] == ["", "更正人数", ""]


def test_the_place_in_the_series_stays_after_reopening(staff, held):
    save(held, "定稿", staff)
    issue(held, staff)
    reopen(held, factories.director())
    assert held.sequence == 1
    factories_more = create(staff)
    do(actions.announce, factories_more, by=staff)
    assert factories_more.sequence == 2


def test_empty_minutes_and_wrong_days_are_refused(staff, held):
    with pytest.raises(DomainError) as refused:
        issue(held, staff)
    assert refused.value.code == "minutes.empty"
    save(held, "定稿", staff)
    for day, code in (
        (date(2026, 7, 15), "minutes.signed_ahead"),
        (date(2026, 5, 19), "minutes.signed_before_meeting"),
    ):
        with pytest.raises(DomainError) as refused:
            issue(held, staff, signed_on=day)
        assert refused.value.code == code


def test_a_first_text_says_what_was_recorded_and_nothing_else(staff, held):
    do(actions.make_roll, held, by=staff)
    do(actions.mark_all_present, held, by=staff)
    document = factories.document(title="评估工作方案")
    do(actions.add_item, held, by=staff, **{**ITEM, "presenter": "副县长", "document_id": document.id})
    do(actions.add_speech, held, by=staff, **{**SPEECH, "speaker_post": "副县长"})
    for section, text in ((Section.POINTED_OUT, "要认清形势。"), (Section.RESOLVED, "8月底前报时间表")):
        do(actions.add_requirement, held, by=staff, section=section, text=text)
    draft = rules.minutes_draft(
        rules.Record(
            held,
            queries.agenda_of(held),
            queries.speeches_of(held),
            queries.requirements_of(held),
            queries.roll_of(held),
            words.SPEECH_KINDS,
            words.POSTS_IN_GROUP,
        )
    )
    assert draft.startswith("2026年5月20日，县政协副主席在县政府会议室主持召开妇女儿童工作会议。应到 4 人，实到 4 人")
    assert "1. 宣读《评估工作方案》（副县长）" in draft
    assert "副县长（讲话）" in draft
    assert "会议指出，要认清形势。" in draft
    assert "会议议定以下事项：\n1. 8月底前报时间表。" in draft
    assert "出席：县教育局局长、妇儿工委委员局长甲、县卫健委主要负责人" in draft
    assert "请假" not in draft.split("出席：")[1]


def test_an_archived_meeting_changes_no_more(staff, held):
    save(held, "定稿", staff)
    issue(held, staff)
    do(actions.archive, held, by=staff)
    for act, more in ((actions.add_speech, {**SPEECH, "speaker_post": "副县长"}), (actions.add_item, ITEM)):
        with pytest.raises(DomainError) as refused:
            do(act, held, by=staff, **more)
        assert refused.value.code == "meeting.is_archived"
    assert db.session.get(Meeting, held.id).status is MeetingStatus.ARCHIVED
