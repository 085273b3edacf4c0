"""Papers for a meeting and those the office writes: what the system holds is prefilled, the office's words stay."""

import re
from datetime import date

import pytest
from lxml import html

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.db import transaction
from meetings.meetings import queries as meetings
from meetings.meetings.models import Attendance, AttendanceState, Capacity, MeetingStatus
from meetings.reporting import catalogue
from meetings.reporting.forms import FORMS, PaperForm
from meetings.reporting.models import Paper
from meetings.tasks import queries as task_queries
from meetings.tasks.actions import ask_extension, open_consultation
from meetings.tasks.models import TaskRequirement, TaskStatus
from meetings.workdays.rules import Calendar
from reports.freezing import freeze, thaw
from tests import factories as make
from tests.pages import check
from tests.reporting.conftest import RARE, attend, text_of
from tests.reporting.making import KEY, fields_of, sent

OFFICIAL = [code for code, entry in catalogue.PAPERS.items() if entry.style == "official"]
OF_MEETINGS = [code for code, entry in catalogue.PAPERS.items() if entry.group == "meetings"]
OFFICES = [*OF_MEETINGS, "bulletin", "leader-brief", "work-brief"]


# --- the catalogue --------------------------------------------------------------------------------------------------


def test_each_paper_has_the_words_that_its_form_asks_for():
    """One name from the form's field to the paper's parameter."""
    own = {name for name in dir(PaperForm) if hasattr(getattr(PaperForm, name), "field_class")}
    for code, entry in catalogue.PAPERS.items():
        form = FORMS.get(code, PaperForm)
        asked = {name for name in dir(form) if hasattr(getattr(form, name), "field_class")} - own
        assert asked == set(entry.texts), code


def test_the_data_of_every_paper_can_be_frozen(story, coming):
    make.evaluation(by=story.director)
    asked = {"asked_due_on": date(2026, 10, 30), "reason": "缺人", "progress": "过半"}
    make.step(ask_extension, story.going, by=make.liaison(story.schools), **asked)
    make.task(status=TaskStatus.IN_PROGRESS, due_on=date(2026, 7, 1))
    make.figure(make.indicator(make.domain(make.plan())), 2024, "93.1")
    draft = make.draft(title="先征求意见", lead_unit=story.schools)
    with transaction(by=story.director):
        rows = task_queries.find_many([draft.id], actor=story.director)
        open_consultation(rows, title="任务清单", answer_by=date(2026, 7, 20), by=story.director)
    for code, entry in catalogue.PAPERS.items():
        chosen = catalogue.completed(entry, actor=story.director, chosen={})
        data = catalogue.gathered(entry, actor=story.director, chosen=chosen).data
        assert thaw(catalogue.data_kind(entry), freeze(data)) == data, code


def test_papers_that_nothing_can_be_made_of_are_not_listed(client_as):
    client = client_as(make.director())
    page = client.get("/reports/").text
    check(page)
    assert "会议通知" not in page
    assert "任务分解表" in page
    make.meeting(status=MeetingStatus.DRAFT)
    page = client.get("/reports/").text
    assert "会议通知" in page
    assert "会议纪要" not in page


def test_the_list_stands_in_groups(client_as, coming):
    page = client_as(make.director()).get("/reports/").text
    check(page)
    groups = html.fromstring(page).xpath("//th[@scope='rowgroup']/text()")
    assert groups == ["会议", "任务", "督办", "情况", "规划", "归档"]


def test_each_page_and_paper_opens(client_as, coming, session):
    client = client_as(make.director())
    for code in OFFICES:
        page = client.get(f"/reports/{code}")
        assert page.status_code == 200, code
        check(page.text)
        for form in ("pdf", "docx", "xlsx"):
            answer = client.get(f"/reports/{code}.{form}")
            assert answer.status_code == 200, (code, form)
            assert answer.data[:2] == (b"%P" if form == "pdf" else b"PK")
        again = client.post(f"/reports/{code}", data=sent(client, code, look="1"))
        assert again.status_code == 200
        check(again.text)
        assert fields_of(again.text).keys() >= set(catalogue.PAPERS[code].texts) - {"with_name_cards"}
    assert session.query(Paper).count() == 0


