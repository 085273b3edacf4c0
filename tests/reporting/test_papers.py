"""Papers hold what the pages show, go to who may see it, and stay as they were made."""

import hashlib
import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import html

from meetings.accounts.models import Role
from meetings.audit.models import AccessEntry, AccessKind, AuditEntry
from meetings.core import clock
from meetings.reporting import catalogue
from meetings.reporting.models import Paper
from meetings.tasks import actions
from tests import factories as make
from tests.pages import check
from tests.reporting.conftest import RARE, said_in, text_of
from tests.reporting.making import KEY, made


def facts_of(page):
    """Rates and counts as the page shows them: label and figures of each row that has a heading."""
    tree = html.fromstring(page)
    rows = tree.xpath("//*[@role='document']//tbody/tr[th]")
    return {
        re.sub(r"\s", "", row.findtext("th")): [re.sub(r"\s", "", cell.text_content()) for cell in row.findall("td")]
        for row in rows
    }


# --- numbers --------------------------------------------------------------------------------------------------------


def test_the_page_and_the_paper_show_the_same_numbers(client_as, story):
    client = client_as(story.director)
    page = client.get(f"/reports/meeting-progress?meeting={story.meeting.id}")
    check(page.text)
    facts = facts_of(page.text)
    assert facts["办结率"][:2] == facts["要求分解率"][:2] == ["1÷2", "50.0%"]
    text = text_of(client.get(f"/reports/meeting-progress.pdf?meeting={story.meeting.id}").data)
    for label in ("办结率", "按期办结率（原定时限）", "要求分解率", "正常", "逾期", "已办结"):
        assert label + "".join(facts[label]) in text, label
    assert "合计2" in text  # the page ends before it


def test_the_paper_holds_each_fact_of_the_tasks(client_as, story):
    text = text_of(client_as(story.director).get(f"/reports/meeting-progress.pdf?meeting={story.meeting.id}").data)
    facts = [
        *(
            "要加强统筹。",
            "副县长",
            "排查学业状况",
            "已排查42所学校。",
            "个别村缺人。",
            "下月补齐。",
            "县卫生健康委员会",
        ),
        *(f"要摸清底数{RARE}。", f"核对名册{RARE}", f"名册已核{RARE}。"),
        *("2026年7月31日", "已办结", "三楼会议室", "2026年第1次", "预览"),
    ]
    for said in facts:
        assert said in text, said
    assert "统计口径" not in text


def test_a_unit_reads_its_own_part_of_a_shared_task(client_as, story):
    text = text_of(client_as(make.liaison(story.health)).get("/reports/unit-progress.pdf").data)
    assert "县卫生健康委员会任务进展报告" in text
    assert "牵头任务0项，配合任务1项" in text
    assert f"核对名册{RARE}" in text
    assert "排查学业状况" not in text


def test_the_list_holds_each_row_once(client_as, story):
    text = text_of(client_as(story.director).get("/reports/responsibility-list.pdf?columns=tracking").data)
    for title in ("排查学业状况", f"核对名册{RARE}", "统计口径"):
        assert text.count(title) == 1
    assert "共3项" in text


def test_a_past_day_is_shown_as_it_stood(client_as, story, frozen_clock):
    frozen_clock(clock.now() + timedelta(days=30))
    make.step(actions.return_task, make_submitted(story), by=story.director, reason="缺附件")
    client = client_as(story.director)
    now = facts_of(client.get(f"/reports/meeting-progress?meeting={story.meeting.id}").text)
    then = facts_of(client.get(f"/reports/meeting-progress?meeting={story.meeting.id}&as_of=2026-07-14").text)
    assert then["办结率"][:2] == ["1÷2", "50.0%"]
    before = facts_of(client.get(f"/reports/meeting-progress?meeting={story.meeting.id}&as_of=2026-07-13").text)
    assert before["办结率"][:2] == ["0÷0", "—"]
    assert now["正常"][0] == then["正常"][0] == "1项"
    paper = text_of(client.get(f"/reports/meeting-progress.pdf?meeting={story.meeting.id}&as_of=2026-07-14").data)
    assert "缺附件" not in paper


