"""Three units for tests of tasks."""

import pytest

from tests import factories


@pytest.fixture
def units(session):
    return factories.unit("县教育局"), factories.unit("县卫健委"), factories.unit("团县委")
