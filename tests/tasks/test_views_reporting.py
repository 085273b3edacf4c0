"""Progress: one report, a whole period at once, and what the head and the office say to it."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.tasks.models import ProgressReport, Quantity, ReportStatus, Standard, Task, TaskStatus, TaskUnit
from tests import factories, pages

S = TaskStatus


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


def under_way(unit, *helpers, **more):
    return factories.task(lead_unit=unit, cooperating_units=list(helpers), status=S.IN_PROGRESS, **more)


def counted(task, target=28, total=0):
    return factories.save(
        Quantity(
            task_id=task.id,
            position=0,
            name="排查学校",
            measure="所",
            target=Decimal(target) if target else None,
            total=Decimal(total),
        )
    )


def told(**more):
    return {"form_key": "k1", "done": "已排查24所", "next_steps": "月底前排查完", "step": "under_way"} | more


def reports(session):
    session.expire_all()
    return session.query(ProgressReport).order_by(ProgressReport.id).all()


def test_a_liaison_reports_with_a_file(client_as, session, unit):
    task = under_way(unit, standards=("台账齐全", "形成报告"))
    first = session.query(Standard.id).filter_by(task_id=task.id, position=0).scalar()
    quantity = counted(task)
    client = client_as(factories.liaison(unit))
    page = client.get(f"/tasks/{task.id}/progress").text
    pages.check(page)
    assert "系统里已有的" in page

    sent = told(
        standards_met=[first], files=(BytesIO("台账".encode()), "台账.txt"), **{f"quantity_{quantity.id}_total": "24"}
    )
    answer = client.post(f"/tasks/{task.id}/progress", data=sent)
    again = client.post(f"/tasks/{task.id}/progress", data=told())

    assert answer.location == again.location == f"/tasks/{task.id}"
    (report,) = reports(session)
    assert (report.done, report.status) == ("已排查24所", ReportStatus.SUBMITTED)
    html = client.get(answer.location).text
    pages.check(html)
    for words in ("已排查24所", "排查学校本期 24 所，累计 24 所", "台账.txt", "完成 86%", "月底前排查完"):
        assert words in html
    assert client_as(factories.liaison(factories.unit())).get(f"/tasks/{task.id}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"done": ""}, "请写明进展情况"),
        ({"done": "长" * 1001}, "最多 1000 字"),
        ({"next_steps": ""}, "请写明下一步工作和完成时间"),
        ({"needs_coordination": "y"}, "请在“存在问题”中写明需要协调什么"),
        ({"quantity_total": "12"}, "累计数少于上次的 20"),
        ({"quantity_total": "29"}, "累计数超过目标 28"),
        ({"quantity_this_period": "-1"}, "应是不小于 0 的数字"),
        ({"quantity_total": "许多"}, "应是不小于 0 的数字"),
        ({"done": "【机密】学生名册"}, "密级标志"),
        ({"done": "李四 13912345678\n王五 13712345678"}, "身份证号或多人姓名电话"),
        ({"standards_met": "999"}, "请从列表中选择"),
        ({"files": (BytesIO(b"MZ"), "a.pdf")}, "不符或已损坏"),
    ],
)
def test_wrong_input_is_shown_again_with_reasons(client_as, session, unit, wrong, message):
    task = under_way(unit, standards=("台账齐全",))
    quantity = counted(task, total=20)
    wrong = {name.replace("quantity", f"quantity_{quantity.id}"): value for name, value in wrong.items()}

    answer = client_as(factories.liaison(unit)).post(
        f"/tasks/{task.id}/progress", data=told(problems="", next_steps="留下的文字") | wrong
    )

    assert answer.status_code == 200
    pages.check(answer.text)
    assert "需要改正" in answer.text
    assert message in answer.text
    assert ("留下的文字" in answer.text) or "next_steps" in wrong
    assert reports(session) == []


def test_a_total_over_its_target_is_taken_with_a_reason(client_as, session, unit):
    task = under_way(unit)
    quantity = counted(task, total=20)

    client_as(factories.liaison(unit)).post(
        f"/tasks/{task.id}/progress",
        data=told(
            **{
                f"quantity_{quantity.id}_this_period": "10",
                f"quantity_{quantity.id}_reason": "新设两所",
            }
        ),
    )

    assert len(reports(session)) == 1
    assert session.get(Quantity, quantity.id).total == 30


def test_no_change_is_one_press(client_as, session, unit):
    task = under_way(unit)

    client_as(factories.liaison(unit)).post(f"/tasks/{task.id}/progress", data={"form_key": "k1", "is_no_change": "y"})

    assert reports(session)[0].is_no_change


def test_progress_on_a_closed_task_is_refused(client_as, session, unit):
    task = factories.task(lead_unit=unit, status=S.CLOSED)
    client = client_as(factories.liaison(unit))

    for answer in (client.get(f"/tasks/{task.id}/progress"), client.post(f"/tasks/{task.id}/progress", data=told())):
        assert answer.status_code == 409
        assert "没有办理" in answer.text
    assert reports(session) == []


def test_the_office_enters_a_paper_for_a_unit(client_as, session, unit):
    task = under_way(unit)
    client = client_as(factories.staff())
    pages.check(client.get(f"/tasks/{task.id}/progress?unit={unit.id}").text)

    client.post(f"/tasks/{task.id}/progress?unit={unit.id}", data=told())

    assert reports(session)[0].is_entered_by_office
    assert "代录" in client.get(f"/tasks/{task.id}").text
    assert client.get(f"/tasks/{task.id}/progress?unit={factories.unit().id}").status_code == 404


def test_a_unit_does_not_report_for_another(client_as, session, unit):
    helper = factories.unit("县民政局")
    task = under_way(unit, helper)

    assert client_as(factories.liaison(helper)).get(f"/tasks/{task.id}/progress?unit={unit.id}").status_code == 404
    assert (
        client_as(factories.liaison(helper)).post(f"/tasks/{task.id}/progress?unit={unit.id}", data=told()).status_code
        == 404
    )
    assert client_as(factories.head(unit)).post(f"/tasks/{task.id}/progress", data=told()).status_code == 403


def test_the_office_accepts_and_returns(client_as, session, unit):
    task = under_way(unit)
    liaison, staff = factories.liaison(unit), factories.staff()
    client_as(liaison).post(f"/tasks/{task.id}/progress", data=told())
    (report,) = reports(session)
    assert (
        client_as(liaison).post(f"/tasks/{task.id}/reports/{report.id}/accept", data={"form_key": "k"}).status_code
        == 403
    )
    pages.check(client_as(staff).get(f"/tasks/{task.id}").text)  # with the buttons beside the report
    pages.check(client_as(staff).get(f"/tasks/{task.id}/reports/{report.id}/return").text)

    without = client_as(staff).post(f"/tasks/{task.id}/reports/{report.id}/return", data={"form_key": "k2"})
    assert "请填写退回理由" in without.text
    client_as(staff).post(
        f"/tasks/{task.id}/reports/{report.id}/return", data={"form_key": "k3", "reason": "数字对不上"}
    )

    assert reports(session)[0].status is ReportStatus.RETURNED
    page = client_as(liaison).get(f"/tasks/{task.id}").text
    pages.check(page)
    assert "数字对不上" in page
    assert "上次被退回" in client_as(liaison).get(f"/tasks/{task.id}/progress").text
    assert (
        client_as(staff).post(f"/tasks/{task.id}/reports/{report.id}/accept", data={"form_key": "k4"}).status_code
        == 409
    )
    other = under_way(unit)
    assert (
        client_as(staff).post(f"/tasks/{other.id}/reports/{report.id}/accept", data={"form_key": "k5"}).status_code
        == 404
    )


def test_many_reports_are_accepted_at_once(client_as, session, unit):
    for n in range(3):
        client_as(factories.liaison(unit)).post(f"/tasks/{under_way(unit).id}/progress", data=told(form_key=f"k{n}"))
    staff = client_as(factories.staff())
    page = staff.get("/tasks/reports").text
    pages.check(page)
    ids = [report.id for report in reports(session)]

    nothing = staff.post("/tasks/reports", data={"form_key": "a"})
    assert "请选择进展" in nothing.text
    answer = staff.post("/tasks/reports", data={"form_key": "b", "ids": ids[:2]})

    assert answer.status_code == 303
    assert [report.status for report in reports(session)] == [
        ReportStatus.ACCEPTED,
        ReportStatus.ACCEPTED,
        ReportStatus.SUBMITTED,
    ]
    assert client_as(factories.liaison(unit)).get("/tasks/reports").status_code == 404


def test_the_head_confirms_every_report_where_the_setting_says_so(app, client_as, session, unit):
    task = under_way(unit)
    before = app.config["LUOSHI"]
    app.config["LUOSHI"] = replace(before, head_confirms="every")
    try:
        client_as(factories.liaison(unit)).post(f"/tasks/{task.id}/progress", data=told())
        (report,) = reports(session)
        assert report.status is ReportStatus.UNIT_REVIEW
        assert "已排查24所" not in client_as(factories.staff()).get("/tasks/reports").text
        assert "已排查24所" not in client_as(factories.staff()).get(f"/tasks/{task.id}").text
        paper = client_as(factories.staff()).get(f"/reports/unit-progress.pdf?unit={unit.id}")
        assert "已排查24所" not in re.sub(
            r"\s", "", "".join(s.extract_text() for s in PdfReader(BytesIO(paper.data)).pages)
        )
        head = client_as(factories.head(unit))
        assert "同意报送" in (page := head.get(f"/tasks/{task.id}").text)
        assert "已排查24所" in page
        head.post(f"/tasks/{task.id}/reports/{report.id}/approve", data={"form_key": "k"})
    finally:
        app.config["LUOSHI"] = before
    assert reports(session)[0].status is ReportStatus.SUBMITTED


# --- the period ---


def owed(unit, *, on=date(2026, 7, 10), **more):
    task = under_way(unit, **more)
    with transaction(by=Actor(None, "系统", task.committee_id)):
        db.session.query(TaskUnit).filter_by(task_id=task.id, unit_id=unit.id).one().report_due_on = on
    return task


def in_period(task, **more):
    return {f"task_{task.id}-{name}": value for name, value in more.items()}


def test_a_period_is_reported_on_one_page(client_as, session, unit):
    told_of, unchanged, left = (
        owed(unit, title="甲"),
        owed(unit, title="乙"),
        owed(unit, title="丙", standards=("台账齐全",)),
    )
    client = client_as(factories.liaison(unit))
    page = client.get("/tasks/period").text
    pages.check(page)
    assert "应报 3 件" in page

    data = {
        "form_key": "k1",
        **in_period(told_of, done="做了", next_steps="再做", step="nearly_done"),
        **in_period(unchanged, is_no_change="y"),
        **in_period(left, step="under_way"),
    }
    answer = client.post("/tasks/period", data=data)
    again = client.post("/tasks/period", data=data)

    assert answer.status_code == again.status_code == 303
    assert {(report.task_id, report.is_no_change) for report in reports(session)} == {
        (told_of.id, False),
        (unchanged.id, True),
    }
    page = client.get("/tasks/period").text
    assert "已报送 2 件" in page
    assert "应报 1 件" in page


def test_one_wrong_task_keeps_all_of_the_period(client_as, session, unit):
    good, bad = owed(unit, title="甲"), owed(unit, title="乙")
    quantity = counted(bad, total=20)
    client = client_as(factories.liaison(unit))

    data = {
        "form_key": "k1",
        **in_period(good, done="做了", next_steps="再做", step="under_way"),
        **in_period(bad, done="少报了", next_steps="再做", **{f"quantity_{quantity.id}_total": "12"}),
    }
    answer = client.post("/tasks/period", data=data)

    pages.check(answer.text)
    assert "累计数少于上次的 20" in answer.text
    assert f'href="#task_{bad.id}-quantity_{quantity.id}_reason"' in answer.text
    assert "做了" in answer.text
    assert "少报了" in answer.text
    assert reports(session) == []


def test_what_is_missing_is_said_at_its_task(client_as, session, unit):
    task = owed(unit)

    answer = client_as(factories.liaison(unit)).post(
        "/tasks/period", data={"form_key": "k1", **in_period(task, done="做了", step="under_way")}
    )

    pages.check(answer.text)
    assert "请写明下一步工作和完成时间" in answer.text
    assert f'href="#task_{task.id}-next_steps"' in answer.text


def test_an_empty_period_says_what_to_do(client_as, session, unit):
    task = owed(unit, on=date(2026, 10, 9), title="以后才报")
    client = client_as(factories.liaison(unit))

    html = client.get("/tasks/period").text
    pages.check(html)
    assert "近半个月没有应报的任务" in html
    assert "以后才报" in client.get("/tasks/period?all=1").text
    blank = client.post("/tasks/period?all=1", data={"form_key": "k1", **in_period(task, done="", step="under_way")})
    assert "请至少填写一件任务" in blank.text
    assert reports(session) == []


def test_only_liaisons_have_a_period(client_as, session, unit):
    for actor in (factories.staff(), factories.head(unit)):
        assert client_as(actor).get("/tasks/period").status_code == 404
    assert client_as(factories.liaison(unit)).get(f"/tasks/period?unit={factories.unit().id}").status_code == 404


def test_a_task_of_another_unit_in_the_period_form_is_not_reported(client_as, session, unit):
    other = owed(factories.unit())
    owed(unit)

    client_as(factories.liaison(unit)).post(
        "/tasks/period", data={"form_key": "k1", **in_period(other, done="冒名", next_steps="无", step="done")}
    )

    assert reports(session) == []
    assert session.get(Task, other.id).percent_done == 0
