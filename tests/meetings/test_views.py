"""The pages of meetings: what works, who is refused, what is shown again."""

import re
from io import BytesIO

import pytest

from meetings.accounts.models import Role
from meetings.audit.models import AccessEntry, AccessKind
from meetings.core.db import db, transaction
from meetings.directory.models import PostKind
from meetings.meetings import actions, queries
from meetings.meetings.models import (
    AgendaItem,
    Attendance,
    AttendanceState,
    Meeting,
    MeetingFile,
    MeetingKind,
    MeetingScope,
    MeetingStatus,
    Minutes,
    MinutesRevision,
    Speech,
)
from tests import factories
from tests.meetings.record import attendee_form, item_form, meeting_form, roll_data, speech_form
from tests.pages import check


@pytest.fixture
def staff(session):
    return factories.staff()


@pytest.fixture
def client(client_as, staff):
    return client_as(staff)


@pytest.fixture
def kind(session):
    return factories.meeting_kind("妇女儿童工作会议")


@pytest.fixture
def unit(session):
    return factories.unit("县教育局", position=1)


@pytest.fixture
def group(unit):
    return factories.group(unit, factories.unit("县卫健委", position=2), name="各成员单位")


@pytest.fixture
def meeting(kind, group):
    """A meeting that is announced and was to be held on 20 May 2026, with its list."""
    found = factories.meeting(kind_id=kind.id, status=MeetingStatus.HELD, year=2026, sequence=1)
    factories.save(MeetingScope(meeting_id=found.id, group_id=group.id, post_kind=PostKind.HEAD))
    return found


def count(model):
    return db.session.query(model).count()


def set_status(meeting, status):
    with transaction(by=factories.staff()):
        db.session.get(Meeting, meeting.id).status = status


# --- set up and list ----------------------------------------------------------------------------------------------


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


# --- steps --------------------------------------------------------------------------------------------------------


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


# --- kinds --------------------------------------------------------------------------------------------------------


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


# --- agenda and speeches ------------------------------------------------------------------------------------------


def test_agenda_items_are_added_changed_moved_and_taken_out(client, meeting):
    base = f"/meetings/{meeting.id}/agenda"
    document = factories.document()
    check(client.get(f"{base}/new").text)
    client.post(f"{base}/new", data=item_form(document_id=document.id, form_key="a"))
    client.post(f"{base}/new", data=item_form(title="讲话", kind="address", form_key="b"))
    first, second = queries.agenda_of(meeting)
    page = client.get(base).text
    check(page)
    assert "评估工作方案" in page
    client.post(f"{base}/{second.id}/move", data={"form_key": "c", "to": "up"})
    assert [item.title for item in queries.agenda_of(meeting)] == ["讲话", "宣读评估工作方案"]
    check(client.get(f"{base}/{first.id}").text)
    client.post(f"{base}/{first.id}", data=item_form(title="宣读方案", version=first.version, form_key="d"))
    assert queries.find_item(meeting, first.id).title == "宣读方案"
    client.post(f"{base}/{second.id}/remove", data={"form_key": "e"})
    assert count(AgendaItem) == 1


def test_an_item_that_a_speech_hangs_on_stays(client, meeting):
    item = factories.save(AgendaItem(meeting_id=meeting.id, position=1, kind="reading", title="宣读"))
    factories.speech(meeting, agenda_item_id=item.id)
    answer = client.post(f"/meetings/{meeting.id}/agenda/{item.id}/remove", data={"form_key": "a"})
    assert answer.status_code == 409
    assert "请先改挂到别的议程" in answer.text


