"""Meetings set up, listed, led through their steps; their kinds; what units see of them."""

import re

import pytest

from meetings.accounts.models import Role
from meetings.core.db import db, transaction
from meetings.meetings import actions, queries
from meetings.meetings.models import (
    Attendance,
    Meeting,
    MeetingKind,
    MeetingScope,
    MeetingStatus,
)
from tests import factories
from tests.meetings.record import meeting_form
from tests.meetings.rows import count
from tests.pages import check


def test_a_meeting_is_set_up_from_the_form(client, kind, group):
    answer = client.get("/meetings/new")
    check(answer.text)
    assert "各成员单位：主要负责人" in answer.text
    data = meeting_form(
        kind,
        begins_at="10:00",
        ends_at="12:20",
        place="县政府会议室",
        chair_post="县政协副主席",
        scopes=[f"{group.id}:head", f"{group.id}:liaison"],
    )
    answer = client.post("/meetings/new", data=data)
    found = db.session.query(Meeting).one()
    assert (answer.status_code, answer.location) == (303, f"/meetings/{found.id}")
    assert count(MeetingScope) == 2
    page = client.get(answer.location)
    check(page.text)
    assert "2026年5月20日（星期三）10:00—12:20，县政府会议室；县政协副主席主持；拟办" in page.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": ""}, "请填写会议名称"),
        ({"title": "会" * 201}, "会议名称最多 200 字，现有 201 字"),
        ({"title": "机密★会议"}, "有密级标志"),
        ({"title": "会\x07议"}, "控制字符"),
        ({"kind_id": "999"}, "请从列表中选择会议类型"),
        ({"held_on": "5月20日"}, "会议日期应是一个日期"),
        ({"held_on": ""}, "请填写会议日期；日子不确定的"),
        ({"begins_at": "12:00", "ends_at": "10:00"}, "结束时间应晚于开始时间"),
        ({"previous_id": "999"}, "请从列表中选择上次会议"),
        ({"scopes": ["x"]}, "请从列表中选择参会范围"),
        ({"scopes": ["999:head"]}, "请从列表中选择参会范围"),
    ],
)
def test_wrong_input_is_shown_again_with_the_reason_and_what_was_typed(client, kind, group, wrong, message):
    answer = client.post(
        "/meetings/new", data=meeting_form(kind, place="三楼㐂龘𠮷𬱖") | {"scopes": [f"{group.id}:head"]} | wrong
    )
    assert answer.status_code == 200
    if "\x07" not in str(wrong):
        check(answer.text)
    assert message in answer.text
    assert "三楼㐂龘𠮷𬱖" in answer.text
    if "scopes" not in wrong:
        assert re.search(rf'value="{group.id}:head"[^>]*checked', answer.text)
    assert count(Meeting) == 0


def test_a_form_sent_twice_makes_one_meeting(client, kind):
    first = client.post("/meetings/new", data=meeting_form(kind))
    again = client.post("/meetings/new", data=meeting_form(kind))
    assert again.location == first.location
    assert count(Meeting) == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.OBSERVER, Role.LIAISON, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_who_does_not_record_meetings_cannot_set_one_up(client_as, kind, unit, role):
    client = client_as(factories.actor(role, unit=unit))
    assert client.get("/meetings/new").status_code == 404
    assert client.post("/meetings/new", data=meeting_form(kind)).status_code == 404
    assert count(Meeting) == 0


def test_a_stranger_is_sent_to_sign_in(stranger, meeting):
    for path in ("", f"{meeting.id}", f"{meeting.id}/attendance", "kinds"):
        assert "/sign-in" in stranger.get(f"/meetings/{path}").location
    assert stranger.post(f"/meetings/{meeting.id}/announce").status_code == 401


def test_the_list_is_filtered_by_year_kind_status_and_words(client, kind, staff, statements):
    other = factories.meeting_kind("联络员会议")
    factories.meeting(
        kind_id=kind.id, title="推进会甲", held_on=None, year=2023, day_text="近日", status=MeetingStatus.DRAFT
    )
    for n in range(3):
        factories.meeting(kind_id=other.id, title=f"联络员会{n}")
    client.get("/meetings/")  # what the frame says is kept
    statements.clear()
    page = client.get("/meetings/").text
    assert len(statements) <= 4
    check(page)
    assert page.index("推进会甲") < page.index("联络员会2")
    assert "共 4 次会议" in page
    for query, shown in (
        ("year=2023", 1),
        ("year=2026", 3),
        (f"kind={other.id}", 3),
        ("status=draft", 1),
        ("q=甲", 1),
        ("q=无", 0),
    ):
        page = client.get(f"/meetings/?{query}").text
        check(page)
        assert f"共 {shown} 次" in page
    assert client.get("/meetings/?year=x&kind=-1&status=y&page=99999999999").status_code == 200


