"""Inspection from the schedule to the answer, and what becomes of a problem."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.evaluation import actions, queries
from meetings.evaluation.models import Finding, FindingKind, Rectification, Visit, VisitFile
from meetings.notifications.models import Notice
from meetings.tasks import actions as tasks
from meetings.tasks.models import Task, TaskSource, TaskStatus
from tests import factories
from tests.pages import check

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def world(session):
    unit = factories.unit("县教育局")
    evaluation = factories.evaluation()
    return unit, evaluation, factories.visit(evaluation, unit)


def act(action, visit, *, by, **values):
    with transaction(by=by):
        return action(queries.find_visit(visit.id, actor=by), by=by, **values)


def refusal(action, visit, *, by, **values):
    with pytest.raises(DomainError) as caught:
        act(action, visit, by=by, **values)
    return caught.value.code


def found(visit, text="台账不全", kind=FindingKind.PROBLEM):
    return act(actions.add_finding, visit, kind=kind, text=text, by=factories.staff())


def remedy(unit, **more):
    return actions.Remedy(
        **{"problem": "台账不全", "content": "", "lead_unit_id": unit.id, "due_on": date(2026, 10, 1), **more}
    )


def rectify(visit, finding, unit, *, by, **more):
    with transaction(by=by):
        row = queries.find_visit(visit.id, actor=by)
        return actions.rectify_finding(row, queries.finding_of(row, finding.id), remedy(unit, **more), by=by)


def test_the_unit_is_told_after_the_day_and_answers(world, frozen_clock):
    unit, _evaluation, visit = world
    staff, liaison = factories.staff(), factories.liaison(unit)
    assert refusal(actions.answer_visit, visit, answer="好", by=liaison) == "visit.no_feedback"
    assert refusal(actions.give_feedback, visit, by=staff) == "visit.feedback_missing"
    act(actions.record_visit, visit, looked_at="查阅台账", feedback="基础较好", by=staff)
    later = factories.visit(_evaluation, unit, visited_on=date(2026, 8, 1))
    act(actions.record_visit, later, looked_at="", feedback="好", by=staff)
    assert refusal(actions.give_feedback, later, by=staff) == "visit.not_yet"
    found(visit)
    act(actions.give_feedback, visit, by=staff)
    assert refusal(actions.record_visit, visit, looked_at="", feedback="改", by=staff) == "visit.is_told"
    assert refusal(actions.add_finding, visit, kind=FindingKind.GOOD, text="好", by=staff) == "visit.is_told"
    other = factories.liaison(factories.unit())
    with pytest.raises(NotFound):
        queries.find_visit(visit.id, actor=other)
    act(actions.answer_visit, visit, answer="立行立改", by=liaison)
    assert db.session.get_one(Visit, visit.id).answered_by_name == "县教育局联络员"
    kinds = {kind for (kind,) in db.session.query(Notice.kind)}
    assert {"evaluation.answered"} <= kinds


def test_a_problem_becomes_a_task_once(world):
    unit, evaluation, visit = world
    director = factories.director()
    problem, good = found(visit), found(visit, "机制健全", FindingKind.GOOD)
    with pytest.raises(DomainError) as caught:
        rectify(visit, good, unit, by=director)
    assert caught.value.code == "finding.no_problem"
    row = rectify(visit, problem, unit, by=director)
    task = db.session.get_one(Task, row.task_id)
    assert (task.status, task.source, task.title) == (TaskStatus.ISSUED, TaskSource.EVALUATION, "整改：台账不全")
    with pytest.raises(DomainError) as caught:
        rectify(visit, problem, unit, by=director)
    assert caught.value.code == "rectification.there"
    assert refusal_of_removal(visit, problem) == "finding.has_task"
    factories.step(tasks.cancel, task, by=director, reason="重复")
    again = rectify(visit, problem, unit, by=director)
    assert again.id == row.id
    assert again.task_id != task.id
    assert db.session.query(Rectification).count() == 1
    (listed,) = queries.rectifications(queries.find(evaluation.id, actor=director), actor=director)
    assert (listed.problem, listed.unit, listed.status) == ("台账不全", "县教育局", TaskStatus.ISSUED)
    assert queries.origin_of(db.session.get_one(Task, again.task_id), actor=director).visit_id == visit.id


def refusal_of_removal(visit, finding):
    staff = factories.staff()
    with pytest.raises(DomainError) as caught, transaction(by=staff):
        row = queries.find_visit(visit.id, actor=staff)
        actions.remove_finding(row, queries.finding_of(row, finding.id), by=staff)
    return caught.value.code


def test_staff_puts_the_task_before_the_director(world):
    unit, evaluation, visit = world
    row = rectify(visit, found(visit), unit, by=factories.staff())
    assert db.session.get_one(Task, row.task_id).status is TaskStatus.PENDING_ISSUE
    liaison = factories.liaison(unit)
    assert queries.rectifications(queries.find(evaluation.id, actor=liaison), actor=liaison) == []
    with pytest.raises(NotAllowed), transaction(by=liaison):
        actions.rectify_finding(visit, Finding(kind=FindingKind.PROBLEM), remedy(unit), by=liaison)


def test_what_serves_a_line_of_a_plan_is_said_once(session, plan):
    director = factories.director()
    task = factories.issued(by=director)
    requirement = factories.requirement(factories.meeting())
    with transaction(by=director):
        for line in (plan.goal, plan.measure, plan.indicator):
            for server in (task, requirement):
                if line is plan.indicator and server is requirement:
                    continue
                first = actions.link(line, server, by=director)
                assert actions.link(line, server, by=director).id == first.id
    assert [row.noun for row in queries.served_by(task)] == ["goal", "measure", "indicator"]
    assert [row.noun for row in queries.served_by(requirement)] == ["goal", "measure"]
    tasks_of = queries.tasks_of_indicators([plan.indicator.id], actor=director)
    assert [row.id for row in tasks_of[plan.indicator.id]] == [task.id]
    with pytest.raises(DomainError) as caught, transaction(by=director):
        actions.link(plan.indicator, requirement, by=director)
    assert caught.value.code == "link.indicator_by_task"
    liaison = factories.liaison(factories.unit())
    with pytest.raises(NotAllowed), transaction(by=liaison):
        actions.link(plan.goal, task, by=liaison)


def test_an_indicator_of_a_year_has_one_rectification(session, plan):
    director, unit = factories.director(), factories.unit()
    with transaction(by=director):
        row = actions.rectify_indicator(plan.indicator, 2025, remedy(unit), by=director)
    task_id, row_id = row.task_id, row.id
    with pytest.raises(DomainError), transaction(by=director):
        actions.rectify_indicator(plan.indicator, 2025, remedy(unit), by=director)
    task = db.session.get_one(Task, task_id)
    (served,) = queries.served_by(task)
    assert (served.noun, served.line_id) == ("indicator", plan.indicator.id)
    with pytest.raises(DomainError) as caught, transaction(by=director):
        actions.unlink(queries.find_aim(task, served.aim_id), by=director)
    assert caught.value.code == "link.of_rectification"
    with transaction(by=director):
        other = actions.rectify_indicator(plan.indicator, 2024, remedy(unit), by=director)
    assert other.id != row_id


def test_pages_of_a_visit_from_plan_to_answer(client_as, world):
    unit, evaluation, _visit = world
    office, path = client_as(factories.director()), f"/evaluations/{evaluation.id}/visits"
    for page in (path, f"{path}/new", f"{path}/groups/new"):
        check(office.get(page).text)
    twice = {"form_key": "g0", "name": "第一组", "leader": "主任"}
    assert office.post(f"{path}/groups/new", data=twice).status_code == 303
    assert "已有同名的督导组" in office.post(f"{path}/groups/new", data=twice | {"form_key": "g1"}).text
    group = queries.groups_of(evaluation)[-1]
    check(office.get(f"{path}/groups/{group.id}/edit").text)
    form = {"form_key": "v0", "group_id": group.id, "unit_id": unit.id, "visited_on": "2026-07-14", "place": "二中"}
    assert "请选择督导组" in office.post(f"{path}/new", data=form | {"group_id": ""}).text
    assert office.post(f"{path}/new", data=form).status_code == 303
    visit = db.session.query(Visit).order_by(Visit.id.desc()).first()
    one = f"{path}/{visit.id}"
    liaison = client_as(factories.liaison(unit))
    assert "反馈意见，请按时答复" in liaison.get(one).text
    assert liaison.get(f"{one}/answer").status_code == 409
    office = client_as(factories.director())
    for page in (one, f"{one}/edit", f"{one}/record", f"{one}/findings"):
        check(office.get(page).text)
    record = {"form_key": "r0", "version": visit.version, "looked_at": "查阅台账", "feedback": "总体较好"}
    assert office.post(f"{one}/record", data=record).status_code == 303
    assert (
        office.post(f"{one}/findings", data={"form_key": "f0", "kind": "problem", "text": "台账不全"}).status_code
        == 303
    )
    finding = db.session.query(Finding).one()
    check(office.get(f"{one}/findings/{finding.id}/rectify").text)
    asked = {"form_key": "x0", "problem": "台账不全", "lead_unit_id": unit.id, "due_on": "2026-10-01"}
    past = office.post(f"{one}/findings/{finding.id}/rectify", data=asked | {"due_on": "2026-07-01"})
    check(past.text)
    assert "完成时限不能早于交办当天" in past.text
    assert office.post(f"{one}/findings/{finding.id}/rectify", data=asked).status_code == 303
    check(office.get(f"/evaluations/{evaluation.id}/rectifications").text)
    assert office.post(f"{one}/feedback", data={"form_key": "b0"}).status_code == 303
    liaison = client_as(factories.liaison(unit))
    for page in (path, one, f"{one}/answer", f"/evaluations/{evaluation.id}/rectifications"):
        check(liaison.get(page).text)
    assert "台账不全" in liaison.get(one).text
    assert liaison.post(f"{one}/answer", data={"form_key": "a0", "answer": "立行立改"}).status_code == 303
    assert "立行立改" in client_as(factories.staff()).get(one).text


def test_lists_cost_the_same_however_long(client_as, world, statements):
    unit, evaluation, visit = world
    client = client_as(factories.director())
    counts = []
    for _n in range(2):
        rectify(visit, found(visit, "问题"), unit, by=factories.director())
        factories.visit(evaluation, unit, visited_on=clock.today() + timedelta(days=3))
        for page in ("visits", "rectifications", f"visits/{visit.id}"):
            client.get(f"/evaluations/{evaluation.id}/{page}")
            statements.clear()
            client.get(f"/evaluations/{evaluation.id}/{page}")
            counts.append(len(statements))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 9, counts


def test_files_of_the_group_and_of_the_unit_are_kept_with_the_visit(client_as, world):
    unit, evaluation, visit = world
    path = f"/evaluations/{evaluation.id}/visits/{visit.id}"
    office = client_as(factories.staff())
    form = office.get(f"{path}/record").text
    check(form)
    written = {"form_key": "r", "version": visit.version, "looked_at": "查阅台账", "feedback": "台账不全"}
    wrong = office.post(f"{path}/record", data=written | {"files": (BytesIO(b"x"), "照片.exe")})
    check(wrong.text)
    assert "照片.exe" in wrong.text
    sent = office.post(f"{path}/record", data=written | {"form_key": "r2", "files": (BytesIO(PDF), "台账.pdf")})
    assert sent.status_code == 303
    page = office.get(path).text
    check(page)
    assert "台账.pdf" in page
    (row,) = db.session.query(VisitFile)
    file = f"{path}/files/{row.attachment_id}"
    assert office.get(file).data == PDF
    liaison = factories.liaison(unit)
    own = client_as(liaison)
    assert own.get(file).status_code == 404  # not told yet
    assert client_as(factories.liaison(factories.unit())).get(file).status_code == 404
    act(actions.give_feedback, visit, by=factories.staff())
    own = client_as(liaison)
    assert own.get(file).data == PDF
    check(own.get(f"{path}/answer").text)
    answer = {"form_key": "a", "answer": "照办", "files": (BytesIO(PDF), "整改情况.pdf")}
    assert own.post(f"{path}/answer", data=answer).status_code == 303
    office = client_as(factories.staff())
    page = office.get(path).text
    check(page)
    assert "整改情况.pdf" in page
    assert office.post(f"{file}/remove", data={"form_key": "x"}).status_code == 409  # the unit was told
    assert db.session.query(VisitFile).count() == 2


def test_a_file_of_the_record_is_taken_off_before_the_unit_is_told(client_as, world):
    _unit, evaluation, visit = world
    path = f"/evaluations/{evaluation.id}/visits/{visit.id}"
    office = client_as(factories.staff())
    written = {"form_key": "r", "version": visit.version, "looked_at": "", "feedback": "好"}
    office.post(f"{path}/record", data=written | {"files": (BytesIO(PDF), "台账.pdf")})
    (row,) = db.session.query(VisitFile)
    assert office.post(f"{path}/files/{row.attachment_id}/remove", data={"form_key": "x"}).status_code == 303
    assert db.session.query(VisitFile).count() == 0
