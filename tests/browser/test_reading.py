"""A report, pasted as it was copied off a page, becomes a meeting with its tasks by the keyboard alone."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

DUE = (date.today() + timedelta(days=60)).isoformat()  # noqa: DTZ011, TID251 -- the browser lives in real time
SEED = Path(__file__).parents[3] / "shared/data/seed-article.txt"
MENUS = "首页\n新闻中心\n政务公开\n当前位置：首页 > 要闻\n分享到：微信 微博 QQ空间\n字体：大 中 小\n打印本页\n"
BELOW = "\n扫一扫在手机打开当前页\n上一篇：植树活动启动\n下一篇：没有了\n网站地图 | 联系我们\n"
REPORT = """云岭县召开妇女儿童工作推进会

2026年3月12日　来源：县融媒体中心

3月11日，云岭县妇女儿童工作推进会在县政府三楼会议室召开。副县长柳青山出席并讲话，县妇联主席、县妇儿工委办主任杏花主持会议。
各成员单位主要领导、联络员参加会议。县教育局、县卫健委、县统计局作交流发言。

柳青山强调，要提高政治站位，凝聚工作合力。县教育局要牵头制定控辍保学攻坚方案，摸清底数。县卫健委要组织开展农村妇女两癌筛查，建立台账。
县统计局要核对性别统计数据，编印监测年报。
"""


NO_SEED = pytest.mark.skipif(not SEED.exists(), reason="no seed")


@pytest.mark.parametrize("text", [REPORT, pytest.param("seed", marks=NO_SEED)])
def test_a_pasted_page_becomes_a_meeting_by_the_keyboard_alone(page, sign_in, text):
    sign_in(page, "office_staff")
    text = SEED.read_text("utf-8") if text == "seed" else text
    page.goto("/meetings/draft")
    page.get_by_label("会议文字").focus()
    page.keyboard.insert_text(MENUS + text + BELOW)
    tab_to(page, "读取文字")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="核对会议草稿")).to_be_visible()
    assert "网站地图" not in page.locator("[data-source]").inner_text()

    # The meeting: what the text leaves open is filled in.
    kind = page.get_by_label("会议类型")
    if not kind.input_value():
        kind.focus()
        page.keyboard.press("ArrowDown")
    if not page.get_by_label("会议日期").input_value():
        page.get_by_label("年度").focus()
        page.keyboard.type("2023")
    speakers = page.locator(".speaker select[name$=-kind]").evaluate_all("all => all.map(one => one.value)")
    assert speakers.count("exchange") == 3

    # The sentences: the first task gets its unit and day, the others take them over.
    page.keyboard.press("Alt+k")
    rows = page.locator("[data-sentence]")
    treatments = rows.locator("[name$=-treatment]").evaluate_all("all => all.map(one => one.value)")
    first = treatments.index("task")
    assert "set_aside" in treatments[:first]
    for _down in range(first):
        page.keyboard.press("ArrowDown")
    expect(rows.nth(first)).to_be_focused()
    page.keyboard.press("Enter")
    lead = rows.nth(first).get_by_label("牵头单位")
    if not lead.input_value():
        page.keyboard.type("县教育局")
    rows.nth(first).get_by_label("时限").fill(DUE)
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    last = max(n for n, one in enumerate(treatments) if one == "task")
    for _down in range(last - first):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(rows.nth(last).locator("[name$=-treatment]")).to_have_value("drop")
    page.keyboard.press("t")
    page.keyboard.press("s")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/requirements")
    expect(page.get_by_text("尚未交办")).to_be_visible()
    expect(page.locator(".tally")).to_contain_text(f"任务 {treatments.count('task')} 件")
    expect(page.locator(".tally")).to_contain_text(f"不列任务 {treatments.count('set_aside')} 条")
    page.get_by_role("link", name="本次会议任务").click()
    expect(page.locator("table tbody tr").first).to_be_visible()


def test_the_bench_joins_parts_and_keeps_its_work_over_a_sign_out(page, sign_in):
    sign_in(page, "office_staff")
    page.goto("/meetings/draft")
    page.get_by_label("会议文字").fill(REPORT.replace("3月11日", "3月18日").replace("推进会在", "推进会第二次会议在"))
    page.get_by_role("button", name="读取文字").click()
    rows = page.locator("[data-sentence]")
    expect(rows.first).to_be_visible()
    count = rows.count()
    page.keyboard.press("Alt+k")
    page.keyboard.press("j")
    expect(rows).to_have_count(count - 1)
    expect(rows.first).to_be_focused()
    page.keyboard.press("p")
    expect(rows).to_have_count(count)

    last = rows.last.get_by_label("任务", exact=True)
    last.fill("核对数据，编印年报（改）")
    expect(page.get_by_text("已保存草稿")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="退出").first.click()
    sign_in(page, "office_staff")
    page.goto("/meetings/draft")
    page.get_by_role("link", name="继续核对").click()
    expect(rows).to_have_count(count)
    expect(last).to_have_value("核对数据，编印年报（改）")
    page.get_by_role("button", name="丢弃草稿").click()
    expect(page.get_by_text("草稿已丢弃")).to_be_visible()  # a page closed on its way elsewhere may never close


def tab_to(page, name):
    """Press the tabulator until the button of that name has the focus."""
    for _press in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            return
    raise AssertionError(f"{name} is not reached by the keyboard")
