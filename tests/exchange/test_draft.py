"""From a text to a meeting: what is read is shown, what a person confirms is written, all or nothing."""

import io
from datetime import date

import pytest
from lxml import html as markup

from meetings.accounts.rules import Role
from meetings.attachments.models import Attachment
from meetings.directory.models import Person, Post, PostKind, Unit, UnitKind, UnitName
from meetings.meetings.models import Meeting, MeetingScope, Requirement, Speech, SpeechKind, TextStatus
from meetings.tasks.models import Task, TaskAim, TaskRequirement, TaskStatus, TaskUnit
from tests import factories, pages

REPORT = """首页
网站地图

云岭县召开妇儿工委全体会议

2026年3月12日　来源：县融媒体中心

3月10日，云岭县妇儿工委2026年第一次全体会议在县政府三楼会议室召开。副县长王立新出席并讲话，县政府办公室主任陈小梅主持会议。各成员单位主要领导、联络员，各乡镇分管领导参加会议。县民政局作交流发言。

王立新强调，要提高政治站位。由县妇联牵头，县教育局配合，于4月15日前制定攻坚方案；县民政局要建立台账。

上一篇：春季义诊
"""
URL = "/meetings/draft"


@pytest.fixture
def office(session):
    for name in ("县妇联", "县教育局", "县民政局"):
        factories.unit(f"云岭{name}", short_name=name)
    townships = [factories.unit("城关镇", kind=UnitKind.TOWNSHIP)]
    factories.group(factories.unit("县财政局"), name="各成员单位")
    factories.group(*townships, name="各乡镇")
    factories.meeting_kind("全体会议")
    return factories.staff()


def sent(answer):
    """What the form of a page would send, by name."""
    form = next(form for form in markup.fromstring(answer.text).forms if form.get("action", "").endswith("/review"))
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value.removeprefix("\n"))
    return {name: several if len(several) > 1 else several[0] for name, several in values.items()}


def read(client, text=REPORT):
    answer = client.post(URL, data={"form_key": "k", "text": text})
    assert answer.status_code == 200
    pages.check(answer.text)
    return answer


def test_what_is_read_is_shown_beside_the_text_and_nothing_is_written(client_as, session, office):
    client = client_as(office)

    pages.check(client.get(URL).text)
    answer = read(client)

    values = sent(answer)
    assert "网站地图" not in markup.fromstring(answer.text).xpath("string(//*[@data-source])")
    assert values["title"] == "云岭县妇儿工委2026年第一次全体会议"
    assert (values["held_on"], values["place"], values["chair_name"]) == ("2026-03-10", "县政府三楼会议室", "陈小梅")
    assert [values[f"sentences-{n}-treatment"] for n in range(3)] == ["set_aside", "task", "task"]
    assert (values["sentences-1-lead"], values["sentences-1-cooperating"], values["sentences-1-due_on"]) == (
        "县妇联",
        "县教育局",
        "2026-04-15",
    )
    assert values["sentences-1-title"] == "制定攻坚方案"
    assert values["sentences-2-due_on"] == ""
    assert [session.query(model).count() for model in (Meeting, Task, Attachment)] == [0, 0, 0]


