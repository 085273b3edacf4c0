"""A plan of one domain with a goal, a measure and an indicator that misses its target."""

from typing import NamedTuple

import pytest

from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan, PlanKind
from tests import factories


class Lines(NamedTuple):
    plan: Plan
    domain: Domain
    goal: Goal
    measure: Measure
    indicator: Indicator


@pytest.fixture
def plan(session):
    committee_id = factories.the_committee().id
    plan = factories.save(
        Plan(committee_id=committee_id, kind=PlanKind.WOMEN, title="妇女发展规划", from_year=2021, until_year=2025)
    )
    at = {"committee_id": committee_id, "plan_id": plan.id, "position": 0}
    domain = factories.save(Domain(**at, name="妇女与健康"))
    at["domain_id"] = domain.id
    goal = factories.save(Goal(**at, number="1", text="提高产前筛查水平"))
    measure = factories.save(Measure(**at, number="1", text="开展免费筛查"))
    indicator = factories.save(Indicator(**at, goal_id=goal.id, number="1", name="产前筛查率", target_value=80))
    return Lines(plan, domain, goal, measure, indicator)