def test_a_speech_is_recorded_with_its_files(client, meeting):
    base = f"/meetings/{meeting.id}/speeches"
    check(client.get(f"{base}/new").text)
    data = speech_form(files=[(BytesIO("发言稿".encode()), "发言稿.txt")])
    answer = client.post(f"{base}/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    speech = db.session.query(Speech).one()
    page = client.get(f"{base}/{speech.id}")
    check(page.text)
    assert "要摸清底数。" in page.text
    assert "发言稿.txt" in page.text
    check(client.get(f"/meetings/{meeting.id}/agenda").text)
    link = db.session.query(MeetingFile).one()
    assert link.speech_id == speech.id


def test_what_was_typed_into_a_speech_stays_when_it_is_refused(client, meeting):
    data = speech_form(text_status="reviewed", begins_at="11:00", ends_at="10:00", key_points="要点㐂")
    answer = client.post(f"/meetings/{meeting.id}/speeches/new", data=data)
    check(answer.text)
    assert "结束时间应晚于开始时间" in answer.text
    assert "要点㐂" in answer.text
    answer = client.post(f"/meetings/{meeting.id}/speeches/new", data=speech_form(text_status="reviewed", form_key="z"))
    assert "请填写审定人" in answer.text
    assert count(Speech) == 0


def test_a_list_of_names_with_phones_asks_and_the_decision_is_logged(client, meeting, staff):
    data = speech_form(text="张某某 13800000001，李某某 13800000002")
    answer = client.post(f"/meetings/{meeting.id}/speeches/new", data=data)
    check(answer.text)
    assert "请删去，只写人数" in answer.text
    assert count(Speech) == 0
    client.post(f"/meetings/{meeting.id}/speeches/new", data=data | {"personal_data_confirmed": "y"})
    assert count(Speech) == 1
    assert (
        db.session.query(AccessEntry).filter_by(kind=AccessKind.PERSONAL_DATA_KEPT, user_id=staff.user_id).count() == 1
    )


def test_a_text_whose_sentence_is_required_elsewhere_keeps_it(client, meeting):
    speech = factories.speech(meeting, text="要摸清底数。")
    factories.requirement(meeting, number=4, speech_id=speech.id, start=0, end=6)
    data = speech_form(text="要核实。", version=speech.version)
    answer = client.post(f"/meetings/{meeting.id}/speeches/{speech.id}/edit", data=data)
    check(answer.text)
    assert "第 4 条要求出自这份文字稿" in answer.text
    assert client.post(f"/meetings/{meeting.id}/speeches/{speech.id}/remove", data={"form_key": "r"}).status_code == 409


# --- attendance ---------------------------------------------------------------------------------------------------


@pytest.fixture
def roll(client, meeting):
    client.post(f"/meetings/{meeting.id}/attendance/make", data={"form_key": "make"})
    return queries.roll_of(meeting)


def test_the_list_is_made_and_marked_in_one_form(client, meeting, roll, statements):
    address = f"/meetings/{meeting.id}/attendance"
    statements.clear()
    page = client.get(address)
    assert len(statements) <= 7
    check(page.text)
    first, second = roll
    data = roll_data(client, meeting, **{
        f"state_{first.id}": "substitute", f"substitute_post_{first.id}": "副局长", f"state_{second.id}": "on_leave",
        f"reason_{second.id}": "赴州开会",
    })  # fmt: skip
    answer = client.post(address, data=data)
    assert answer.status_code == 303
    page = client.get(address).text
    check(page)
    assert "到会率 50.0%（1/2）" in page
    assert "主要负责人本人到会 0.0%（0/2）" in page
    assert "另有代会 1 人" in page
    assert client.post(address, data=data).location == address  # sent again: nothing more happens
    assert db.session.get(Attendance, first.id).version == 2


def test_one_press_marks_all_who_are_not_marked(client, meeting, roll):
    first, _second = roll
    data = roll_data(client, meeting, **{f"state_{first.id}": "absent"})
    client.post(f"/meetings/{meeting.id}/attendance", data=data | {"all_present": "1"})
    assert [row.state for row in queries.roll_of(meeting)] == [AttendanceState.ABSENT, AttendanceState.PRESENT]


def test_a_wrong_mark_is_shown_beside_its_line_and_nothing_is_saved(client, meeting, roll):
    first, second = roll
    marks = {f"state_{first.id}": "substitute", f"state_{second.id}": "late", f"reason_{second.id}": "10:15 到会"}
    answer = client.post(f"/meetings/{meeting.id}/attendance", data=roll_data(client, meeting, **marks))
    assert answer.status_code == 200
    check(answer.text)
    assert "代会的请填写代会人姓名或职务" in answer.text
    assert "10:15 到会" in answer.text
    assert {row.state for row in queries.roll_of(meeting)} == {AttendanceState.EXPECTED}
    answer = client.post(
        f"/meetings/{meeting.id}/attendance", data=roll_data(client, meeting, **{f"state_{first.id}": "king"})
    )
    check(answer.text)
    assert "请从列表中选择" in answer.text


def test_two_who_mark_different_lines_do_not_meet(client, meeting, roll):
    first, second = roll
    mine = roll_data(client, meeting, **{f"state_{first.id}": "present"})
    theirs = roll_data(client, meeting, **{f"state_{second.id}": "late"})
    assert client.post(f"/meetings/{meeting.id}/attendance", data=mine).status_code == 303
    assert client.post(f"/meetings/{meeting.id}/attendance", data=theirs).status_code == 303
    assert [row.state for row in queries.roll_of(meeting)] == [AttendanceState.PRESENT, AttendanceState.LATE]


def test_two_who_mark_one_line_see_both_and_the_second_decides(client, meeting, roll):
    first, _second = roll
    mine = roll_data(client, meeting, **{f"state_{first.id}": "present"})
    theirs = roll_data(client, meeting, **{f"state_{first.id}": "on_leave", f"reason_{first.id}": "病假"})
    client.post(f"/meetings/{meeting.id}/attendance", data=theirs)
    answer = client.post(f"/meetings/{meeting.id}/attendance", data=mine)
    assert answer.status_code == 409
    check(answer.text)
    assert "刚才已由别人记为：请假，病假" in answer.text
    assert db.session.get(Attendance, first.id).state is AttendanceState.ON_LEAVE
    seen = re.search(rf'name="seen_{first.id}"\s+value="([^"]*)"', answer.text).group(1)
    again = mine | {f"seen_{first.id}": seen, "form_key": "again"}
    assert client.post(f"/meetings/{meeting.id}/attendance", data=again).status_code == 303
    assert db.session.get(Attendance, first.id).state is AttendanceState.PRESENT


def test_a_line_that_came_meanwhile_is_left_alone(client, meeting, roll):
    data = roll_data(client, meeting)
    client.post(f"/meetings/{meeting.id}/attendance/new", data=attendee_form(state="present"))
    client.post(f"/meetings/{meeting.id}/attendance", data=data)
    assert [row.state for row in queries.roll_of(meeting)][-1] is AttendanceState.PRESENT


def test_guests_are_added_changed_and_taken_off(client, meeting):
    base = f"/meetings/{meeting.id}/attendance"
    check(client.get(f"{base}/new").text)
    answer = client.post(f"{base}/new", data=attendee_form(name="", form_key="x"))
    check(answer.text)
    assert "请填写姓名、单位或职务中的至少一项" in answer.text
    client.post(f"{base}/new", data=attendee_form())
    row = db.session.query(Attendance).one()
    check(client.get(base).text)
    check(client.get(f"{base}/{row.id}").text)
    leave = {
        "files": [(BytesIO(b"%PDF-1.7"), "假条.pdf")],
        "state": "on_leave",
        "reason": "病假",
        "version": row.version,
    }
    client.post(f"{base}/{row.id}", data=attendee_form(form_key="y", **leave), content_type="multipart/form-data")
    row = db.session.query(Attendance).one()
    assert (row.state, row.reason) == (AttendanceState.ON_LEAVE, "病假")
    answer = client.get(f"/meetings/{meeting.id}/leave/{row.leave_file_id}")
    assert answer.data == b"%PDF-1.7"
    assert client.post(f"{base}/{row.id}/remove", data={"form_key": "z"}).status_code == 409


def test_attendance_stands_once_the_minutes_are_issued(client, meeting, roll):
    data = roll_data(client, meeting, **{f"state_{roll[0].id}": "present"})
    set_status(meeting, MeetingStatus.MINUTED)
    page = client.get(f"/meetings/{meeting.id}/attendance").text
    check(page)
    assert "未点的全部记为出席" not in page
    answer = client.post(f"/meetings/{meeting.id}/attendance", data=data)
    assert answer.status_code == 409
    assert "纪要已经印发" in answer.text


def test_a_get_of_any_page_writes_nothing(client, meeting, roll, statements):
    statements.clear()
    for tab in (
        "",
        "/edit",
        "/agenda",
        "/attendance",
        "/minutes",
        "/minutes/edit",
        "/files",
        "/agenda/new",
        "/attendance/new",
    ):
        assert client.get(f"/meetings/{meeting.id}{tab}").status_code == 200
    assert not [sql for sql in statements if not sql.lstrip().upper().startswith(("SELECT", "WITH"))]


def test_the_overview_and_agenda_ask_the_database_little(client, meeting, roll, statements):
    factories.speech(meeting)
    factories.requirement(meeting)
    client.get(f"/meetings/{meeting.id}")  # what the frame says is kept
    for tab, most in (("", 11), ("/agenda", 9), ("/minutes", 6), ("/files", 8)):
        statements.clear()
        assert client.get(f"/meetings/{meeting.id}{tab}").status_code == 200
        assert len(statements) <= most, tab


# --- minutes ------------------------------------------------------------------------------------------------------


def test_minutes_are_proposed_saved_issued_and_reopened(client, client_as, meeting, roll):
    base = f"/meetings/{meeting.id}/minutes"
    page = client.get(f"{base}/edit").text
    check(page)
    assert "系统按议程、参会、发言和要求拟出的初稿" in page
    assert "妇女儿童工作会议召开" in page
    assert count(Minutes) == 0
    assert client.post(f"{base}/edit", data={"form_key": "a", "version": "", "text": "纪要定稿"}).status_code == 303
    minutes = db.session.query(Minutes).one()
    check(client.get(base).text)
    check(client.get(f"{base}/issue").text)
    data = {"form_key": "b", "version": minutes.version, "signed_by": "办公室主任", "signed_on": "2026-07-14"}
    assert client.post(f"{base}/issue", data=data).status_code == 303
    assert db.session.get(Meeting, meeting.id).status is MeetingStatus.MINUTED
    page = client.get(base).text
    check(page)
    assert "已锁定" in page
    assert client.get(f"{base}/edit").status_code == 409
    refused = client.get(f"{base}/reopen")
    assert refused.status_code == 403
    assert "妇儿工委办主任" in refused.text
    director = client_as(factories.director())
    check(director.get(f"{base}/reopen").text)
    version = db.session.query(Minutes).one().version
    director.post(f"{base}/reopen", data={"form_key": "c", "version": version, "reason": "更正应到人数"})
    page = director.get(base).text
    check(page)
    assert "重新打开：更正应到人数" in page
    check(director.get(f"{base}/revisions/1").text)
    assert director.get(f"{base}/revisions/9").status_code == 404


def test_two_editors_of_minutes_see_both_texts_also_at_the_first_saving(client, meeting):
    base = f"/meetings/{meeting.id}/minutes/edit"
    client.post(base, data={"form_key": "a", "version": "", "text": "甲拟的纪要"})
    answer = client.post(base, data={"form_key": "b", "version": "", "text": "乙拟的纪要"})
    assert answer.status_code == 409
    check(answer.text)
    assert "<ins>乙</ins>" in answer.text
    assert [row.text for row in db.session.query(MinutesRevision)] == ["甲拟的纪要"]


def test_hostile_text_in_minutes_is_only_text_also_on_the_conflict_page(client, meeting):
    hostile = "<script>alert(1)</script>"
    base = f"/meetings/{meeting.id}/minutes"
    client.post(f"{base}/edit", data={"form_key": "a", "version": "", "text": hostile})
    page = client.get(base).text
    check(page)
    assert hostile not in page
    answer = client.post(f"{base}/edit", data={"form_key": "b", "version": "", "text": hostile + "二"})
    check(answer.text)
    assert hostile not in answer.text


# --- files --------------------------------------------------------------------------------------------------------


def upload(client, meeting, content, name, **more):
    """As a browser sends it; built by hand, for Werkzeug's client leaves large temporary files open."""
    fields = {"form_key": f"f{len(content)}"} | more
    head = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    )
    head += f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--x--\r\n"
    return client.post(f"/meetings/{meeting.id}/files", data=body, content_type="multipart/form-data; boundary=x")


