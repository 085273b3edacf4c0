"""A round from its draft to its lock: who owes, who is in, what is kept, what comes next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from meetings.core.actor import Actor
from meetings.core.db import db, transaction, writing
from meetings.core.errors import DomainError, NotFound
from meetings.jobs.actions import enqueue
from meetings.jobs.runner import run_waiting
from meetings.notifications.models import Notice
from meetings.rounds import actions, queries
from meetings.rounds.models import ReportingRound, RoundCycle, RoundScope, RoundStatus, RoundUnit, Standing
from meetings.tasks import actions as task_actions
from meetings.tasks import queries as task_queries
from meetings.tasks.models import ReportStatus, TaskUnit
from tests import factories
from tests.rounds.conftest import carry, drafted, opened, standing_of

DUE = date(2026, 7, 24)


@pytest.fixture
def staff(session):
    return factories.staff()


def owed_days(unit):
    return set(db.session.scalars(select(TaskUnit.report_due_on).where(TaskUnit.unit_id == unit.id)))


def at(moment_day, hour=2):
    return datetime(moment_day.year, moment_day.month, moment_day.day, hour, tzinfo=UTC)


def propose():
    with writing():
        enqueue("rounds.propose", by=None)
    assert run_waiting() == 1


def test_opening_makes_a_row_for_each_unit_sets_the_day_and_tells_them(staff, units, tasks):
    lead, helper = units
    reader = factories.liaison(helper)
    outsider = factories.liaison(factories.unit())
    round_id = opened(by=staff)
    rows = db.session.execute(select(RoundUnit.unit_id, RoundUnit.unit_name, RoundUnit.field_count)).all()
    assert rows == [(lead.id, "县教育局", 6), (helper.id, "县民政局", 3)]
    assert owed_days(lead) == owed_days(helper) == {DUE}
    notices = {n.user_id: n for n in db.session.scalars(select(Notice).where(Notice.kind == "rounds.opened"))}
    assert (notices[reader.user_id].day, notices[reader.user_id].path) == (DUE, f"/rounds/{round_id}/report")
    assert outsider.user_id not in notices
    assert {unit.standing for unit in standing_of(round_id, by=staff).values()} == {Standing.OWED}


def test_a_report_that_was_missed_before_stays_missed(staff, units, tasks, session):
    with transaction(by=Actor(None, "系统", staff.committee_id)):
        session.query(TaskUnit).filter_by(task_id=tasks[1].id).one().report_due_on = date(2026, 7, 6)
    opened(by=staff)
    assert owed_days(units[0]) == {DUE, date(2026, 7, 6)}


def test_scopes_choose_units_groups_and_tasks(staff, units, tasks):
    lead, helper = units
    factories.under_way(title="不在范围内")
    group = factories.group(helper)
    of_group = opened(by=staff, group_ids=[group.id])
    of_task = opened(by=staff, task_numbers=[tasks[1].number])
    both = opened(by=staff, unit_ids=[lead.id, helper.id], task_numbers=[tasks[0].number])
    assert set(standing_of(of_group, by=staff)) == {helper.id}
    assert {unit_id: unit.owed for unit_id, unit in standing_of(of_task, by=staff).items()} == {lead.id: 1}
    assert {unit_id: unit.owed for unit_id, unit in standing_of(both, by=staff).items()} == {lead.id: 1, helper.id: 1}
    with pytest.raises(DomainError) as refusal:
        drafted(by=staff, task_numbers=["2026-999"])
    assert (refusal.value.code, refusal.value.field) == ("round.task_unknown", "task_numbers")


def test_nobody_owes_in_a_round_of_nothing_and_none_opens_after_its_day(staff, units, frozen_clock):
    round_id = drafted(by=staff).id
    with pytest.raises(DomainError, match=r"round\.nothing_owed"):
        carry(actions.open_round, round_id, by=staff)
    frozen_clock(at(DUE + timedelta(days=1)))
    with pytest.raises(DomainError, match=r"round\.due_past"):
        carry(actions.open_round, round_id, by=staff)
    assert db.session.get(ReportingRound, round_id).status is RoundStatus.DRAFT


def test_units_see_rounds_once_open_and_only_those_in_which_they_owe(staff, units, tasks):
    inside, outside = factories.liaison(units[0]), factories.liaison(factories.unit())
    round_id = drafted(by=staff).id
    with pytest.raises(NotFound):
        queries.find(round_id, actor=inside)
    carry(actions.open_round, round_id, by=staff)
    assert queries.find(round_id, actor=inside).id == round_id
    assert [one.round.id for one in queries.own_rounds(inside)] == [round_id]
    for unit in units:
        with pytest.raises(NotFound):
            queries.find_unit(round_id, unit.id, actor=outside)
    with pytest.raises(NotFound):
        queries.find_unit(round_id, units[1].id, actor=inside)


def test_the_day_of_the_report_counts_whichever_page_it_came_by_and_however_late_it_is_read(
    staff, units, tasks, frozen_clock
):
    lead, helper = units
    by_lead, by_helper = factories.liaison(lead), factories.liaison(helper)
    round_id = opened(by=staff)
    frozen_clock(at(DUE, 15))  # 23:00 of the last day
    for task in tasks:
        factories.report(task, by=by_lead)
    frozen_clock(at(DUE, 17))  # the next day in the office
    factories.report(tasks[0], by=by_helper)
    frozen_clock(at(date(2026, 8, 10)))
    found = standing_of(round_id, by=staff)
    assert (found[lead.id].standing, found[lead.id].reported_on) == (Standing.IN, DUE)
    assert found[helper.id].standing is Standing.LATE


def test_what_was_returned_is_owed_again_and_on_time_within_two_working_days(staff, units, tasks, frozen_clock):
    lead = units[0]
    liaison = factories.liaison(lead)
    round_id = opened(by=staff, unit_ids=[lead.id])
    for task in tasks:
        factories.report(task, by=liaison)
    frozen_clock(at(date(2026, 7, 27)))
    with transaction(by=staff):
        owing = queries.find_unit(round_id, lead.id, actor=staff, to_change=True)
        assert actions.return_unit(owing, reason="数字对不上", by=staff) == 2
    assert db.session.scalar(select(func.count()).where(Notice.kind.in_(["tasks.report_returned"]))) == 0
    told = select(func.count()).where(Notice.kind == "rounds.returned", Notice.user_id == liaison.user_id)
    assert db.session.scalar(told) == 1
    assert standing_of(round_id, by=staff)[lead.id].standing is Standing.OWED
    frozen_clock(at(date(2026, 7, 29)))
    for task in tasks:
        factories.report(task, by=liaison)
    frozen_clock(at(date(2026, 8, 20)))
    assert standing_of(round_id, by=staff)[lead.id].standing is Standing.IN
    with pytest.raises(DomainError, match=r"round\.nothing_waits"), transaction(by=liaison):
        actions.return_unit(queries.find_unit(round_id, lead.id, actor=liaison, to_change=True), reason="x", by=liaison)


def test_a_task_that_ends_is_owed_no_longer(staff, units, tasks, frozen_clock):
    lead, helper = units
    round_id = opened(by=staff)
    factories.step(task_actions.cancel, tasks[0], reason="撤销", by=factories.director())
    frozen_clock(at(DUE + timedelta(days=3)))
    found = standing_of(round_id, by=staff)
    assert found[helper.id].standing is Standing.RELEASED
    assert (found[lead.id].standing, found[lead.id].owed) == (Standing.MISSING, 1)


def test_a_lock_keeps_how_everybody_stood(staff, units, tasks, frozen_clock):
    lead, helper = units
    liaison, director = factories.liaison(lead), factories.director()
    round_id = opened(by=staff)
    reports = [factories.report(task, by=liaison).id for task in tasks]
    frozen_clock(at(DUE + timedelta(days=3)))
    counts = carry(actions.lock, round_id, by=staff)
    assert (counts.owed, counts.reported, counts.on_time) == (2, 1, 1)
    factories.report(tasks[0], by=factories.liaison(helper))  # too late for the round
    found = standing_of(round_id, by=staff)
    assert (found[lead.id].standing, found[helper.id].standing) == (Standing.IN, Standing.MISSING)
    assert found[helper.id].reported == 0
    row = queries.listing(staff).rows[0]
    assert row.rates.reported_rate == "50.0%（1/2）"
    with pytest.raises(DomainError, match=r"report\.locked"), transaction(by=staff):
        report = task_queries.find_report(reports[0], actor=staff)
        task_actions.return_report(report, reason="晚了", by=staff)
    with transaction(by=staff):  # to take it is another thing
        task_actions.accept_report(task_queries.find_report(reports[0], actor=staff), by=staff)

    with pytest.raises(DomainError) as refusal:
        carry(actions.reopen, round_id, by=director, reason=" ")
    assert (refusal.value.code, refusal.value.field) == ("round.reopen_reason", "reason")
    carry(actions.reopen, round_id, by=director, reason="县民政局补报")
    found = standing_of(round_id, by=staff)
    assert (found[lead.id].standing, found[helper.id].standing) == (Standing.IN, Standing.LATE)
    with transaction(by=staff):
        report = task_queries.find_report(reports[1], actor=staff)
        task_actions.return_report(report, reason="重新打开后可以退回", by=staff)
    assert standing_of(round_id, by=staff)[lead.id].standing is not Standing.IN


def test_only_the_office_handles_rounds(staff, units, tasks):
    round_id = opened(by=staff)
    for actor in (factories.liaison(units[0]), factories.head(units[0]), factories.actor()):
        with pytest.raises(DomainError):
            carry(actions.lock, round_id, by=actor)
    with pytest.raises(DomainError, match=r"round\.wrong_status"):
        carry(actions.open_round, round_id, by=staff)


def test_the_office_sees_what_is_asked_and_what_is_held(staff, units, tasks):
    lead, helper = units
    factories.report(tasks[0], by=factories.liaison(lead))
    first = opened(by=staff, unit_ids=[lead.id])
    row = queries.find(drafted(by=staff).id, actor=staff)
    found = {unit.unit_id: unit for unit in queries.asked(row)}
    assert found[lead.id][3:] == (2, 6, 1, 12)  # tasks, fields, the step of the last report, with the first round's
    assert found[helper.id][3:] == (1, 3, 0, 3)
    assert queries.find(first, actor=staff).status is RoundStatus.OPEN


def test_the_next_of_a_series_is_prepared_once(app, staff, units, tasks, frozen_clock):
    group_id = factories.group(*units).id
    round_id = opened(by=staff, group_ids=[group_id], task_numbers=[task.number for task in tasks])
    factories.step(task_actions.cancel, tasks[1], reason="撤销", by=factories.director())
    first = tasks[0].id
    propose()
    assert db.session.scalar(select(func.count()).select_from(ReportingRound)) == 1
    frozen_clock(at(date(2026, 12, 17)))
    propose()
    propose()
    made = db.session.scalars(select(ReportingRound).where(ReportingRound.follows_id == round_id)).one()
    assert (made.title, made.status) == ("2026年第四季度进展报送", RoundStatus.DRAFT)
    assert (made.from_on, made.until_on) == (date(2026, 10, 1), date(2026, 12, 31))
    kept = {
        (scope.group_id, scope.task_id) for scope in db.session.scalars(select(RoundScope).filter_by(round_id=made.id))
    }
    assert kept == {(group_id, None), (None, first)}
    notices = db.session.scalars(select(Notice).where(Notice.kind == "rounds.proposed")).all()
    assert {notice.user_id for notice in notices} >= {staff.user_id}
    carry(actions.cancel, made.id, by=staff)  # the office wants no more: the series ends
    propose()
    assert db.session.scalar(select(func.count()).select_from(ReportingRound)) == 2


def test_a_round_held_once_or_never_opened_has_no_successor(app, staff, tasks, frozen_clock):
    opened(by=staff, cycle=RoundCycle.ONCE)
    drafted(by=staff)
    frozen_clock(at(date(2028, 1, 4)))
    propose()
    assert db.session.scalar(select(func.count()).select_from(ReportingRound)) == 2


def test_a_head_lets_the_whole_period_go_at_once(staff, units, tasks):
    lead = units[0]
    liaison, head = factories.liaison(lead), factories.head(lead)
    round_id = opened(by=staff, unit_ids=[lead.id])
    for task in tasks:
        factories.report(task, by=liaison, head_confirms_every=True)
    found = standing_of(round_id, by=staff)[lead.id]
    assert (found.standing, found.reported, found.waiting) == (Standing.OWED, 0, 2)
    with transaction(by=head):
        assert actions.approve_unit(queries.find_unit(round_id, lead.id, actor=head, to_change=True), by=head) == 2
    with transaction(by=staff):
        assert actions.accept_unit(queries.find_unit(round_id, lead.id, actor=staff, to_change=True), by=staff) == 2
    assert standing_of(round_id, by=staff)[lead.id].standing is Standing.IN
    owing = queries.find_unit(round_id, lead.id, actor=staff)
    assert {report.status for report in queries.reports_of(owing, actor=staff)} == {ReportStatus.ACCEPTED}
