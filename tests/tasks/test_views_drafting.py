"""Writing a task down through the forms."""

import re
from datetime import date

import pytest

from meetings.accounts.models import Role
from meetings.directory.models import UnitKind
from meetings.tasks.models import Task, TaskStatus
from tests import factories, pages


def fields(lead, *helpers, **more):
    """The least form of a new task."""
    given = {
        "form_key": "k1",
        "title": "逐人建立帮扶台账",
        "lead_unit_id": lead.id,
        "cooperating_unit_ids": [u.id for u in helpers],
        "due_on": "2026-09-30",
        "urgency": "normal",
        "reporting_cycle": "quarterly",
        "reporting_day": "5",
        "source": "office",
    }
    return given | more


def shown_again(answer, message, *typed):
    """The page came back with the message beside its field and with what was typed."""
    assert answer.status_code == 200
    pages.check(answer.text)
    assert "需要改正" in answer.text
    assert message in answer.text
    for text in typed:
        assert text in answer.text


def test_staff_write_a_task_with_everything(client_as, session):
    lead, helper = factories.unit("县教育局"), factories.unit("县民政局")
    client = client_as(factories.staff())
    pages.check(client.get("/tasks/new").text)

    answer = client.post(
        "/tasks/new",
        data=fields(
            lead,
            helper,
            **{
                "content": "以秋季学籍为底数",
                "standards": "1. 底数一致\n2. 帮扶教师到位\n\n",
                "stages-0-due_on": "2026-08-31",
                "stages-0-text": "排查过半",
                "quantities-0-name": "排查学校",
                "quantities-0-measure": "所",
                "quantities-0-target": "28",
                "quantities-1-name": "",
                "urgency": "urgent",
            },
        ),
    )

    task = session.query(Task).one()
    assert answer.status_code == 303
    assert answer.location == f"/tasks/{task.id}"
    html = client.get(answer.location).text
    pages.check(html)
    for words in ("底数一致", "帮扶教师到位", "排查过半", "排查学校", "县民政局", "加急", "草稿", "送主任交办"):
        assert words in html
    assert "1. 底数一致" not in html


def test_a_task_made_twice_by_a_double_press_is_one_task(client_as, session):
    lead = factories.unit()
    client = client_as(factories.staff())

    first = client.post("/tasks/new", data=fields(lead))
    second = client.post("/tasks/new", data=fields(lead))

    assert session.query(Task).count() == 1
    assert second.location == first.location


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": ""}, "请填写任务"),
        ({"title": "长" * 201}, "最多 200 字"),
        ({"due_on": "2026-02-30"}, "应是一个日期"),
        ({"due_on": ""}, "请填写完成时限"),
        ({"lead_unit_id": ""}, "请选择牵头单位"),
        ({"lead_unit_id": "999999"}, "请从列表中选择牵头单位"),
        ({"stages-0-due_on": "2026-12-01", "stages-0-text": "太晚"}, "节点日期不能晚于完成时限"),
        ({"stages-0-text": "没有日期的节点"}, "请填写节点日期"),
        ({"quantities-0-name": "学校"}, "请填写计量单位"),
        (
            {"quantities-0-name": "学校", "quantities-0-measure": "所", "quantities-0-target": "很多"},
            "应是不小于 0 的数字",
        ),
        ({"reporting_cycle": "monthly"}, "按月、按周报送须写明理由"),
        ({"reporting_day": "31"}, "1 至 28 的整数"),
        ({"title": "控制\u0007字符"}, "不可见的控制字符"),
        ({"content": "本件密级：机密"}, "密级标志"),
        ({"content": "张三 13812345678\n李四 13912345678"}, "身份证号或多人姓名电话"),
        ({"standards": "绝密★1年"}, "密级标志"),
        ({"stages-0-due_on": "2026-08-01", "stages-0-text": "秘密★1年"}, "密级标志"),
        ({"standards": "\n".join(f"第{n}条" for n in range(21))}, "最多 20 条"),
    ],
)
def test_wrong_input_is_shown_again_with_reasons(client_as, session, wrong, message):
    lead = factories.unit("县教育局")

    answer = client_as(factories.staff()).post(
        "/tasks/new", data=fields(lead, content="范围照旧") | {"content": "范围照旧"} | wrong
    )

    shown_again(answer, message)
    assert session.query(Task).count() == 0
    if "content" not in wrong:
        assert "范围照旧" in answer.text


