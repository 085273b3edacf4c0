"""Without a mouse, and without scripts: the work of every day can still be done, and one sees where one is."""

import re
from urllib.parse import urlsplit

import pytest

from meetings.core import clock
from meetings.demo import texts
from tests.browser.conftest import PASSWORD

STOPS = 90  # more presses of Tab than any page here needs

# The focused control, or the words that stand for one that is out of sight, has an outline and lies on the screen. The
# browser scrolls to it a few frames after the press.
FOCUS_FAULT = """async () => {
    const focused = document.activeElement;
    if (focused === document.body) { return "nothing has the focus"; }
    const seen = focused.matches(".pick-file") ? document.querySelector(`label[for="${focused.id}"]`) : focused;
    let fault = "";
    for (let frame = 0; frame < 60; frame += 1) {
        const box = seen.getBoundingClientRect();
        const style = getComputedStyle(seen);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
        fault = outlined ? (inside ? "" : "is off the screen") : "has no outline";
        if (!fault) { return ""; }
        await new Promise(requestAnimationFrame);
    }
    return `what has the focus ${fault}: ${focused.outerHTML.slice(0, 200)}`;
}"""


@pytest.fixture
def plain(browser, live):
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=live, locale="zh-CN", java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def tab_to(page, target, *, back=False):
    """Press Tab until the target has the focus; at every stop one sees where one is."""
    for _stop in range(STOPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        assert page.evaluate(FOCUS_FAULT) == ""
        if is_focused(target):
            return
    pytest.fail(f"Tab does not reach {target}")


def is_focused(target):
    return target.evaluate("element => element === document.activeElement")


def enter(page):
    """Press Enter and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def field(page, label):
    return page.get_by_label(re.compile(rf"^{label}(\s*（选填）)?$"))


def test_sign_in(page):
    page.goto("/sign-in")
    tab_to(page, field(page, "账号"))
    page.keyboard.insert_text("office_staff")
    tab_to(page, field(page, "密码"))
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def test_the_first_stop_leads_past_the_navigation(page, sign_in):
    sign_in(page, "office_staff")
    page.goto("/tasks/")
    tab_to(page, page.get_by_role("link", name="跳到正文"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate(FOCUS_FAULT) == ""


def test_filter_the_ledger(page, sign_in):
    sign_in(page, "office_staff")
    page.goto("/tasks/")
    filters = page.get_by_role("search", name="筛选")
    tab_to(page, filters.get_by_role("combobox", name="单位"))
    page.keyboard.insert_text("jyj")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    light = filters.get_by_label("灯", exact=True)
    tab_to(page, light)
    while light.input_value() != "ok":
        page.keyboard.press("ArrowDown")
    tab_to(page, filters.get_by_role("button", name="筛选"))
    enter(page)
    assert "light=ok" in page.url
    said = page.locator(".chips").inner_text()
    assert "县教育局" in said
    assert "正常" in said


def test_report_progress_after_what_was_wrong_is_put_right(page, sign_in, axe):
    """The summary of what is wrong takes the focus, and leads to the field."""
    sign_in(page, "edu_liaison")
    page.goto("/tasks/")
    tab_to(page, page.get_by_role("link", name="编写本系统规划终期自评报告"))
    enter(page)
    tab_to(page, page.locator(".act").get_by_role("link", name=re.compile("^报送")))
    enter(page)
    send = page.get_by_role("button", name="报送", exact=True)
    tab_to(page, send)
    enter(page)
    summary = page.get_by_role("alert")
    assert is_focused(summary)
    assert page.title().startswith("有 2 处需要改正")
    assert axe(page) == []
    tab_to(page, summary.get_by_role("link").first)
    page.keyboard.press("Enter")
    assert is_focused(field(page, "进展情况"))
    page.keyboard.insert_text("已完成第四部分初稿。")
    tab_to(page, field(page, "下一步工作"))
    page.keyboard.insert_text("月底前完成第五部分。")
    tab_to(page, send)
    enter(page)
    assert page.get_by_text("已完成第四部分初稿。").first.is_visible()


def test_mark_who_came(page, sign_in):
    """Digits choose in a row and go on to the next; Enter saves; one button marks the rest."""
    sign_in(page, "office_staff")
    meeting_with_a_list(page)
    rows = page.locator("table.roll tbody tr:not(.group)")
    tab_to(page, rows.first.get_by_role("radio").first)
    page.keyboard.press("1")
    page.keyboard.press("2")
    assert rows.nth(0).get_by_role("radio").first.is_checked()
    assert rows.nth(1).locator("input[value=late]").is_checked()
    tab_to(page, rows.nth(1).get_by_label(re.compile("事由")), back=True)
    page.keyboard.insert_text("10:15到会")
    enter(page)
    assert page.get_by_text("已保存，改动 2 人").is_visible()
    tab_to(page, page.get_by_role("button", name="未点的全部记为出席"))
    page.keyboard.press("Enter")
    checked = page.locator("table.roll input[type=radio]:checked")
    assert checked.count() == rows.count()
    field_of_second = rows.nth(1).get_by_label(re.compile("事由"))
    tab_to(page, field_of_second)
    enter(page)
    assert page.get_by_text(f"已保存，改动 {rows.count() - 2} 人").is_visible()
    assert field_of_second.input_value() == "10:15到会"


def meeting_with_a_list(page):
    page.goto("/meetings/new")
    field(page, "会议名称").fill("联络员培训会")
    field(page, "会议类型").select_option(label="培训")
    field(page, "会议日期").fill(clock.today().isoformat())
    page.get_by_role("checkbox", name="业务机构：主要负责人").check()
    page.get_by_role("checkbox", name="各乡镇场：乡镇（街道）分管领导").check()
    page.get_by_role("button", name="新建会议").click()
    page.get_by_role("navigation", name="会议各页").get_by_role("link", name="参会").click()
    page.get_by_role("button", name="按参会范围生成名单").click()
    page.get_by_role("button", name="按参会范围更新名单").wait_for()


def test_enter_in_the_form_of_a_task_saves_it(page, sign_in):
    """The first button of that form asks for one more row; Enter must not."""
    sign_in(page, "office_staff")
    page.goto("/tasks/new")
    field(page, "任务").fill("核对名单")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert field(page, "任务").input_value() == "核对名单"


# --- without scripts ----------------------------------------------------------------------------------------------


def test_report_progress_without_scripts(plain, sign_in):
    sign_in(plain, "health_liaison")
    plain.goto("/tasks/")
    plain.get_by_role("link", name="拟定卫生健康类指标达标时间表").click()
    plain.locator(".act").get_by_role("link", name=re.compile("^报送")).click()
    field(plain, "进展情况").fill("17项已全部列出。")
    plain.get_by_role("button", name="报送", exact=True).click()
    assert plain.get_by_role("alert").is_visible()
    assert field(plain, "进展情况").input_value() == "17项已全部列出。"
    field(plain, "下一步工作").fill("本周送审。")
    plain.locator("input[name=files]").set_input_files(
        [{"name": "达标时间表.txt", "mimeType": "text/plain", "buffer": "逐年数值".encode()}]
    )
    plain.get_by_role("button", name="报送", exact=True).click()
    assert plain.get_by_text("17项已全部列出。").is_visible()
    assert plain.get_by_role("link", name="达标时间表.txt").is_visible()


def test_mark_a_requirement_without_scripts(plain, sign_in):
    """A sentence is pasted, with a line break that it got on the way, and found in the text."""
    sentence = texts.OPENING.partition("，")[2]
    sign_in(plain, "office_staff")
    plain.goto("/meetings/")
    plain.get_by_role("link", name=re.compile("妇女儿童工作会议")).first.click()
    plain.get_by_role("navigation", name="会议各页").get_by_role("link", name=re.compile("要求与任务")).click()
    plain.get_by_text("添加一条要求").click()
    field(plain, "要求原文").fill(f"{sentence[:9]}\n{sentence[9:]}")
    plain.get_by_role("button", name="添加要求").click()
    assert plain.get_by_text("已添加，可以分解为任务").is_visible()
    assert plain.locator("[data-speech] a.req", has_text=sentence).count() == 1