def test_a_file_is_kept_sent_with_its_name_and_the_sending_is_logged(client, meeting, staff):
    assert upload(client, meeting, b"%PDF-1.7 x", "会议方案㐂.pdf").status_code == 303
    page = client.get(f"/meetings/{meeting.id}/files").text
    check(page)
    assert "会议方案㐂.pdf" in page
    link = db.session.query(MeetingFile).one()
    answer = client.get(f"/meetings/{meeting.id}/files/{link.attachment_id}")
    assert answer.data == b"%PDF-1.7 x"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E4%BC%9A" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert db.session.query(AccessEntry).filter_by(kind=AccessKind.DOWNLOAD, user_id=staff.user_id).count() == 1
    other = factories.meeting(kind_id=meeting.kind_id)
    assert client.get(f"/meetings/{other.id}/files/{link.attachment_id}").status_code == 404
    client.post(f"/meetings/{meeting.id}/files/{link.attachment_id}/remove", data={"form_key": "r"})
    assert client.get(f"/meetings/{meeting.id}/files/{link.attachment_id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"MZ\x90\x00", "方案.pdf", "内容与扩展名 pdf 不符"),
        (b"MZ\x90\x00", "方案.exe", "不在可传的类型之内"),
        ("秘密★1年".encode(), "通知.txt", "有密级标志"),
        ("张某某13800000001\n李某某13800000002".encode(), "名单.txt", "有身份证号或多人姓名电话"),
        (b"%PDF-" + b"0" * 21 * 1024 * 1024, "大.pdf", "超过每个文件 20 MB 的上限"),
    ],
)
def test_a_wrong_file_is_refused_beside_the_field(client, meeting, content, name, message):
    answer = upload(client, meeting, content, name)
    assert answer.status_code == 200
    check(answer.text)
    assert message in answer.text
    assert count(MeetingFile) == 0
    if "电话" in message:
        assert upload(client, meeting, content, name, personal_data_confirmed="y", form_key="again").status_code == 303


def test_forty_megabytes_get_a_page_that_says_so(client, meeting):
    answer = upload(client, meeting, b"%PDF-" + b"0" * 41 * 1024 * 1024, "很大.pdf")
    assert answer.status_code == 413
    check(answer.text)
    assert "文件太大" in answer.text


# --- units --------------------------------------------------------------------------------------------------------


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
