"""The ledger: filters that stay in the address, tabs, totals, several tasks at once; what pages cost."""

from datetime import date
from io import BytesIO

import pytest

from meetings.core.db import db
from meetings.tasks.models import Task, TaskEvent, TaskStatus
from tests import factories, pages
from tests.tasks.test_views_handling import PDF

S = TaskStatus


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


def test_the_ledger_shows_what_is_under_way(client_as, unit):
    factories.task(
        lead_unit=unit,
        cooperating_units=[factories.unit("县民政局")],
        status=S.IN_PROGRESS,
        title="建立帮扶台账",
        due_on=date(2026, 7, 10),
    )
    factories.task(lead_unit=unit, status=S.CLOSED, title="早已销号")

    html = client_as(factories.staff()).get("/tasks/").text

    pages.check(html)
    assert "建立帮扶台账" in html
    assert "早已销号" not in html
    assert "逾期 2 个工作日" in html
    assert "共 1 件" in html


def test_a_reader_chooses_the_columns(client_as, unit):
    """They stay in the address with the filter; number, title and light are always there."""
    factories.task(lead_unit=unit, status=S.IN_PROGRESS, title="建立帮扶台账")
    client = client_as(factories.staff())

    html = client.get("/tasks/?light=ok&cols=due&cols=state&cols=nothing").text

    pages.check(html)
    assert "as-list without-src without-unit without-help without-prog" in html
    assert html.count('<input type="hidden" name="cols"') == 2
    assert '<input type="hidden" name="light" value="ok">' in html
    assert "cols=due&amp;cols=state" in html
    assert "清除" not in client.get("/tasks/?cols=due").text
    assert "without-" not in client.get("/tasks/").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("view=all", {"在办甲", "逾期乙", "销号丙", "草稿丁"}),
        ("light=late", {"逾期乙"}),
        ("status=draft", {"草稿丁"}),
        ("status=closed", {"销号丙"}),
        ("view=all&q=丙", {"销号丙"}),
        ("view=all&q=2026-777", {"在办甲"}),
        ("due_from=2026-09-01&due_to=2026-09-30", {"在办甲"}),
        ("view=all&sort=-due_on", {"在办甲", "逾期乙", "销号丙", "草稿丁"}),
        ("view=nonsense&light=nonsense&page=-1&sort=nonsense&due_from=x", {"在办甲", "逾期乙"}),
    ],
)
def test_filters_stand_in_the_address(client_as, unit, query, found):
    factories.task(lead_unit=unit, status=S.IN_PROGRESS, title="在办甲", due_on=date(2026, 9, 15), number="2026-777")
    factories.task(lead_unit=unit, status=S.IN_PROGRESS, title="逾期乙", due_on=date(2026, 7, 1))
    factories.task(lead_unit=unit, status=S.CLOSED, title="销号丙", due_on=date(2026, 6, 1))
    factories.task(lead_unit=unit, status=S.DRAFT, title="草稿丁", due_on=date(2026, 12, 1))

    html = client_as(factories.staff()).get(f"/tasks/?{query}").text

    pages.check(html)
    assert {title for title in ("在办甲", "逾期乙", "销号丙", "草稿丁") if title in html} == found


def test_the_filter_is_said_in_words_and_its_mistakes_too(client_as, unit):
    factories.task(lead_unit=unit, status=S.IN_PROGRESS)

    html = client_as(factories.staff()).get(f"/tasks/?unit={unit.id}&light=ok&due_from=2026-07-01&due_to=昨天").text

    pages.check(html)
    assert "单位为“县教育局”，灯为“正常”，时限2026-07-01至" in html
    assert "应是一个日期" in html


def test_hostile_words_in_the_filter_are_words(client_as, unit):
    html = client_as(factories.staff()).get("/tasks/?q=<script>alert(1)</script>%00").text

    pages.check(html)
    assert "<script>alert" not in html


def test_an_empty_ledger_says_what_to_do(client_as, session, unit):
    for actor, words in ((factories.staff(), "没有在办的任务"), (factories.liaison(unit), "办公室交办后列在这里")):
        html = client_as(actor).get("/tasks/").text
        pages.check(html)
        assert words in html


def test_a_unit_sees_its_part(client_as, unit):
    helper = factories.unit("县民政局")
    factories.task(lead_unit=unit, cooperating_units=[helper], status=S.IN_PROGRESS, title="一同办的")
    factories.task(lead_unit=unit, status=S.IN_PROGRESS, title="别家的")

    html = client_as(factories.liaison(helper)).get("/tasks/").text

    pages.check(html)
    assert "一同办的" in html
    assert "别家的" not in html
    assert "配合" in html
    assert "本期填报" in html