def test_what_is_confirmed_becomes_a_meeting_in_one_act(client_as, session, office):
    client = client_as(office)
    values = sent(read(client)) | {
        "sentences-2-due_on": "2026-05-31",
        "speakers-0-person": "new",
        "speakers-0-speaker_post": "县妇联主席",
    }

    first = client.post(f"{URL}/review", data=values)
    again = client.post(f"{URL}/review", data=values)

    meeting = session.query(Meeting).one()
    assert first.status_code == 303
    assert first.location.endswith(f"/meetings/{meeting.id}/requirements")
    assert again.location == first.location
    assert (meeting.title, meeting.held_on) == ("云岭县妇儿工委2026年第一次全体会议", date(2026, 3, 10))
    kinds = {(scope.post_kind) for scope in session.query(MeetingScope)}
    assert kinds == {PostKind.HEAD, PostKind.LIAISON, PostKind.TOWNSHIP_DEPUTY}
    address, exchange = session.query(Speech).order_by(Speech.position)
    assert (address.kind, address.speaker_name, address.text_status) == (
        SpeechKind.ADDRESS,
        "王立新",
        TextStatus.NEWS_EXCERPT,
    )
    assert "网站地图" not in address.text
    assert (exchange.kind, exchange.speaker_post) == (SpeechKind.EXCHANGE, "县民政局")
    assert exchange.unit_id is not None
    person = session.query(Person).one()
    assert (person.name, session.query(Post).filter_by(person_id=person.id).one().title) == ("王立新", "主席")
    slogan, plan, ledger = session.query(Requirement).order_by(Requirement.number)
    assert slogan.set_aside_reason == "原则性要求，没有可核对的事项"
    for requirement in (slogan, plan, ledger):
        assert address.text[requirement.start : requirement.end] == requirement.text
    made = {task.requirement_id: task for task in session.query(Task)}
    assert set(made) == {plan.id, ledger.id}
    assert {task.status for task in made.values()} == {TaskStatus.DRAFT}
    assert (made[ledger.id].title, made[ledger.id].due_on) == ("建立台账", date(2026, 5, 31))
    assert session.query(Attachment).one().name == "会议文字原稿.txt"


@pytest.mark.parametrize("number", ["2026-777", None])
def test_a_sentence_is_joined_to_a_task_at_hand(client_as, session, office, number):
    at_hand = factories.task(lead_unit=factories.unit("县卫健委"), title="制定攻坚方案", number=number)
    client = client_as(office)
    values = sent(read(client)) | {"sentences-1-treatment": "join", "sentences-2-due_on": "2026-05-31"}
    refused = client.post(f"{URL}/review", data=values | {"sentences-1-joined_number": "2026-888"})
    pages.check(refused.text)
    assert "请写台账上有的任务编号" in refused.text
    assert session.query(Meeting).count() == 0

    values = sent(client.post(f"{URL}/review", data=values | {"act": f"into-1-{at_hand.id}"}))
    assert client.post(f"{URL}/review", data=values).status_code == 303

    row = session.query(TaskRequirement).one()
    assert (row.task_id, session.get(Requirement, row.requirement_id).number) == (at_hand.id, 2)
    assert session.query(Task).count() == 2


def test_what_a_task_lacks_is_said_beside_it_and_nothing_is_written(client_as, session, office):
    client = client_as(office)
    values = sent(read(client)) | {
        "sentences-0-reason": "",
        "sentences-1-lead": "县妇联、县教育局",
        "sentences-2-lead": "县水利局",
        "sentences-2-text": "原文没有的话",
        "kind_id": "",
    }

    answer = client.post(f"{URL}/review", data=values)

    pages.check(answer.text)
    for words in (
        "请写明不列任务的理由",
        "牵头单位只能有一家",
        "没有名为“县水利局”的单位",
        "原文中没有这句话",
        "请填写时限",
        "请选择会议类型",
    ):
        assert words in answer.text, words
    kept = sent(answer)
    assert (kept["sentences-2-text"], kept["sentences-1-lead"]) == ("原文没有的话", "县妇联、县教育局")
    assert session.query(Meeting).count() == 0


