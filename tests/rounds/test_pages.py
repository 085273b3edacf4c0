"""Pages of rounds: the office keeps them, a unit reports its whole period at once or not at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from meetings.core.db import db
from meetings.drafts.models import Draft
from meetings.rounds.models import ReportingRound, RoundStatus, Standing
from meetings.tasks.models import ProgressReport, Quantity, ReportStatus
from tests import factories, pages
from tests.rounds.conftest import opened, standing_of

ROUND = {
    "form_key": "k1",
    "title": "第三季度进展",
    "cycle": "quarterly",
    "from_on": "2026-07-01",
    "until_on": "2026-09-30",
    "due_on": "2026-10-09",
    "task_numbers": "",
}


def of_task(task, **fields):
    return {f"task_{task.id}-{name}": value for name, value in fields.items()}


def told(task, **more):
    return of_task(task, **{"done": "已排查24所", "next_steps": "月底前排查完", "step": "under_way"} | more)


def report_count():
    return db.session.scalar(select(func.count()).select_from(ProgressReport))


@pytest.fixture
def round_id(units, tasks):
    return opened(by=factories.staff())


@pytest.fixture
def liaison(units):
    return factories.liaison(units[0])


def test_the_office_drafts_opens_and_locks(client_as, session, units, tasks):
    office = client_as(factories.staff())
    empty = office.get("/rounds/").text
    pages.check(empty)
    assert "还没有期次" in empty
    page = office.get("/rounds/new").text
    pages.check(page)
    assert "2026年第三季度进展报送" in page

    made = office.post("/rounds/new", data=ROUND)
    round_id = db.session.scalar(select(ReportingRound.id))
    assert made.location == f"/rounds/{round_id}"
    page = office.get(made.location).text
    pages.check(page)
    for words in ("本季度合计要填", "县教育局", "县民政局", "已有，不必再填"):
        assert words in page
    pages.check(office.get(f"/rounds/{round_id}/edit").text)
    page = office.get(f"/rounds/{round_id}/open").text
    pages.check(page)
    assert "2 家单位" in page

    assert office.post(f"/rounds/{round_id}/open", data={"form_key": "k2"}).status_code == 303
    assert office.post(f"/rounds/{round_id}/open", data={"form_key": "k2"}).status_code == 303  # sent twice
    page = office.get(f"/rounds/{round_id}").text
    pages.check(page)
    assert "应报 2 家，已报 0 家，未报 2 家" in page
    assert "报送率＝已报单位÷应报单位" in page
    pages.check(office.get(f"/rounds/{round_id}?standing=owed").text)
    assert "没有这种情况的单位" in office.get(f"/rounds/{round_id}?standing=late").text

    office.post(f"/rounds/{round_id}/lock", data={"form_key": "k3"})
    page = office.get("/rounds/").text
    pages.check(page)
    assert "0.0%（0/2）" in page
    pages.check(office.get(f"/rounds/{round_id}/reopen").text)
    without = office.post(f"/rounds/{round_id}/reopen", data={"form_key": "k4", "reason": ""})
    assert "请填写重新打开的理由" in without.text
    office.post(f"/rounds/{round_id}/reopen", data={"form_key": "k5", "reason": "补报"})
    assert "1 次，最近一次理由：补报" in office.get(f"/rounds/{round_id}").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"cycle": "monthly"}, "每月、每周报送的，请写明理由"),
        ({"due_on": "2026-07-01"}, "报送截止日已经过去"),
        ({"until_on": "2026-06-01"}, "止日不能早于起日"),
        ({"due_on": "不知道"}, "应是一个日期"),
        ({"task_numbers": "2026-001、2026-999"}, "没有编号为“2026-999”的在办任务"),
        ({"unit_ids": "99999"}, "请从列表中选择"),
        ({"title": ""}, "请填写名称"),
    ],
)
def test_wrong_rounds_are_shown_again_with_reasons(client_as, session, units, tasks, typed, said):
    numbers = tasks[0].number
    typed = {
        name: value.replace("2026-001", numbers) if name == "task_numbers" else value for name, value in typed.items()
    }
    answer = client_as(factories.staff()).post("/rounds/new", data=ROUND | {"note": "留着的字"} | typed)
    assert answer.status_code == 200
    pages.check(answer.text)
    assert said in answer.text
    assert "留着的字" in answer.text
    assert db.session.scalar(select(func.count()).select_from(ReportingRound)) == 0


@pytest.mark.parametrize(
    ("due_on", "said"), [("2026-10-03", "当日放假"), ("2028-03-01", "2028年"), ("2026-10-09", "开始填报前可以再改")]
)
def test_a_day_of_rest_or_of_an_unpublished_year_is_remarked(client_as, session, units, tasks, due_on, said):
    page = client_as(factories.staff()).post("/rounds/new", data=ROUND | {"due_on": due_on}, follow_redirects=True)
    pages.check(page.text)
    assert said in page.text


def test_a_unit_reports_its_whole_period_at_once(client_as, session, units, tasks, round_id, liaison):
    client = client_as(liaison)
    page = client.get("/rounds/").text
    pages.check(page)
    assert "应报 2 件，已报 0 件" in page
    assert f"/rounds/{round_id}/report" in client.get("/tasks/period").text
    page = client.get(f"/rounds/{round_id}/report").text
    pages.check(page)

    sent = {"form_key": "k1", **told(tasks[0]), **of_task(tasks[1], is_no_change="y")}
    assert client.post(f"/rounds/{round_id}/report", data=sent).status_code == 303
    assert client.post(f"/rounds/{round_id}/report", data=sent).status_code == 303
    assert report_count() == 2
    page = client.get(f"/rounds/{round_id}/report").text
    pages.check(page)
    assert "已排查24所" in page
    assert "报送本期" not in page
    assert standing_of(round_id, by=factories.staff())[units[0].id].standing is Standing.IN
    other = client.post(f"/rounds/{round_id}/report", data=sent | {"form_key": "k2"})  # another window, an hour later
    assert other.status_code == 409
    assert "刚刚有人报送过" in other.text
    assert report_count() == 2


def test_one_wrong_task_keeps_all_and_all_that_was_typed(client_as, session, units, tasks, round_id, liaison):
    client = client_as(liaison)
    answer = client.post(
        f"/rounds/{round_id}/report",
        data={"form_key": "k1", **told(tasks[0]), **of_task(tasks[1], done="", step="under_way")},
    )
    assert answer.status_code == 200
    pages.check(answer.text)
    assert "已排查24所" in answer.text
    assert "没有变化的，请勾选" in answer.text
    assert f'href="#task_{tasks[1].id}-done"' in answer.text
    only_one = client.post(f"/rounds/{round_id}/report", data={"form_key": "k2", **told(tasks[0])})
    assert f'href="#task_{tasks[1].id}-done"' in only_one.text
    assert report_count() == 0


def test_nothing_changed_is_one_press_for_all_and_numbers_stay(client_as, session, units, tasks, round_id, liaison):
    factories.save(
        Quantity(
            task_id=tasks[0].id,
            position=0,
            name="排查",
            measure="所",
            target=Decimal(28),
            total=Decimal(9),
            as_of=date(2026, 7, 1),
        )
    )
    client = client_as(liaison)
    assert "上次累计 9" in client.get(f"/rounds/{round_id}/report").text
    client.post(f"/rounds/{round_id}/report", data={"form_key": "k1", "rest": "y"})
    assert {report.is_no_change for report in db.session.scalars(select(ProgressReport))} == {True}
    assert report_count() == 2
    assert db.session.scalar(select(Quantity.total)) == 9


def test_what_was_said_last_is_at_hand(client_as, session, units, tasks, liaison):
    factories.report(tasks[0], by=liaison, done="上季度排查了九所学校。")
    round_id = opened(by=factories.staff())
    assert "上季度排查了九所学校" in client_as(liaison).get(f"/rounds/{round_id}/report").text


def test_what_is_typed_is_kept_as_a_draft(client_as, session, units, tasks, round_id, liaison):
    client = client_as(liaison)
    address = f"/rounds/{round_id}/report"
    client.post(
        "/drafts/",
        data={
            "draft_form": "round_report",
            "draft_of": address,
            "form_key": "k1",
            **of_task(tasks[0], done="写了一半"),
        },
    )
    page = client.get(address).text
    pages.check(page)
    assert "写了一半" in page
    client.post(address, data={"form_key": "k2", "draft_of": address, "rest": "y", **told(tasks[0])})
    assert report_count() == 2
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_the_head_lets_all_go_and_the_office_returns_all(app, client_as, session, units, tasks, round_id, liaison):
    before = app.config["LUOSHI"]
    app.config["LUOSHI"] = replace(before, head_confirms="every")
    try:
        address = f"/rounds/{round_id}/report"
        client_as(liaison).post(address, data={"form_key": "k1", "rest": "y", **told(tasks[0])})
        of_unit = f"/rounds/{round_id}/units/{units[0].id}"
        office = client_as(factories.staff())
        assert "已排查24所" not in office.get(f"{address}?unit={units[0].id}").text
        head = client_as(factories.head(units[0]))
        page = head.get(address).text
        pages.check(page)
        assert "同意报送（2 件）" in page
        assert head.post(f"{of_unit}/approve", data={"form_key": "k2"}).status_code == 303
        office = client_as(factories.staff())
        page = office.get(f"{address}?unit={units[0].id}").text
        pages.check(page)
        assert "通过（2 件）" in page
        pages.check(office.get(f"{of_unit}/return").text)
        assert "请填写退回理由" in office.post(f"{of_unit}/return", data={"form_key": "k3"}).text
        office.post(f"{of_unit}/return", data={"form_key": "k4", "reason": "数字对不上"})
        page = client_as(liaison).get(address).text
        pages.check(page)
        assert "数字对不上" in page
        client_as(liaison).post(address, data={"form_key": "k5", "rest": "y", **told(tasks[0])})
        client_as(factories.head(units[0])).post(f"{of_unit}/approve", data={"form_key": "k6"})
        client_as(factories.staff()).post(f"{of_unit}/accept", data={"form_key": "k7"})
    finally:
        app.config["LUOSHI"] = before
    statuses = [report.status for report in db.session.scalars(select(ProgressReport).order_by(ProgressReport.id))]
    assert statuses == [ReportStatus.RETURNED] * 2 + [ReportStatus.ACCEPTED] * 2


def test_the_office_enters_a_paper_and_nobody_reports_for_another(client_as, session, units, tasks, round_id):
    helper = units[1]
    address = f"/rounds/{round_id}/report?unit={helper.id}"
    stranger = client_as(factories.liaison(units[0]))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, data={"form_key": "k1", "rest": "y"}).status_code == 404
    assert client_as(factories.head(helper)).post(address, data={"form_key": "k1", "rest": "y"}).status_code == 403
    office = client_as(factories.staff())
    page = office.get(address).text
    pages.check(page)
    assert "您在代县民政局填报" in page
    office.post(address, data={"form_key": "k2", "rest": "y"})
    assert db.session.scalars(select(ProgressReport)).one().is_entered_by_office
    reader = client_as(factories.actor())
    pages.check(reader.get(address).text)
    assert reader.post(address, data={"form_key": "k3", "rest": "y"}).status_code == 403


def test_a_locked_round_takes_nothing(client_as, session, units, tasks, round_id, liaison):
    client_as(factories.staff()).post(f"/rounds/{round_id}/lock", data={"form_key": "k1"})
    client = client_as(liaison)
    page = client.get(f"/rounds/{round_id}/report").text
    pages.check(page)
    assert "不再接受报送" in page
    late = client.post(f"/rounds/{round_id}/report", data={"form_key": "k2", **told(tasks[0]), **told(tasks[1])})
    assert late.status_code == 409
    assert report_count() == 0
    pages.check(client.get("/rounds/").text)


def test_a_draft_is_given_up(client_as, session, units, tasks):
    office = client_as(factories.staff())
    office.post("/rounds/new", data=ROUND)
    round_id = db.session.scalar(select(ReportingRound.id))
    edited = office.post(f"/rounds/{round_id}/edit", data=ROUND | {"form_key": "k2", "title": "改名", "version": "1"})
    assert edited.status_code == 303
    stale = office.post(f"/rounds/{round_id}/edit", data=ROUND | {"form_key": "k3", "title": "旧稿", "version": "1"})
    assert stale.status_code == 409
    pages.check(stale.text)
    office.post(f"/rounds/{round_id}/cancel", data={"form_key": "k4"})
    db.session.expire_all()
    assert db.session.get(ReportingRound, round_id).status is RoundStatus.CANCELLED
    assert office.get(f"/rounds/{round_id}/open").status_code == 409


def test_pages_cost_the_same_however_many_units(client_as, session, statements, units, tasks):
    office, actor = None, factories.staff()
    counts = []
    for more in (0, 12):
        for n in range(more):
            factories.under_way(lead_unit=factories.unit(f"第{n}单位"))
        round_id = opened(by=actor, title=f"第{more}期")
        office = client_as(actor)
        office.get(f"/rounds/{round_id}")
        taken = []
        for path in ("/rounds/", f"/rounds/{round_id}", f"/rounds/{round_id}/report?unit={units[0].id}"):
            statements.clear()
            assert office.get(path).status_code == 200
            taken.append(len(statements))
        counts.append(taken)
    assert counts[0] == counts[1]
    assert counts[1][0] <= 8
    assert counts[1][1] <= 10
    assert counts[1][2] <= 14
