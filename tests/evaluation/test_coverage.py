"""The table of coverage: which cells are gaps, what fills them, what it costs."""

from datetime import date
from itertools import count

import pytest

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.evaluation.queries.coverage import coverage
from meetings.evaluation.rules.coverage import Gap, gaps_of
from meetings.notifications.models import Notice
from meetings.plans.models import (
    Direction,
    IndicatorState,
    IndicatorValue,
    Level,
    ManualJudgement,
    Milestone,
    StatisticsUnit,
    ValueState,
)
from meetings.plans.queries.monitoring import without_value
from meetings.rounds import queries as rounds
from meetings.rounds.models import ReportingRound, RoundStatus, RoundUnit, Standing
from meetings.tasks.models import Task, TaskAim
from tests import factories
from tests.conftest import NOW
from tests.pages import check

TODAY = NOW.date()
_keys = count(1)
FULL = {
    "level": Level.COUNTY,
    "direction": Direction.HIGHER,
    "is_text": False,
    "has_target": True,
    "target_year": 2030,
    "year": 2025,
    "state": IndicatorState.ON_COURSE,
    "has_lead": True,
    "has_milestone": True,
    "has_task": False,
}


@pytest.mark.parametrize(
    ("changed", "gaps"),
    [
        ({}, set()),
        ({"has_lead": False}, {Gap.UNIT}),
        ({"has_milestone": False}, {Gap.MILESTONE}),
        ({"has_milestone": False, "target_year": 2025}, set()),  # the target itself
        ({"has_milestone": False, "has_target": False}, set()),  # 提高
        ({"has_milestone": False, "direction": Direction.COUNT}, set()),
        ({"has_milestone": False, "is_text": True}, set()),
        ({"state": IndicatorState.NO_VALUE}, {Gap.VALUE}),
        ({"state": IndicatorState.NOT_DUE}, set()),
        ({"state": IndicatorState.MISSED}, {Gap.TASK}),
        ({"state": IndicatorState.MISSED, "has_task": True}, set()),
        ({"state": IndicatorState.NEARLY_MET}, set()),
        ({"level": Level.NOT_MONITORED, "has_lead": False, "has_milestone": False}, set()),
        ({"has_lead": False, "has_milestone": False, "state": IndicatorState.NO_VALUE}, {*Gap} - {Gap.TASK}),
    ],
)
def test_what_is_a_gap(changed, gaps):
    assert gaps_of(**{**FULL, **changed}) == gaps


@pytest.fixture
def world(session):
    """A plan with an indicator of each sort, in July 2026; the year looked at is 2025."""
    plan = factories.plan()
    domain, other = factories.domain(plan), factories.domain(plan, "妇女与教育", position=2)
    unit = factories.unit("县卫健委")
    target = {"target_value": 90, "target_year": 2030, "baseline_year": 2020, "baseline_value": 80}
    good = factories.indicator(domain, "已覆盖", [unit], **target)
    missed = factories.indicator(domain, "未达标的", [unit], **target)
    empty = factories.indicator(other, "空白的", **target)
    factories.save(*(Milestone(indicator_id=row.id, year=2025, value=85) for row in (good, missed)))
    factories.figure(good, 2025, "86")
    factories.figure(missed, 2025, "81")
    factories.goal(domain, "有数值没有指标的目标")
    factories.goal(domain, "文字目标", is_text=True)
    return plan, unit, {"good": good, "missed": missed, "empty": empty, "domain": domain}


def page_of(client, plan, **filters):
    answer = client.get(f"/plans/{plan.id}/coverage", query_string=filters)
    assert answer.status_code == 200
    check(answer.text)
    return answer.text


def test_the_page_counts_the_gaps_and_offers_what_fills_them(client_as, world):
    plan, _unit, rows = world
    page = page_of(client_as(factories.staff()), plan)
    for words in ("项遗漏", "有数值没有指标的目标", f"/indicators/{rows['empty'].id}/units", "建任务", "空白 4"):
        assert words in page
    assert "文字目标" not in page
    assert f"/indicators/{rows['good'].id}/milestones" not in page
    only = page_of(client_as(factories.staff()), plan, gaps=1)
    assert "已覆盖" not in only


