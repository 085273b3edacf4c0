"""Every page that somebody of the demo committee can reach, looked at by a machine."""

from urllib.parse import urlsplit

import pytest

from app import create_app
from meetings.core.settings import Settings
from tests.browser import crawl

ROLES = (
    "office_staff",
    "office_director",
    "leader",
    "edu_liaison",
    "edu_head",
    "observer",
    "security_admin",
    "auditor",
    "system_admin",
)


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    """The map of addresses; the database behind it is never asked."""
    settings = Settings(data=tmp_path_factory.mktemp("routes"), secret_key="for-tests-only", log_level="ERROR")
    return create_app(settings, load_actor=lambda: None).url_map.bind("")


@pytest.fixture(scope="module")
def judged():
    """What some role's walk has judged, see `crawl`."""
    return set()


def test_pages_before_sign_in(page, routes, axe, judged):
    walk = crawl.Walk(page, routes, axe, judged)
    walk.through(["/sign-in"])
    assert walk.faults == []


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_each_role(page, sign_in, routes, axe, judged, role):
    sign_in(page, role)
    walk = crawl.Walk(page, routes, axe, judged)
    walk.through(allowed(page, routes))
    page.goto("/help")
    page.get_by_role("button", name="长者版").first.click()
    try:
        walk.again_enlarged()
    finally:
        page.goto("/help")
        page.get_by_role("button", name="标准版").first.click()
    assert walk.faults == []
    assert len(walk.visited) > 5


def allowed(page, routes):
    """Pages without arguments that this person may open; what others may not is the route matrix's business."""
    found = []
    for address in crawl.starts(routes):
        answer = page.request.get(address)
        if answer.status == 200 and urlsplit(answer.url).path == address:
            found.append(address)
    return found