def test_the_statements_are_few_and_do_not_grow(client_as, coming, story, statements):
    """Of a page: who asks, the parts of the paper, the choices, and what the frame shows."""
    client = client_as(story.director)
    counts = {code: [] for code in OFFICES}
    for turn in range(2):
        for code in OFFICES:
            statements.clear()
            assert client.get(f"/reports/{code}").status_code == 200
            counts[code].append(len(statements))
        for n in range(3):
            lead = make.unit()
            task = make.under_way(
                title=f"又一项{n}", by=story.director, lead_unit=lead, meeting=story.meeting, basis="分解表"
            )
            make.report(task, by=make.liaison(lead), problems="缺人。")
            attend(coming, 10 * turn + n + 10, unit_name=lead.name)
            make.requirement(story.meeting)
    assert {code: before for code, (before, _after) in counts.items()} == {
        code: after for code, (_b, after) in counts.items()
    }
    assert max(max(each) for each in counts.values()) <= 26, counts


# --- prefilled from what the system holds ---------------------------------------------------------------------------


def test_a_notice_is_filled_from_the_meeting(client_as, coming):
    client = client_as(make.director())
    words = fields_of(client.get("/reports/meeting-notice").text)
    assert words["title"] == "关于召开2026年妇女儿童工作推进会的通知"
    assert words["addressees"] == "各成员单位"
    assert words["time"] == "2026年7月30日（星期四）10:00。"
    assert words["place"] == f"三楼会议室{RARE}。"
    assert words["attendees"].strip() == "各成员单位主要负责人。"
    assert words["agenda"].strip().splitlines() == ["报告工作情况（县妇联主席）。", "交流发言（县教育局）。"]
    assert words["reply_by"] == str(Calendar().add(date(2026, 7, 30), -3))
    text = text_of(client.get("/reports/meeting-notice.pdf").data)
    for said in (
        "关于召开2026年妇女儿童工作推进会的通知",
        f"三楼会议室{RARE}",
        "参会回执",
        "2026年7月27日前将参会回执报",
        "〔2026〕号",
    ):
        assert said in text, said


def test_what_the_office_types_is_on_the_paper_and_stays_on_the_page(client_as, coming):
    client = client_as(make.director())
    typed = sent(
        client, "meeting-notice", title="关于开会的通知", dress=f"着正装{RARE}。", leave="", reply_by="", look="1"
    )
    page = client.post("/reports/meeting-notice", data=typed).text
    check(page)
    assert fields_of(page)["dress"].strip() == f"着正装{RARE}。"
    assert fields_of(page)["leave"].strip() == ""
    paper = client.post("/reports/meeting-notice.pdf", data=typed)
    text = text_of(paper.data)
    assert "关于开会的通知" in text
    assert f"着正装{RARE}。" in text
    assert "书面请假" not in text
    assert paper.data == client.post("/reports/meeting-notice.pdf", data=typed).data


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "请填写标题"),
        ({"title": "长" * 101}, "标题最多 100 字"),
        ({"reply_by": "后天"}, "回执报送日期应是一个日期"),
        ({"meeting": "999999"}, "请从列表中选择会议"),
        ({"other": "本件为秘密★10年"}, "密级"),
    ],
)
def test_wrong_words_are_shown_again_with_the_reason(client_as, coming, changed, words):
    client = client_as(make.director())
    data = sent(client, "meeting-notice", **changed)
    for path in ("/reports/meeting-notice", "/reports/meeting-notice.pdf"):
        page = client.post(path, data=data)
        assert page.status_code == 200
        assert page.mimetype == "text/html"
        check(page.text)
        assert words in page.text


def test_an_agenda_tells_when_each_item_begins(client_as, coming):
    text = text_of(client_as(make.director()).get("/reports/agenda.pdf").data)
    assert "一10:00报告工作情况县妇联主席15分钟" in text
    assert "二10:15交流发言县教育局—" in text
    assert "计划用时共15分钟，另有1项未定用时。" in text