def test_the_first_page_counts_the_values_that_the_table_lacks(client_as, world, statements):
    """One number by one rule, whatever the indicators are like; in one statement."""
    plan, unit, rows = world
    domain = rows["domain"]
    more = {
        "不监测的": {"level": Level.NOT_MONITORED},
        "文字的": {"is_text": True},
        "还没到时候的": {"available_month": 12, "available_day": 31},
        "到时候的": {"available_month": 2, "available_day": 30},
        "州级反馈的": {"level": Level.PREFECTURE},
    }
    for name, values in more.items():
        factories.indicator(domain, name, [unit], **values)
    typed = factories.indicator(domain, "只填了草稿的", [unit])
    factories.figure(typed, 2025, "3", state=ValueState.ENTERED)
    judged = factories.indicator(domain, "人工判定的", [unit])
    factories.save(
        ManualJudgement(
            committee_id=plan.committee_id,
            indicator_id=judged.id,
            year=2025,
            state=IndicatorState.MET,
            reason="州里通报",
            judged_at=NOW,
        )
    )
    for actor in (factories.staff(), factories.actor(Role.LEADER)):
        statements.clear()
        missing = without_value(actor, today=TODAY, limit=2)
        assert len(statements) == 1
        lacking = [
            line.standing.name for line in coverage(plan, 2025, actor=actor, today=TODAY) if Gap.VALUE in line.gaps
        ]
        assert missing.count == len(lacking) > 2
        assert [one.name for one in missing.first] == lacking[:2]
        page = client_as(actor).get("/").text
        check(page)
        assert f"<b>{missing.count}</b>项指标无数据" in page
        assert "县卫健委" in page


def test_a_leader_sees_how_far_the_tasks_of_each_domain_are(client_as, world):
    _plan, unit, rows = world
    director = factories.director()
    for number, served in enumerate((rows["missed"], rows["missed"], rows["empty"])):
        task = factories.under_way(title=f"某项{number}", by=director, lead_unit=unit)
        factories.save(TaskAim(task_id=task.id, indicator_id=served.id))
    page = client_as(factories.actor(Role.LEADER)).get("/").text
    check(page)
    assert "各领域任务落实情况" in page
    assert "0.0%（0/2）" in page
    assert f"/plans/{rows['domain'].plan_id}/coverage?domain={rows['domain'].id}" in page
    assert "各领域任务落实情况" not in client_as(factories.staff()).get("/").text


def test_a_unit_reads_the_table_and_fills_nothing(client_as, world):
    plan, unit, rows = world
    page = page_of(client_as(factories.actor(Role.LIAISON, unit=unit)), plan)
    assert "空白" in page
    assert f"/indicators/{rows['empty'].id}/units" not in page
    assert 'class="fill"' not in page


def test_a_task_fills_the_gap(client_as, world):
    plan, unit, rows = world
    director = client_as(factories.director())
    answer = director.post(
        f"/plans/coverage/{rows['missed'].id}/task?year=2025",
        data={
            "form_key": f"key{next(_keys)}",
            "problem": "未达标",
            "lead_unit_id": unit.id,
            "due_on": "2026-12-01",
        },
    )
    assert answer.status_code == 303
    task = db.session.query(Task).one()
    assert db.session.query(TaskAim).one().indicator_id == rows["missed"].id
    page = page_of(director, plan)
    assert task.number in page
    assert "建任务" not in page


def asked_for(*indicators, **more):
    ids = [row.id for row in indicators]
    return {"form_key": f"key{next(_keys)}", "title": "催填", "indicator_ids": ids, "due_on": "2026-07-31", **more}


