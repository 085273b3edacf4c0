"""What the office does with plans, and what is refused."""

import pytest

from meetings.accounts.models import Role
from meetings.core.db import transaction
from meetings.core.errors import DomainError, NotAllowed
from meetings.plans import actions
from meetings.plans.models import PlanKind
from tests import factories

DETAILS = {
    "kind": PlanKind.CHILDREN,
    "title": "某县儿童发展规划（2026—2030年）",
    "from_year": 2026,
    "until_year": 2030,
    "document_id": None,
    "note": "",
}


def test_only_the_office_begins_a_plan(session):
    liaison = factories.actor(Role.LIAISON, unit=factories.unit())
    with pytest.raises(NotAllowed), transaction(by=liaison):
        actions.add_plan(**DETAILS, by=liaison)
    staff = factories.staff()
    with transaction(by=staff):
        assert actions.add_plan(**DETAILS, by=staff).years == range(2026, 2031)


def test_a_plan_ends_after_it_began(session):
    staff = factories.staff()
    with pytest.raises(DomainError, match=r"plan\.years_out_of_order"), transaction(by=staff):
        actions.add_plan(**{**DETAILS, "until_year": 2025}, by=staff)