def test_a_sheet_counts_once_the_meeting_was_held(client_as, coming, session):
    client = client_as(make.director())
    assert "应到2人，实到人，请假人，缺席人。" in text_of(client.get("/reports/sign-in-sheet.pdf").data)
    held = make.meeting(title="已开的会", held_on=date(2026, 7, 13))
    attend(held, 1, unit_name="县教育局", state=AttendanceState.PRESENT)
    attend(held, 2, unit_name="县统计局", state=AttendanceState.SUBSTITUTE, substitute_post="副局长")
    attend(held, 3, unit_name="县人大", state=AttendanceState.PRESENT, capacity=Capacity.OBSERVER)
    address = f"/reports/sign-in-sheet.pdf?meeting={held.id}"
    text = text_of(client.get(address).data)
    assert "应到2人，实到2人，请假0人，缺席0人。" in text
    assert "副局长代" in text
    listed = text_of(client.get(f"/reports/attendee-list.pdf?meeting={held.id}").data)
    assert "到会率2÷2100.0%" in listed
    assert "列席1人，到1人。" in listed
    attend(held, 4, unit_name="县医保局", state=AttendanceState.ABSENT)
    assert "4县医保局缺席" in text_of(client.get(address).data)


def test_name_cards_leave_out_who_stays_away(client_as, coming):
    client = client_as(make.director())
    data = sent(client, "attendee-list")
    without = text_of(client.post("/reports/attendee-list.pdf", data=data).data)
    cards = text_of(client.post("/reports/attendee-list.pdf", data={**data, "with_name_cards": "y"}).data)
    assert cards.count("县教育局局长") == without.count("县教育局局长") + 1
    assert cards.count("县统计局局长") == without.count("县统计局局长")
    assert "已报回执1人（代会0，请假1）；未报回执1人。" in without


def test_answers_are_counted_before_the_day(client_as, coming):
    director = make.director()
    with transaction(by=director):
        asked = next(row for row in meetings.roll_of(coming) if row.state is AttendanceState.EXPECTED)
        asked.replied_at, asked.substitute_name, asked.substitute_post = clock.now(), "丁", "副局长"
    text = text_of(client_as(director).get("/reports/attendee-list.pdf").data)
    assert "已报回执2人（代会1，请假1）。" in text


def test_a_script_calls_each_item_up(client_as, coming):
    text = text_of(client_as(make.director()).get("/reports/chair-script.pdf").data)
    assert "现在进行会议第一项议程：报告工作情况。请县妇联主席作报告。" in text
    assert "现在进行会议最后一项议程：交流发言。请县教育局依次发言。" in text


def test_previous_items_say_what_the_report_of_that_meeting_says(client_as, coming, story):
    client = client_as(story.director)
    text = text_of(client.get("/reports/previous-items.pdf").data)
    shown = ("待分解", "2026年7月31日", "办结率50.0%（1/2）")
    for said in (f"要摸清底数{RARE}。", "要加强统筹。", f"核对名册{RARE}", *shown):
        assert said in text, said
    assert "统计口径" not in text
    page = client.get(f"/reports/previous-items?meeting={story.meeting.id}").text
    assert "请从列表中选择会议" in page


def test_a_task_stands_under_each_requirement_that_it_answers(client_as, story):
    unit = make.unit("县民政局")
    wanted = make.requirement(story.meeting, text="要管好阵地。")
    task = make.under_way(lead_unit=unit, title="儿童之家管理", basis="任务分解表")
    make.save(TaskRequirement(task_id=task.id, requirement_id=wanted.id))
    text = text_of(client_as(story.director).get(f"/reports/meeting-progress.pdf?meeting={story.meeting.id}").data)
    assert text.index("要管好阵地。") < text.index("儿童之家管理")


def test_previous_items_are_counted_as_the_meetings_own_page_counts_them(client_as, coming, story):
    make.requirement(story.meeting, text="少开会", set_aside_reason="已在日常工作中")
    make.requirement(story.meeting, text="会议认为，形势很好。", is_actionable=False)
    client = client_as(story.director)
    tally = html.fromstring(client.get(f"/meetings/{coming.id}/previous").text).xpath(
        "//ul[contains(@class, 'tally')]/li"
    )
    shown = [re.sub(r"\s", "", each.text_content()) for each in tally]
    assert shown == ["共3条", "已落实0条", "办理中1条", "未列任务1条", "写明不列1条"]
    text = text_of(client.get("/reports/previous-items.pdf").data)
    assert "应办的要求共3条：办理中1条，未列任务1条，写明不列1条（另有不需办理的1条）；" in text
    assert "任务共2项：正常1项，已办结1项；办结率50.0%（1/2）" in text


