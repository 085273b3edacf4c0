"""Who asks for the directory's pages."""

import pytest

from tests import factories


@pytest.fixture
def office(client_as):
    return client_as(factories.staff())
