"""督办通知单 and 催办通知 through 签批: drafted from the task, once a month, a step on it, answered on its form."""

import re
import secrets
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.approvals.models import Approval, ApprovalStatus, NumberForm, NumberPrefix, SignerRole
from meetings.core.db import db, transaction
from meetings.supervision.models import LadderSetting, StepKind, SupervisionNotice, SupervisionStep
from meetings.tasks.models import TaskStatus
from tests import factories, pages


@pytest.fixture
def task(session):
    return factories.task(
        lead_unit=factories.unit("县教育局"),
        cooperating_units=[factories.unit("县财政局")],
        status=TaskStatus.IN_PROGRESS,
        due_on=date(2026, 6, 30),
        standards=("台账齐全",),
    )


def notice(task, **fields):
    return {
        "form_key": "key-1",
        "task": str(task.id),
        "title": "关于尽快办结的督办通知",
        "addressees": "县教育局",
        "matter": "任务逾期",
        "answer_by": "2026-07-21",
        **fields,
    }


def test_the_page_is_prefilled_from_the_task(client_as, task):
    page = client_as(factories.staff()).get(f"/reports/supervision-notice?task={task.id}").text
    pages.check(page)
    assert f"关于{task.title}的督办通知" in page
    assert "逾期 10 个工作日" in page
    assert "台账齐全" in page
    assert "县财政局" in page
    assert client_as(factories.actor(Role.LEADER)).get("/reports/supervision-notice").status_code == 404


def test_a_drafted_notice_is_a_step_of_the_task_and_a_leader_signs_it(client_as, task):
    office = client_as(factories.staff())
    answer = office.post("/reports/supervision-notice/draft", data=notice(task))
    assert answer.status_code == 303, re.sub(r"<[^>]+>|\s", "", answer.text)[:600]
    step = db.session.scalars(select(SupervisionStep)).one()
    assert (step.kind, step.task_id, step.answer_by) == (StepKind.SUPERVISE, task.id, date(2026, 7, 21))
    approval = db.session.get(Approval, step.approval_id)
    assert (approval.signer_role, approval.title) == (SignerRole.LEADER, "关于尽快办结的督办通知")
    assert approval.signer_posts.endswith("妇女儿童工作委员会副主任")
    drafting = office.get(f"/reports/supervision-notice?task={task.id}").text
    pages.check(drafting)
    assert drafting.index("该单位今年的督办单") < drafting.index(f'href="/tasks/{task.id}/supervision"')
    pages.check(office.get(f"/tasks/{task.id}/supervision").text)
    again = office.post("/reports/supervision-notice/draft", data=notice(task, form_key="key-2"))
    assert "本月已有一份督办单" in again.text
    assert len(db.session.scalars(select(SupervisionStep)).all()) == 1


def test_another_day_for_the_answer_follows_the_draft_and_another_task_is_refused(client_as, task):
    office = client_as(factories.staff())
    office.post("/reports/supervision-notice/draft", data=notice(task))
    step = db.session.scalars(select(SupervisionStep)).one()
    address = f"/reports/drafts/{step.approval_id}/edit"
    page = office.get(address)
    pages.check(page.text)
    sheet = {"version": "1", "disclosure": "on_request", "urgency": "none", "signing": "plain", "retention": "years_10"}
    edited = notice(task, form_key="key-3", answer_by="2026-07-24") | sheet
    assert office.post(address, data=edited).status_code == 303
    db.session.refresh(step)
    assert step.answer_by == date(2026, 7, 24)
    other = factories.task(lead_unit=factories.unit(), status=TaskStatus.IN_PROGRESS, due_on=date(2026, 6, 1))
    version = str(db.session.scalar(select(Approval.version).where(Approval.id == step.approval_id)))
    refused = office.post(address, data=edited | {"form_key": "key-4", "version": version, "task": str(other.id)})
    assert "不能改换任务" in refused.text