def make_submitted(story):
    liaison, head = make.liaison(story.schools), make.head(story.schools)
    make.step(actions.submit_completion, story.going, by=liaison, note="")
    make.step(actions.approve_in_unit, story.going, by=head)
    return story.going


def test_today_read_from_the_rows_equals_today_read_from_the_events(story):
    """The replay of a past day and the rows of today tell the same."""
    from dataclasses import replace

    from meetings.reporting.gather import meeting_progress
    from meetings.reporting.gather.task_facts import Moment
    from meetings.tasks.rules import LightRule
    from meetings.workdays.rules import Calendar

    moment = Moment.of(clock.today(), LightRule.of(clock.today(), Calendar()))
    rows = meeting_progress.gather(load(story), actor=story.director, moment=moment)
    replayed = meeting_progress.gather(load(story), actor=story.director, moment=replace(moment, is_today=False))
    assert rows.states == replayed.states
    assert rows.rates == replayed.rates


def load(story):
    from meetings.meetings import queries

    return queries.find(story.meeting.id, actor=story.director)


def test_the_statements_do_not_grow_with_the_tasks(client_as, story, statements):
    client = client_as(story.director)
    make.unit()  # from now on nothing counts that was kept before
    counts = []
    for _ in range(2):
        statements.clear()
        assert client.get(f"/reports/meeting-progress?meeting={story.meeting.id}").status_code == 200
        counts.append(len(statements))
        for n in range(4):
            lead = make.unit()
            going = make.under_way(
                title=f"又一项{n}", by=story.director, lead_unit=lead, meeting=story.meeting, basis="分解表"
            )
            make.report(going, by=make.liaison(lead))
    assert counts[0] == counts[1]
    assert counts[0] <= 22


# --- making and printing again --------------------------------------------------------------------------------------


def test_a_paper_is_numbered_kept_and_printed_again_to_the_byte(client_as, story, session):
    client = client_as(story.director)
    where = made(client, "meeting-progress", meeting=story.meeting.id)
    page = client.get(where)
    check(page.text)
    paper = session.query(Paper).one()
    assert paper.number == "BB-2026-0001"
    assert paper.title == "2026年妇女儿童工作会议任务落实情况报告"
    first = client.get(f"/reports/papers/{paper.id}.pdf")
    make.step(actions.suspend, story.going, by=story.director, reason="等上级文件")
    again = client.get(f"/reports/papers/{paper.id}.pdf")
    assert first.data == again.data
    assert hashlib.sha256(first.data).hexdigest() == paper.sha256
    text = text_of(first.data)
    code = "-".join(paper.verification_code[n : n + 4] for n in range(0, 16, 4))
    for said in ("BB-2026-0001", code, "会议：2026年妇女儿童工作会议", "办公室主任", paper.audit_head):
        assert said in text
    assert "预览" not in text


