"""Minutes and files through their pages."""

import pytest

from meetings.audit.models import AccessEntry, AccessKind
from meetings.core.db import db
from meetings.meetings.models import (
    Meeting,
    MeetingFile,
    MeetingStatus,
    Minutes,
    MinutesRevision,
)
from tests import factories
from tests.meetings.rows import count
from tests.pages import check


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


def test_more_than_a_form_may_send_gets_a_page_that_says_so(client, meeting):
    answer = upload(client, meeting, b"%PDF-" + b"0" * 81 * 1024 * 1024, "很大.pdf")
    assert answer.status_code == 413
    check(answer.text)
    assert "文件太大" in answer.text