def test_a_unit_twice_is_refused_beside_the_helpers(client_as, session):
    lead = factories.unit("县教育局")

    answer = client_as(factories.staff()).post("/tasks/new", data=fields(lead, lead, content="范围照旧"))

    shown_again(answer, "牵头单位不能同时是配合单位", "范围照旧")
    assert session.query(Task).count() == 0


def test_personal_data_may_be_kept_by_a_decision_that_is_logged(client_as, session):
    from meetings.audit.models import AccessEntry, AccessKind

    lead = factories.unit()
    text = "张三 13812345678\n李四 13912345678"

    answer = client_as(factories.staff()).post(
        "/tasks/new", data=fields(lead, content=text, personal_data_confirmed="y")
    )

    assert answer.status_code == 303
    assert session.query(AccessEntry).filter_by(kind=AccessKind.PERSONAL_DATA_KEPT).count() == 1


def test_rare_characters_are_kept(client_as, session):
    lead = factories.unit()

    client_as(factories.staff()).post("/tasks/new", data=fields(lead, title="核对㐂龘𠮷𬱖姓名用字"))

    assert session.query(Task).one().title == "核对㐂龘𠮷𬱖姓名用字"


def test_one_more_row_can_be_asked_for_without_a_script(client_as, session):
    lead = factories.unit()

    answer = client_as(factories.staff()).post(
        "/tasks/new",
        data=fields(
            lead,
            **{
                "more": "stages",
                "stages-0-due_on": "2026-08-31",
                "stages-0-text": "排查过半",
            },
        ),
    )

    assert 'name="stages-1-text"' in answer.text
    assert "排查过半" in answer.text
    assert "需要改正" not in answer.text
    assert session.query(Task).count() == 0


def test_a_task_from_a_requirement_keeps_its_sentence(client_as, session):
    lead = factories.unit()
    meeting = factories.meeting(title="推进会")
    speech = factories.speech(meeting, text="各单位要重视。要摸清底数，建立台账，月底前报。散会。")
    wanted = factories.requirement(meeting, speech_id=speech.id, start=8, end=12, text="摸清底数")
    client = client_as(factories.staff())
    pages.check(client.get(f"/tasks/new?requirement={wanted.id}").text)

    answer = client.post(f"/tasks/new?requirement={wanted.id}", data=fields(lead, source="requirement"))

    task = session.query(Task).one()
    assert (task.requirement_id, task.meeting_id) == (wanted.id, meeting.id)
    html = client.get(answer.location).text
    pages.check(html)
    assert re.search(r"<p>\s*要<mark>摸清底数</mark>，建立台账，月底前报。</p>", html)
    assert "推进会" in html
    assert f"要求第 {wanted.number} 条" in html


def test_a_subtask_stands_below_its_task(client_as, session):
    lead = factories.unit()
    parent = factories.task(lead_unit=lead, status=TaskStatus.IN_PROGRESS, title="上级任务")
    client = client_as(factories.staff())
    pages.check(client.get(f"/tasks/new?parent={parent.id}").text)

    client.post(f"/tasks/new?parent={parent.id}", data=fields(lead, weight="3", title="子任务甲"))

    child = session.query(Task).filter_by(title="子任务甲").one()
    assert (child.parent_id, child.weight) == (parent.id, 3)
    html = client.get(f"/tasks/{parent.id}").text
    pages.check(html)
    assert "子任务甲" in html
    pages.check(client.get(f"/tasks/{child.id}").text)


