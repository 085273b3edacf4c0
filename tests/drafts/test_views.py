"""What is typed is kept until it is sent: for its writer alone, and never what may not be stored."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.drafts import rules, words
from meetings.drafts.models import Draft
from meetings.tasks.models import ProgressReport, Task
from tests import factories as make
from tests.pages import check


@pytest.fixture
def unit(session):
    return make.unit("县教育局")


@pytest.fixture
def task(unit):
    return make.under_way(lead_unit=unit, title="校园安全排查")


@pytest.fixture
def liaison(unit):
    return make.liaison(unit)


def address_of(task):
    return f"/tasks/{task.id}/progress"


def saved(client, address, form="report", fields=(("done", "已排查三所学校。"),), **more):
    return client.post("/drafts/", json={"draft_of": address, "draft_form": form, "fields": list(fields), **more})


def drafts():
    return db.session.scalars(select(Draft)).all()


def sendable(page):
    """What a browser would send of the form of a report."""
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    return {"form_key": key, "done": "已排查完毕。", "next_steps": "下月复查。", "step": "under_way"}


def test_what_was_typed_is_there_when_the_form_is_opened_again(client_as, task, liaison):
    client = client_as(liaison)
    answer = saved(client, address_of(task), fields=[["done", "已排查三所学校。"], ["step", "nearly_done"]])
    assert answer.json == {"words": "已保存草稿 10:30"}
    page = client.get(address_of(task)).text
    check(page)
    assert "已恢复 10:30 的草稿" in page
    assert "已排查三所学校。</textarea>" in page
    assert re.search(r'<input[^>]*value="nearly_done"[^>]*checked|<input[^>]*checked[^>]*value="nearly_done"', page)


def test_the_draft_ends_with_what_it_became_and_not_before(client_as, task, liaison):
    client = client_as(liaison)
    address = address_of(task)
    saved(client, address)
    form = sendable(client.get(address).text)
    assert client.post(address, data=form | {"done": ""}).status_code == 200
    assert len(drafts()) == 1
    assert client.post(address, data=form | {"draft_of": address}).status_code == 303
    assert drafts() == []
    saved(client, address, form_key=form["form_key"])  # came late
    assert drafts() == []


def test_a_draft_is_its_writers_alone(client_as, task, liaison, unit):
    saved(client_as(liaison), address_of(task))
    (draft,) = drafts()
    other = client_as(make.liaison(unit))
    assert "已排查三所学校" not in other.get(address_of(task)).text
    assert "校园安全" not in other.get("/drafts/").text
    assert other.get(f"/drafts/{draft.id}").status_code == 404
    assert other.post(f"/drafts/{draft.id}/discard").status_code == 404
    assert len(drafts()) == 1


def test_without_javascript_a_button_does_the_same(client_as, task, liaison):
    client = client_as(liaison)
    page = client.get(address_of(task)).text
    assert 'formaction="/drafts/"' in page
    form = sendable(page) | {"draft_form": "report", "draft_of": address_of(task)}
    answer = client.post("/drafts/", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, address_of(task))
    page = client.get(address_of(task)).text
    assert "已保存草稿 10:30" in page
    assert "已排查完毕。</textarea>" in page


@pytest.mark.parametrize("text", ["秘密★1年", "【机密】排查情况"])
def test_marks_of_secrecy_are_not_stored(client_as, task, liaison, text):
    client = client_as(liaison)
    answer = saved(client, address_of(task), fields=[["done", text]])
    assert answer.status_code == 409
    assert "涉密" in answer.json["words"]
    typed = {"draft_of": address_of(task), "draft_form": "report", "done": text + "，请核对后再报。"}
    page = client.post("/drafts/", data=typed)
    assert page.status_code == 409
    assert "请核对后再报" in page.text
    assert drafts() == []


def test_a_hundred_thousand_characters_are_kept_and_no_more(client_as, task, liaison):
    client = client_as(liaison)
    text = "长" * rules.MOST_CHARACTERS
    assert saved(client, address_of(task), fields=[["done", text]]).status_code == 200
    page = client.get(address_of(task)).text
    assert text in page
    answer = saved(client, address_of(task), fields=[["done", text + "了"]])
    assert answer.status_code == 409
    assert "现有 100001 字" in answer.json["words"]
    assert len(rules.unpacked(drafts()[0].fields)[0][1]) == rules.MOST_CHARACTERS


def test_passwords_files_and_tokens_are_never_kept(client_as, task, liaison):
    fields = [
        ["done", "文字"],
        ["password", "x"],
        ["new_password", "x"],
        ["csrf_token", "x"],
        ["form_key", "x"],
        ["n", 5],
    ]
    saved(client_as(liaison), address_of(task), fields=[*fields, "broken", [], {"a": 1}])
    assert rules.unpacked(drafts()[0].fields) == [("done", "文字")]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/accounts/password", "report"),
        ("https://elsewhere/tasks/1/progress", "report"),
        ("//elsewhere/", "report"),
        ("/no-such-page", "report"),
        ("/tasks/1/progress", "nothing"),
        ("/tasks/1/progress", ""),
        ("", "report"),
        ("/tasks/1/progress?" + "x" * 600, "report"),
    ],
)
def test_only_our_own_forms_have_drafts(client_as, liaison, address, form):
    assert saved(client_as(liaison), address, form).status_code == 409
    assert drafts() == []


@pytest.mark.parametrize("body", ["", "[]", "null", '{"fields": 5}', '{"draft_of": [], "draft_form": {}}', "{broken"])
def test_whatever_is_sent_is_answered_in_words(client_as, liaison, body):
    answer = client_as(liaison).post("/drafts/", data=body, content_type="application/json")
    assert answer.status_code == 409
    assert answer.json["words"]


def test_a_record_that_was_saved_meanwhile_shows_both_texts(client_as, unit):
    director, staff = make.director(), make.staff()
    task = make.draft(title="旧题目", by=director, lead_unit=unit)
    client = client_as(staff)
    address = f"/tasks/{task.id}/edit"
    version = str(db.session.get(Task, task.id).version)
    saved(client, address, "task_edit", [["title", "我的题目"], ["version", version]])
    assert "另一稿" not in client.get(address).text
    with transaction(by=director):
        db.session.get(Task, task.id).title = "别人的题目"
    page = client.get(address).text
    check(page)
    assert "您写草稿之后，有人保存了另一稿" in page
    assert "现在系统里的" in page
    assert f'name="version" value="{version}"' in page  # sent so, it is asked about once more
    assert 'value="我的题目"' in " ".join(page.split())


def test_the_text_outlives_the_task_it_was_about(client_as, task, liaison):
    client = client_as(liaison)
    saved(client, address_of(task))
    (draft,) = drafts()
    with transaction(by=make.director()):
        row = db.session.get(Task, task.id)
        row.status, row.is_open = "closed", False
    page = client.get(address_of(task))
    assert page.status_code == 409
    check(page.text)
    assert f'href="/drafts/{draft.id}"' in page.text
    page = client.get(f"/drafts/{draft.id}").text
    check(page)
    assert "已排查三所学校。" in page
    assert "<dt" in page


def test_ones_own_are_listed_and_can_be_discarded(client_as, task, liaison):
    client = client_as(liaison)
    assert "没有草稿" in client.get("/drafts/").text
    saved(client, address_of(task), draft_title="进展报送：校园安全排查")
    (draft,) = drafts()
    page = client.get("/drafts/").text
    check(page)
    assert "进展报送：校园安全排查" in page
    assert client.post(f"/drafts/{draft.id}/discard", data={"to": "page"}).headers["Location"] == address_of(task)
    assert drafts() == []
    assert "10:30 的草稿" not in client.get(address_of(task)).text


def test_a_page_with_several_forms_keeps_each_apart(client_as, session):
    meeting = make.meeting()
    make.speech(meeting)
    client = client_as(make.staff())
    address = f"/meetings/{meeting.id}/requirements"
    saved(client, address, "requirement", [["text", "要摸清底数"], ["section", "required"]])
    page = client.get(address).text
    check(page)
    assert "要摸清底数</textarea>" in page
    assert page.count("已恢复 10:30 的草稿") == 1


def test_a_stranger_saves_nothing(stranger, task):
    assert saved(stranger, address_of(task)).status_code == 401
    assert drafts() == []


def test_drafts_that_nobody_touched_go_after_ninety_days(app, client_as, task, liaison, frozen_clock):
    saved(client_as(liaison), address_of(task))
    runner = app.test_cli_runner()
    frozen_clock(clock.now() + timedelta(days=89))
    assert "0 份" in runner.invoke(args=["drafts", "clean"]).output
    frozen_clock(clock.now() + timedelta(days=2))
    assert "1 份" in runner.invoke(args=["drafts", "clean"]).output
    assert drafts() == []


def test_a_draft_asks_one_statement_more_of_a_page(client_as, task, liaison, statements):
    client = client_as(liaison)
    client.get(address_of(task))
    saved(client, address_of(task))
    statements.clear()
    client.get(address_of(task))
    assert len([s for s in statements if "FROM draft" in s]) == 1
    assert db.session.scalars(select(ProgressReport)).all() == []


def test_every_form_that_keeps_drafts_has_a_name():
    text = "".join(path.read_text("utf-8") for path in Path("meetings").rglob("forms/*.py"))
    text += "".join(path.read_text("utf-8") for path in Path("meetings").rglob("forms.py"))
    assert set(re.findall(r'keeps_draft"?(?: =|:) "(\w+)"', text)) == set(words.FORMS)
