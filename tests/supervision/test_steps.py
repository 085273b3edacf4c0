"""催办 by hand and the further steps: who may, once sent, answered on line or from paper, seen by whom."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from sqlalchemy import func, select

from meetings.accounts.models import Role
from meetings.approvals.models import Approval, ApprovalStatus, SignerRole
from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotAllowed
from meetings.notifications.models import Notice
from meetings.supervision import actions, queries
from meetings.supervision.models import (
    LadderSetting,
    Reminder,
    Rung,
    StepKind,
    SupervisionNotice,
    SupervisionStep,
)
from meetings.tasks import queries as task_queries
from meetings.tasks.models import TaskStatus
from tests import factories, pages

TODAY = date(2026, 7, 14)


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


def late(unit, **values):
    return factories.task(**{"lead_unit": unit, "status": TaskStatus.IN_PROGRESS, "due_on": date(2026, 7, 3), **values})


def urge_form(*tasks, **fields):
    return {"form_key": "key-1", "ids": [str(task.id) for task in tasks], "text": "请说明原因", **fields}


def test_the_office_urges_many_at_once_and_each_is_told_logged_and_kept(client_as, unit):
    helper = factories.unit("县卫健委")
    reader, other = factories.liaison(unit), factories.liaison(helper)
    one, two = late(unit), late(unit, cooperating_units=[helper])
    closed = late(unit, status=TaskStatus.CLOSED)
    office = client_as(factories.staff())
    ids = "&".join(f"ids={task.id}" for task in (one, two, closed))
    page = office.get(f"/tasks/urge?{ids}").text
    pages.check(page)
    assert "另有 1 件现在不能办理" in page
    assert f"县教育局：请抓紧办理{one.number}号《{one.title}》（时限7月3日，逾期 7 个工作日）、" in page
    form = urge_form(one, two, answer_by="2026-07-17", with_helpers="y")
    assert office.post("/tasks/urge", data=form).location == "/tasks/"
    assert office.post("/tasks/urge", data=form).status_code == 303  # the same form again
    steps = db.session.scalars(select(SupervisionStep)).all()
    assert [(step.task_id, step.kind, step.answer_by) for step in steps] == [
        (one.id, StepKind.URGE, date(2026, 7, 17)),
        (two.id, StepKind.URGE, date(2026, 7, 17)),
    ]
    assert db.session.scalars(select(Reminder.rung)).all() == [Rung.URGED] * 3
    told = db.session.scalars(select(Notice).where(Notice.kind == "supervision.urged")).all()
    assert sorted(notice.user_id for notice in told) == sorted([reader.user_id, reader.user_id, other.user_id])
    assert all(notice.is_urgent for notice in told)


def test_what_rests_is_not_urged_and_says_why(client_as, unit):
    suspended = late(unit, status=TaskStatus.SUSPENDED)
    office = client_as(factories.staff())
    office.post("/tasks/urge", data=urge_form(suspended))
    assert "不必催办" in office.get("/tasks/").text
    assert db.session.scalar(select(func.count(SupervisionStep.id))) == 0


@pytest.mark.parametrize("role", [Role.LIAISON, Role.LEADER, Role.OBSERVER, Role.SYSTEM_ADMIN])
def test_only_the_office_urges(client_as, unit, role):
    task = late(unit)
    browser = client_as(factories.actor(role, unit=unit))
    assert browser.get(f"/tasks/urge?ids={task.id}").status_code == 404
    assert browser.post("/tasks/urge", data=urge_form(task)).status_code == 404
    with pytest.raises(NotAllowed):
        factories.step(actions.take_step, task, by=factories.liaison(unit), kind=StepKind.HINT, text="x")


def test_a_wrong_day_is_shown_again(client_as, unit):
    task = late(unit)
    page = client_as(factories.staff()).post("/tasks/urge", data=urge_form(task, answer_by="2026-07-13"))
    pages.check(page.text)
    assert "反馈期限不能早于今天" in page.text
    assert "请说明原因" in page.text
    assert db.session.scalar(select(func.count(SupervisionStep.id))) == 0


def urged(task, **values):
    wanted = {"text": "", "answer_by": date(2026, 7, 17), "say": lambda _light: "", **values}
    with transaction(by=(by := factories.staff())):
        actions.urge([task_queries.find(task.id, actor=by)], by=by, **wanted)
    return db.session.scalars(select(SupervisionStep).order_by(SupervisionStep.id.desc())).first()


def test_the_unit_answers_once_and_the_office_reads_it(client_as, unit):
    task = late(unit)
    step = urged(task)
    browser = client_as(factories.liaison(unit))
    page = browser.get(f"/tasks/{task.id}/supervision").text
    pages.check(page)
    assert "答复" in page
    address = f"/supervision/steps/{step.id}/answer"
    pages.check(browser.get(address).text)
    assert browser.post(address, data={"form_key": "a", "answer": "月底前办结。"}).status_code == 303
    again = browser.post(address, data={"form_key": "b", "answer": "另一句"})
    assert again.status_code == 409 or "已经答复过" in again.text
    office = client_as(factories.staff()).get(f"/tasks/{task.id}/supervision").text
    pages.check(office)
    assert "月底前办结。" in office


def test_an_answer_on_paper_is_entered_by_the_office(client_as, unit):
    task = late(unit)
    step = urged(task)
    office = client_as(factories.staff())
    address = f"/supervision/steps/{step.id}/answer"
    wrong = office.post(address, data={"form_key": "a", "answer": "已办", "answered_on": "2026-07-15"})
    assert "日期不能晚于今天" in wrong.text
    office.post(address, data={"form_key": "b", "answer": "已办", "answered_on": "2026-07-13"})
    db.session.refresh(step)
    assert (step.answered_on, step.is_recorded) == (date(2026, 7, 13), True)
    assert "（代录）" in office.get(f"/tasks/{task.id}/supervision").text


def test_another_unit_finds_nothing(client_as, unit):
    task = late(unit)
    step = urged(task)
    browser = client_as(factories.liaison(factories.unit()))
    assert browser.get(f"/tasks/{task.id}/supervision").status_code == 404
    assert browser.get(f"/supervision/steps/{step.id}/answer").status_code == 404
    assert task.title not in browser.get("/supervision/").text


def test_a_step_a_leader_decided_keeps_the_signed_page(client_as, unit):
    task = late(unit)
    office = client_as(factories.staff())
    pages.check(office.get(f"/tasks/{task.id}/supervision/new?kind=coordinate").text)
    form = {
        "form_key": "k",
        "kind": "coordinate",
        "text": "请分管副县长协调落实经费",
        "how": "on_paper",
        "signed_by": "副县长",
        "signed_on": "2026-07-13",
        "signed_words": "请财政局支持",
        "scan": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "签批件.pdf"),
    }
    answer = office.post(f"/tasks/{task.id}/supervision/new", data=form, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    page = office.get(f"/tasks/{task.id}/supervision").text
    pages.check(page)
    assert "请财政局支持" in page
    step = db.session.scalars(select(SupervisionStep)).one()
    assert office.get(f"/supervision/steps/{step.id}/scans/{step.scan_id}").status_code == 200
    assert office.get(f"/supervision/steps/{step.id}/scans/{step.scan_id + 1}").status_code == 404


def test_the_list_names_all_steps_and_those_without_answer(client_as, unit, statements):
    first = late(unit)
    urged(first)
    urged(late(unit))
    office = client_as(factories.staff())
    page = office.get("/supervision/").text
    pages.check(page)
    assert first.title in page
    statements.clear()
    office.get("/supervision/")
    few = len(statements)
    for _ in range(6):
        urged(late(unit))
    office.get("/supervision/")  # fills what is kept
    statements.clear()
    pages.check(office.get("/supervision/?only=unanswered").text)
    assert len(statements) <= few
    assert "没有这样的" in office.get("/supervision/?kind=circulate").text


def test_the_page_of_a_task_proposes_the_next_step(client_as, unit):
    task = late(unit)
    page = client_as(factories.staff()).get(f"/tasks/{task.id}/supervision").text
    assert "逾期 7 个工作日，建议催办。" in page


def paper(status=ApprovalStatus.ISSUED, **values):
    return factories.save(
        Approval(
            committee_id=factories.the_committee().id,
            kind="supervision-notice",
            title="督办通知",
            status=status,
            signer_role=SignerRole.LEADER,
            drafted_by_name="某",
            drafted_at=clock.now(),
            changed_at=clock.now(),
            changed_by_name="某",
            **values,
        )
    )


def move(approval, **values):
    with transaction(by=factories.staff()):
        for name, value in values.items():
            setattr(approval, name, value)


def test_one_notice_a_month_for_a_task_a_void_one_does_not_count(unit, frozen_clock):
    task = late(unit)
    staff = factories.staff()
    first = paper(ApprovalStatus.DRAFT)
    factories.step(actions.begin_notice, task, by=staff, approval_id=first.id, answer_by=None)
    with pytest.raises(DomainError, match=r"supervision\.month_taken"):
        factories.step(actions.begin_notice, task, by=staff, approval_id=paper().id, answer_by=None)
    move(first, status=ApprovalStatus.VOID)
    factories.step(actions.begin_notice, task, by=staff, approval_id=paper(issued_on=TODAY).id, answer_by=None)
    assert [row.is_answered for row in queries.notices_of_unit(unit.id, 2026, actor=staff)] == [False]
    frozen_clock(datetime(2026, 8, 3, 2, tzinfo=UTC))
    factories.step(actions.begin_notice, task, by=staff, approval_id=paper().id, answer_by=None)


def test_a_notice_is_seen_by_its_unit_when_issued_then_acknowledged_answered_and_its_second_part_entered(
    client_as, unit
):
    task = late(unit)
    approval = paper(ApprovalStatus.SIGNING)
    step = factories.step(
        actions.begin_notice, task, by=factories.staff(), approval_id=approval.id, answer_by=date(2026, 7, 20)
    )
    browser = client_as(factories.liaison(unit))
    assert browser.post(f"/supervision/steps/{step.id}/receive", data={"form_key": "a"}).status_code == 404
    move(approval, status=ApprovalStatus.ISSUED, issued_on=TODAY)
    pages.check(browser.get(f"/tasks/{task.id}/supervision").text)
    assert browser.post(f"/supervision/steps/{step.id}/receive", data={"form_key": "b"}).status_code == 303
    notice = db.session.scalars(select(SupervisionNotice)).one()
    assert (notice.received_on, notice.received_by) == (TODAY, "县教育局联络员")
    assert browser.get(f"/supervision/steps/{step.id}/second-part").status_code == 404
    office = client_as(factories.staff())
    address = f"/supervision/steps/{step.id}/second-part"
    pages.check(office.get(address).text)
    form = {"form_key": "c", "version": "2", "received_on": "2026-07-14", "unit_opinion": "已办", "unit_signer": "局长"}
    assert office.post(address, data=form).status_code == 303
    late_form = form | {"form_key": "d", "version": "2", "unit_opinion": "又改"}
    assert office.post(address, data=late_form).status_code == 409
    wrong = form | {"form_key": "e", "version": "3", "unit_signed_on": "2027-01-01"}
    assert "日期不能晚于今天" in office.post(address, data=wrong).text


LADDER = {
    "form_key": "k",
    "version": "0",
    "before_working_days": "5",
    "after_working_days": "2",
    "repeat_days": "7",
    "reminds_of_receipts": "y",
    "urge_after": "3",
    "supervise_after": "6",
    "coordinate_after": "9",
    "issued_by": "office",
    "signer_post": "主任",
}


def test_the_director_sets_the_ladder(client_as, unit):
    browser = client_as(factories.director())
    pages.check(browser.get("/supervision/ladder").text)
    assert browser.post("/supervision/ladder", data=LADDER).status_code == 303
    found = queries.ladder(unit.committee_id)
    assert (found.before_working_days, found.reminds_of_reports, found.issued_by) == (5, False, "office")
    assert browser.post("/supervision/ladder", data=LADDER | {"form_key": "l"}).status_code == 409
    order = LADDER | {"form_key": "m", "version": "1", "urge_after": "7"}
    page = browser.post("/supervision/ladder", data=order).text
    assert "由小到大" in page
    pages.check(page)
    assert client_as(factories.staff()).get("/supervision/ladder").status_code == 404
    assert db.session.scalar(select(func.count(LadderSetting.id))) == 1