def test_missing_values_are_asked_for_in_a_round(client_as, world):
    plan, unit, rows = world
    other, statistics = factories.unit("县教育局"), factories.unit("县统计局")
    factories.save(StatisticsUnit(committee_id=plan.committee_id, unit_id=statistics.id))
    liaison = factories.user(Role.LIAISON, unit=unit)
    late = factories.indicator(rows["domain"], "没有数值的", [unit])
    rate = factories.indicator(rows["domain"], "比率", [other], denominator_name="应查数")
    above = factories.indicator(rows["domain"], "州里反馈的", [unit], level=Level.PREFECTURE)
    client = client_as(factories.staff())
    page = page_of(client, plan)
    address = f"/plans/{plan.id}/coverage/ask?year=2025"
    assert f"{address.replace('&', '&amp;')}&amp;indicator={late.id}" in page
    form = client.get(f"{address}&indicator={late.id}").text
    check(form)
    assert f'value="{late.id}" id="indicator_ids' in form
    assert form.count(" checked") == 1  # the one whose button was pressed
    assert f'value="{rows["empty"].id}"' not in form  # nobody is there to be asked
    for wrong, said in (({"due_on": "2026-07-01"}, "已经过去"), ({"indicator_ids": []}, "请选择")):
        refused = client.post(address, data=asked_for(late, **wrong)).text
        check(refused)
        assert said in refused
    assert client.post(address, data=asked_for(late, rate, above)).status_code == 303
    round_ = db.session.query(ReportingRound).one()
    assert (round_.status, round_.value_year, round_.due_on) == (RoundStatus.OPEN, 2025, date(2026, 7, 31))
    owing = {row.unit_id: row.field_count for row in db.session.query(RoundUnit)}
    assert owing == {unit.id: 1, other.id: 2, statistics.id: 1}
    assert db.session.query(Notice).filter_by(kind="rounds.values_asked").one().user_id == liaison.id
    page = page_of(client, plan)
    assert page.count("已催填") == 3
    assert client.get(address).status_code == 303  # nothing is left to ask for
    again = client.post(address, data=asked_for(late))
    assert again.status_code == 303
    assert db.session.query(ReportingRound).count() == 1


def test_a_round_of_values_is_answered_by_the_values_themselves(client_as, world):
    plan, unit, rows = world
    other = factories.unit("县教育局")
    late = factories.indicator(rows["domain"], "没有数值的", [unit])
    more = factories.indicator(rows["domain"], "另一项", [other])
    staff = factories.staff()
    client = client_as(staff)
    client.post(f"/plans/{plan.id}/coverage/ask?year=2025", data=asked_for(late, more))
    round_id = db.session.query(ReportingRound.id).scalar()
    own = client_as(factories.actor(Role.STATISTICIAN, unit=unit))
    for path in ("/", "/rounds/", f"/rounds/{round_id}/report?unit={unit.id}"):
        answer = own.get(path)
        assert answer.status_code == 200, path
        check(answer.text)
        assert "催填" in answer.text, path
    grid = f"/plans/values?unit={unit.id}&year=2025"
    assert grid.replace("&", "&amp;") in own.get(f"/rounds/{round_id}/report").text
    factories.figure(late, 2025, "90", ValueState.ENTERED, entered_unit_id=unit.id)
    assert "已填未报" in own.get(f"/rounds/{round_id}/report").text
    with transaction(by=staff):
        row = db.session.query(IndicatorValue).filter_by(indicator_id=late.id).one()
        row.state, row.submitted_at = ValueState.SUBMITTED, clock.now()
    standing = {
        each.unit_id: each.standing
        for each in rounds.standings([db.session.get_one(ReportingRound, round_id)])[round_id]
    }
    assert standing == {unit.id: Standing.IN, other.id: Standing.OWED}
    client = client_as(staff)
    page = client.get(f"/rounds/{round_id}").text
    check(page)
    assert "50.0%（1/2）" in page
    assert client.post(f"/rounds/{round_id}/lock", data={"form_key": "lock"}).status_code == 303
    with transaction(by=staff):
        db.session.query(IndicatorValue).filter_by(indicator_id=late.id).one().state = ValueState.ENTERED
    assert "已报" in client.get(f"/rounds/{round_id}/report?unit={unit.id}").text  # as it was then
    check(client.get(f"/rounds/{round_id}").text)


def test_a_year_that_is_none_of_the_plan_is_not_found(client_as, world):
    plan, _unit, _rows = world
    client = client_as(factories.staff())
    for year in ("2019", "2031", "20x5", "二〇二五"):
        assert client.get(f"/plans/{plan.id}/coverage?year={year}").status_code == 404


def test_the_table_takes_the_same_statements_however_many_lines(client_as, world, statements):
    plan, unit, rows = world
    client = client_as(factories.staff())

    def cost() -> int:
        page_of(client, plan)  # what the frame keeps is read once
        db.session.expire_all()
        statements.clear()
        page_of(client, plan)
        return len(statements)

    few = cost()
    for n in range(20):
        factories.indicator(rows["domain"], f"指标{n}", [unit])
    assert cost() == few <= 20
