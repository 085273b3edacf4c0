"""批示: given in person or entered from paper, answered by unit or office, and a task that comes of it."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.approvals.models import Approval, ApprovalStatus, SignerRole
from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.notifications.models import Notice
from meetings.supervision.models import Instruction, InstructionTask
from meetings.tasks.models import Task, TaskSource, TaskStatus
from tests import factories, pages


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


@pytest.fixture
def task(unit):
    return factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS)


def leader():
    return factories.actor(Role.LEADER, display_name="副县长")


def given(client_as, task, who=None, **fields):
    form = {"form_key": "k", "how": "on_line", "text": "请财政局保障经费。", "answer_by": "2026-07-20", **fields}
    return client_as(who or leader()).post(f"/tasks/{task.id}/instruct", data=form)


def test_a_leader_writes_the_unit_answers_and_the_leader_reads_it(client_as, task, unit):
    who, liaison = leader(), factories.liaison(unit)
    pages.check(client_as(who).get(f"/tasks/{task.id}/instruct").text)
    answer = given(client_as, task, who)
    assert answer.status_code == 303, answer.text
    row = db.session.scalars(select(Instruction)).one()
    assert (row.leader_name, row.given_on, row.is_recorded) == ("副县长", date(2026, 7, 14), False)
    assert liaison.user_id in set(db.session.scalars(select(Notice.user_id)))
    address = f"/supervision/instructions/{row.id}"
    browser = client_as(liaison)
    pages.check(browser.get(address).text)
    pages.check(browser.get(f"{address}/answer").text)
    assert browser.post(f"{address}/answer", data={"form_key": "a", "answer": "经费已到位。"}).status_code == 303
    assert browser.post(f"{address}/answer", data={"form_key": "b", "answer": "再答"}).status_code != 303
    page = client_as(who).get(address).text
    pages.check(page)
    assert "经费已到位。" in page
    told = select(Notice.user_id).where(Notice.kind == "supervision.instruction_answered")
    assert db.session.scalars(told).all() == [who.user_id]
    listed = client_as(who).get("/supervision/instructions").text
    pages.check(listed)
    assert "已答复" in listed
    pages.check(client_as(who).get(f"/tasks/{task.id}/supervision").text)


def test_the_office_enters_what_was_written_on_paper(client_as, task):
    staff = factories.staff()
    office = client_as(staff)
    pages.check(office.get(f"/tasks/{task.id}/instruct").text)
    without = given(client_as, task, staff)
    assert "请附签批件扫描件" in without.text
    paper = {
        "form_key": "p",
        "how": "on_paper",
        "text": "请抓紧。",
        "signed_by": "县长",
        "signed_on": "2026-07-13",
        "scan": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "批示.pdf"),
    }
    answer = office.post(f"/tasks/{task.id}/instruct", data=paper, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    row = db.session.scalars(select(Instruction)).one()
    assert (row.leader_name, row.given_on, row.is_recorded) == ("县长", date(2026, 7, 13), True)
    assert office.get(f"/supervision/instructions/{row.id}/scan").status_code == 200


def test_a_task_comes_of_it_that_rests_on_the_leaders_word(client_as, task, unit):
    row = factories.instruction(task)
    office = client_as(factories.staff())
    address = f"/supervision/instructions/{row.id}/task"
    pages.check(office.get(address).text)
    form = {"form_key": "t", "title": "保障经费", "lead_unit_id": str(unit.id), "due_on": "2026-09-30"}
    assert office.post(address, data=form).status_code == 303
    made = db.session.get(Task, db.session.scalars(select(InstructionTask.task_id)).one())
    assert (made.source, made.source_text) == (TaskSource.INSTRUCTION, "副县长2026年7月14日批示")
    assert "保障经费" in office.get(f"/supervision/instructions/{row.id}").text


def test_only_an_issued_paper_is_written_on(client_as, unit):
    paper = factories.save(
        Approval(
            committee_id=unit.committee_id,
            kind="bulletin",
            title="情况通报",
            status=ApprovalStatus.SIGNING,
            signer_role=SignerRole.OFFICE_DIRECTOR,
            drafted_by_name="某",
            drafted_at=clock.now(),
            changed_at=clock.now(),
            changed_by_name="某",
        )
    )
    form = {"form_key": "k", "how": "on_line", "text": "阅。"}
    browser = client_as(leader())
    address = f"/supervision/papers/{paper.id}/instruct"
    assert "文书印发后才能批示" in browser.post(address, data=form).text
    with transaction(by=factories.staff()):
        db.session.get(Approval, paper.id).status = ApprovalStatus.ISSUED
    assert browser.post(address, data=form | {"form_key": "l"}).status_code == 303
    assert "情况通报" in browser.get("/supervision/instructions").text


def test_others_neither_give_nor_see_it(client_as, task):
    row = factories.instruction(task)
    other = client_as(factories.liaison(factories.unit()))
    assert other.get(f"/supervision/instructions/{row.id}").status_code == 404
    assert row.text not in other.get("/supervision/instructions").text
    observer = client_as(factories.actor(Role.OBSERVER))
    assert observer.get(f"/tasks/{task.id}/instruct").status_code == 404
    assert observer.get(f"/supervision/instructions/{row.id}/answer").status_code == 404