def test_each_print_is_logged(client_as, story, session):
    client = client_as(story.director)
    where = made(client, "responsibility-list")
    client.get(f"{where}.pdf")
    client.get("/reports/responsibility-list.pdf")
    said = [
        entry.subject for entry in session.query(AccessEntry).filter_by(kind=AccessKind.PRINT).order_by(AccessEntry.id)
    ]
    assert said == ["BB-2026-0001 任务分解表（责任清单）"] * 2 + ["预览 任务分解表（责任清单）"]


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_paper_is_saved_as_word_and_excel(client_as, story, session, suffix):
    response = client_as(story.director).get(f"/reports/meeting-progress.{suffix}?meeting={story.meeting.id}")
    assert response.mimetype == catalogue.FORMATS[suffix].media_type
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    said = said_in(response.data, suffix)
    assert f"名册已核{RARE}。" in said
    assert "2026年妇女儿童工作会议任务落实情况报告" in said
    logged = session.query(AccessEntry).filter_by(kind=AccessKind.PRINT).one().subject
    assert logged == f"预览 2026年妇女儿童工作会议任务落实情况报告 {suffix}"
    page = client_as(story.director).get(f"/reports/meeting-progress?meeting={story.meeting.id}").text
    assert f"/reports/meeting-progress.{suffix}?meeting={story.meeting.id}" in page


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_made_paper_is_saved_as_word_and_excel_as_it_was(client_as, story, session, suffix):
    client = client_as(story.director)
    where = made(client, "meeting-progress", meeting=story.meeting.id)
    paper = session.query(Paper).one()
    first = client.get(f"{where}.{suffix}")
    make.step(actions.suspend, story.going, by=story.director, reason="等上级文件")
    assert client.get(f"{where}.{suffix}").data == first.data
    said = said_in(first.data, suffix)
    assert paper.title in said
    assert f"名册已核{RARE}。" in said
    assert "等上级文件" not in said
    assert f"{where}.{suffix}" in client.get(where).text
    kept = session.query(AccessEntry).filter_by(kind=AccessKind.PRINT).order_by(AccessEntry.id).all()
    assert [entry.subject for entry in kept][1:] == [f"{paper.number} {paper.title} {suffix}"] * 2
    assert paper.number in unpacked(first.data)
    assert paper.verification_code not in unpacked(first.data)


def unpacked(content):
    """All parts of a Word document or a workbook as text."""
    with ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_a_copy_goes_to_whom_the_paper_goes(client_as, story, session):
    made(client_as(story.director), "unit-progress", unit=story.bureau.id)
    paper = session.query(Paper).one()
    assert client_as(make.liaison(story.bureau)).get(f"/reports/papers/{paper.id}.docx").status_code == 200
    assert client_as(make.liaison(story.health)).get(f"/reports/papers/{paper.id}.docx").status_code == 404


def test_a_paper_from_before_data_were_kept_has_its_pdf_alone(client_as, story, session):
    client = client_as(story.director)
    where = made(client, "responsibility-list")
    session.query(Paper).update({"data_sha256": ""})
    session.commit()
    assert "Word 版" not in client.get(where).text
    assert client.get(f"{where}.docx").status_code == 404
    assert client.get(f"{where}.pdf").status_code == 200


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_word_and_excel_show_a_unit_no_more_than_the_pdf(client_as, story, suffix):
    client = client_as(make.liaison(story.health))
    assert client.get(f"/reports/unit-progress.{suffix}?unit={story.bureau.id}").status_code == 404
    assert "排查学业状况" not in said_in(client.get(f"/reports/responsibility-list.{suffix}").data, suffix)
    assert client_as(make.liaison(story.schools)).get(f"/reports/chain.{suffix}").status_code == 404


def test_a_double_submit_makes_one_paper(client_as, story, session):
    client = client_as(story.director)
    assert made(client, "responsibility-list") == made(client, "responsibility-list")
    assert session.query(Paper).count() == 1


def test_looking_writes_nothing_but_the_log(client_as, story, session):
    client = client_as(story.director)
    before = session.query(AuditEntry).count()
    for address in (
        "/reports/",
        "/reports/meeting-progress",
        "/reports/meeting-progress.pdf",
        "/reports/unit-progress",
    ):
        assert client.get(address).status_code == 200
    assert session.query(Paper).count() == 0
    assert session.query(AuditEntry).count() == before


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"meeting": "999999"}, "请从列表中选择会议"),
        ({"meeting": "x"}, "请从列表中选择会议"),
        ({"as_of": "2026-07-15"}, "截至日期不能晚于今天"),
        ({"as_of": "昨天"}, "截至日期应是一个日期"),
    ],
)
def test_wrong_input_is_shown_again_with_its_reason(client_as, story, session, chosen, words):
    client = client_as(story.director)
    sent = {"meeting": story.meeting.id, **chosen}
    for page in (
        client.get("/reports/meeting-progress", query_string=sent),
        client.post("/reports/meeting-progress", data={**KEY, **sent}),
    ):
        assert page.status_code == 200
        check(page.text)
        assert words in page.text
    assert session.query(Paper).count() == 0
    if chosen.get("as_of"):
        assert chosen["as_of"] in page.text