def test_only_the_office_writes_tasks(client_as, session):
    lead = factories.unit()
    for actor in (factories.liaison(lead), factories.head(lead)):
        assert client_as(actor).get("/tasks/new").status_code == 404
        assert client_as(actor).post("/tasks/new", data=fields(lead)).status_code == 404
    assert session.query(Task).count() == 0


def test_a_requirement_of_another_committee_is_not_found(client_as, session):
    staff = factories.staff()
    other = factories.committee()
    meeting = factories.meeting(committee_id=other.id)
    wanted = factories.requirement(meeting)
    foreign = factories.unit(committee_id=other.id, kind=UnitKind.MEMBER)

    assert client_as(staff).get(f"/tasks/new?requirement={wanted.id}").status_code == 404
    assert (
        client_as(staff).post(f"/tasks/new?requirement={wanted.id}", data=fields(factories.unit())).status_code == 404
    )
    answer = client_as(staff).post("/tasks/new", data=fields(foreign))
    assert "请从列表中选择牵头单位" in answer.text
    assert session.query(Task).count() == 0


def test_a_draft_is_edited(client_as, session):
    lead, helper = factories.unit(), factories.unit()
    task = factories.task(lead_unit=lead, standards=("旧标准",), title="旧题")
    client = client_as(factories.staff())
    page = client.get(f"/tasks/{task.id}/edit").text
    pages.check(page)
    assert "旧标准" in page

    answer = client.post(
        f"/tasks/{task.id}/edit", data=fields(lead, helper, title="新题", standards="新标准", version=task.version)
    )

    assert answer.status_code == 303
    session.expire_all()
    html = client.get(answer.location).text
    assert "新题" in html
    assert "新标准" in html
    assert "旧标准" not in html


def test_two_people_editing_see_both_texts(client_as, session):
    lead = factories.unit()
    task = factories.task(lead_unit=lead, title="旧题")
    version = task.version
    client = client_as(factories.staff())
    client.post(f"/tasks/{task.id}/edit", data=fields(lead, title="甲改的题", version=version))

    answer = client.post(
        f"/tasks/{task.id}/edit",
        data=fields(
            lead,
            title="乙改的题",
            version=version,
            form_key="k2",
            standards="乙写的标准",
            **{"stages-0-due_on": "2026-08-31", "stages-0-text": "乙写的节点"},
        ),
    )

    assert answer.status_code == 409
    pages.check(answer.text)
    for words in ("没有保存", "甲", "乙写的标准", "乙写的节点"):
        assert words in answer.text
    assert 'name="stages-0-text" value="乙写的节点"' in answer.text
    session.expire_all()
    assert session.get(Task, task.id).title == "甲改的题"


def test_an_issued_task_is_not_edited(client_as, session):
    lead = factories.unit()
    task = factories.task(lead_unit=lead, status=TaskStatus.IN_PROGRESS, title="旧题", due_on=date(2026, 9, 30))
    client = client_as(factories.staff())

    assert client.get(f"/tasks/{task.id}/edit").status_code == 409
    assert (
        client.post(f"/tasks/{task.id}/edit", data=fields(lead, title="新题", version=task.version)).status_code == 409
    )
    session.expire_all()
    assert session.get(Task, task.id).title == "旧题"


def test_who_may_not_edit_a_task_is_not_shown_its_form(client_as, session):
    lead = factories.unit()
    task = factories.task(lead_unit=lead, status=TaskStatus.IN_PROGRESS)

    for actor in (factories.liaison(lead), factories.actor(Role.LEADER)):
        client = client_as(actor)
        assert client.get(f"/tasks/{task.id}/edit").status_code == 403
        assert client.post(f"/tasks/{task.id}/edit", data={"form_key": "k"}).status_code == 403