def test_an_empty_list_says_what_to_do_first(client, client_as, unit):
    assert "还没有会议。新建会议后" in client.get("/meetings/").text
    page = client_as(factories.liaison(unit)).get("/meetings/").text
    check(page)
    assert "纪要印发后，参会单位在这里看到" in page


def test_two_who_edit_one_meeting_see_both_texts(client, meeting):
    form = client.get(f"/meetings/{meeting.id}/edit").text
    check(form)
    data = {"title": "甲稿", "kind_id": meeting.kind_id, "held_on": "2026-05-20", "version": "1"}
    assert client.post(f"/meetings/{meeting.id}/edit", data=data | {"form_key": "a"}).status_code == 303
    answer = client.post(f"/meetings/{meeting.id}/edit", data=data | {"form_key": "b", "title": "乙稿"})
    assert answer.status_code == 409
    check(answer.text)
    assert "<del>甲</del>" in answer.text
    assert "<ins>乙</ins>" in answer.text
    assert db.session.get(Meeting, meeting.id).title == "甲稿"


def test_the_steps_are_buttons_that_disappear_when_done(client, kind):
    meeting = factories.meeting(kind_id=kind.id, status=MeetingStatus.DRAFT)
    page = client.get(f"/meetings/{meeting.id}").text
    assert "发出通知并编次" in page
    assert "登记为已召开" not in page
    answer = client.post(f"/meetings/{meeting.id}/announce", data={"form_key": "a"})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    check(page)
    assert "2026年第1次" in page
    assert "发出通知并编次" not in page
    again = client.post(f"/meetings/{meeting.id}/announce", data={"form_key": "b"})
    assert again.status_code == 409
    assert db.session.get(Meeting, meeting.id).sequence == 1
    assert client.post(f"/meetings/{meeting.id}/hold", data={"form_key": "c"}).status_code == 303
    assert db.session.get(Meeting, meeting.id).status is MeetingStatus.HELD


def test_a_meeting_is_cancelled_with_a_reason(client, kind):
    meeting = factories.meeting(kind_id=kind.id, status=MeetingStatus.ANNOUNCED)
    check(client.get(f"/meetings/{meeting.id}/cancel").text)
    answer = client.post(f"/meetings/{meeting.id}/cancel", data={"form_key": "a", "version": "1", "reason": ""})
    assert "请填写取消原因" in answer.text
    answer = client.post(f"/meetings/{meeting.id}/cancel", data={"form_key": "b", "version": "1", "reason": "防汛"})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    check(page)
    assert "会议已取消：防汛" in page
    answer = client.get(f"/meetings/{meeting.id}/edit")
    assert answer.status_code == 409
    assert "会议已经取消" in answer.text


def test_a_leader_reads_all_and_is_told_who_records(client_as, meeting):
    client = client_as(factories.actor(Role.LEADER))
    for tab in ("", "/agenda", "/attendance", "/minutes", "/files"):
        page = client.get(f"/meetings/{meeting.id}{tab}")
        assert page.status_code == 200
        check(page.text)
    answer = client.post(f"/meetings/{meeting.id}/archive", data={"form_key": "a"})
    assert answer.status_code == 403
    assert "妇儿工委办主任、工作人员" in answer.text


def test_meetings_of_another_committee_and_unknown_ones_are_not_found(client, session):
    other = factories.committee()
    foreign_kind = factories.save(MeetingKind(committee_id=other.id, name="会议"))
    foreign = factories.meeting(committee_id=other.id, kind_id=foreign_kind.id)
    for id_ in (foreign.id, 99999):
        for tab in ("", "/edit", "/agenda", "/attendance", "/minutes", "/files", "/minutes/edit", "/agenda/new"):
            assert client.get(f"/meetings/{id_}{tab}").status_code == 404
        assert client.post(f"/meetings/{id_}/announce", data={"form_key": f"x{id_}"}).status_code == 404
    assert client.get(f"/meetings/kinds/{foreign_kind.id}").status_code == 404


