"""Pages of evaluations: seen, refused, wrong input shown again, sent twice done once."""

from datetime import date, timedelta

import pytest

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.evaluation import rules
from meetings.evaluation.models import Assessment, AssessmentStatus, Evaluation, StageKind
from meetings.tasks.models import Task
from tests import factories
from tests.pages import check

WRITTEN = {name: f"{name}已写" for names in rules.TEXTS.values() for name in names}


def evaluation_form(**more):
    days = {
        f"{kind.value}_{name}": str(getattr(one, name))
        for kind, one in rules.proposed_days(date(2026, 7, 14)).items()
        for name in ("from_on", "until_on")
    }
    return {"form_key": "a", "kind": "final", "title": "终期评估", "year": "2025", **days, **more}


def test_an_evaluation_is_begun_and_led_through_its_stages(client_as, session):
    client = client_as(factories.staff())
    check(client.get("/evaluations/").text)
    check(client.get("/evaluations/new").text)
    document = factories.document()
    answer = client.post("/evaluations/new", data=evaluation_form(document_id=str(document.id)))
    assert answer.status_code == 303
    assert client.post("/evaluations/new", data=evaluation_form()).location == answer.location
    page = client.get(answer.location).text
    check(page)
    assert "评估工作方案" in page
    assert db.session.query(Evaluation).count() == 1
    refused = client.post(f"{answer.location}/stages/report/finish", data={"form_key": "s1"})
    assert refused.status_code == 409
    for n, kind in enumerate(StageKind):
        assert client.post(f"{answer.location}/stages/{kind}/finish", data={"form_key": f"f{n}"}).status_code == 303
    assert "已于 2026-07-14 结束" in client.get(answer.location).text.replace("2026年7月14日", "2026-07-14")
    assert client.post(f"{answer.location}/stages/song/finish", data={"form_key": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": ""}, "请填写名称"),
        ({"year": "二〇二五"}, "评估年度应是 2000 至 2100 的整数"),
        ({"inspection_until_on": "2026-07-01"}, "结束日期不能早于开始日期"),
        ({"report_from_on": "2026-07-01"}, "这一阶段不能早于上一阶段开始"),
        ({"document_id": "99999"}, "请从列表中选择评估方案"),
        ({"scheme_from_on": "明天"}, "方案开始应是一个日期"),
    ],
)
def test_wrong_input_is_shown_again(client_as, session, wrong, message):
    client = client_as(factories.staff())
    answer = client.post("/evaluations/new", data=evaluation_form(title="终评𠮷") | wrong)
    check(answer.text)
    assert message in answer.text
    assert "终评𠮷" in answer.text or "title" in wrong
    assert db.session.query(Evaluation).count() == 0


def test_two_writers_see_both_texts(client_as, session):
    evaluation = factories.evaluation()
    client = client_as(factories.staff())
    form = evaluation_form(version=str(evaluation.version))
    path = f"/evaluations/{evaluation.id}/edit"
    check(client.get(path).text)
    assert client.post(path, data=form | {"title": "甲稿"}).status_code == 303
    answer = client.post(path, data=form | {"title": "乙稿", "form_key": "b"})
    assert answer.status_code == 409
    assert "甲" in answer.text
    assert "乙" in answer.text


def test_duties_go_to_units_and_groups_in_one_step(client_as, session):
    units = [factories.unit() for _n in range(3)]
    group = factories.group(*units[:2])
    evaluation = factories.evaluation()
    client = client_as(factories.director())
    path = f"/evaluations/{evaluation.id}/units"
    check(client.get(path).text)
    check(client.get(f"{path}/new").text)
    empty = client.post(f"{path}/new", data={"form_key": "a", "due_on": "2026-09-30"})
    check(empty.text)
    assert "请至少选择一个单位或单位组" in empty.text
    form = {"form_key": "b", "group_ids": [group.id], "unit_ids": [units[1].id, units[2].id], "due_on": "2026-09-30"}
    assert client.post(f"{path}/new", data=form).status_code == 303
    assert client.post(f"{path}/new", data=form).status_code == 303
    assert db.session.query(Task).count() == 3
    check(client.get(path).text)


def test_a_unit_writes_sends_and_is_heard(client_as, session):
    unit = factories.unit("县教育局")
    task = factories.under_way(lead_unit=unit, title="排查校园")
    liaison = factories.liaison(unit)
    factories.report(task, by=liaison, done="排查 12 所学校", problems="两所缺人")
    evaluation = factories.evaluation()
    (assessment,) = factories.handed_out(evaluation, unit)
    path = f"/evaluations/{evaluation.id}/assessments/{assessment.id}"
    client = client_as(liaison)
    check(client.get("/evaluations/").text)
    check(client.get(f"/evaluations/{evaluation.id}").text)
    check(client.get(path).text)
    page = client.get(f"{path}/edit").text
    check(page)
    assert "排查校园：排查 12 所学校" in page
    assert "排查校园：两所缺人" in page
    assert client.post(f"{path}/submit", data={"form_key": "s0"}).status_code == 409
    form = {"form_key": "w1", "version": str(assessment.version), **WRITTEN}
    assert client.post(f"{path}/edit", data=form | {"laws": "机密★"}).status_code == 200
    assert client.post(f"{path}/edit", data=form).status_code == 303
    assert client.post(f"{path}/submit", data={"form_key": "s1"}).status_code == 303
    assert client.get(f"{path}/edit").status_code == 409
    check(client.get(f"{path}/approve").text)
    head = client_as(factories.head(unit))
    check(head.get(f"{path}/approve").text)
    assert head.post(f"{path}/approve", data={"form_key": "p1", "how": "on_line"}).status_code == 303
    office = client_as(factories.staff())
    check(office.get(f"{path}/return").text)
    assert "请填写退回理由" in office.post(f"{path}/return", data={"form_key": "r0", "reason": ""}).text
    assert office.post(f"{path}/return", data={"form_key": "r1", "reason": "补充"}).status_code == 303
    assert "退回理由" in client_as(liaison).get(f"{path}/edit").text
    version = client_as(liaison).get(f"{path}/versions/1")
    check(version.text)
    assert "排查校园" in version.text
    assert db.session.get_one(Assessment, assessment.id).status is AssessmentStatus.RETURNED


