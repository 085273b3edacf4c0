"""The office sees what another rule of the lights would change before it saves it; every page then follows it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from meetings.accounts.models import Role
from meetings.audit.models import AuditEntry
from meetings.core.db import db
from meetings.tasks import queries
from meetings.tasks.models import LightSetting, TaskStatus
from meetings.tasks.rules import LightCode, LightOptions
from tests import factories, pages

RULE = {
    "form_key": "key-1",
    "version": "0",
    "due_soon_working_days": "5",
    "receipt_working_days": "3",
    "counts_receipts": "y",
    "counts_reports": "y",
    "counts_stages": "y",
}


@pytest.fixture
def tasks(session):
    """Due in 4 working days, behind a stage point, far off; nothing acknowledged in one."""
    make = factories.task
    return {
        "near": make(status=TaskStatus.IN_PROGRESS, due_on=date(2026, 7, 20)),
        "behind": make(status=TaskStatus.IN_PROGRESS, next_stage_on=date(2026, 6, 30)),
        "far": make(status=TaskStatus.IN_PROGRESS),
        "receipt": make(status=TaskStatus.ISSUED),
    }


def saved():
    return db.session.scalar(select(func.count()).select_from(LightSetting))


def test_a_look_changes_nothing_and_names_what_would_change(client_as, tasks):
    office = client_as(factories.director())
    page = office.get("/tasks/lights").text
    pages.check(page)
    assert "与现行规则相同" in page
    looked = office.post("/tasks/lights", data=RULE | {"look": "y"}).text
    pages.check(looked)
    assert "有 1 件变灯" in looked
    assert tasks["near"].title in looked
    assert tasks["far"].title not in looked
    assert saved() == 0


def test_a_saved_rule_holds_at_once_for_list_page_and_papers_and_is_audited(client_as, tasks):
    office = client_as(factories.director())
    assert "距时限 4 个工作日" not in office.get("/tasks/").text
    assert "落后于 6 月节点" in office.get(f"/tasks/{tasks['behind'].id}").text
    answer = office.post("/tasks/lights", data={**RULE, "counts_stages": ""})
    assert answer.location == "/tasks/lights"
    page = office.get("/tasks/").text
    assert "距时限 4 个工作日" in page
    assert "落后于" not in page
    unit_id = tasks["near"].lead_unit_id
    paper = office.get(f"/reports/unit-progress?unit={unit_id}").text
    assert "距时限 4 个工作日" in paper
    committee_id = tasks["near"].committee_id
    assert queries.light_options(committee_id) == LightOptions(5, 3, counts_stages=False)
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.subject == "light_setting"))
    assert entry is not None


def test_the_days_of_a_receipt_hold_for_what_is_issued_from_then_on(client_as, tasks):
    office = client_as(factories.director())
    office.post("/tasks/lights", data=RULE)
    draft = factories.draft()
    office.post(f"/tasks/{draft.id}/issue", data={"form_key": "key-2", "how": "on_line"})
    assert queries.find(draft.id, actor=factories.director()).units[0].receipt_due_on == date(2026, 7, 17)
    assert queries.find(tasks["receipt"].id, actor=factories.director()).units[0].receipt_due_on == date(2026, 7, 16)


def test_who_saw_an_older_rule_is_told(client_as, tasks):
    office = client_as(factories.director())
    office.post("/tasks/lights", data=RULE)
    late = office.post("/tasks/lights", data=RULE | {"form_key": "key-2", "due_soon_working_days": "7"})
    assert late.status_code == 409
    assert queries.light_options(tasks["near"].committee_id).due_soon_working_days == 5
    office.post("/tasks/lights", data=RULE | {"form_key": "key-3", "version": "1", "due_soon_working_days": "7"})
    assert queries.light_options(tasks["near"].committee_id).due_soon_working_days == 7


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_soon_working_days": "61"}, "应是 0 至 60 的整数"),
        ({"due_soon_working_days": "三"}, "应是 0 至 60 的整数"),
        ({"receipt_working_days": "0"}, "应是 1 至 60 的整数"),
        ({"receipt_working_days": ""}, "请填写签收期限"),
    ],
)
def test_a_wrong_number_is_shown_again(client_as, tasks, fields, words):
    page = client_as(factories.director()).post("/tasks/lights", data=RULE | fields)
    assert words in page.text
    pages.check(page.text)
    assert saved() == 0


@pytest.mark.parametrize("role", [Role.OFFICE_STAFF, Role.LEADER, Role.LIAISON, Role.SECURITY_ADMIN])
def test_only_the_director_sets_the_rule(client_as, role):
    browser = client_as(factories.actor(role, unit=factories.unit()))
    assert browser.get("/tasks/lights").status_code == 404
    assert browser.post("/tasks/lights", data=RULE).status_code == 404


def test_a_preview_takes_few_statements_and_sees_only_its_committee(tasks, statements):
    director = factories.director()
    statements.clear()
    seen = queries.preview(LightOptions(due_soon_working_days=30), actor=director, today=date(2026, 7, 14))
    assert len(statements) <= 5  # the end of the chain, days, options; counts, changes
    assert seen.before == {
        LightCode.NEW: 1,
        LightCode.OK: 2,
        LightCode.WARN: 1,
        LightCode.LATE: 0,
        LightCode.DONE: 0,
        LightCode.CLOSED: 0,
    }
    assert seen.after[LightCode.WARN] == 2


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (date(2026, 10, 3), "当日放假，最后一个工作日为9月30日"),
        (date(2028, 3, 1), "2028年的放假安排尚未公布，工作日暂按双休日计"),
        (date(2026, 10, 10), ""),  # a make-up day
    ],
)
def test_a_date_says_what_is_to_be_known_of_it(client_as, due_on, said):
    task = factories.task(status=TaskStatus.IN_PROGRESS, due_on=due_on)
    page = client_as(factories.director()).get(f"/tasks/{task.id}").text
    pages.check(page)
    assert said in page
    assert said or "当日放假" not in page
