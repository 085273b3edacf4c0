"""More time through the pages: asked, looked at, decided, printed; and what is typed wrong."""

from datetime import date

import pytest

from meetings.tasks import actions, queries
from meetings.tasks.models import Task
from tests import factories, pages
from tests.tasks.test_views_handling import paper

ASK = {
    "form_key": "ask",
    "asked_due_on": "2026-10-02",
    "reason": "道路因降雪封闭",
    "progress": "已走访 24 人",
}


@pytest.fixture
def world(session):
    lead = factories.unit("县教育局")
    task = factories.under_way(lead_unit=lead)
    return task, factories.liaison(lead), factories.head(lead), factories.director()


def test_a_case_goes_from_desk_to_desk(client_as, session, world):
    task, liaison, head, director = world
    at = f"/tasks/{task.id}/extension"

    unit = client_as(liaison)
    page = unit.get(at)
    pages.check(page.text)
    assert unit.post(at, data=ASK).status_code == 303
    after = unit.get(f"/tasks/{task.id}").text  # 2 October is a holiday: taken, and pointed out
    assert "请注意：当日放假，最后一个工作日为9月30日" in after
    assert "延期申请：待单位负责人审核" in after
    pages.check(after)
    assert unit.get(at).headers["Location"].endswith(f"/tasks/{task.id}#extensions")

    boss = client_as(head)
    assert f"{at}/approve" in boss.get(f"/tasks/{task.id}").text
    pages.check(boss.get(f"{at}/approve").text)
    assert boss.post(f"{at}/approve", data={"form_key": "agree", "how": "on_line"}).status_code == 303

    office = client_as(director)
    listed = office.get("/tasks/extensions").text
    pages.check(listed)
    assert task.title in listed
    form = office.get(f"{at}/decide").text
    pages.check(form)
    assert 'value="2026-10-02"' in form
    missing = office.post(f"{at}/decide", data={"form_key": "d", "how": "on_line", "decision": "grant"})
    assert "同意延期的，请填写延期到哪一天" in missing.text
    unsaid = office.post(f"{at}/decide", data={"form_key": "d", "how": "on_line", "decision": "refuse"})
    assert "不同意延期的，请写明理由" in unsaid.text
    granted = {"form_key": "d", "how": "on_line", "decision": "grant", "decided_due_on": "2026-10-20"}
    assert office.post(f"{at}/decide", data=granted).status_code == 303
    assert office.post(f"{at}/decide", data=granted).status_code == 303  # sent twice, done once

    session.expire_all()
    found = session.get(Task, task.id)
    assert (found.original_due_on, found.due_on) == (date(2026, 9, 30), date(2026, 10, 20))
    shown = office.get(f"/tasks/{task.id}").text
    assert "2026年10月20日" in shown and "2026年9月30日" in shown
    assert "原9月30日" in office.get("/tasks/?view=all").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"asked_due_on": ""}, "请填写申请延至"),
        ({"asked_due_on": "下周"}, "申请延至"),
        ({"asked_due_on": "2026-09-30"}, "申请延至的日期应晚于现定时限"),
        ({"reason": ""}, "请填写延期理由"),
        ({"progress": ""}, "请填写目前进展"),
    ],
)
def test_what_is_typed_wrong_stays_and_is_told_beside_its_field(client_as, world, typed, said):
    task, liaison, _head, _director = world
    answer = client_as(liaison).post(f"/tasks/{task.id}/extension", data={**ASK, **typed})
    assert answer.status_code == 200
    assert said in answer.text
    assert "已走访 24 人" in answer.text or not typed.get("progress", "x")
    assert queries.extensions_of(task) == []


def test_after_the_date_the_page_says_so(client_as, world, frozen_clock):
    from datetime import UTC, datetime

    task, liaison, _head, _director = world
    frozen_clock(datetime(2026, 10, 9, 2, tzinfo=UTC))
    client = client_as(liaison)
    assert "时限已过，不能再申请延期" in client.get(f"/tasks/{task.id}").text
    answer = client.get(f"/tasks/{task.id}/extension")
    assert answer.status_code == 409
    assert "按原定时限计" in answer.text


def test_what_was_signed_on_paper_is_entered_by_the_office(client_as, world):
    task, _liaison, _head, _director = world
    office = client_as(factories.staff())
    at = f"/tasks/{task.id}/extension"
    assert office.post(at, data=ASK).status_code == 303
    assert office.post(f"{at}/approve", data={"form_key": "p"} | paper()).status_code == 303
    decided = paper(signed_by="办公室主任") | {
        "form_key": "q",
        "decision": "grant",
        "decided_due_on": "2026-10-20",
    }
    assert office.post(f"{at}/decide", data=decided).status_code == 303
    page = office.get(f"/tasks/{task.id}").text
    assert "线下签批：办公室主任" in page


def test_the_form_is_printed_open_and_decided(client_as, world):
    from tests.reporting.conftest import text_of

    task, liaison, head, director = world
    factories.step(
        actions.ask_extension,
        task,
        by=liaison,
        asked_due_on=date(2026, 10, 30),
        reason="道路因降雪封闭",
        progress="已走访 24 人",
    )
    [case] = queries.extensions_of(task)
    office = client_as(director)
    page = office.get(f"/reports/extension-form?extension={case.id}")
    pages.check(page.text)
    assert page.status_code == 200
    text = text_of(office.get(f"/reports/extension-form.pdf?extension={case.id}").data)
    assert "道路因降雪封闭" in text and "□同意延期至" in text
    factories.step(actions.approve_extension, task, by=head, note="情况属实")
    factories.step(actions.grant_extension, task, by=director, decided_due_on=date(2026, 10, 20), note="同意，请抓紧")
    made = office.post("/reports/extension-form", data={"form_key": "m", "extension": case.id})
    assert made.status_code == 303
    text = text_of(office.get(f"{made.headers['Location']}.pdf").data)
    for said in ("原定时限2026年9月30日", "情况属实", "同意，延期至2026年10月20日", "同意，请抓紧"):
        assert said in text
    stranger = client_as(factories.liaison(factories.unit("旁人局")))
    assert stranger.get(f"/reports/extension-form.pdf?extension={case.id}").status_code == 404
