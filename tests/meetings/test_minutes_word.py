"""Minutes go to Word and come back: nothing changes but what was edited, and nobody's saving is lost."""

import io

import pytest
from docx import Document
from lxml import html as markup

from meetings.core.db import transaction
from meetings.meetings import actions
from meetings.meetings.models import MeetingStatus, Minutes, MinutesRevision
from tests import factories, pages

TEXT = "会议时间：2026年5月20日\n\n　　会议指出，要摸清底数；\t建立台账。\n=1+1 <b>不是标记</b>\n㐂龘𠮷，一、二"


@pytest.fixture
def meeting(session):
    meeting = factories.meeting(status=MeetingStatus.HELD)
    by = factories.staff()
    with transaction(by=by):
        actions.save_minutes(meeting, None, text=TEXT, by=by)
    return meeting.id


def sent(client, number, content, name="纪要.docx"):
    return client.post(
        f"/meetings/{number}/minutes/from-word",
        data={"form_key": "w", "files": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def edited(content, change):
    document = Document(io.BytesIO(content))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_was_edited_in_word_becomes_a_revision(client_as, session, meeting):
    client = client_as(factories.staff())
    pages.check(client.get(f"/meetings/{meeting}/minutes/from-word").text)
    content = client.get(f"/meetings/{meeting}/minutes/text.docx").data
    assert "完全相同" in sent(client, meeting, content).text

    def change(document):
        document.paragraphs[2].runs[0].text = "　　会议指出，要全面摸清底数；"
        document.add_paragraph("新的一段。")

    page = sent(client, meeting, edited(content, change))
    pages.check(page.text)
    assert "<ins>全面</ins>" in page.text
    form = next(one for one in markup.fromstring(page.text).forms if one.get("action", "").endswith("/minutes/edit"))
    values = {name: value.removeprefix("\n") for name, value in form.form_values()}
    assert client.post(f"/meetings/{meeting}/minutes/edit", data=values).status_code == 303

    minutes = session.query(Minutes).one()
    assert minutes.text == TEXT.replace("要摸清底数；\t建立台账。", "要全面摸清底数；") + "\n新的一段。"
    assert session.query(MinutesRevision).count() == 2


def test_tracked_changes_are_read_as_they_would_be_accepted(client_as, session, meeting):
    client = client_as(factories.staff())
    content = client.get(f"/meetings/{meeting}/minutes/text.docx").data

    def track(document):
        paragraph = document.paragraphs[0]._p
        run = paragraph.r_lst[0]
        put_in = paragraph.makeelement(run.tag.replace("}r", "}ins"), {})
        new = paragraph.makeelement(run.tag, {})
        words = paragraph.makeelement(run.tag.replace("}r", "}t"), {})
        words.text = "（补记）"
        new.append(words)
        put_in.append(new)
        paragraph.append(put_in)
        gone = paragraph.makeelement(run.tag.replace("}r", "}del"), {})
        last = document.paragraphs[4]._p
        gone.append(last.r_lst[0])
        last.append(gone)

    page = sent(client, meeting, edited(content, track))
    assert "（补记）" in page.text
    text = markup.fromstring(page.text).xpath("string(//textarea[@name='text'])")
    assert "㐂" not in text


def test_whoever_saved_meanwhile_is_not_overwritten(client_as, session, meeting):
    staff = factories.staff()
    client = client_as(staff)
    content = client.get(f"/meetings/{meeting}/minutes/text.docx").data
    with transaction(by=staff):
        minutes = session.query(Minutes).one()
        minutes.text = "别人改的"

    page = sent(client, meeting, edited(content, lambda document: document.add_paragraph("我加的。")))
    form = next(one for one in markup.fromstring(page.text).forms if one.get("action", "").endswith("/minutes/edit"))
    answer = client.post(f"/meetings/{meeting}/minutes/edit", data=dict(form.form_values()))

    assert answer.status_code == 409
    assert session.query(Minutes).one().text == "别人改的"


def test_what_is_no_file_of_these_minutes_is_refused(client_as, session, meeting):
    client = client_as(factories.staff())
    other = factories.meeting(status=MeetingStatus.HELD)
    content = client.get(f"/meetings/{meeting}/minutes/text.docx").data
    assert "另一次会议的纪要" in sent(client, other.id, content).text
    assert "PDF 不能直接读取" in sent(client, meeting, b"%PDF-1.7", "a.pdf").text
    unit = factories.unit()
    for path in ("minutes/text.docx", "minutes/from-word"):
        assert client_as(factories.liaison(unit)).get(f"/meetings/{meeting}/{path}").status_code in {403, 404}
