"""Who finds which plan, and at what cost."""

import pytest

from meetings.accounts.models import Role
from meetings.core.errors import NotFound
from meetings.plans import queries
from tests import factories


@pytest.mark.parametrize("role", [Role.OFFICE_STAFF, Role.LEADER, Role.LIAISON, Role.STATISTICIAN, Role.OBSERVER])
def test_a_plan_is_read_by_all_who_work_for_the_committee(session, role):
    plan = factories.plan()
    assert queries.find_plan(plan.id, actor=factories.actor(role)).id == plan.id


def test_a_plan_of_another_committee_is_not_found(session):
    indicator = factories.indicator(factories.domain(factories.plan()))
    other = factories.actor(committee_id=factories.committee().id)
    with pytest.raises(NotFound):
        queries.find_plan(indicator.plan_id, actor=other)
    with pytest.raises(NotFound):
        queries.find_indicator(indicator.id, actor=other)
    assert list(queries.plans(other)) == []


def test_administrators_see_no_plan(session):
    factories.plan()
    assert list(queries.plans(factories.actor(Role.AUDITOR))) == []


def test_all_indicators_take_the_same_few_statements(session, statements):
    domain = factories.domain(factories.plan())
    for _ in range(12):
        factories.indicator(domain, units=[factories.unit()])
    session.expire_all()
    plan = queries.find_plan(domain.plan_id, actor=factories.director())
    statements.clear()
    assert [indicator.units[0].unit.name for indicator in queries.indicators_of(plan)]
    assert len(statements) == 3
