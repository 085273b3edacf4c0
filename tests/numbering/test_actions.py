"""Numbers run by committee, kind and year, and go back only with their transaction."""

import pytest

from meetings.core.actor import Actor
from meetings.core.db import transaction
from meetings.numbering.actions import next_number
from tests import factories

pytestmark = pytest.mark.usefixtures("session")

BY = Actor(None, "系统", 0)


def take(committee_id: int, kind: str, year: int) -> int:
    with transaction(by=BY):
        return next_number(committee_id, kind, year)


def test_each_series_counts_from_one():
    here, elsewhere = factories.committee().id, factories.committee().id
    assert [take(here, "task", 2026) for _ in range(3)] == [1, 2, 3]
    assert take(here, "task", 2027) == 1
    assert take(here, "meeting:1", 2026) == 1
    assert take(elsewhere, "task", 2026) == 1
    assert take(here, "task", 2026) == 4


def test_a_number_taken_in_a_transaction_that_failed_is_taken_by_the_next():
    here = factories.committee().id
    assert take(here, "task", 2026) == 1
    with pytest.raises(ZeroDivisionError), transaction(by=BY):
        assert next_number(here, "task", 2026) == 2
        raise ZeroDivisionError
    assert take(here, "task", 2026) == 2