def test_sentences_are_joined_parted_copied_and_added(client_as, session, office):
    client = client_as(office)
    values = sent(read(client))

    joined = sent(client.post(f"{URL}/review", data=values | {"act": "join-1"}))
    assert joined["sentences-1-text"].endswith("制定攻坚方案；县民政局要建立台账。")
    assert "sentences-2-text" not in joined

    parted = sent(client.post(f"{URL}/review", data=joined | {"act": "split-1"}))
    assert parted["sentences-2-text"] == "县民政局要建立台账。"

    same = sent(client.post(f"{URL}/review", data=values | {"act": "same-2"}))
    assert (same["sentences-2-lead"], same["sentences-2-due_on"]) == ("县妇联", "2026-04-15")

    added = sent(client.post(f"{URL}/review", data=values | {"act": "add", "added": "县民政局作交流发言。"}))
    assert added["sentences-0-text"] == "县民政局作交流发言。"  # in the order of the text
    assert added["added"] == ""

    with_similar = factories.task(
        lead_unit=factories.unit("县卫健委"), title="制定攻坚方案，五年规划", number="2026-777"
    )
    page = client.post(f"{URL}/review", data=values | {"act": "none", "sentences-1-title": "五年规划攻坚"})
    assert f'value="into-1-{with_similar.id}"' in page.text
    into = sent(client.post(f"{URL}/review", data=values | {"act": f"into-1-{with_similar.id}"}))
    assert (into["sentences-1-treatment"], into["sentences-1-joined_number"]) == ("join", "2026-777")

    for nonsense in ("join-99", "split--1", "same-0", "same-x", "none", "add", "into-1-999999x", "into-99-1"):
        answer = client.post(f"{URL}/review", data=values | {"act": nonsense})
        assert answer.status_code == 200
        assert sent(answer)["sentences-0-text"] == values["sentences-0-text"]
    assert session.query(Meeting).count() == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "请粘贴文字，或者上传一个文件"),
        ({"text": "首页\n登录"}, "没有找到正文"),
        ({"text": "县妇联近日走访慰问困境儿童，送去书包和棉衣，了解他们的学习和生活情况。"}, "没有找到会议"),
        ({"text": "会" * 200_001}, "最多 200000 字"),
        ({"text": "秘密★1年\n会议要求，各单位要建立台账。"}, "密级标志"),
        ({"files": (io.BytesIO(b"%PDF-1.7"), "a.pdf")}, "PDF 不能直接读取"),
        ({"files": (io.BytesIO(("会议要求建立台账。" + "x" * 200_000).encode()), "a.txt")}, "最多 200000 字"),
        ({"files": (io.BytesIO(b"PK\x03\x04"), "a.docx")}, "已损坏"),
        ({"text": "会议要求，", "files": (io.BytesIO(b"x"), "a.txt")}, "只用一种"),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_what_was_typed(client_as, session, office, given, words):
    answer = client_as(office).post(URL, data={"form_key": "k", **given})

    assert answer.status_code == 200
    pages.check(answer.text)
    assert words in answer.text
    if len(given.get("text", "")) in range(1, 100):
        assert markup.fromstring(answer.text).xpath("string(//textarea[@name='text'])").strip() == given["text"]


def test_more_sentences_than_the_bench_holds_are_refused_in_words(client_as, session, office):
    text = REPORT + "".join(
        f"会议要求，县民政局要在4月{day}日前建立第{n}本台账。\n" for n in range(16) for day in range(1, 21)
    )
    shown = client_as(office).post(URL, data={"text": text})
    assert shown.status_code == 200
    assert "一次最多 300 句" in shown.text
    assert "第15本台账" in shown.text


def test_only_who_records_meetings_and_drafts_tasks_may_read_a_text(client_as, session, office):
    unit = factories.unit("县公安局")
    for actor in (factories.liaison(unit), factories.actor(Role.LEADER), factories.actor(Role.AUDITOR)):
        client = client_as(actor)
        for path in (URL, f"{URL}/review"):
            assert client.get(path).status_code in {403, 404}
            assert client.post(path, data={"form_key": "k", "text": REPORT}).status_code in {403, 404}
    assert client_as(office).get(f"{URL}/review").location.endswith(URL)


