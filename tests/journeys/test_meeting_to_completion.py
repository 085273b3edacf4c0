"""From a meeting to a closed task and its paper, through the pages, without a browser: on both engines."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from meetings.directory.models import PostKind
from tests import factories
from tests.journeys.pages import link, send, text_of

SENTENCE = "寄宿学生要逐校走访。"
ASIDE = "各单位要高度重视。"
TITLE = "逐校走访寄宿学生"
RETURNED = "缺台账，请补充。"
EVIDENCE, SCAN = "台账.txt", "签批页.pdf"


@pytest.fixture
def people(client_as):
    """An office and three units; ``people("edu_head")`` is the browser of that person, who acts from then on."""
    education, health, statistics = (factories.unit(name) for name in ("县教育局", "县卫健委", "县统计局"))
    for unit in (education, health, statistics):
        factories.post(unit, PostKind.HEAD)
    factories.group(education, health, statistics, name="各成员单位")
    factories.meeting_kind("推进会")
    actors = {
        "staff": factories.staff(),
        "director": factories.director(),
        "edu_liaison": factories.liaison(education),
        "edu_head": factories.head(education),
        "stats_liaison": factories.liaison(statistics),
        "nobody": None,
    }
    return lambda name: client_as(actors[name])


def test_from_a_meeting_to_a_closed_task_and_its_paper(people):
    meeting = record_the_meeting(people("staff"))
    task = make_the_task(people("staff"), meeting)
    send(people("staff"), task, button="送主任交办")
    send(people("director"), f"{task}/issue", note="请抓紧。")
    send(people("edu_liaison"), task, button="签收")

    report_and_ask(people("edu_liaison"), task, "已走访十二所学校。")
    send(people("edu_head"), f"{task}/approve", note="同意。")
    send(people("staff"), f"{task}/return", reason=RETURNED)
    assert RETURNED in text_of(people("edu_liaison"), task)

    report_and_ask(people("edu_liaison"), task, "台账已补齐。")
    record_the_signed_page(people("staff"), task)
    send(people("director"), f"{task}/complete", note="县卫健委已口头说明。")
    send(people("director"), f"{task}/close", note="已抽查台账。")
    assert "已销号" in text_of(people("staff"), task)

    paper, words = make_the_paper(people("staff"), meeting)
    told = [SENTENCE, ASIDE, TITLE, "县教育局", "县卫健委", "2026年9月30日", "2026年7月14日", RETURNED]
    told += ["线上签批", "线下签批", EVIDENCE, SCAN, "已销号", "核验码"]
    assert [each for each in told if each not in words] == []

    code = re.search(r"核验码：([0-9A-Z-]+)", words)[1]
    assert "推进会" not in text_of(people("nobody"), f"/verify/{code}")
    assert "BB-2026-" in text_of(people("nobody"), f"/verify/{code}")

    files = [link(people("staff"), task, name) for name in (EVIDENCE, SCAN)]
    for address in (task, f"{task}/progress", paper, f"{paper}.pdf", meeting, f"{meeting}/requirements", *files):
        assert people("stats_liaison").get(address).status_code == 404, address
    for address in ("/", "/tasks/?view=all", "/reports/", f"/search?q={TITLE[:6]}"):
        assert TITLE not in people("stats_liaison").get(address).text


def record_the_meeting(client):
    """Held today, with its address reviewed and two requirements, of which one is set aside."""
    meeting = send(
        client,
        "/meetings/new",
        title="终期评估推进会",
        kind_id="推进会",
        held_on="2026-07-14",
        scopes=["各成员单位：主要负责人"],
    )
    send(client, meeting, button="发出通知并编次")
    send(client, meeting, button="登记为已召开")
    send(client, f"{meeting}/agenda/new", kind="讲话", title="分管领导讲话")
    send(client, f"{meeting}/attendance", button="按参会范围生成名单")
    send(client, f"{meeting}/attendance", button="保存参会情况", all_present="1")
    assert "实到 3" in text_of(client, f"{meeting}/attendance")
    send(
        client,
        f"{meeting}/speeches/new",
        kind="讲话",
        speaker_post="副县长",
        text=f"{ASIDE}\n{SENTENCE}",
        text_status="已审定",
        reviewed_by="办公室主任",
        reviewed_on="2026-07-14",
    )
    bench = f"{meeting}/requirements"
    for sentence in (ASIDE, SENTENCE):
        send(client, bench, button="添加要求", text=sentence)
    send(client, link(client, f"{bench}?on=1", "本条不列任务"), reason="原则性要求。")
    assert "未分解 1 条" in text_of(client, bench)
    return meeting


def make_the_task(client, meeting):
    draft = {
        "tasks-0-title": TITLE,
        "tasks-0-lead_unit_id": "县教育局",
        "tasks-0-cooperating_units": "县卫健委",
        "tasks-0-due_on": "2026-09-30",
    }
    bench = send(client, f"{meeting}/requirements?on=2", button="存为任务草稿", **draft)
    assert "无遗漏" in text_of(client, bench)
    return link(client, bench, TITLE)


def report_and_ask(client, task, done):
    evidence = (BytesIO(f"台账：{done}".encode()), EVIDENCE)
    send(client, f"{task}/progress", done=done, step="已完成", files=evidence)
    send(client, f"{task}/submit", note=done)


def record_the_signed_page(client, task):
    """The head signed on paper this time; the office records it with the page."""
    writer, page = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(page)
    page.seek(0)
    send(
        client,
        f"{task}/approve",
        signed_by="县教育局局长",
        signed_on="2026-07-14",
        signed_words="同意。",
        scan=(page, SCAN),
    )


def make_the_paper(client, meeting):
    number = meeting.rpartition("/")[2]
    paper = send(client, f"/reports/meeting-progress?meeting={number}&detail=full", button="生成")
    sheets = PdfReader(BytesIO(client.get(f"{paper}.pdf").data)).pages
    return paper, re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in sheets))
