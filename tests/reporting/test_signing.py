"""A paper from its words to the reader in a unit: on line and from paper; frozen, numbered, registered, read."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import date

import pytest

from meetings.accounts.models import Role
from meetings.approvals.models import Approval, ApprovalStatus, DistributionReading, NumberForm, NumberPrefix
from meetings.core import clock
from meetings.core.db import db
from meetings.reporting.models import Paper, PaperDraft
from meetings.reporting.rules import grouped
from reports.facts import day_text
from tests import factories as make
from tests.pages import check
from tests.reporting.conftest import said_in, text_of

S = ApprovalStatus
WORDS = {
    "title": "关于上半年进展情况的通报",
    "addressees": "各成员单位",
    "opening": "现将上半年情况通报如下。",
    "went_well": "",
    "problems": "",
    "next_steps": "抓紧补齐。",
    "copies_to": "",
}
_keys = iter(range(10**6))


def key():
    return {"form_key": f"key-{next(_keys)}"}


@pytest.fixture
def office(story):
    make.save(
        NumberPrefix(
            committee_id=story.director.committee_id,
            kind="bulletin",
            form=NumberForm.YEAR,
            prefix="某妇儿工委办",
            from_on=date(2026, 1, 1),
        )
    )
    story.staff, story.other = make.staff(), make.staff()
    return story


def post(client, address, **data):
    answer = client.post(address, data={**key(), **data}, content_type="multipart/form-data")
    assert answer.status_code == 303, re.sub(r"<[^>]+>|\s", "", answer.text)[:2000]
    return answer.headers["Location"]


def drafted(client_as, by):
    where = post(client_as(by), "/reports/bulletin/draft", **WORDS)
    return where.removesuffix("/edit")


def version(where):
    db.session.expire_all()
    return db.session.get(Approval, int(where.rsplit("/", 1)[1])).version


@pytest.mark.parametrize("asked", ["", "?meeting={0}"])
def test_words_that_were_typed_and_not_sent_are_there_again_until_they_become_a_draft(client_as, office, asked):
    staff = client_as(office.staff)
    address = "/reports/bulletin" + asked.format(office.meeting.id)
    fields = [["title", "半年通报"], ["opening", "写到一半的开头。"], ["next_steps", ""]]
    kept = {"draft_of": address, "draft_form": "paper", "fields": fields}
    assert staff.post("/drafts/", json=kept).status_code == 200
    page = staff.get(address).text
    check(page)
    assert "已恢复 10:30 的草稿" in page
    assert "写到一半的开头。</textarea>" in page
    assert "写到一半" not in staff.get("/reports/work-brief").text
    assert "写到一半" not in client_as(office.other).get(address).text
    where = post(client_as(office.staff), "/reports/bulletin/draft", **WORDS, draft_of=address)
    assert "写到一半" not in staff.get(address).text
    fields = [["opening", "又改到一半。"], ["version", "1"], ["copy_count", "7"]]
    staff.post("/drafts/", json={"draft_of": where, "draft_form": "paper", "fields": fields})
    page = staff.get(where).text
    assert "又改到一半。</textarea>" in page
    assert 'value="7"' in page


def signed(client_as, office):
    where = drafted(client_as, office.staff)
    post(client_as(office.staff), f"{where}/submit")
    post(client_as(office.other), f"{where}/check", how="on_line", version=version(where))
    post(client_as(office.director), f"{where}/sign", how="on_line", version=version(where))
    return where


def issued(client_as, office):
    where = signed(client_as, office)
    client = client_as(office.staff)
    post(client, f"{where}/number")
    post(client, f"{where}/seal", how="on_line")
    post(client, f"{where}/issue", how="on_line", issued_on="2026-07-14", copy_count="12")
    return where


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_copy_of_a_signed_paper_bears_its_number_and_day(client_as, office, suffix):
    issued(client_as, office)
    paper = db.session.query(Paper).one()
    said = said_in(client_as(office.staff).get(f"/reports/papers/{paper.id}.{suffix}").data, suffix)
    assert "某妇儿工委办〔2026〕1号" in said
    assert "〔2026〕　号" not in said
    assert day_text(clock.today()) in said


def test_the_whole_way_to_the_reader(client_as, office):
    where = drafted(client_as, office.staff)
    staff = client_as(office.staff)
    page = staff.get(f"{where}/edit")
    check(page.text)
    assert WORDS["opening"] in page.text
    draft = text_of(staff.get(f"{where}.pdf").data)
    assert "某妇儿工委办〔2026〕号" in draft
    post(
        staff,
        f"{where}/edit",
        **WORDS | {"next_steps": "逐项补齐短板。"},
        disclosure="open",
        urgency="urgent",
        copy_count="30",
        retention="years_10",
        signing="seal",
        version=version(where),
    )
    post(staff, f"{where}/submit")
    assert client_as(office.staff).get(f"{where}/check").status_code == 200  # to record it from paper
    check(client_as(office.other).get(f"{where}/check").text)
    post(client_as(office.other), f"{where}/check", how="on_line", note="同意", version=version(where))
    check(client_as(office.director).get(f"{where}/sign").text)
    post(client_as(office.director), f"{where}/sign", how="on_line", note="同意印发", version=version(where))
    staff = client_as(office.staff)
    check(staff.get(f"{where}/number").text)
    post(staff, f"{where}/number")
    first = staff.get(f"{where}.pdf").data
    text = text_of(first)
    assert "某妇儿工委办〔2026〕1号" in text
    assert "加急" in text
    assert "逐项补齐短板。" in text
    assert "核验码" not in text
    post(staff, f"{where}/seal", how="on_line")
    post(staff, f"{where}/issue", how="on_line", issued_on="2026-07-14", copy_count="30")
    post(staff, f"{where}/distribution", unit_ids=str(office.schools.id))
    liaison = client_as(make.liaison(office.schools))
    listed = liaison.get("/reports/received/")
    check(listed.text)
    assert "未阅" in listed.text
    link = re.search(r"/reports/received/\d+\.pdf", listed.text)[0]
    assert liaison.get(link).data == first
    liaison.get(link)
    assert db.session.query(DistributionReading).count() == 1
    assert client_as(make.liaison(office.bureau)).get(link).status_code == 404
    page = client_as(office.staff).get(where)
    check(page.text)
    assert "县教育局联络员，2026年7月14日已阅" in page.text
    register = client_as(office.director).get("/reports/register/?year=2026&q=通报")
    check(register.text)
    assert "某妇儿工委办〔2026〕1号" in register.text
    assert "没有符合条件" in client_as(office.director).get("/reports/register/?year=2026&state=void").text


def test_a_paper_recorded_from_signed_scans(client_as, office):
    where = drafted(client_as, office.staff)
    staff = client_as(office.staff)
    post(staff, f"{where}/submit")
    sheet = {"how": "on_paper", "signed_by": "副主任", "signed_on": "2026-07-13", "signed_words": "同意"}
    scan = lambda: (io.BytesIO(b"%PDF-1.7 sheet %%EOF"), "发文稿纸.pdf")  # noqa: E731 -- a file is read once
    missing = staff.post(f"{where}/check", data={**key(), **sheet, "version": version(where)})
    assert "请附签批件扫描件" in missing.text
    post(staff, f"{where}/check", **sheet, scan=scan(), version=version(where))
    post(staff, f"{where}/sign", **sheet | {"signed_by": "办公室主任"}, scan=scan(), version=version(where))
    page = staff.get(where)
    check(page.text)
    assert "2026年7月13日线下签批，办公室工作人员代录" in page.text
    kept = re.search(rf"{where}/scans/\d+", page.text)[0]
    assert staff.get(kept).data == b"%PDF-1.7 sheet %%EOF"
    post(staff, f"{where}/number", sequence="7", note="1至6号在纸质登记簿")
    assert "2026年7月13日" in text_of(staff.get(f"{where}.pdf").data)
    assert "某妇儿工委办〔2026〕7号" in staff.get(where).text


SHEET = {
    "checked_by": "副主任",
    "checked_on": "2026-07-12",
    "checked_words": "数据已核",
    "signed_by": "办公室主任",
    "signed_on": "2026-07-13",
    "signed_words": "同意印发",
}


def scan():
    return (io.BytesIO(b"%PDF-1.7 sheet %%EOF"), "发文稿纸.pdf")


@pytest.mark.parametrize("is_sent", [False, True])
def test_checking_and_signing_are_recorded_from_one_sheet(client_as, office, is_sent):
    where = drafted(client_as, office.staff)
    staff = client_as(office.staff)
    if is_sent:
        post(staff, f"{where}/submit")
    page = staff.get(f"{where}/signed-sheet")
    check(page.text)
    assert "录入纸质核稿、签发" in staff.get(where).text
    seen = {"version": version(where)}
    wrong = staff.post(f"{where}/signed-sheet", data={**key(), **SHEET, **seen})
    assert "请选择发文稿纸扫描件" in wrong.text
    early = {**key(), **SHEET, **seen, "signed_on": "2026-07-11", "scan": scan()}
    assert "签发日期早于核稿日期" in staff.post(f"{where}/signed-sheet", data=early).text
    late = {**key(), **SHEET, **seen, "checked_on": "2026-07-15", "signed_on": "2026-07-15", "scan": scan()}
    assert "签字日期不能晚于今天" in staff.post(f"{where}/signed-sheet", data=late).text
    assert db.session.query(Approval).one().status is (S.CHECKING if is_sent else S.DRAFT)
    post(staff, f"{where}/signed-sheet", **SHEET, **seen, scan=scan())
    row = db.session.query(Approval).one()
    assert (row.status, row.checked_by_name, row.signed_by_name, row.signed_on) == (
        S.SIGNED,
        "副主任",
        "办公室主任",
        date(2026, 7, 13),
    )
    sheet = text_of(staff.get(f"{where}/sheet.pdf").data)
    assert "数据已核" in sheet and "同意印发" in sheet
    assert staff.get(f"{where}/signed-sheet").status_code == 409


def test_a_paper_is_signed_by_name_stamps_or_with_others(client_as, office):
    where = drafted(client_as, office.staff)
    staff = client_as(office.staff)
    sheet = {"disclosure": "open", "urgency": "none", "retention": "years_30"}
    lacking = {**key(), **WORDS, **sheet, "signing": "stamp", "version": version(where)}
    assert "请填写签发人职务全称" in staff.post(f"{where}/edit", data=lacking).text
    twice = {"signing": "seal", "cosigners": "某县教育局\n某县教育局"}
    assert "同一个机关写了两次" in staff.post(f"{where}/edit", data={**lacking, **key(), **twice}).text
    posts = "某县人民政府副县长"
    post(staff, f"{where}/edit", **WORDS, **sheet, signing="stamp", signer_posts=posts, version=version(where))
    assert posts in text_of(staff.get(f"{where}.pdf").data)
    post(staff, f"{where}/edit", **WORDS, **sheet, signing="seal", cosigners="某县教育局", version=version(where))
    said = text_of(staff.get(f"{where}.pdf").data)
    assert "某县教育局" in said and posts not in said
    page = staff.get(where)
    check(page.text)
    assert "30年" in page.text


def test_copies_sent_outside_are_recorded_with_their_receipt(client_as, office):
    where = issued(client_as, office)
    staff = client_as(office.staff)
    check(staff.get(f"{where}/deliveries/new").text)
    sent = {"name": "县人民法院", "manner": "exchange", "sent_on": "2026-07-14", "copy_count": "2"}
    assert (
        "不能早于印发日期"
        in staff.post(f"{where}/deliveries/new", data={**key(), **sent, "sent_on": "2026-07-13"}).text
    )
    assert "要一并填写" in staff.post(f"{where}/deliveries/new", data={**key(), **sent, "receipt_by": "收发室"}).text
    post(staff, f"{where}/deliveries/new", **sent)
    page = staff.get(where)
    check(page.text)
    assert "机要交换、公文交换，2 份" in page.text and "未登记" in page.text
    link = re.search(rf"{where}/deliveries/\d+", page.text)[0]
    form = staff.get(link)
    check(form.text)
    seen = re.search(r'name="version" value="(\d+)"', form.text)[1]
    receipt = {"receipt_by": "收发室", "receipt_on": "2026-07-14"}
    post(staff, link, **sent, **receipt, version=seen)
    assert "收发室，2026年7月14日" in staff.get(where).text
    assert staff.post(link, data={**key(), **sent, **receipt, "version": seen}).status_code == 409
    assert client_as(make.liaison(office.schools)).get(f"{where}/deliveries/new").status_code == 404


def test_official_papers_bear_a_code_where_the_office_wants_it(client_as, office, app):
    app.config["LUOSHI"] = replace(app.config["LUOSHI"], official_codes=True)
    try:
        where = signed(client_as, office)
        post(client_as(office.staff), f"{where}/number")
        code = db.session.query(Paper).one().verification_code
        assert f"核验码：{grouped(code)}" in text_of(client_as(office.staff).get(f"{where}.pdf").data)
    finally:
        app.config["LUOSHI"] = replace(app.config["LUOSHI"], official_codes=False)


def test_bytes_and_data_are_kept_as_signed(client_as, office, app):
    where = signed(client_as, office)
    staff = client_as(office.staff)
    draft = db.session.query(PaperDraft).one()
    before = draft.data_sha256
    make.issued(title="签发以后的任务", by=office.director)
    post(staff, f"{where}/number")
    paper = db.session.query(Paper).one()
    assert paper.data_sha256 == before
    first = staff.get(f"{where}.pdf").data
    assert hashlib.sha256(first).hexdigest() == paper.sha256
    assert staff.get(f"{where}.pdf").data == first
    answer = staff.get(f"/verify/{paper.verification_code}")
    assert paper.number in answer.text
    assert paper.sha256 in answer.text


def test_the_second_to_sign_gets_a_page_with_words(client_as, office):
    where = drafted(client_as, office.staff)
    post(client_as(office.staff), f"{where}/submit")
    post(client_as(office.other), f"{where}/check", how="on_line", version=version(where))
    seen = version(where)
    second = make.director()
    post(client_as(office.director), f"{where}/sign", how="on_line", version=seen)
    answer = client_as(second).post(f"{where}/sign", data={**key(), "how": "on_line", "version": seen})
    assert answer.status_code == 409
    assert "已由办公室主任签发" in answer.text


def test_what_was_changed_after_it_was_opened_is_not_signed(client_as, office):
    where = drafted(client_as, office.staff)
    post(client_as(office.staff), f"{where}/submit")
    post(client_as(office.other), f"{where}/check", how="on_line", version=version(where))
    seen = version(where)
    sheet = {"disclosure": "open", "urgency": "none", "retention": "years_10", "signing": "seal"}
    post(client_as(office.other), f"{where}/edit", **WORDS, **sheet, version=seen)
    answer = client_as(office.director).post(f"{where}/sign", data={**key(), "how": "on_line", "version": seen})
    assert answer.status_code == 409
    assert db.session.query(Approval).one().status is S.SIGNING


def test_two_who_edit_see_both_texts(client_as, office):
    where = drafted(client_as, office.staff)
    sheet = {"disclosure": "open", "urgency": "none", "retention": "years_10", "signing": "seal"}
    seen = version(where)
    post(client_as(office.other), f"{where}/edit", **WORDS | {"opening": "另一稿。"}, **sheet, version=seen)
    answer = client_as(office.staff).post(
        f"{where}/edit", data={**key(), **WORDS, **sheet, "opening": "我这一稿。", "version": seen}
    )
    assert answer.status_code == 409
    assert "另" in answer.text
    assert "我这一稿。" in answer.text


def test_wrong_numbers_are_refused_beside_the_field(client_as, office):
    first, second = signed(client_as, office), signed(client_as, office)
    staff = client_as(office.staff)
    post(staff, f"{first}/number")
    taken = staff.post(f"{second}/number", data={**key(), "sequence": "1"})
    assert "某妇儿工委办〔2026〕1号 已经用过" in taken.text
    assert "请在说明中写明原因" in staff.post(f"{second}/number", data={**key(), "sequence": "9"}).text
    assert "整数" in staff.post(f"{second}/number", data={**key(), "sequence": "一号"}).text
    assert db.session.query(Paper).count() == 1


def test_void_and_return_need_reasons(client_as, office):
    where = drafted(client_as, office.staff)
    post(client_as(office.staff), f"{where}/submit")
    other = client_as(office.other)
    assert "请填写理由" in other.post(f"{where}/return", data={**key(), "how": "on_line"}).text
    post(other, f"{where}/return", how="on_line", reason="数字再核")
    assert "数字再核" in client_as(office.staff).get(where).text
    again = signed(client_as, office)
    post(client_as(office.staff), f"{again}/number")
    assert client_as(office.staff).get(f"{again}/void").status_code == 403
    post(client_as(office.director), f"{again}/void", how="on_line", reason="内容有误")
    assert "作废" in client_as(office.director).get("/reports/register/?state=void").text
    code = db.session.query(Paper).one().verification_code
    assert "已于 2026年7月14日 作废" in client_as(office.staff).get(f"/verify/{code}").text


def test_the_draft_sheet_is_printed_with_what_was_done_so_far(client_as, office):
    where = drafted(client_as, office.staff)
    empty = text_of(client_as(office.staff).get(f"{where}/sheet.pdf").data)
    assert "发文稿纸" in empty
    assert empty.count("签字：") == 2
    post(client_as(office.staff), f"{where}/submit")
    post(client_as(office.other), f"{where}/check", how="on_line", note="数据已核", version=version(where))
    filled = text_of(client_as(office.staff).get(f"{where}/sheet.pdf").data)
    assert "数据已核" in filled
    assert filled.count("签字：") == 1
    assert "依申请公开" in filled


def test_settings_of_numbers_and_delegations(client_as, office):
    director = client_as(office.director)
    check(director.get("/reports/prefixes/").text)
    wrong = director.post(
        "/reports/prefixes/new",
        data={**key(), "kind": "minutes", "form": "issue", "prefix": "纪要第1", "from_on": "2026-01-01"},
    )
    assert "机关代字只写文字" in wrong.text
    post(
        director,
        "/reports/prefixes/new",
        kind="minutes",
        form="issue",
        prefix="会议纪要",
        from_on="2026-01-01",
    )
    values = {"role": "office_director", "from_on": "2026-07-14", "until_on": "2026-07-20"}
    post(director, "/reports/delegations/new", **values, to_user_id=str(office.other.user_id))
    page = director.get("/reports/delegations/")
    check(page.text)
    assert "有效" in page.text
    check(director.get("/reports/delegations/new").text)
    where = drafted(client_as, office.staff)
    post(client_as(office.staff), f"{where}/submit")
    post(client_as(office.director), f"{where}/check", how="on_line", version=version(where))
    assert "您受办公室主任委托代签" in client_as(office.other).get(f"{where}/sign").text
    post(client_as(office.other), f"{where}/sign", how="on_line", version=version(where))
    assert "受办公室主任委托" in client_as(office.staff).get(where).text


@pytest.mark.parametrize("role", [Role.LIAISON, Role.OBSERVER, Role.SYSTEM_ADMIN])
def test_drafts_are_not_found_by_others(client_as, office, role):
    where = drafted(client_as, office.staff)
    who = make.actor(role, unit=office.schools)
    for address in (where, f"{where}.pdf", f"{where}/edit", f"{where}/sign", "/reports/drafts/"):
        assert client_as(who).get(address).status_code == 404, address


def test_readers_see_a_numbered_paper_once_it_is_issued(client_as, office):
    where = signed(client_as, office)
    post(client_as(office.staff), f"{where}/number")
    paper = db.session.query(Paper).one()
    observer = make.actor(Role.OBSERVER)
    code = grouped(paper.verification_code)

    for address in (f"/reports/papers/{paper.id}", f"/reports/papers/{paper.id}.pdf"):
        assert client_as(observer).get(address).status_code == 404
        assert client_as(office.staff).get(address).status_code == 200
    assert paper.title not in client_as(observer).get("/reports/").text
    assert paper.title not in client_as(observer).get(f"/verify/{code}").text

    post(client_as(office.staff), f"{where}/seal", how="on_line")
    post(client_as(office.staff), f"{where}/issue", how="on_line", issued_on="2026-07-14", copy_count="12")
    assert client_as(observer).get(f"/reports/papers/{paper.id}").status_code == 200
    assert paper.title in client_as(observer).get(f"/verify/{code}").text


def test_pages_cost_few_statements(client_as, office, statements):
    where = issued(client_as, office)
    post(client_as(office.staff), f"{where}/distribution", unit_ids=str(office.schools.id))
    client = client_as(office.staff)
    counted = {}
    for address in (where, "/reports/drafts/", "/reports/register/"):
        db.session.expire_all()
        statements.clear()
        assert client.get(address).status_code == 200
        counted[address] = len(statements)
    instruct = f"/supervision/papers/{where.rpartition('/')[2]}/instruct"
    assert f'href="{instruct}"' in client_as(make.actor(Role.LEADER)).get(where).text
    reader = client_as(make.liaison(office.schools))
    statements.clear()
    reader.get("/reports/received/")
    counted["received"] = len(statements)
    assert counted == {where: 9, "/reports/drafts/": 3, "/reports/register/": 3, "received": 5}, counted
    assert clock.today() == date(2026, 7, 14)
