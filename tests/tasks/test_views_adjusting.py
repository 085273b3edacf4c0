"""Changes of a task under way, splits, merges and samples through their pages."""

from datetime import UTC, datetime

import pytest

from meetings.tasks.models import LookBackItem, Task, TaskStatus
from tests import factories, pages


@pytest.fixture
def world(session):
    lead, other = factories.unit("县教育局"), factories.unit("县民政局")
    return factories.under_way(lead_unit=lead, standards=["台账齐全"]), lead, other, factories.director()


def test_a_task_is_changed_on_its_page(client_as, session, world):
    task, lead, other, director = world
    office = client_as(director)
    at = f"/tasks/{task.id}/adjust"
    page = office.get(at).text
    pages.check(page)
    sent = {
        "form_key": "a",
        "version": task.version,
        "lead_unit_id": lead.id,
        "cooperating_unit_ids": [other.id],
        "standards": "台账齐全",
        "due_on": "2026-10-20",
        "reason": "增加配合单位",
        "how": "on_line",
    }
    assert "没有改动任何一项" in office.post(at, data={**sent, "cooperating_unit_ids": [], "due_on": "2026-09-30"}).text
    assert office.post(at, data=sent).status_code == 303
    shown = office.get(f"/tasks/{task.id}").text
    pages.check(shown)
    assert "增加配合单位县民政局" in shown
    assert office.post(at, data={**sent, "form_key": "b", "due_on": "2026-11-20"}).status_code == 409  # opened before
    session.expire_all()
    assert session.get(Task, task.id).due_on.month == 10


def test_a_task_is_split_and_another_is_merged(client_as, session, world):
    task, lead, other, director = world
    second = factories.under_way(lead_unit=other)
    office = client_as(director)
    pages.check(office.get(f"/tasks/{task.id}/merge").text)
    wrong = office.post(
        f"/tasks/{task.id}/merge", data={"form_key": "m", "how": "on_line", "numbers": "2020-999", "reason": "同"}
    )
    assert "没有编号为2020-999的任务" in wrong.text
    merged = {"form_key": "m", "how": "on_line", "numbers": second.number, "reason": "同一件事"}
    assert office.post(f"/tasks/{task.id}/merge", data=merged).status_code == 303
    pages.check(office.get(f"/tasks/{task.id}/split").text)
    pieces = {
        "pieces-0-title": "摸清底数",
        "pieces-0-lead_unit_id": lead.id,
        "pieces-0-due_on": "2026-09-30",
        "pieces-1-title": "上门走访",
        "pieces-1-lead_unit_id": other.id,
        "pieces-1-due_on": "2026-10-20",
    }
    one = {name: value for name, value in pieces.items() if "-0-" in name}
    few = office.post(f"/tasks/{task.id}/split", data={"form_key": "s", "how": "on_line", "reason": "两件事", **one})
    assert "拆分至少要有两件任务" in few.text
    sent = {"form_key": "s", "how": "on_line", "reason": "两件事", **pieces}
    assert office.post(f"/tasks/{task.id}/split", data=sent).status_code == 303
    page = office.get(f"/tasks/{task.id}").text
    pages.check(page)
    assert "拆分为" in page and "并入本任务：" in page


def test_a_rest_shows_its_days(client_as, world, frozen_clock):
    task, _lead, _other, director = world
    office = client_as(director)
    stop = {"form_key": "x", "how": "on_line", "reason": "政策未出"}
    assert office.post(f"/tasks/{task.id}/suspend", data=stop).status_code == 303
    frozen_clock(datetime(2026, 7, 28, 2, tzinfo=UTC))
    assert "7月14日起中止，已 10 个工作日" in client_as(director).get(f"/tasks/{task.id}").text


def test_a_sample_is_drawn_looked_at_and_reopened(client_as, session, world):
    _task, lead, _other, director = world
    for _n in range(3):
        factories.task(lead_unit=lead, status=TaskStatus.CLOSED, closed_at=datetime(2026, 3, 1, tzinfo=UTC))
    office = client_as(director)
    pages.check(office.get("/tasks/look-backs").text)
    pages.check(office.get("/tasks/look-backs/new").text)
    draw = {"form_key": "d", "title": "半年回头看", "year": "2026", "sample_size": "2", "seed": "714"}
    assert "没有符合条件" in office.post("/tasks/look-backs/new", data={**draw, "year": "2019"}).text
    at = office.post("/tasks/look-backs/new", data=draw).headers["Location"]
    page = office.get(at).text
    pages.check(page)
    assert "共 3 件，抽查 2 件；抽样种子 714" in page
    item = session.query(LookBackItem).order_by(LookBackItem.position).first()
    form = f"{at}/items/{item.id}"
    pages.check(office.get(form).text)
    found = {
        "form_key": "f",
        "version": item.version,
        "outcome": "not_held",
        "findings": "台账缺页",
        "checked_on": "2026-07-14",
    }
    assert office.post(form, data=found).status_code == 303
    after = office.get(at).text
    assert "没有落实" in after and f"/tasks/{item.task_id}/reopen" in after
    assert client_as(factories.liaison(lead)).get(at).status_code == 404