def test_the_office_may_issue_it_in_its_own_name(client_as, task):
    factories.save(
        LadderSetting(
            committee_id=task.committee_id,
            before_working_days=3,
            after_working_days=2,
            repeat_days=7,
            reminds_of_receipts=True,
            reminds_of_reports=True,
            urge_after=5,
            supervise_after=10,
            coordinate_after=20,
            issued_by="office",
            signer_post="主任",
        )
    )
    client_as(factories.staff()).post("/reports/supervision-notice/draft", data=notice(task))
    assert db.session.scalars(select(Approval.signer_role)).one() is SignerRole.OFFICE_DIRECTOR


def test_a_reminder_notice_names_what_a_unit_has_not_done_and_is_a_step_on_each(client_as, task):
    second = factories.task(
        lead_unit=factories.unit("县民政局"),
        status=TaskStatus.IN_PROGRESS,
        due_on=date(2026, 7, 1),
    )
    office = client_as(factories.staff())
    address = f"/reports/reminder-notice?unit={second.lead_unit_id}"
    page = office.get(address).text
    pages.check(page)
    assert second.title in page
    assert task.title not in page
    form = {
        "form_key": "k",
        "unit": str(second.lead_unit_id),
        "title": "催办通知",
        "addressees": "县民政局",
        "answer_by": "2026-07-20",
    }
    assert office.post("/reports/reminder-notice/draft", data=form).status_code == 303
    step = db.session.scalars(select(SupervisionStep)).one()
    assert (step.kind, step.task_id, step.unit_id) == (StepKind.URGE, second.id, second.lead_unit_id)
    quiet = factories.unit("县科协")
    assert "没有逾期未办的任务" in office.get(f"/reports/reminder-notice?unit={quiet.id}").text


def test_the_whole_way_of_a_notice_to_its_answered_form(client_as, task):
    staff, other, leader = factories.staff(), factories.staff(), factories.actor(Role.LEADER, display_name="副主任")
    post(client_as(staff), "/reports/supervision-notice/draft", **notice(task))
    step = db.session.scalars(select(SupervisionStep)).one()
    where = f"/reports/drafts/{step.approval_id}"
    form = f"/reports/supervision-notices/{step.id}.pdf"
    post(client_as(staff), f"{where}/submit")
    post(client_as(other), f"{where}/check", how="on_line", version=version(step))
    assert client_as(staff).get(form).status_code == 404  # it has no number yet
    post(client_as(leader), f"{where}/sign", how="on_line", version=version(step))
    factories.save(
        NumberPrefix(
            committee_id=task.committee_id,
            kind="supervision-notice",
            form=NumberForm.YEAR,
            prefix="某妇儿工委",
            from_on=date(2026, 1, 1),
        )
    )
    post(client_as(staff), f"{where}/number", version=version(step))
    with transaction(by=staff):
        approval = db.session.get(Approval, step.approval_id)
        approval.status, approval.issued_on = ApprovalStatus.ISSUED, date(2026, 7, 14)
        notice_row = db.session.scalars(select(SupervisionNotice)).one()
        notice_row.received_on, notice_row.received_by = date(2026, 7, 15), "县教育局联络员"
        step.answer = "台账已建，月底前办结。"
        notice_row.unit_opinion, notice_row.unit_signer = "同意上报", "局长"
    answered = client_as(staff).get(form)
    assert answered.status_code == 200
    text = text_of(answered.data)
    for said in ("某妇儿工委〔2026〕1号", "督办事项办理情况反馈单", "台账已建", "同意上报", "县教育局联络员"):
        assert said in text


def post(client, address, **data):
    answer = client.post(address, data={"form_key": secrets.token_hex(8), **data})
    assert answer.status_code == 303, re.sub(r"<[^>]+>|\s", "", answer.text)[:600]


def version(step):
    return str(db.session.scalar(select(Approval.version).where(Approval.id == step.approval_id)))


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\n", "").replace("\r", "")
