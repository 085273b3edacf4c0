"""Files of a form with a mistake elsewhere: kept until it is sent once more, and no longer than a day."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from meetings.attachments.models import AsideFile
from meetings.core import clock
from meetings.meetings.models import Meeting
from meetings.tasks.models import ProgressReport, TaskStatus
from tests import factories, pages
from tests.tasks.test_views_handling import PDF

TOLD = {"form_key": "k1", "done": "已排查24所", "next_steps": "月底前排查完", "step": "under_way"}


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


@pytest.fixture
def address(unit):
    return f"/tasks/{factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS).id}/progress"


def sent(client, address, *files, **more):
    form = TOLD | more
    if files:
        form["files"] = [(BytesIO(content), name) for name, content in files]
    return client.post(address, data=form, content_type="multipart/form-data")


def ticked(html, name="files"):
    """The files that the page has already, as it sends them."""
    return re.findall(rf'name="{name}-aside" value="(\d+)" checked', html)


def names(session):
    return sorted(row.name for row in session.query(AsideFile))


@pytest.fixture
def loaded(session):
    """The reports' files, with their names."""
    from sqlalchemy.orm import selectinload

    def load():
        session.expire_all()
        row = session.query(ProgressReport).options(selectinload(ProgressReport.files)).one()
        return sorted(file.name for file in row.files)

    return load


def test_a_file_is_not_chosen_twice(client_as, session, unit, address, loaded):
    client = client_as(factories.liaison(unit))

    page = sent(client, address, ("汇总表.pdf", PDF), next_steps="").text

    pages.check(page)
    assert "请写明下一步工作" in page
    assert "汇总表.pdf" in page
    kept = ticked(page)
    assert len(kept) == 1
    again = sent(client, address, ("照片说明.pdf", PDF + b"2"), next_steps="", **{"files-aside": kept}).text
    assert len(ticked(again)) == 2
    assert sent(client, address, **{"files-aside": ticked(again)}).status_code == 303
    assert loaded() == ["汇总表.pdf", "照片说明.pdf"]
    assert names(session) == []


def test_a_file_that_was_unticked_is_left_out(client_as, session, unit, address, loaded):
    client = client_as(factories.liaison(unit))
    page = sent(client, address, ("甲.pdf", PDF), ("乙.pdf", PDF + b"2"), next_steps="").text
    assert sent(client, address, **{"files-aside": ticked(page)[1:]}).status_code == 303
    assert loaded() == ["乙.pdf"]


def test_what_would_not_be_taken_is_not_kept(client_as, session, unit, address):
    client = client_as(factories.liaison(unit))
    files = ("好.pdf", PDF), ("程序.exe", b"MZ"), ("名单.txt", "秘密★1年".encode()), ("假.pdf", b"no")
    page = sent(client, address, *files, next_steps="").text
    assert len(ticked(page)) == 1
    assert names(session) == ["好.pdf"]
    for words in ("请写明下一步工作", "“程序.exe”不在可传的类型", "“名单.txt”中有密级标志", "“假.pdf”的内容与扩展名"):
        assert words in page  # said at once with all else that is wrong


def test_a_file_far_too_large_is_named_beside_its_control_and_the_words_stay(client_as, unit, address):
    client = client_as(factories.liaison(unit))
    text = {**TOLD, "done": "已排查二十四所"}
    head = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{word}\r\n' for name, word in text.items()
    )
    head += '--x\r\nContent-Disposition: form-data; name="files"; filename="扫描件.pdf"\r\n\r\n%PDF-1.4'
    body = head.encode() + bytes(40 * 1024 * 1024) + b"\r\n--x--\r\n"
    page = client.post(address, data=body, content_type="multipart/form-data; boundary=x").text
    pages.check(page)
    assert "“扫描件.pdf”有 40.0 MB，超过每个文件 20 MB 的上限" in page
    assert "已排查二十四所" in page


def test_files_of_others_and_of_other_forms_are_not_there(client_as, session, unit, address, loaded):
    kept = ticked(sent(client_as(factories.liaison(unit)), address, ("甲.pdf", PDF), next_steps="").text)
    other = client_as(factories.liaison(unit))
    assert ticked(sent(other, address, next_steps="", **{"files-aside": kept}).text) == []
    assert sent(other, address, form_key="k2", **{"files-aside": [*kept, "x", "9" * 30]}).status_code == 303
    assert loaded() == []


def test_a_refusal_beside_a_field_keeps_the_files_too(client_as, session):
    client = client_as(factories.staff())
    meeting = factories.meeting()
    page = client.post(
        f"/meetings/{meeting.id}/files",
        data={"form_key": "k", "files": [(BytesIO(PDF), "方案.pdf"), (BytesIO(b"MZ"), "程序.exe")]},
        content_type="multipart/form-data",
    ).text
    assert len(ticked(page)) == 1
    assert session.query(Meeting).count() == 1


def test_nobody_came_back_for_a_day(client_as, session, unit, address, frozen_clock):
    client = client_as(factories.liaison(unit))
    sent(client, address, ("昨天.pdf", PDF), next_steps="")
    frozen_clock(clock.now() + timedelta(days=1, minutes=1))
    kept = ticked(sent(client, address, ("今天.pdf", PDF), next_steps="", form_key="k2").text)
    assert sent(client, address, form_key="k2", **{"files-aside": kept}).status_code == 303
    assert names(session) == []
