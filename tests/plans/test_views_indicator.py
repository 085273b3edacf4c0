"""The page of an indicator, and its state given by hand."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.plans.models import Indicator, IndicatorState, IndicatorValue, ManualJudgement, Milestone, ValueState
from tests import factories, pages


@pytest.fixture
def rate(session) -> Indicator:
    """Ninety-three of a hundred in 2025, above the year's 92; 2,713 of 2,915."""
    row = factories.indicator(
        factories.domain(factories.plan(from_year=2021, until_year=2030)),
        "学前三年毛入园率",
        units=[factories.unit("县教育局")],
        numerator_name="在园幼儿",
        denominator_name="3—5岁人口",
        baseline_year=2020,
        baseline_value=Decimal("87.5"),
        target_value=Decimal(95),
    )
    of = {"committee_id": row.committee_id, "indicator_id": row.id, "state": ValueState.CHECKED}
    factories.save(
        IndicatorValue(**of, year=2024, value=Decimal("92.6"), numerator=Decimal(2846), denominator=Decimal(3074)),
        IndicatorValue(**of, year=2025, value=Decimal("93.1"), numerator=Decimal(2713), denominator=Decimal(2915)),
        Milestone(indicator_id=row.id, year=2025, value=Decimal(92)),
    )
    return row


def test_the_page_says_how_it_stands_with_the_counts_and_by_which_rule(client_as, rate):
    page = client_as(factories.actor(Role.LEADER)).get(f"/indicators/{rate.id}").text
    pages.check(page)
    assert "预期可达标" in page
    assert "未到目标年，93.1达到当年时间表92.0；已走完基期到目标差距的74.7%" in page
    assert "（2,713 ÷ 2,915）" in page
    assert "无数据" in page  # 2021 to 2023
    assert "未到产出时间" in page
    assert "人工判定" not in page
    missing = client_as(factories.actor(Role.LEADER)).get(f"/indicators/{rate.id}?year=2023").text
    assert "2023年数据已到产出时间，尚未报送" in missing
    assert client_as(factories.actor(Role.LEADER)).get(f"/indicators/{rate.id}?year=1999").status_code == 404


def test_a_unit_that_does_not_answer_for_it_reads_what_it_is_but_no_figure(client_as, rate):
    other = client_as(factories.actor(Role.LIAISON, unit=factories.unit("县民政局")))
    page = other.get(f"/indicators/{rate.id}").text
    pages.check(page)
    assert "3—5岁人口" in page
    assert "2,713" not in page
    assert "93.1" not in page


def test_the_office_gives_a_state_with_a_reason_and_takes_it_back(client_as, rate):
    client = client_as(factories.staff())
    address = f"/indicators/{rate.id}/judge?year=2025"
    page = client.get(address).text
    pages.check(page)
    assert "系统判定" in page
    sent = {"form_key": "k1", "version": "", "state": "missed"}
    assert "请填写理由" in client.post(address, data=sent | {"reason": ""}).text
    assert "请从列表中选择" in client.post(address, data=sent | {"state": "no_value", "reason": "x"}).text
    assert client.post(address, data=sent | {"reason": "州级核减"}).status_code == 303
    given = db.session.scalars(select(ManualJudgement)).one()
    assert (given.state, given.judged_by_name) == (IndicatorState.MISSED, "办公室工作人员")
    page = client.get(f"/indicators/{rate.id}?year=2025").text
    pages.check(page)
    assert "人工判定：州级核减" in page
    changed = sent | {"form_key": "k2", "reason": "再核", "version": given.version}
    assert client.post(address, data=changed).status_code == 303
    assert client.post(address, data=changed | {"form_key": "k3", "reason": "旧页"}).status_code == 409
    client.post(f"/indicators/{rate.id}/judge/withdraw?year=2025", data={"form_key": "k4"})
    assert db.session.scalars(select(ManualJudgement)).all() == []
    assert client_as(factories.actor(Role.LEADER)).get(address).status_code == 404


def test_the_page_takes_a_fixed_number_of_statements(client_as, rate, statements):
    client = client_as(factories.staff())
    client.get(f"/indicators/{rate.id}")
    statements.clear()
    client.get(f"/indicators/{rate.id}")
    assert len(statements) <= 16