def test_the_command_prints_the_draft(app, session, office, tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(REPORT.encode("gb18030"))
    run = app.test_cli_runner().invoke

    told = run(args=["draft-meeting", str(file), "--json"])
    assert told.exit_code == 0
    assert '"units": [\n    "县妇联",\n    "县教育局"\n   ]' in told.output
    assert "人员：副县长王立新" in run(args=["draft-meeting", str(file)]).output
    assert run(args=["draft-meeting", "-"], input="没有会议的一段文字，只是说明情况而已。").exit_code == 1
    assert run(args=["draft-meeting", str(tmp_path / "none.txt")]).exit_code == 2


def test_who_speaks_twice_is_one_new_person_with_the_posts_that_are_shown(client_as, session, office):
    text = REPORT.replace("县政府办公室主任陈小梅主持会议", "县妇联主席陈小梅主持会议，并宣读《年度工作要点》")
    text = text.replace("县民政局作交流发言", "县妇联主席陈小梅作工作报告")
    client = client_as(office)
    page = read(client, text)
    values = sent(page)
    mine = [
        name.removesuffix("-speaker_name") for name, value in values.items() if value == "陈小梅" and "speaker" in name
    ]
    assert len(mine) == 2
    assert {values[f"{row}-person"] for row in mine} == {"new"}
    assert "登记为新的人员，任职：主席" in page.text
    values |= {"sentences-2-due_on": "2026-05-31"}

    assert client.post(f"{URL}/review", data=values).status_code == 303

    person = session.query(Person).one()
    assert session.query(Post).filter_by(person_id=person.id).one().title == "主席"
    assert session.query(Speech).filter_by(person_id=person.id).count() == 2


def test_the_bench_takes_former_names_and_fills_down(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县民政局").one()
    factories.save(UnitName(unit_id=unit.id, name="云岭县民政科", short_name="民政科", until_on=date(2020, 1, 1)))
    client = client_as(office)
    values = sent(read(client)) | {"sentences-1-cooperating": "云岭县民政科", "sentences-2-lead": "", "act": "fill-1"}

    filled = sent(client.post(f"{URL}/review", data=values))

    assert (filled["sentences-2-lead"], filled["sentences-2-due_on"]) == ("县妇联", "2026-04-15")
    del values["act"]
    values |= {"sentences-2-lead": "县妇联", "sentences-2-due_on": "2026-05-31"}
    assert client.post(f"{URL}/review", data=values).status_code == 303
    parts = {part.unit_id for part in session.query(TaskUnit)}
    assert unit.id in parts


def test_what_was_not_finished_is_given_back(client_as, session, office):
    client = client_as(office)
    values = sent(read(client)) | {"sentences-1-title": "改过的任务"}
    fields = [[name, value] for name, many in values.items() for value in ([many] if isinstance(many, str) else many)]
    kept = {"draft_of": f"{URL}/review", "draft_form": "meeting_review", "form_key": "k", "fields": fields}
    assert client.post("/drafts/", json=kept).status_code == 200

    assert "继续核对" in client.get(URL).text
    page = client.get(f"{URL}/review")
    pages.check(page.text)
    again = sent(page)
    assert again["sentences-1-title"] == "改过的任务"
    assert again["text"].split() == values["text"].split()
    assert (
        client.post(
            f"{URL}/review", data=again | {"draft_of": f"{URL}/review", "sentences-2-due_on": "2026-05-31"}
        ).status_code
        == 303
    )
    assert "继续核对" not in client.get(URL).text


def test_a_task_of_the_draft_names_the_goal_that_asks_the_same(client_as, session, office):
    goal = factories.goal(factories.domain(factories.plan()), "控辍保学攻坚。")
    client = client_as(office)
    page = read(client, REPORT.replace("制定攻坚方案", "制定控辍保学攻坚方案"))
    assert f'value="goal-{goal.id}"' in page.text
    data = sent(page)
    name = next(name for name in data if name.startswith("sentences-") and "控辍保学" in data[name] and "text" in name)
    again = client.post(f"{URL}/review", data={**data, name.replace("text", "aims"): f"goal-{goal.id}", "act": "none"})
    assert f'value="goal-{goal.id}" checked' in again.text
    pages.check(again.text)
    done = {**sent(again), "sentences-2-due_on": "2026-05-31"}
    assert client.post(f"{URL}/review", data=done).status_code == 303
    assert session.query(TaskAim).one().goal_id == goal.id
