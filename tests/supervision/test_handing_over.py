"""A unit is merged, an account leaves: what is open goes on, what is over stays as it was."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from meetings.accounts.models import Deputy, Role
from meetings.accounts.queries import actor_by_id
from meetings.audit.models import AuditEntry
from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.directory import actions as directory
from meetings.drafts.models import Draft
from meetings.notifications.models import Notice
from meetings.tasks import actions, queries, rules
from meetings.tasks.models import TaskStatus, TaskUnit, UnitRole
from tests import factories, pages


def merged(unit, into):
    by = factories.staff()
    with transaction(by=by):
        directory.merge_unit(
            directory.queries.find_unit(unit.id, actor=by), into_id=into.id, until_on=date(2026, 7, 14), by=by
        )


def parts(task):
    rows = db.session.scalars(select(TaskUnit).where(TaskUnit.task_id == task.id).order_by(TaskUnit.position))
    return [(row.unit_id, row.role) for row in rows]


@pytest.fixture
def units(session):
    return factories.unit("县卫生局"), factories.unit("县卫健委"), factories.unit("县教育局")


def test_open_tasks_follow_and_finished_ones_stay(units):
    old, new, other = units
    lead = factories.under_way(lead_unit=old, cooperating_units=[other])
    helps = factories.issued(lead_unit=other, cooperating_units=[old])
    drafted = factories.draft(lead_unit=old)
    closed = factories.task(lead_unit=old, status=TaskStatus.CLOSED)
    report = factories.report(lead, by=factories.liaison(old))
    merged(old, new)
    assert parts(lead) == [(new.id, UnitRole.LEAD), (other.id, UnitRole.COOPERATING)]
    assert parts(helps) == [(other.id, UnitRole.LEAD), (new.id, UnitRole.COOPERATING)]
    assert parts(drafted) == [(new.id, UnitRole.LEAD)]
    assert parts(closed) == [(old.id, UnitRole.LEAD)]
    db.session.refresh(report)
    assert report.unit_id == old.id
    seen = queries.find(lead.id, actor=factories.liaison(new))
    assert (seen.lead_unit_id, seen.units[0].acknowledged_at is not None) == (new.id, True)
    assert "县卫生局并入县卫健委" in factories.events_of(lead)[-1].note


def test_where_both_took_part_the_one_that_takes_over_leads(units):
    old, new, _other = units
    task = factories.under_way(lead_unit=old, cooperating_units=[new])
    merged(old, new)
    assert parts(task) == [(new.id, UnitRole.LEAD)]


def test_the_stored_totals_follow(units):
    old, new, other = units
    factories.under_way(lead_unit=old, cooperating_units=[new])
    factories.issued(lead_unit=other, cooperating_units=[old])
    factories.draft(lead_unit=old)
    merged(old, new)
    assert queries.differences() == []
    assert old.id not in {row.unit_id for row in queries.totals_by_unit(factories.director())}


def test_work_goes_on_after_the_merger(units):
    old, new, _other = units
    task = factories.under_way(lead_unit=old)
    merged(old, new)
    factories.report(task, by=factories.liaison(new))
    factories.step(actions.submit_completion, task, by=factories.liaison(new), note="已办")
    assert queries.find(task.id, actor=factories.director()).status is TaskStatus.UNIT_REVIEW


def test_lists_that_ask_for_opinions_ask_the_one_that_takes_over(units):
    old, new, other = units
    alone = factories.consultation(factories.draft(lead_unit=old, cooperating_units=[other]))
    both = factories.consultation(factories.draft(lead_unit=old, cooperating_units=[new]))
    by = factories.liaison(old)
    with transaction(by=by):
        row = queries.find_consultation(alone.id, actor=by)
        said = {row.lines[0].id: actions.OpinionInput("改时限", ("date",))}
        actions.answer_consultation(row, old.id, opinions=said, by=by)
    merged(old, new)
    successor = factories.liaison(new)
    row = queries.find_consultation(alone.id, actor=successor)
    assert {each.unit_id: each.answered_at is not None for each in row.units} == {new.id: True, other.id: False}
    assert [each.unit_id for each in row.lines[0].opinions] == [new.id]
    row = queries.find_consultation(both.id, actor=successor)
    assert [each.unit_id for each in row.units] == [new.id]
    assert [line.id for line in rules.lines_for(row, new.id)] == [row.lines[0].id]


def test_accounts_follow_their_unit_in_one_step_at_the_hand_of_the_security_administrator(client_as, units):
    old, new, other = units
    task = factories.under_way(lead_unit=old)
    goes, stays = factories.user(Role.LIAISON, unit=old), factories.user(Role.UNIT_HEAD, unit=old)
    of_new, of_other = factories.user(Role.LIAISON, unit=new), factories.user(Role.LIAISON, unit=other)
    days = {"from_on": date(2026, 7, 1), "until_on": date(2026, 8, 31)}
    own, stands_in = (factories.save(Deputy(user_id=row.id, unit_id=old.id, **days)) for row in (of_new, of_other))
    security = client_as(factories.actor(Role.SECURITY_ADMIN))
    address = f"/accounts/units/{old.id}/follow"
    assert security.get(address).status_code == 404  # not merged
    merged(old, new)
    listed = security.get("/accounts/").text
    pages.check(listed)
    assert "县卫生局已并入县卫健委，还有 3 个账号没有转" in listed  # one acknowledged the task
    pages.check(security.get(address).text)
    assert "请至少选择一个账号" in security.post(address, data={"form_key": "none"}).text
    answer = security.post(address, data={"form_key": "k", "ids": [str(goes.id)]})
    assert answer.status_code == 303, answer.text
    db.session.expire_all()
    assert (goes.unit_id, stays.unit_id, stands_in.unit_id, own.until_on) == (new.id, old.id, new.id, date(2026, 7, 13))
    kept = select(AuditEntry.changes).where(AuditEntry.subject == "user_account", AuditEntry.subject_id == goes.id)
    assert json.loads(db.session.scalars(kept.order_by(AuditEntry.seq.desc())).first())["unit_id"] == [old.id, new.id]
    assert "还有 2 个账号没有转" in security.get("/accounts/").text
    seen = queries.find(task.id, actor=actor_by_id(goes.id, today=date(2026, 7, 14)))
    assert seen.lead_unit_id == new.id
    for refused in (factories.director(), factories.liaison(new)):
        assert client_as(refused).get(address).status_code == 404


def draft(user_id, address):
    return factories.save(
        Draft(user_id=user_id, address=address, form="step", title="任务", fields="[]", saved_at=clock.now())
    )


def test_drafts_and_unread_notices_go_to_the_successor_in_one_step(client_as, units):
    unit = units[2]
    leaves, follows = factories.liaison(unit), factories.liaison(unit)
    factories.issued(lead_unit=unit)  # tells both
    moved, kept = draft(leaves.user_id, "/tasks/1/progress"), draft(leaves.user_id, "/tasks/2/progress")
    draft(follows.user_id, "/tasks/2/progress")
    office = client_as(factories.actor(Role.SECURITY_ADMIN))
    address = f"/accounts/{leaves.user_id}/hand-over"
    pages.check(office.get(address).text)
    answer = office.post(address, data={"form_key": "k", "to_id": str(follows.user_id), "disables": "y"})
    assert answer.status_code == 303, answer.text
    db.session.expire_all()
    owners = dict(db.session.execute(select(Draft.id, Draft.user_id)).all())
    assert owners[moved.id] == follows.user_id
    assert owners[kept.id] == leaves.user_id  # the successor is at work on that page already
    assert set(db.session.scalars(select(Notice.user_id))) == {follows.user_id}
    assert "已停用" in office.get(f"/accounts/{leaves.user_id}").text


def test_nobody_else_takes_over(client_as, units):
    leaves, stranger = factories.liaison(units[0]), factories.liaison(units[1])
    office = client_as(factories.actor(Role.SECURITY_ADMIN))
    address = f"/accounts/{leaves.user_id}/hand-over"
    page = office.post(address, data={"form_key": "k", "to_id": str(stranger.user_id)})
    assert "请从列表中选择" in page.text
    pages.check(page.text)
    assert client_as(factories.director()).get(address).status_code == 404
