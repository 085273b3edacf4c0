"""Tasks in a browser: the bench by mouse, the period on one page, reading by a machine that checks for barriers."""

import re

from playwright.sync_api import expect

PAGES = {
    "office_staff": [
        "/tasks/",
        "/tasks/?view=all",
        "/tasks/new",
        "/tasks/reports",
        "/meetings/2/requirements",
        "/meetings/2/tasks",
    ],
    "office_director": [
        "/tasks/12",
        "/tasks/12/complete",
        "/tasks/28/issue",
        "/tasks/issue?ids=28",
        "/tasks/close?ids=7",
    ],
    "edu_liaison": ["/tasks/", "/tasks/14", "/tasks/14/progress", "/tasks/14/submit", "/tasks/period?all=1"],
}


def test_no_page_of_tasks_has_a_barrier(page, sign_in, axe):
    for name, addresses in PAGES.items():
        sign_in(page, name)
        for address in addresses:
            assert page.goto(address).status == 200, address
            assert axe(page) == [], address


def test_no_page_of_tasks_is_wider_than_a_phone(page, sign_in):
    page.set_viewport_size({"width": 375, "height": 800})
    for name, addresses in PAGES.items():
        sign_in(page, name)
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
                address
            )


def test_a_sentence_is_marked_by_selecting_it(page, sign_in):
    sign_in(page, "office_staff")
    page.goto("/meetings/2/requirements?speech=2")  # the work report, in which nobody marks anything
    page.evaluate(
        """() => {
          const text = document.querySelector("[data-speech] p span:not(.req span)").firstChild;
          const range = document.createRange();
          range.setStart(text, 4); range.setEnd(text, 10);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    picked = page.evaluate("getSelection().toString()")

    page.get_by_role("button", name="标记选中的文字").click()

    box = page.get_by_label("要求原文")
    expect(box).to_be_focused()
    expect(box).to_have_value(picked)
    expect(page.locator("[name=after]")).to_have_value("4")


def test_another_row_comes_without_leaving_the_page(page, sign_in):
    sign_in(page, "office_staff")
    page.goto("/tasks/new")
    page.locator("[name=stages-0-text]").fill("排查过半")

    page.get_by_role("button", name="再加一个节点").click()

    expect(page.locator("[name=stages-1-text]")).to_have_value("")
    expect(page.locator("[name=stages-0-text]")).to_have_value("排查过半")


def test_what_nothing_changed_about_needs_one_press(page, sign_in):
    sign_in(page, "edu_liaison")
    page.goto("/tasks/period?all=1")
    first = page.locator("fieldset.period").first

    first.get_by_label("本期无进展变化").check()

    expect(first.locator(".told")).to_be_hidden()
    page.get_by_role("button", name="报送本期进展").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("已报送 1 件"))).to_be_visible()


def test_the_paper_fields_come_with_their_choice(page, sign_in):
    sign_in(page, "office_director")
    page.goto("/tasks/28/issue")
    expect(page.get_by_label("签批人")).to_be_hidden()

    page.get_by_label("录入已在纸上签批的（代录）").check()

    expect(page.get_by_label("签批人")).to_be_visible()
