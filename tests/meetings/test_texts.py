"""Speeches, requirements and the agenda of a meeting."""

from datetime import date

import pytest

from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotFound
from meetings.meetings import actions, queries
from meetings.meetings.models import Section
from tests.meetings.acts import ITEM, SPEECH, create, do, of_two_units


@pytest.fixture
def meeting(staff):
    return of_two_units(staff)


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
