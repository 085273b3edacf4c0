"""Minutes: revisions, lock, reopening, what they say."""

from datetime import date

import pytest

from meetings.core.db import db, transaction
from meetings.core.errors import DomainError
from meetings.meetings import actions, queries, rules, words
from meetings.meetings.models import Meeting, MeetingStatus, Section
from tests import factories
from tests.meetings.acts import ITEM, SPEECH, create, do, of_two_units


@pytest.fixture
def meeting(staff):
    return of_two_units(staff)


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
