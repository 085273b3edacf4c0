"""Agenda and speeches through their forms."""

from io import BytesIO

from meetings.audit.models import AccessEntry, AccessKind
from meetings.core.db import db
from meetings.meetings import queries
from meetings.meetings.models import (
    AgendaItem,
    MeetingFile,
    Speech,
)
from tests import factories
from tests.meetings.record import item_form, speech_form
from tests.meetings.rows import count
from tests.pages import check


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
