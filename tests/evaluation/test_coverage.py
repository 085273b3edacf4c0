"""The table of coverage: which cells are gaps, what fills them, what it costs."""

from itertools import count

import pytest

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.evaluation.rules.coverage import Gap, gaps_of
from meetings.notifications.models import Notice
from meetings.plans.models import Direction, IndicatorState, Level, Milestone
from meetings.tasks.models import Task, TaskAim
from tests import factories
from tests.pages import check

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


def test_the_unit_that_enters_the_value_is_asked_for_it(client_as, world):
    _plan, unit, rows = world
    liaison = factories.user(Role.LIAISON, unit=unit)
    late = factories.indicator(rows["domain"], "没有数值的", [unit])
    client = client_as(factories.staff())
    client.post(f"/plans/coverage/{late.id}/ask?year=2025", data={"form_key": f"key{next(_keys)}"})
    notice = db.session.query(Notice).filter_by(kind="evaluation.value_asked").one()
    assert (notice.user_id, notice.number, notice.title) == (liaison.id, "2025", "没有数值的")
    refused = client.post(f"/plans/coverage/{rows['empty'].id}/ask?year=2025", data={"form_key": f"key{next(_keys)}"})
    assert refused.status_code == 409


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
