"""The office of most tests here: two units, one of its staff."""

import pytest

from tests import factories


@pytest.fixture
def office(session):
    factories.unit("云岭县教育局", short_name="县教育局")
    factories.unit("云岭县民政局", short_name="县民政局")
    return factories.staff()