def test_the_list_does_not_grow_in_statements(client_as, session, statements):
    evaluation = factories.evaluation()
    units = [factories.unit() for _n in range(4)]
    factories.handed_out(evaluation, units[0])
    client = client_as(factories.staff())
    counts = []
    for upto in (1, 4):
        factories.handed_out(evaluation, *units[:upto])
        for path in ("/evaluations/", f"/evaluations/{evaluation.id}", f"/evaluations/{evaluation.id}/units"):
            client.get(path)
            statements.clear()
            client.get(path)
            counts.append(len(statements))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 8, counts


def test_the_page_of_one_costs_a_fixed_number_of_statements(client_as, session, statements):
    unit = factories.unit()
    evaluation = factories.evaluation()
    (assessment,) = factories.handed_out(evaluation, unit)
    client = client_as(factories.liaison(unit))
    path = f"/evaluations/{evaluation.id}/assessments/{assessment.id}"
    counts = []
    for _n in range(2):
        client.get(path)
        statements.clear()
        client.get(path)
        counts.append(len(statements))
        factories.under_way(lead_unit=unit)
    assert counts[0] == counts[1] <= 12, counts


def test_template_and_report_are_written_by_the_office(client_as, session):
    evaluation = factories.evaluation()
    client = client_as(factories.staff())
    for path in ("/evaluations/template", f"/evaluations/{evaluation.id}/duties"):
        check(client.get(path).text)
        form = {f"{part}_guidance": "请写" for part in ("goals", "laws", "plans", "duties", "mechanisms")}
        key = path.replace("/", "")
        assert client.post(path, data=form | {"form_key": key, "goals_points": "30"}).status_code == 303
        wrong = client.post(path, data=form | {"form_key": f"{key}w", "goals_points": "3000"})
        assert "分值应在 0 至 1000 之间" in wrong.text
    path = f"/evaluations/{evaluation.id}/report"
    check(client.get(path).text)
    form = {"form_key": "t", "version": str(evaluation.version), "summary": "总体良好", "experience": "一\n二"}
    assert client.post(path, data=form).status_code == 303
    assert "总体良好" in client.get(path).text
    assert client_as(factories.actor(Role.LEADER)).get(path).status_code == 404


def test_scores_are_off_unless_the_evaluation_says_so(client_as, session):
    unit = factories.unit()
    evaluation = factories.evaluation(is_scored=True)
    (assessment,) = factories.handed_out(evaluation, unit)
    path = f"/evaluations/{evaluation.id}/assessments/{assessment.id}"
    office = client_as(factories.director())
    assert office.get(f"{path}/score").status_code == 409
    with_status(assessment, AssessmentStatus.ACCEPTED)
    check(office.get(f"{path}/score").text)
    points = {f"{part}_points": "18" for part in ("goals", "laws", "plans", "duties", "mechanisms")}
    assert office.post(f"{path}/score", data=points | {"form_key": "a", "goals_points": "21"}).status_code == 200
    assert office.post(f"{path}/score", data=points | {"form_key": "b"}).status_code == 303
    page = office.get(f"/evaluations/{evaluation.id}/units").text
    check(page)
    assert ">90<" in page
    check(office.get(path).text)


def with_status(assessment, status):
    with transaction(by=factories.director()):
        db.session.get_one(Assessment, assessment.id).status = status


def test_a_stage_past_its_days_is_said_to_be_late(client_as, session, frozen_clock):
    evaluation = factories.evaluation()
    client = client_as(factories.staff())
    assert "进行中" in client.get(f"/evaluations/{evaluation.id}").text
    frozen_clock(clock.now() + timedelta(days=20))
    assert "已过期限" in client.get(f"/evaluations/{evaluation.id}").text


def test_a_task_leads_to_what_it_asks_for(client_as, session):
    unit = factories.unit()
    evaluation = factories.evaluation()
    (assessment,) = factories.handed_out(evaluation, unit)
    client = client_as(factories.liaison(unit))
    assert f"/evaluations/of-task/{assessment.task_id}" in client.get(f"/tasks/{assessment.task_id}").text
    answer = client.get(f"/evaluations/of-task/{assessment.task_id}")
    assert answer.location == f"/evaluations/{evaluation.id}/assessments/{assessment.id}"
    plain = factories.issued(lead_unit=unit)
    assert client.get(f"/evaluations/of-task/{plain.id}").status_code == 404
