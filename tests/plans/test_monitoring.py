"""How the indicators of a plan stand, who sees which figure, and at what cost."""

import time
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.db import db
from meetings.plans.models import (
    Direction,
    Domain,
    Indicator,
    IndicatorState,
    IndicatorUnit,
    IndicatorValue,
    ManualJudgement,
    Milestone,
    Responsibility,
    StatisticsUnit,
    ValueState,
)
from meetings.plans.queries import monitoring
from tests import factories

TODAY = date(2026, 7, 14)


@pytest.fixture
def domain(session) -> Domain:
    return factories.domain(factories.plan(from_year=2021, until_year=2025))


def test_an_indicator_stands_as_the_rule_says_in_each_year(domain):
    row = factories.indicator(
        domain,
        direction=Direction.HIGHER,
        baseline_value=Decimal(85),
        baseline_year=2020,
        target_value=Decimal(95),
        available_month=9,
        available_day=1,
    )
    factories.save(Milestone(indicator_id=row.id, year=2022, value=Decimal(89)))
    factories.figure(row, 2022, "90.8")
    factories.figure(row, 2023, "91.8")
    factories.figure(row, 2024, "95.0")
    (found,) = monitoring.of_plan(domain.plan_id, actor=factories.director())
    assert [found.judged(year, TODAY).state for year in range(2021, 2027)] == [
        IndicatorState.NO_VALUE,
        IndicatorState.ON_COURSE,
        IndicatorState.MISSED,
        IndicatorState.MET,
        IndicatorState.NOT_DUE,  # its day is 1 September 2026
        IndicatorState.NOT_DUE,
    ]
    assert found.judged(2025, date(2026, 9, 1)).state == IndicatorState.NO_VALUE


def test_a_state_given_by_hand_goes_first(domain):
    row = factories.indicator(domain, target_value=Decimal(95))
    factories.figure(row, 2025, "90")
    factories.save(
        ManualJudgement(
            committee_id=row.committee_id,
            indicator_id=row.id,
            year=2025,
            state=IndicatorState.MET,
            reason="州级确认",
            judged_at=clock.now(),
        )
    )
    judged = monitoring.of_indicator(row.id, actor=factories.director()).judged(2025, TODAY)
    assert (judged.state, judged.is_manual, judged.reason) == (IndicatorState.MET, True, "州级确认")


def test_units_see_the_figures_that_they_answer_for(domain):
    health, schools, statistics = factories.unit(), factories.unit(), factories.unit()
    row = factories.indicator(domain, units=[health], target_value=Decimal(95))
    factories.figure(row, 2024, "95", entered_unit_id=health.id)
    factories.figure(row, 2025, "96", ValueState.ENTERED, entered_unit_id=health.id)
    factories.save(StatisticsUnit(committee_id=row.committee_id, unit_id=statistics.id))

    def years(actor):
        return set(monitoring.of_indicator(row.id, actor=actor).figures)

    assert years(factories.actor(Role.STATISTICIAN, unit=health)) == {2024, 2025}
    assert years(factories.actor(Role.LIAISON, unit=schools)) == set()
    assert years(factories.actor(Role.LIAISON, unit=statistics)) == {2024}  # what is only typed is the unit's own
    assert years(factories.actor(Role.LEADER)) == {2024}
    assert years(factories.staff()) == {2024, 2025}
    factories.figure(row, 2023, "94", ValueState.LOCKED)
    assert years(factories.actor(Role.UNIT_HEAD, unit=health)) == {2023, 2024, 2025}


def test_a_plan_of_two_hundred_indicators_and_ten_years_is_judged_within_a_second(domain, statements):
    units = [factories.unit() for _ in range(5)]
    actor = factories.director()
    of_plan = {"committee_id": domain.committee_id, "plan_id": domain.plan_id, "domain_id": domain.id}
    facts = {"name": "指标", "target_value": Decimal(95), "baseline_value": Decimal(80)}
    db.session.execute(Indicator.__table__.insert(), [{**of_plan, **facts, "position": place} for place in range(200)])
    ids = db.session.scalars(select(Indicator.id).order_by(Indicator.position)).all()
    years = range(2016, 2026)
    db.session.execute(
        IndicatorUnit.__table__.insert(),
        [
            {"indicator_id": id_, "unit_id": units[id_ % 5].id, "role": Responsibility.MAIN, "position": 0}
            for id_ in ids
        ],
    )
    db.session.execute(
        IndicatorValue.__table__.insert(),
        [
            {
                "committee_id": domain.committee_id,
                "indicator_id": id_,
                "year": year,
                "value": Decimal(80 + id_ % 20),
                "state": ValueState.CHECKED,
            }
            for id_ in ids
            for year in years
        ],
    )
    db.session.execute(
        Milestone.__table__.insert(),
        [{"indicator_id": id_, "year": year, "value": Decimal(90)} for id_ in ids for year in years],
    )
    statements.clear()
    begun = time.perf_counter()
    found = monitoring.of_plan(domain.plan_id, actor=actor)
    states = [each.judged(year, TODAY).state for each in found for year in years]
    assert time.perf_counter() - begun < 1
    assert len(states) == 2000
    assert len(statements) == 5