def test_the_list_of_kinds_is_the_offices_own(client):
    page = client.get("/meetings/kinds").text
    check(page)
    assert "列入常用会议类型" in page
    client.post("/meetings/kinds/usual", data={"form_key": "a"})
    assert count(MeetingKind) == 11
    client.post("/meetings/kinds/new", data={"form_key": "b", "name": "现场会", "position": "5", "is_active": "y"})
    page = client.get("/meetings/kinds").text
    check(page)
    assert page.index("现场会") < page.index("全体会议")
    answer = client.post("/meetings/kinds/new", data={"form_key": "c", "name": "现场会", "position": "5"})
    check(answer.text)
    assert "已有名为“现场会”的会议类型" in answer.text


def test_a_kind_out_of_use_is_not_offered_and_the_last_one_stays(client, kind):
    answer = client.post(f"/meetings/kinds/{kind.id}", data={"form_key": "a", "name": kind.name, "position": "1"})
    assert "至少保留一种" in answer.text
    factories.meeting_kind("座谈会")
    client.post(f"/meetings/kinds/{kind.id}", data={"form_key": "b", "name": kind.name, "position": "1"})
    page = client.get("/meetings/new").text
    assert "座谈会" in page
    assert kind.name not in page


def issue(meeting, by, text="纪要定稿"):
    from datetime import date

    with transaction(by=by):
        found = queries.find_to_change(meeting.id, actor=by)
        actions.save_minutes(found, queries.minutes_of(found), text=text, by=by)
        actions.issue_minutes(found, queries.minutes_of(found), signed_by="主任", signed_on=date(2026, 7, 1), by=by)


def test_a_unit_sees_the_issued_minutes_of_its_meetings_and_no_drafts(client_as, meeting, unit, staff):
    client = client_as(factories.liaison(unit))
    assert client.get(f"/meetings/{meeting.id}/minutes").status_code == 404
    issue(meeting, staff)
    for tab in ("", "/minutes"):
        page = client.get(f"/meetings/{meeting.id}{tab}")
        assert page.status_code == 200
        check(page.text)
    assert "纪要定稿" in page.text
    assert "修改记录" not in page.text
    page = client.get("/meetings/").text
    check(page)
    assert meeting.title in page
    for tab in ("/agenda", "/attendance", "/files", "/minutes/edit", "/minutes/revisions/1", "/edit"):
        assert client.get(f"/meetings/{meeting.id}{tab}").status_code == 404
    director = factories.director()
    with transaction(by=director):
        found = queries.find_to_change(meeting.id, actor=director)
        actions.reopen_minutes(found, queries.minutes_of(found), reason="更正", by=director)
        actions.save_minutes(found, queries.minutes_of(found), text="改到一半", by=director)
    page = client.get(f"/meetings/{meeting.id}/minutes").text
    check(page)
    assert "纪要定稿" in page
    assert "改到一半" not in page


def test_a_unit_that_was_only_on_the_list_belongs_to_the_meeting_too(client_as, kind, unit, staff):
    meeting = factories.meeting(kind_id=kind.id)
    factories.save(Attendance(meeting_id=meeting.id, position=1, unit_id=unit.id, unit_name=unit.name))
    issue(meeting, staff)
    assert client_as(factories.liaison(unit)).get(f"/meetings/{meeting.id}/minutes").status_code == 200


def test_a_unit_that_does_not_belong_sees_nothing(client_as, meeting, staff):
    issue(meeting, staff)
    client = client_as(factories.liaison(factories.unit("县气象局")))
    assert client.get(f"/meetings/{meeting.id}").status_code == 404
    assert client.get(f"/meetings/{meeting.id}/minutes").status_code == 404
    assert meeting.title not in client.get("/meetings/").text


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_the_three_administrators_see_no_meetings(client_as, meeting, staff, role):
    issue(meeting, staff)
    client = client_as(factories.actor(role))
    for path in ("", f"{meeting.id}", f"{meeting.id}/minutes", f"{meeting.id}/files"):
        assert client.get(f"/meetings/{path}").status_code == 404