def test_without_meetings_the_page_says_what_to_do_first(client_as):
    page = client_as(make.director()).get("/reports/meeting-progress")
    assert page.status_code == 200
    check(page.text)
    assert "登记会议" in page.text


# --- who sees what --------------------------------------------------------------------------------------------------


def test_a_unit_makes_its_own_papers_only(client_as, story):
    client = client_as(make.liaison(story.schools))
    assert client.get("/reports/meeting-progress").status_code == 404
    assert client.post("/reports/meeting-progress", data=KEY).status_code == 404
    assert client.get(f"/reports/unit-progress.pdf?unit={story.bureau.id}").status_code == 404
    page = client.get("/reports/unit-progress").text
    check(page)
    assert "县统计局" not in page
    text = text_of(client.get("/reports/responsibility-list.pdf").data)
    assert "排查学业状况" in text
    assert "统计口径" not in text


def test_a_unit_finds_only_papers_about_itself(client_as, story, session):
    director = client_as(story.director)
    made(director, "meeting-progress", meeting=story.meeting.id)
    made(director, "unit-progress", unit=story.bureau.id, form_key="two")
    made(director, "unit-progress", unit=story.schools.id, form_key="three")
    papers = {paper.title: paper.id for paper in session.query(Paper)}
    client = client_as(make.liaison(story.schools))
    page = client.get("/reports/").text
    check(page)
    assert "县教育局任务进展报告" in page
    assert "县统计局" not in page
    assert client.get(f"/reports/papers/{papers['县教育局任务进展报告']}.pdf").status_code == 200
    for title in ("县统计局任务进展报告", "2026年妇女儿童工作会议任务落实情况报告"):
        assert client.get(f"/reports/papers/{papers[title]}").status_code == 404
        assert client.get(f"/reports/papers/{papers[title]}.pdf").status_code == 404


def test_another_committee_finds_nothing(client_as, story, session):
    made(client_as(story.director), "meeting-progress", meeting=story.meeting.id)
    paper = session.query(Paper).one()
    elsewhere = make.committee()
    stranger = make.actor(Role.OFFICE_DIRECTOR, committee_id=elsewhere.id)
    client = client_as(stranger)
    assert client.get(f"/reports/papers/{paper.id}").status_code == 404
    assert client.get(f"/reports/papers/{paper.id}.pdf").status_code == 404
    assert client.get(f"/reports/meeting-progress.pdf?meeting={story.meeting.id}").status_code == 404
    assert client.get(f"/reports/unit-progress.pdf?unit={story.schools.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_an_administrator_prints_nothing(client_as, story, role):
    client = client_as(make.actor(role))
    for address in ("/reports/", "/reports/meeting-progress", "/reports/meeting-progress.pdf", "/reports/papers/1"):
        assert client.get(address).status_code == 404


def test_drafts_are_not_on_a_units_paper(client_as, story):
    make.draft(title="还没有交办", by=story.director, lead_unit=story.schools)
    text = text_of(client_as(make.liaison(story.schools)).get("/reports/responsibility-list.pdf").data)
    assert "还没有交办" not in text
    assert "还没有交办" in text_of(client_as(story.director).get("/reports/responsibility-list.pdf").data)


def test_a_date_is_shown_beside_the_field_it_came_from(client_as, story):
    page = client_as(story.director).get(f"/reports/meeting-progress?meeting={story.meeting.id}&as_of=2026-07-10").text
    assert f'value="{date(2026, 7, 10)}"' in page
