"""今日要办: each kind of thing to see to, proposals as the rule makes them, at the same cost whatever the tasks."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from meetings.accounts.models import Role
from meetings.core.db import db, transaction
from meetings.supervision import queries, rules
from meetings.supervision.models import StepKind
from meetings.supervision.rules import Ladder, LastStep
from meetings.tasks import queries as tasks
from meetings.tasks.actions import open_consultation
from meetings.tasks.models import TaskStatus, TaskUnit
from tests import factories, pages

TODAY = date(2026, 7, 14)


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


def late(unit, due_on=date(2026, 7, 3), **values):
    return factories.task(**{"lead_unit": unit, "status": TaskStatus.IN_PROGRESS, "due_on": due_on, **values})


def groups(actor):
    found = queries.morning(actor, tasks.light_rule(actor.committee_id, TODAY))
    return {group.code: [item.id for item in group.shown] for group in found.groups}


def test_the_page_names_what_is_to_be_done(client_as, unit):
    receipt = late(unit, date(2026, 12, 1), status=TaskStatus.ISSUED)
    db.session.execute(update(TaskUnit).values(receipt_due_on=date(2026, 7, 10)))
    due, over = late(unit, TODAY), late(unit)
    staff = factories.staff()
    page = client_as(staff).get("/supervision/today").text
    pages.check(page)
    for task in (receipt, due, over):
        assert task.title in page
    assert "建议催办" in page
    assert groups(staff) == {
        "receipts": [receipt.id],
        "due_today": [due.id],
        "overdue": [over.id],
        "propose_urge": [over.id],
    }
    assert "今日要办" in client_as(staff).get("/").text


def test_a_quiet_morning_says_so(client_as, unit, frozen_clock):
    frozen_clock(datetime(2026, 11, 16, 2, tzinfo=UTC))
    page = client_as(factories.director()).get("/supervision/today").text
    pages.check(page)
    assert "今天没有要催、要审、要督办的" in page
    assert "2027年的放假安排尚未公布" in page


def test_lists_of_drafts_are_named_once_something_is_to_be_done_with_them(client_as, unit, frozen_clock):
    draft = factories.draft(title="摸清底数", lead_unit=unit)
    staff = factories.staff()
    with transaction(by=staff):
        found = tasks.find_many([draft.id], actor=staff)
        row = open_consultation(found, title="任务清单", answer_by=date(2026, 7, 14), by=staff)
    assert "consultations" not in groups(staff)
    frozen_clock(datetime(2026, 7, 15, 2, tzinfo=UTC))
    page = client_as(staff).get("/supervision/today").text
    pages.check(page)
    assert f'href="/tasks/consultations/{row.id}"' in page
    assert "未反馈单位/未处理意见" in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.LIAISON, Role.SYSTEM_ADMIN])
def test_it_is_the_offices_own(client_as, unit, role):
    assert client_as(factories.actor(role, unit=unit)).get("/supervision/today").status_code == 404


@pytest.mark.parametrize("days_late", [4, 5, 9, 10, 19, 20, 40])
@pytest.mark.parametrize(
    "last",
    [
        None,
        LastStep(StepKind.HINT, date(2026, 6, 1)),
        LastStep(StepKind.URGE, date(2026, 6, 1)),
        LastStep(StepKind.URGE, date(2026, 6, 1), answer_by=TODAY),
        LastStep(StepKind.URGE, date(2026, 6, 1), date(2026, 6, 5), TODAY),
        LastStep(StepKind.URGE, TODAY),
        LastStep(StepKind.SUPERVISE, date(2026, 6, 1)),
        LastStep(StepKind.COORDINATE, date(2026, 6, 1)),
    ],
)
def test_the_database_proposes_what_the_rule_does(unit, days_late, last):
    rule = tasks.light_rule(unit.committee_id, TODAY)
    task = late(unit, rule.calendar.add(TODAY, -days_late))
    if last:
        step = {"kind": last.kind, "taken_on": last.on, "answer_by": last.answer_by, "answered_on": last.answered_on}
        factories.supervision_step(task, **step, notice=None)
    proposed = rules.proposed(days_late, last, Ladder(), TODAY)
    found = [code for code in groups(factories.staff()) if code.startswith("propose_")]
    assert found == ([f"propose_{proposed}"] if proposed else [])


def test_it_costs_the_same_whatever_the_tasks(unit, statements):
    staff = factories.staff()
    late(unit)
    groups(staff)
    statements.clear()
    late(unit)
    statements.clear()
    groups(staff)
    few = len(statements)
    for _ in range(12):
        late(unit)
    statements.clear()
    groups(staff)
    assert len(statements) == few <= 23
    statements.clear()
    groups(staff)
    assert len(statements) <= 2  # the end of the chain and the reminders of the day