def test_many_are_issued_at_once(client_as, session, unit):
    good = [
        factories.task(lead_unit=unit, basis="任务分解", due_on=date(2026, 9, 30), title=f"可交办{n}") for n in range(2)
    ]
    late = factories.task(lead_unit=unit, basis="任务分解", due_on=date(2026, 7, 1), title="时限太早")
    done = factories.task(lead_unit=unit, status=S.CLOSED, title="早已销号")
    client = client_as(factories.director())
    ids = "&".join(f"ids={task.id}" for task in [*good, late, done])
    page = client.get(f"/tasks/issue?{ids}").text
    pages.check(page)
    assert "交办后各单位的负担" in page
    assert "另有 1 件现在不能办理" in page
    assert session.query(TaskEvent).count() == 0
    sent = {"form_key": "k1", "ids": [task.id for task in [*good, late]]}

    client.post("/tasks/issue", data=sent)
    again = client.post("/tasks/issue", data=sent)

    assert again.status_code == 303
    session.expire_all()
    assert [task.status for task in session.query(Task).order_by(Task.id)] == [S.ISSUED, S.ISSUED, S.DRAFT, S.CLOSED]
    html = client.get("/tasks/").text
    assert "已交办 2 件" in html
    assert "“时限太早”没有办理：完成时限不能早于交办当天" in html


def test_many_are_closed_by_one_signed_list(client_as, session, unit):
    tasks = [factories.task(lead_unit=unit, status=S.COMPLETED, title=f"办结{n}") for n in range(3)]
    ids = [task.id for task in tasks]
    client = client_as(factories.staff())
    pages.check(client.get("/tasks/close?" + "&".join(f"ids={n}" for n in ids)).text)

    without = client.post("/tasks/close", data={"form_key": "k1", "ids": ids[:2], "how": "on_line"})
    assert "请填写销号依据" in without.text
    assert "办结1" in without.text
    client.post(
        "/tasks/close",
        data={
            "form_key": "k2",
            "ids": ids[:2],
            "how": "on_paper",
            "signed_by": "办公室主任",
            "signed_on": "2026-07-13",
            "scan": (BytesIO(PDF), "销号清单.pdf"),
        },
    )

    session.expire_all()
    assert [task.status for task in session.query(Task).order_by(Task.id)] == [S.CLOSED, S.CLOSED, S.COMPLETED]
    assert "销号清单.pdf" in client.get(f"/tasks/{ids[0]}").text


def test_nothing_picked_is_said(client_as, session, unit):
    client = client_as(factories.director())
    for path in ("/tasks/issue", "/tasks/close"):
        html = client.get(path).text
        pages.check(html)
        assert "没有选中" in html
        assert "请选择任务" in client.post(path, data={"form_key": "k", "how": "on_line"}).text


def test_batches_are_for_the_office_and_its_own_tasks(client_as, session, unit):
    foreign = factories.task(lead_unit=factories.unit(committee_id=factories.committee().id), status=S.COMPLETED)
    task = factories.task(lead_unit=unit, status=S.COMPLETED)

    assert client_as(factories.liaison(unit)).get(f"/tasks/close?ids={task.id}").status_code == 404
    assert client_as(factories.staff()).get(f"/tasks/issue?ids={task.id}").status_code == 404
    assert client_as(factories.staff()).get(f"/tasks/close?ids={foreign.id}").status_code == 404


# --- what pages cost ---


def costs(client, statements, path):
    client.get(path)
    db.session.expire_all()  # the test and the page share a session
    statements.clear()
    assert client.get(path).status_code == 200
    return len(statements)


def test_the_ledger_costs_the_same_whatever_the_rows(client_as, session, statements, unit):
    helper = factories.unit()
    office, liaison = client_as, factories.liaison(unit)
    staff = factories.staff()
    seen = []
    for _round in range(2):
        for _n in range(3):
            factories.task(lead_unit=unit, cooperating_units=[helper], status=S.IN_PROGRESS)
        seen.append((costs(office(staff), statements, "/tasks/"), costs(client_as(liaison), statements, "/tasks/")))

    assert seen[0] == seen[1]
    assert seen[0][0] <= 3
    assert seen[0][1] <= 3


def test_a_task_costs_the_same_whatever_its_history(client_as, session, statements, unit):
    task = factories.task(
        lead_unit=unit, cooperating_units=[factories.unit()], status=S.IN_PROGRESS, standards=("一", "二")
    )
    client = client_as(factories.staff())
    seen = []
    for _round in range(2):
        for _n in range(3):
            factories.report(task, by=factories.liaison(unit), files=[factories.attachment()])
        seen.append(costs(client, statements, f"/tasks/{task.id}"))

    assert seen[0] == seen[1]
    assert seen[0] <= 8


def test_a_unit_is_offered_the_states_that_its_tasks_can_have(client_as, unit):
    before_issue = ('<option value="draft">', '<option value="pending_issue">')
    own = client_as(factories.liaison(unit)).get("/tasks/").text
    assert not any(option in own for option in before_issue)
    assert '<option value="issued">' in own
    office = client_as(factories.staff()).get("/tasks/").text
    assert all(option in office for option in before_issue)
