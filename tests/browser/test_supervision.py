"""A task that is late, from its reminder to the government's inspection office, in a browser and as each role."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

TASK = "整改：一所乡镇学校未配专兼职心理健康教师"


def reminded_of_a_receipt(page):
    """What the office is shown in the morning: a receipt past its day, and that the unit was reminded of it."""
    page.goto("/supervision/today")
    receipts = page.get_by_role("region", name="超期未签收")
    task = receipts.get_by_role("link", name="家庭暴力警情告诫和回访全覆盖").get_attribute("href")
    page.goto(f"{task}/supervision")
    expect(page.get_by_role("region", name="提醒记录").get_by_text("超期未签收").first).to_be_visible()


def urged(page, where):
    page.goto(where)
    page.get_by_role("link", name="催办", exact=True).click()
    page.get_by_label("催办说明").fill("请说明配备到哪一步。")
    page.get_by_label("反馈期限").fill("2026-01-05")  # long past: refused, and what was typed stays
    page.get_by_role("button", name="催办", exact=False).click()
    expect(page.get_by_text("反馈期限不能早于今天").first).to_be_visible()
    expect(page.get_by_label("催办说明")).to_have_value("请说明配备到哪一步。")
    page.get_by_label("反馈期限").fill("2036-01-07")
    page.get_by_role("button", name="催办", exact=False).click()
    page.wait_for_url(f"**{where}")


def answered(page, where, words, axe):
    page.goto(where)
    page.get_by_role("link", name="答复", exact=False).first.click()
    page.get_by_label("办理情况").fill(words)
    assert axe(page) == []
    page.get_by_role("button", name="答复").click()
    page.wait_for_url(f"**{where}")
    expect(page.get_by_text(words)).to_be_visible()


def step(page, where, link, button):
    page.goto(where)
    page.get_by_role("link", name=link, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**{where}")


def supervised(page, sign_in, where):
    """A 督办通知单 drafted by the office, checked, signed by the leader, numbered and issued."""
    page.goto(where)
    page.get_by_role("link", name="发督办单", exact=True).click()
    page.get_by_role("button", name="拟稿送签").click()
    page.get_by_role("button", name="保存稿件").click()
    expect(page.get_by_role("heading", name="发文稿纸")).to_be_visible()
    paper = urlsplit(page.url).path
    page.get_by_role("button", name="送核稿").click()
    sign_in(page, "office_director")
    step(page, paper, "核稿", "同意，送签发")
    sign_in(page, "leader")
    step(page, paper, "签发", "签发")
    sign_in(page, "office_director")
    for act in ("编号", "印发"):
        step(page, paper, act, act)


def test_a_late_task_goes_all_the_way_up(page, sign_in, axe):
    sign_in(page, "office_staff")
    reminded_of_a_receipt(page)
    page.goto(f"/tasks/?q={TASK}")
    task = page.get_by_role("link", name=TASK).first.get_attribute("href")
    where = f"{task}/supervision"
    urged(page, where)
    sign_in(page, "edu_liaison")
    answered(page, where, "正在公开招聘，下月到岗。", axe)
    sign_in(page, "office_staff")
    supervised(page, sign_in, where)

    sign_in(page, "edu_liaison")
    page.goto(where)
    page.get_by_role("button", name="签收督办单").click()
    expect(page.get_by_text("督办单已签收")).to_be_visible()
    answered(page, where, "已到岗一人，另一人下周报到。", axe)

    sign_in(page, "leader")
    page.goto(where)
    assert axe(page) == []
    page.get_by_role("link", name="写批示").click()
    page.get_by_label("批示内容").fill("请县教育局抓紧配齐。")
    page.get_by_role("button", name="批示").click()
    instruction = urlsplit(page.url).path
    sign_in(page, "edu_liaison")
    page.goto(instruction)
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_role("textbox").last.fill("月底前配齐，届时专报。")
    page.get_by_role("button", name="答复").click()
    sign_in(page, "leader")
    page.goto(instruction)
    expect(page.get_by_text("月底前配齐，届时专报。")).to_be_visible()

    sign_in(page, "office_staff")
    page.goto(where)
    page.get_by_role("link", name="其他督办").click()
    page.get_by_label("移交政府督查室").check()
    page.get_by_label("情况和要求").fill("多次催办未配齐，请督查室介入。")
    page.get_by_role("button", name="登记").click()
    page.wait_for_url(f"**{where}")
    steps = page.get_by_role("region", name="督办经过")
    for said in ("催办", "督办单", "移交政府督查室"):
        expect(steps.get_by_role("rowheader", name=said, exact=True)).to_be_visible()
    assert axe(page) == []
