"""The requirement bench: sentences marked in a speech, tasks made of them, what is left open."""

import pytest

from meetings.meetings.models import MeetingStatus, Requirement, Section
from meetings.tasks.forms.bench import place_of
from meetings.tasks.models import Task, TaskStatus, UnitRole
from tests import factories, pages

TEXT = "同志们：\n规划到了交账的年份，要摸清底数。各单位要摸清底数，建立台账。\n要加强宣传，营造氛围。"


@pytest.fixture
def held(session):
    meeting = factories.meeting(title="推进会", status=MeetingStatus.HELD)
    factories.speech(meeting, text=TEXT)
    return meeting


def marked(meeting, session, start, end, **more):
    from meetings.meetings.models import Speech

    speech = session.query(Speech).filter_by(meeting_id=meeting.id).one()
    return factories.requirement(
        meeting, speech_id=speech.id, start=start, end=end, text=speech.text[start:end], **more
    )


def bench(meeting, path=""):
    return f"/meetings/{meeting.id}/requirements{path}"


def speech_id(session, meeting):
    from meetings.meetings.models import Speech

    return session.query(Speech.id).filter_by(meeting_id=meeting.id).scalar()


def test_a_sentence_is_found_at_or_after_a_place():
    assert place_of(TEXT, "要摸清底数") == (15, 20)
    assert TEXT[15:20] == "要摸清底数"
    assert place_of(TEXT, "要摸清底数", 16) == (24, 29)
    assert place_of(TEXT, "要摸清底数", 999) == (15, 20)
    assert place_of(TEXT, "底数。\n 各单位") == (18, 24)
    assert place_of(TEXT, "没有说过") is None
    assert place_of(TEXT, "  ") is None


def test_an_empty_bench_says_what_to_do_first(client_as, session, held):
    client = client_as(factories.staff())

    html = client.get(bench(held)).text
    pages.check(html)
    assert "还没有标出要求" in html
    empty = factories.meeting(title="还没有发言")
    html = client.get(bench(empty)).text
    pages.check(html)
    assert "还没有登记发言文字" in html


def test_a_pasted_sentence_becomes_a_requirement(client_as, session, held):
    client = client_as(factories.staff())
    form = {
        "form_key": "k1",
        "speech_id": speech_id(session, held),
        "text": "要摸清底数",
        "after": "20",
        "section": "stressed",
        "is_actionable": "y",
    }

    first = client.post(bench(held, "/mark"), data=form)
    second = client.post(bench(held, "/mark"), data=form)

    wanted = session.query(Requirement).one()
    assert (wanted.start, wanted.end, wanted.text, wanted.section, wanted.is_actionable) == (
        24,
        29,
        "要摸清底数",
        Section.STRESSED,
        True,
    )
    assert first.location == second.location
    html = client.get(first.location).text
    pages.check(html)
    assert f"<sup>{wanted.number} 未分解</sup>" in html
    assert "未分解 <b>1</b>" in html


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": ""}, "请填写要求原文"),
        ({"text": "没有说过的话"}, "在所选发言的原文里找不到这句话"),
        ({"text": "单位要摸清"}, "与第"),
        ({"text": "【秘密】要摸清底数"}, "密级标志"),
        ({"section": "other"}, "请从列表中选择层次"),
    ],
)
def test_a_mark_that_does_not_fit_is_shown_again(client_as, session, held, wrong, message):
    marked(held, session, 24, 29)
    form = {"form_key": "k1", "speech_id": speech_id(session, held), "text": "要加强宣传", "section": "required"}

    answer = client_as(factories.staff()).post(bench(held, "/mark"), data=form | wrong)

    assert answer.status_code == 200
    pages.check(answer.text)
    assert message in answer.text
    assert wrong.get("text", "要加强宣传") in answer.text
    assert session.query(Requirement).count() == 1


def test_something_resolved_needs_no_speech(client_as, session, held):
    client_as(factories.staff()).post(
        bench(held, "/mark"),
        data={"form_key": "k1", "speech_id": "", "text": "同意设立专班", "section": "resolved", "is_actionable": "y"},
    )

    wanted = session.query(Requirement).one()
    assert (wanted.speech_id, wanted.start, wanted.text) == (None, None, "同意设立专班")


