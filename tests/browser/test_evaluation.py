"""A mid-term evaluation in a browser, from the plan to the report, by the office and one unit."""

import re

from playwright.sync_api import expect

TEXTS = ("reached", "measures", "next_steps", "laws", "plans", "duties", "mechanisms")


def test_an_evaluation_runs_from_plan_to_report(page, sign_in, axe):
    sign_in(page, "office_director")
    page.goto("/evaluations/new")
    page.get_by_label("名称").fill("2023年中期评估（再评）")
    page.get_by_label("评估年度").fill("2023")
    for plan in page.get_by_label(re.compile("规划（2021—2025年）")).all():
        plan.check()
    page.get_by_role("button", name="建立评估").click()
    expect(page.locator("h1")).to_have_text("2023年中期评估（再评）")
    assert axe(page) == []
    address = page.url

    page.get_by_role("link", name="布置自评").click()
    page.locator("[name=unit_ids]").evaluate_all(
        """(fields) => {
          for (const field of fields) {
            if (field.options) for (const one of field.options) one.selected = one.text.includes("县教育局");
            else if (field.labels[0].textContent.includes("县教育局")) field.checked = true;
          }
        }"""
    )
    page.get_by_role("button", name="布置并交办").click()
    expect(page.locator("table")).to_contain_text("县教育局")

    sign_in(page, "edu_liaison")
    page.goto(address)
    page.get_by_role("link", name="县教育局自评").click()
    own = page.url
    page.get_by_role("link", name="填写自评").click()
    assert "指标" in page.locator("aside").inner_text()
    for name in TEXTS:
        field = page.locator(f"textarea[name={name}]")
        field.fill(field.input_value() or "已按分工落实，数据已核对。")
    for reason in page.locator("textarea[name^=reason_]").all():
        reason.fill("服务对象流动较大。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="报送自评").click()
    expect(page.locator(".flash")).to_contain_text("待本单位负责人审核")

    sign_in(page, "edu_head")
    page.goto(own)
    page.get_by_role("link", name="审核").click()
    page.get_by_role("button", name="同意，报办公室").click()
    sign_in(page, "office_director")
    page.goto(own)
    assert axe(page) == []
    page.get_by_role("button", name="审核通过").click()
    expect(page.locator(".flash")).to_contain_text("已通过")

    page.goto(f"{address}/results")
    assert axe(page) == []
    expect(page.locator("main")).to_contain_text("达标率")
    page.goto(f"{address}/report")
    page.locator("textarea[name=summary]").fill("评估总体顺利。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="预览和生成报告").click()
    expect(page.locator("main")).to_contain_text("评估总体顺利。")
    assert axe(page) == []
