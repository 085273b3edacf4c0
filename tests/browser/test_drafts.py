"""What is typed survives: the session that ends, the line that drops, somebody else in the same form."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD

REPORT = "/tasks/14/progress"
SAVED = re.compile("已保存草稿 \\d\\d:\\d\\d")


def typed(page, text):
    page.get_by_label("进展情况").fill(text)


def save(page):
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def clear(page):
    """Leave nothing behind for the tests that follow: they share one application."""
    page.goto("/drafts/")
    discard = page.get_by_role("button", name="丢弃草稿")
    while left := discard.count():
        discard.first.click()
        expect(discard).to_have_count(left - 1)


def end_sessions(browser, live, name):
    """As the person does from another machine, or an administrator for them: this browser's cookie is worth nothing."""
    context = browser.new_context(base_url=live)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("账号", exact=True).fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.goto("/account/sessions")
    elsewhere = page.get_by_role("button", name=re.compile("退出该处"))
    while elsewhere.count():
        elsewhere.first.click()
    context.close()


def sign_in_here(page, name):
    page.get_by_label("账号", exact=True).fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_report_half_typed_is_there_after_the_session_ended(page, sign_in, browser, live):
    sign_in(page, "edu_liaison")
    page.goto(REPORT)
    typed(page, "已到七所学校核对名册。")
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=8000)  # by itself, while one rests

    page.context.clear_cookies(name="luoshi_session")  # what the end of a session on the server comes to
    page.goto("/tasks/")
    sign_in_here(page, "edu_liaison")
    page.goto(REPORT)
    expect(page.get_by_text(re.compile("已恢复 .* 的草稿"))).to_be_visible()
    expect(page.get_by_label("进展情况")).to_have_value("已到七所学校核对名册。")
    page.get_by_role("button", name="丢弃草稿").click()
    expect(page.get_by_label("进展情况")).to_have_value("")


def test_what_is_typed_after_the_session_ended_waits_in_the_browser(page, sign_in, browser, live):
    sign_in(page, "edu_liaison")
    page.goto(REPORT)
    end_sessions(browser, live, "edu_liaison")
    typed(page, "登录过期以后写的字。")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("[data-saved]")).to_contain_text("登录已过期，内容已存在本机")
    page.goto("/sign-in")
    sign_in_here(page, "edu_liaison")
    page.goto(REPORT)
    expect(page.get_by_label("进展情况")).to_have_value("登录过期以后写的字。")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.reload()
    expect(page.get_by_label("进展情况")).to_have_value("登录过期以后写的字。")
    clear(page)


def test_signing_in_elsewhere_lets_this_page_go_on(page, sign_in, browser, live):
    sign_in(page, "edu_liaison")
    page.goto(REPORT)
    end_sessions(browser, live, "edu_liaison")
    typed(page, "另一个窗口登录后继续写。")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("[data-saved]")).to_contain_text("登录已过期")
    other = page.context.new_page()
    other.goto("/sign-in")
    sign_in_here(other, "edu_liaison")
    other.wait_for_url(lambda url: "sign-in" not in url)
    other.close()
    save(page)
    clear(page)


def test_a_lost_line_is_made_good(page, sign_in):
    sign_in(page, "edu_liaison")
    page.goto(REPORT)
    page.context.set_offline(True)
    typed(page, "断网时写的字。")
    expect(page.locator("[data-saved]")).to_contain_text("连接中断", timeout=8000)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=12000)
    clear(page)


def test_two_people_in_one_form_see_both_texts(page, sign_in, axe):
    sign_in(page, "office_staff")
    page.goto("/meetings/2/speeches/2/edit")
    mine = page.get_by_label(re.compile("要点"))
    mine.fill("工作人员记的要点")
    save(page)
    sign_in(page, "office_director")
    page.goto("/meetings/2/speeches/2/edit")
    expect(page.get_by_label(re.compile("要点"))).not_to_have_value("工作人员记的要点")
    page.get_by_label(re.compile("要点")).fill("主任记的要点")
    page.get_by_role("button", name="保存发言").click()
    sign_in(page, "office_staff")
    page.goto("/meetings/2/speeches/2/edit")
    expect(page.get_by_role("heading", name="现在系统里的")).to_be_visible()
    expect(page.get_by_label(re.compile("要点"))).to_have_value("工作人员记的要点")
    assert axe(page) == []
    page.get_by_role("button", name="保存发言").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("有人先改了")
    page.get_by_role("button", name="用现在这一稿").click()
    expect(page.get_by_label(re.compile("要点"))).to_have_value("主任记的要点")
    page.goto("/drafts/")
    expect(page.get_by_text("没有草稿")).to_be_visible()


def test_drafts_have_no_barrier_and_fit_a_phone(page, sign_in, axe):
    sign_in(page, "edu_liaison")
    page.goto(REPORT)
    typed(page, "手机上也看得到。")
    save(page)
    for address in ("/drafts/", REPORT):
        page.goto(address)
        assert axe(page) == [], address
        page.set_viewport_size({"width": 375, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, address
        page.set_viewport_size({"width": 1366, "height": 768})
    clear(page)


def test_two_characters_are_looked_for_from_every_page(page, sign_in, axe):
    for name in ("office_staff", "edu_liaison", "leader"):
        sign_in(page, name)
        for address in ("/", "/tasks/", "/meetings/", "/documents/", "/directory/units/", "/reports/", "/drafts/"):
            page.goto(address)
            box = page.locator("header").get_by_role("searchbox")
            box.fill("儿童")
            box.press("Enter")
            expect(page.locator("mark").first).to_have_text("儿童")
        assert axe(page) == []