def test_several_tasks_are_drafted_in_a_row(client_as, session, held):
    lead, helper, other = (
        factories.unit("县教育局", short_name="教育局", initials="xjyj"),
        factories.unit("县民政局"),
        factories.unit("团县委"),
    )
    wanted = marked(held, session, 24, 29)
    client = client_as(factories.staff())
    pages.check(client.get(bench(held, f"?on={wanted.number}")).text)

    form = {
        "form_key": "k1",
        "tasks-0-title": "排查学校",
        "tasks-0-lead_unit_id": lead.id,
        "tasks-0-cooperating_units": "县民政局、团县委",
        "tasks-0-due_on": "2026-09-30",
        "tasks-1-title": "报送台账",
        "tasks-1-lead_unit_id": helper.id,
        "tasks-1-cooperating_units": "教育局",
        "tasks-1-due_on": "2026-10-31",
        "tasks-2-title": "",
        "tasks-2-lead_unit_id": "",
        "tasks-2-due_on": "",
    }
    nothing = client.post(bench(held, f"/{wanted.id}/tasks"), data={"form_key": "k0"})
    assert nothing.status_code == 200
    assert "请至少写一件任务" in nothing.text

    first = client.post(bench(held, f"/{wanted.id}/tasks"), data=form)
    second = client.post(bench(held, f"/{wanted.id}/tasks"), data=form)

    assert first.status_code == second.status_code == 303
    tasks = session.query(Task).order_by(Task.due_on).all()
    assert [(task.title, task.requirement_id, task.meeting_id, task.status) for task in tasks] == [
        ("排查学校", wanted.id, held.id, TaskStatus.DRAFT),
        ("报送台账", wanted.id, held.id, TaskStatus.DRAFT),
    ]
    from meetings.tasks.models import TaskUnit

    helpers = session.query(TaskUnit.unit_id).filter_by(task_id=tasks[0].id, role=UnitRole.COOPERATING).all()
    assert {row.unit_id for row in helpers} == {helper.id, other.id}
    html = client.get(first.location).text
    pages.check(html)
    assert "任务 2 件" in html
    assert "无遗漏" in html


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"tasks-0-title": ""}, "请填写任务"),
        ({"tasks-0-due_on": ""}, "请填写时限"),
        ({"tasks-0-due_on": "下周"}, "应是一个日期"),
        ({"tasks-0-lead_unit_id": ""}, "请选择牵头单位"),
        ({"tasks-0-cooperating_units": "县不存在局"}, "没有名为“县不存在局”的单位"),
        ({"tasks-0-cooperating_units": "县民政局、县民政局"}, "同一单位写了两次"),
        ({"tasks-0-cooperating_units": "县教育局"}, "牵头单位不能同时是配合单位"),
        ({"tasks-0-title": "绝密★启用前"}, "密级标志"),
    ],
)
def test_a_draft_that_does_not_fit_is_shown_again(client_as, session, held, wrong, message):
    lead = factories.unit("县教育局")
    factories.unit("县民政局")
    wanted = marked(held, session, 24, 29)
    form = {
        "form_key": "k1",
        "tasks-0-title": "排查学校",
        "tasks-0-lead_unit_id": lead.id,
        "tasks-0-cooperating_units": "县民政局",
        "tasks-0-due_on": "2026-09-30",
        "tasks-1-title": "第二件也留着",
        "tasks-1-lead_unit_id": lead.id,
        "tasks-1-due_on": "2026-10-31",
    }

    answer = client_as(factories.staff()).post(bench(held, f"/{wanted.id}/tasks?on={wanted.number}"), data=form | wrong)

    assert answer.status_code == 200
    pages.check(answer.text)
    assert message in answer.text
    assert "第二件也留着" in answer.text
    assert session.query(Task).count() == 0


def test_no_draft_at_all_is_refused(client_as, session, held):
    wanted = marked(held, session, 24, 29)

    answer = client_as(factories.staff()).post(
        bench(held, f"/{wanted.id}/tasks?on={wanted.number}"), data={"form_key": "k1", "tasks-0-title": ""}
    )

    assert "请至少写一件任务" in answer.text