def test_the_page_of_a_meeting_leads_to_its_papers(client_as, coming, story):
    client = client_as(story.director)
    for meeting in (coming, story.meeting):
        page = client.get(f"/meetings/{meeting.id}")
        check(page.text)
        links = html.fromstring(page.text).xpath("//aside//a[starts-with(@href, '/reports/')]/@href")
        assert len(links) >= 6
        for link in links:
            answer = client.get(link)
            assert answer.status_code == 200, link
            assert "有 1 处需要改正" not in answer.text, link
    for reader in (make.actor(Role.OBSERVER), make.liaison(story.schools)):
        page = client_as(reader).get(f"/meetings/{coming.id}").text
        assert "meeting-notice" not in page


def test_an_extended_task_shows_both_days(client_as, coming, story, session):
    from meetings.core.db import transaction

    with transaction(by=story.director):
        session.merge(story.going).due_on = date(2026, 12, 31)
    text = text_of(client_as(story.director).get("/reports/previous-items.pdf").data)
    assert "2026年12月31日（原定2026年9月30日）" in text
    assert "经批准延期的1项按现定时限判断逾期" in text_of(client_as(story.director).get("/reports/bulletin.pdf").data)


def test_an_empty_meeting_makes_every_paper(client_as):
    make.meeting(title="空会议", status=MeetingStatus.HELD, previous_id=make.meeting(title="上次").id)
    client = client_as(make.director())
    for code in OFFICES:
        page = client.get(f"/reports/{code}")
        assert page.status_code == 200, code
        check(page.text)
        assert client.get(f"/reports/{code}.pdf").data.startswith(b"%PDF"), code


def test_three_hundred_units_fit(client_as, coming):
    make.save(
        *(
            Attendance(
                meeting_id=coming.id, position=n, group_name="各成员单位", unit_name=f"第{n}单位", post_title="局长"
            )
            for n in range(10, 310)
        )
    )
    client = client_as(make.director())
    page = client.get("/reports/sign-in-sheet")
    assert len(page.data) < 60_000
    text = text_of(client.get("/reports/sign-in-sheet.pdf").data)
    assert all(f"第{n}单位" in text for n in range(10, 310))


# --- who may --------------------------------------------------------------------------------------------------------


def test_a_unit_makes_no_papers_of_the_office(client_as, coming, story):
    client = client_as(make.liaison(story.schools))
    for code in OFFICES:
        for path in (f"/reports/{code}", f"/reports/{code}.pdf", f"/reports/{code}.docx"):
            assert client.get(path).status_code == 404, path
            assert client.post(path, data=KEY).status_code == 404, path


@pytest.mark.parametrize("role", [Role.LEADER, Role.OBSERVER])
def test_who_only_reads_drafts_no_official_papers(client_as, coming, role):
    client = client_as(make.actor(role))
    assert client.get("/reports/agenda").status_code == 200
    for code in OFFICIAL:
        assert client.get(f"/reports/{code}").status_code == 404
        assert client.post(f"/reports/{code}.pdf", data=KEY).status_code == 404


def test_the_papers_of_another_committee_are_not_found(client_as, coming):
    elsewhere = make.committee()
    client = client_as(make.actor(Role.OFFICE_DIRECTOR, committee_id=elsewhere.id))
    for code in OFFICES:
        assert client.get(f"/reports/{code}.pdf?meeting={coming.id}").status_code == 404, code


def test_each_paper_of_a_meeting_is_kept_when_made(client_as, coming, session):
    client = client_as(make.director())
    for place, code in enumerate(code for code in OF_MEETINGS if code not in OFFICIAL):
        answer = client.post(f"/reports/{code}", data=sent(client, code, form_key=f"key{place}"))
        assert answer.status_code == 303, answer.text
    kept = {paper.code: paper for paper in session.query(Paper)}
    assert set(kept) == set(OF_MEETINGS) - set(OFFICIAL)
    assert kept["sign-in-sheet"].parameters["blank_lines"] == "5"
    page = client.get("/reports/").text
    check(page)
    assert "2026年妇女儿童工作推进会签到表" in page


def test_the_gathering_needs_no_page(coming, story):
    """A gather is a plain call: the same data without the web."""
    entry = catalogue.find("agenda", actor=story.director)
    content = catalogue.gathered(entry, actor=story.director, chosen={"meeting": coming.id})
    assert [item.title for item in content.data.items] == ["报告工作情况", "交流发言"]
    assert content.filter_text == "会议：2026年妇女儿童工作推进会"
    assert meetings.find(coming.id, actor=story.director).title == content.data.meeting.title
