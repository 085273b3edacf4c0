"""Three units for tests of tasks."""

import pytest

from tests import factories


@pytest.fixture
def units(session):
    return tuple(factories.unit(name, position=n) for n, name in enumerate(("县教育局", "县卫健委", "团县委"), 1))