def test_a_requirement_is_set_aside_with_a_reason_and_taken_up_again(client_as, session, held):
    wanted = marked(held, session, 24, 29)
    client = client_as(factories.staff())
    pages.check(client.get(bench(held, f"/{wanted.id}/set-aside")).text)
    assert "请填写不列任务的理由" in client.post(bench(held, f"/{wanted.id}/set-aside"), data={"form_key": "k0"}).text

    client.post(bench(held, f"/{wanted.id}/set-aside"), data={"form_key": "k1", "reason": "已在日常工作中"})
    html = client.get(bench(held)).text
    pages.check(html)
    assert "已在日常工作中" in html
    assert f"<sup>{wanted.number} 不列</sup>" in html
    client.post(bench(held, f"/{wanted.id}/take-up-again"), data={"form_key": "k2"})

    session.expire_all()
    assert session.get(Requirement, wanted.id).set_aside_reason == ""


def test_a_requirement_is_edited_and_two_people_see_both_texts(client_as, session, held):
    wanted = marked(held, session, 24, 29)
    client = client_as(factories.staff())
    address = bench(held, f"/{wanted.id}/edit")
    pages.check(client.get(address).text)

    client.post(address, data={"form_key": "k1", "text": "甲改的", "section": "pointed_out", "version": "1"})
    conflict = client.post(address, data={"form_key": "k2", "text": "乙改的", "section": "required", "version": "1"})

    assert conflict.status_code == 409
    assert "乙" in conflict.text
    session.expire_all()
    row = session.get(Requirement, wanted.id)
    assert (row.text, row.section, row.is_actionable) == ("甲改的", Section.POINTED_OUT, False)


def test_only_the_office_works_at_the_bench(client_as, session, held):
    from meetings.accounts.models import Role

    unit = factories.unit()
    wanted = marked(held, session, 24, 29)
    reader = client_as(factories.actor(Role.LEADER))
    html = reader.get(bench(held)).text
    pages.check(html)
    assert "存为任务草稿" not in html
    for actor in (factories.liaison(unit), factories.actor(Role.LEADER)):
        client = client_as(actor)
        assert (
            client.post(
                bench(held, "/mark"), data={"form_key": "a", "text": "要加强宣传", "section": "required"}
            ).status_code
            == 404
        )
        assert client.post(bench(held, f"/{wanted.id}/tasks"), data={"form_key": "b"}).status_code == 404
        assert (
            client.post(bench(held, f"/{wanted.id}/set-aside"), data={"form_key": "c", "reason": "理由"}).status_code
            == 404
        )
    assert client_as(factories.liaison(unit)).get(bench(held)).status_code == 404
    assert session.query(Task).count() == 0


def test_requirements_of_other_meetings_and_committees_are_not_found(client_as, session, held):
    wanted = marked(held, session, 24, 29)
    elsewhere = factories.meeting()
    client = client_as(factories.staff())
    foreign = factories.meeting(committee_id=factories.committee().id)

    assert client.get(bench(elsewhere, f"/{wanted.id}/edit")).status_code == 404
    assert client.get(bench(foreign)).status_code == 404
    assert client.post(f"/meetings/{foreign.id}/carry-over", data={"form_key": "k"}).status_code == 404
    assert client.get(f"/meetings/{foreign.id}/tasks").status_code == 404


def test_a_meetings_tasks_stand_on_a_tab(client_as, session, held):
    unit = factories.unit("县教育局")
    client = client_as(factories.staff())
    html = client.get(f"/meetings/{held.id}/tasks").text
    pages.check(html)
    assert "本次会议还没有任务" in html
    for n, status in enumerate((TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, TaskStatus.CANCELLED)):
        factories.task(lead_unit=unit, status=status, meeting_id=held.id, title=f"任务{n}号")

    html = client.get(f"/meetings/{held.id}/tasks").text

    pages.check(html)
    assert "50.0%" in html
    assert "1/2" in html
