"""Who is asked to a meeting: the list of a day, its marks, its guests."""

from datetime import date

import pytest

from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotFound
from meetings.directory.models import PostKind
from meetings.meetings import actions, queries
from meetings.meetings.models import AttendanceState, Capacity
from meetings.meetings.rules import RollMark, ScopeKey
from tests import factories
from tests.meetings.acts import ATTENDEE, DETAILS, ITEM, create, do, lines, of_two_units


@pytest.fixture
def meeting(staff):
    return of_two_units(staff)


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
