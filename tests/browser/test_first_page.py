"""The way in: everybody of the demo committee signs in and finds a first page without barriers."""

import pytest

ACCOUNTS = (
    "office_director",
    "office_staff",
    "leader",
    "edu_head",
    "edu_liaison",
    "health_liaison",
    "stats_liaison",
    "observer",
    "system_admin",
    "security_admin",
    "auditor",
)


def test_the_sign_in_page_has_no_barriers(page, axe):
    page.goto("/sign-in")
    assert page.get_by_role("heading", level=1).count() == 1
    assert axe(page) == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_first_page_has_no_barriers(page, sign_in, axe, account):
    sign_in(page, account)
    assert page.get_by_role("heading", level=1).count() == 1
    assert axe(page) == []


@pytest.mark.parametrize("width", [375, 320])
def test_the_first_page_fits_a_phone(page, sign_in, width):
    page.set_viewport_size({"width": width, "height": 667})
    sign_in(page, "edu_liaison")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refused_sign_in_by_keyboard_keeps_the_name(page):
    page.goto("/sign-in")
    page.get_by_label("账号", exact=True).focus()
    page.keyboard.type("office_staff")
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("账号", exact=True).input_value() == "office_staff"
