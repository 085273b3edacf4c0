"""The calendar of a committee."""

from datetime import date

import pytest

from meetings.workdays import queries
from meetings.workdays.models import DayOverride
from tests import factories

pytestmark = pytest.mark.usefixtures("session")


def test_a_committee_has_its_own_days():
    here, elsewhere = factories.committee(), factories.committee()
    day = date(2026, 7, 14)
    factories.save(DayOverride(committee_id=here.id, day=day, is_working=False, note="防汛值守"))
    assert not queries.calendar(here.id).is_working(day)
    assert queries.calendar(elsewhere.id).is_working(day)
