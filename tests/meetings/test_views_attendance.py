"""The list of who was there: made, marked, two at once."""

import re
from io import BytesIO

from meetings.core.db import db
from meetings.meetings import queries
from meetings.meetings.models import (
    Attendance,
    AttendanceState,
    MeetingStatus,
)
from tests import factories
from tests.meetings.record import attendee_form, roll_data
from tests.meetings.rows import set_status
from tests.pages import check


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
