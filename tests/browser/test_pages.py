"""Every page that somebody of the demo committee can reach, looked at by a machine."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app import create_app
from meetings.core.settings import Settings
from tests.browser import crawl
from tests.pages import check

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
        expect(page.get_by_role("button", name="长者版").first).to_be_visible()
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


def test_what_is_not_there_and_what_one_may_not_do_have_good_pages(page, sign_in, axe):
    sign_in(page, "office_staff")
    for address, status in (("/nothing", 404), ("/tasks/999999", 404), ("/tasks/18/complete", 403)):
        response = page.goto(address)
        assert response.status == status, address
        check(response.text())
        assert axe(page) == []


def test_the_page_with_both_texts_and_the_one_about_too_large_files_are_good(page, sign_in, axe, tmp_path):
    sign_in(page, "office_staff")
    person = "/directory/people/1/edit"
    page.goto(person)
    late = page.context.new_page()
    late.goto(person)
    for tab in (page, late):
        tab.get_by_label("备注").fill("两个人同时改的备注")
        tab.locator("form.form .btn-primary").click()
        tab.wait_for_load_state()
    assert late.get_by_role("heading", level=1).inner_text() == "没有保存：有人先改了这一条"
    check(late.content())
    assert axe(late) == []
    assert crawl.too_wide(late, crawl.PHONE) == []

    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(100 * 1024 * 1024)  # five times what one file may have
    page.goto("/documents/1/files")
    page.locator("input[type=file]").set_input_files(large)
    page.locator("form.form .btn-primary").click()
    page.get_by_role("heading", name="没有上传：文件太大").wait_for(timeout=30_000)
    check(page.content())
    assert axe(page) == []


def test_the_other_script_and_every_size_hold_on_a_phone(page, sign_in, axe):
    sign_in(page, "edu_liaison")
    addresses = ("/", "/tasks/", "/tasks/14", "/tasks/period", "/help")
    page.goto("/help")
    page.get_by_role("button", name="繁體").first.click()
    for address in addresses:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == "zh-Hant"
        assert axe(page) == []
    page.get_by_role("button", name="简体").first.click()
    try:
        for size in ("长者版", "大", "超大"):
            page.set_viewport_size(crawl.DESKTOP)
            page.get_by_role("button", name=size, exact=True).first.click()
            for address in addresses:
                page.goto(address)
                assert crawl.too_wide(page, crawl.SMALLEST) == [], f"{size}: {address}"
    finally:
        page.set_viewport_size(crawl.DESKTOP)
        page.get_by_role("button", name="标准版").first.click()
        expect(page.get_by_role("button", name="长者版").first).to_be_visible()
