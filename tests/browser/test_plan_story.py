"""A plan in a browser from its workbook to the papers of its mid-term evaluation, by the office and three units."""

import re
from io import BytesIO

from playwright.sync_api import expect
from xlsxwriter import Workbook

YEAR = 2025
HEAD = ("领域", "指标", "计量单位", "方向", "基期年份", "基期值", "目标年份", "目标值", "主要责任单位", "数据来源层级")
ROWS = (
    ("妇女与健康", "筛查率", "%", "越高越好", 2021, 60, 2028, 90, "县卫健委", "县级可得"),
    ("妇女与教育", "入学率", "%", "越高越好", 2021, 80, 2028, 95, "", "县级可得"),
    ("妇女与环境", "普及率", "%", "越高越好", 2021, 70, 2028, 98, "县水利局", "州级反馈"),
    ("妇女与教育", "巩固率", "%", "越高越好", 2021, 90, 2028, 96, "县教育局", "县级可得"),
)
VALUES = {"health_liaison": ("筛查率", "80"), "edu_liaison": ("入学率", "70"), "stats_liaison": ("普及率", "90")}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook():
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(place, 0, row)
    return content.getvalue()


def row_of(page, name):
    return page.locator("main tbody tr", has=page.get_by_role("rowheader", name=re.compile(f"^{name}"))).first


def cells_of(page, name):
    """What a row of coverage says: milestone, value, counts, state, task."""
    return [cell.strip() for cell in row_of(page, name).locator("td").all_inner_texts()][4:]


def test_a_plan_is_loaded_followed_and_evaluated(page, sign_in, axe):
    plan = load(page, sign_in, axe)
    assign_and_plan_ahead(page, plan)
    enter_and_check(page, sign_in, axe)
    fill_gaps(page, sign_in, axe, plan)
    evaluate(page, axe, plan)


def load(page, sign_in, axe):
    """The office loads the plan from a workbook: its address."""
    sign_in(page, "office_director")
    page.goto("/plans/new")
    page.get_by_label("妇女发展规划").check()
    page.get_by_label("规划名称").fill("示范区妇女发展规划（2024—2028年）")
    page.get_by_label("起始年份").fill("2024")
    page.get_by_label("截止年份").fill("2028")
    page.get_by_role("button", name="建立规划").click()
    expect(page.locator("h1")).to_have_text("示范区妇女发展规划（2024—2028年）")
    plan = page.url.partition("?")[0]
    page.goto(f"{plan}/import")
    page.locator("input[name=code][value=indicators]").check()
    page.set_input_files("input[name=files]", {"name": "指标.xlsx", "mimeType": XLSX, "buffer": workbook()})
    page.get_by_role("button", name="预览").click()
    expect(page.locator("main")).to_contain_text("将新增 4 行")
    assert axe(page) == []
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator(".flash")).to_contain_text("4")
    return plan


def assign_and_plan_ahead(page, plan):
    """Gaps of the table of coverage are filled from it: a unit, and a straight path for each indicator."""
    coverage = f"{plan}/coverage?year={YEAR}"
    page.goto(coverage)
    row_of(page, "入学率").get_by_role("link", name="指定单位").click()
    page.get_by_label("主要责任单位").fill("县教育局")
    page.get_by_role("button", name="确定").click()
    for name in (row[1] for row in ROWS):
        page.goto(coverage)
        row_of(page, name).get_by_role("link", name="定时间表").click()
        page.locator("summary", has_text="由系统推算").click()
        page.get_by_role("button", name="推算").click()
        expect(page.locator("main")).to_contain_text("以下是推算的数值")
        page.get_by_role("button", name="保存时间表").click()
        expect(page.locator(".flash")).to_be_visible()


def enter_and_check(page, sign_in, axe):
    """Three units submit a value each; the statistics unit checks those of the others."""
    for account, (name, value) in VALUES.items():
        sign_in(page, account)
        page.goto(f"/plans/values?year={YEAR}" + ("&above=1" if account == "stats_liaison" else ""))
        row = row_of(page, name)
        row.locator("input[name^=value_]").fill(value)
        page.get_by_role("button", name="保存并报送核对").click()
        expect(page.locator(".flash")).to_contain_text("报送核对")
    for account, name in (("stats_liaison", "筛查率"), ("stats_liaison", "入学率"), ("office_staff", "普及率")):
        sign_in(page, account)
        page.goto(f"/plans/values/check?year={YEAR}")
        row_of(page, name).locator("input[type=checkbox]").check()
        assert axe(page) == []
        page.get_by_role("button", name=re.compile("核对无误")).click()
        expect(page.locator(".flash")).to_contain_text("核对")


def fill_gaps(page, sign_in, axe, plan):
    """The missing value is asked for in a round, what is missed becomes a task."""
    sign_in(page, "office_director")
    coverage = f"{plan}/coverage?year={YEAR}"
    page.goto(coverage)
    assert axe(page) == []
    assert cells_of(page, "筛查率")[:2] == ["77.1", "80.0"]
    row_of(page, "巩固率").get_by_role("link", name="催填数据").click()
    assert axe(page) == []
    page.get_by_role("button", name="开始填报").click()
    expect(row_of(page, "巩固率")).to_contain_text("已催填")
    row_of(page, "入学率").get_by_role("link", name="建任务").click()
    page.get_by_role("button", name=re.compile("^建立")).click()
    expect(row_of(page, "入学率").get_by_role("link", name=re.compile(r"\d{4}-\d+"))).to_be_visible()


def evaluate(page, axe, plan):
    """A mid-term evaluation; its papers say what the pages say."""
    page.goto(f"{plan}/coverage?year={YEAR}")
    covered = {name: cells_of(page, name) for name in ("筛查率", "入学率", "普及率")}
    page.goto("/evaluations/new")
    page.get_by_label("名称").fill("示范区中期评估")
    page.get_by_label("评估年度").fill(str(YEAR))
    page.get_by_label("示范区妇女发展规划（2024—2028年）").check()
    page.get_by_role("button", name="建立评估").click()
    expect(page.locator("h1")).to_have_text("示范区中期评估")
    evaluation = page.url
    page.goto(f"{evaluation}/results")
    assert axe(page) == []
    rate = re.search(r"达标率\s*([\d.]+%)", page.locator("main").inner_text())[1]
    page.goto(f"{evaluation}/report")
    page.locator("textarea[name=summary]").fill("评估总体顺利。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="预览和生成报告").click()
    assert axe(page) == []
    said = page.locator("main").inner_text()
    assert rate in said
    number = plan.rpartition("/")[2]
    monitoring = f"/reports/indicator-monitoring?plan={number}&year={YEAR}&scope=internal"
    page.goto(monitoring)
    assert axe(page) == []
    for name, (milestone, value, _counts, state, _task) in covered.items():
        told = page.locator("tr", has_text=name).first.inner_text()
        for words in (milestone, value, state):
            assert words in told, (name, words, told)
    page.goto(f"{plan}/coverage?year={YEAR}")
    row_of(page, "入学率").get_by_role("link", name=re.compile("^入学率")).click()
    indicator = re.search(r"/indicators/(\d+)", page.url)[1]
    page.goto(f"/chain/indicators/{indicator}")
    assert axe(page) == []
    expect(page.locator("main")).to_contain_text(covered["入学率"][4])
    expect(page.locator("main")).to_contain_text("70.0")
