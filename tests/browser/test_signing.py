"""A paper from its words to its reader, in a browser: on line, and recorded from the signed sheet."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect


def step(page, where, link, button):
    page.goto(where)
    page.get_by_role("link", name=link, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**{where}")


def drafted(page, sign_in, axe):
    sign_in(page, "office_staff")
    page.goto("/reports/bulletin")
    page.get_by_role("button", name="拟稿送签").click()
    assert axe(page) == []
    page.get_by_label("份数").fill("40")
    page.get_by_role("button", name="保存稿件").click()
    expect(page.get_by_role("heading", name="发文稿纸")).to_be_visible()
    where = urlsplit(page.url).path
    page.get_by_role("button", name="送核稿").click()
    return where


def test_a_paper_is_signed_on_line_and_read_by_a_unit(page, sign_in, axe):
    where = drafted(page, sign_in, axe)
    sign_in(page, "office_director")
    step(page, where, "核稿", "同意，送签发")
    step(page, where, "签发", "签发")
    step(page, where, "编号", "编号")
    step(page, where, "登记用印", "登记用印")
    step(page, where, "印发", "印发")
    page.get_by_role("link", name="分发给…").click()
    page.get_by_label("县教育局", exact=True).check()
    page.get_by_role("button", name="分发", exact=True).click()
    assert axe(page) == []
    title = page.get_by_role("heading", level=1).inner_text()

    sign_in(page, "edu_liaison")
    page.goto("/reports/received/")
    assert axe(page) == []
    link = page.get_by_role("link", name=title).first.get_attribute("href")
    assert page.request.get(link).headers["content-type"] == "application/pdf"
    sign_in(page, "office_staff")
    page.goto(where)
    expect(page.get_by_text("县教育局联络员，").first).to_be_visible()
    page.goto("/reports/register/")
    assert axe(page) == []
    expect(page.get_by_role("link", name=title).first).to_be_visible()


def test_a_paper_is_recorded_from_the_signed_sheet(page, sign_in, axe, tmp_path: Path):
    where = drafted(page, sign_in, axe)
    sheet = tmp_path / "发文稿纸.pdf"
    sheet.write_bytes(b"%PDF-1.7\n%%EOF\n")
    for link, button in (("录入纸质核稿", "同意，送签发"), ("录入纸质签发", "签发")):
        page.goto(where)
        page.get_by_role("link", name=link, exact=True).click()
        page.get_by_label("签批人").fill("办公室主任")
        page.get_by_label("签批日期").fill("2026-11-20")
        page.get_by_label("签批意见").fill("同意")
        page.get_by_label("签批件扫描件").set_input_files(sheet)
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_url(f"**{where}")
    expect(page.get_by_text("线下签批").first).to_be_visible()
    expect(page.get_by_role("link", name="发文稿纸.pdf").first).to_be_visible()
