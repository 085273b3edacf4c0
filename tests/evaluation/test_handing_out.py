"""Duties are handed to many units in one step, quickly, and never twice."""

from datetime import date
from threading import Barrier, Thread

import pytest

from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotAllowed
from meetings.evaluation import actions, queries, rules
from meetings.evaluation.models import Assessment, Part, StageKind
from meetings.evaluation.rules import StageDays
from meetings.notifications.models import Notice
from meetings.tasks.models import ReportingCycle, Task, TaskSource, TaskStatus
from tests import factories


def hand_out(evaluation, unit_ids, *, by, due_on=date(2026, 9, 30)):
    with transaction(by=by):
        return actions.hand_out(queries.find(evaluation.id, actor=by), unit_ids=unit_ids, due_on=due_on, by=by)


def test_each_unit_gets_one_task_and_one_form(session):
    units = [factories.unit() for _n in range(3)]
    evaluation = factories.evaluation()
    director = factories.director()
    assert len(hand_out(evaluation, [u.id for u in units[:2]], by=director)) == 2
    assert len(hand_out(evaluation, [u.id for u in units], by=director)) == 1
    assert hand_out(evaluation, [u.id for u in units], by=director) == []
    tasks = db.session.query(Task).all()
    assert sorted(task.lead_unit_id for task in tasks) == sorted(u.id for u in units)
    for task in tasks:
        assert (task.source, task.status, task.reporting_cycle, task.due_on) == (
            TaskSource.EVALUATION,
            TaskStatus.ISSUED,
            ReportingCycle.NONE,
            date(2026, 9, 30),
        )
        assert task.title == "开展妇女儿童发展规划终期评估自评"
        assert task.content.count("\n") == 4


def test_forty_units_cost_few_statements_each(session, statements):
    units = [factories.unit() for _n in range(40)]
    evaluation = factories.evaluation()
    director = factories.director()
    ids = [u.id for u in units]
    statements.clear()
    hand_out(evaluation, ids, by=director)
    assert len(statements) < 40 * 17, len(statements)
    assert db.session.query(Assessment).count() == 40


def test_what_staff_hands_out_waits_for_the_director_who_is_told_once(session):
    units = [factories.unit() for _n in range(3)]
    director, staff = factories.director(), factories.staff()
    evaluation = factories.evaluation(by=director)
    hand_out(evaluation, [u.id for u in units], by=staff)
    assert {task.status for task in db.session.query(Task)} == {TaskStatus.DRAFT}
    assert db.session.query(Notice).filter_by(kind="evaluation.to_issue").count() == 1
    liaison = factories.liaison(units[0])
    assert queries.listed(liaison) == []
    with pytest.raises(NotAllowed), transaction(by=staff):
        actions.issue_tasks(queries.find(evaluation.id, actor=staff), by=staff)
    with transaction(by=director):
        assert actions.issue_tasks(queries.find(evaluation.id, actor=director), by=director) == 3
    assert {task.status for task in db.session.query(Task)} == {TaskStatus.ISSUED}
    assert [row.asked for row in queries.listed(liaison)] == [1]


@pytest.mark.parametrize(
    ("unit_ids", "due_on", "code"),
    [
        ([], date(2026, 9, 30), "evaluation.no_units"),
        (None, date(2026, 7, 13), "evaluation.due_past"),
        ([10**8], date(2026, 9, 30), "evaluation.unit_unknown"),
    ],
)
def test_wrong_input_is_refused(session, unit_ids, due_on, code):
    unit = factories.unit()
    evaluation = factories.evaluation()
    with pytest.raises(DomainError) as caught:
        hand_out(evaluation, [unit.id] if unit_ids is None else unit_ids, due_on=due_on, by=factories.director())
    assert caught.value.code == code
    assert db.session.query(Task).count() == 0


def test_a_unit_of_another_committee_is_unknown(session):
    evaluation = factories.evaluation()
    foreign = factories.unit(committee_id=factories.committee().id)
    with pytest.raises(DomainError) as caught:
        hand_out(evaluation, [foreign.id], by=factories.director())
    assert caught.value.code == "evaluation.unit_unknown"


@pytest.mark.slow
def test_two_who_hand_out_at_once_make_no_unit_twice(committed):
    with committed.app_context():
        ids = [factories.unit().id for _n in range(6)]
        evaluation = factories.evaluation()
        evaluation_id, director = evaluation.id, factories.director()
        db.session.remove()
    barrier = Barrier(2)

    def work():
        with committed.app_context():
            barrier.wait()
            with transaction(by=director):
                found = queries.find(evaluation_id, actor=director)
                actions.hand_out(found, unit_ids=ids, due_on=date(2026, 9, 30), by=director)
            db.session.remove()

    threads = [Thread(target=work) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with committed.app_context():
        assert db.session.query(Assessment).count() == 6
        assert db.session.query(Task).count() == 6


def test_an_evaluation_begins_with_the_words_of_the_committee(session):
    staff = factories.staff()
    asked = {part: actions.Asked(f"请写{part}", 10) for part in Part}
    with transaction(by=staff):
        actions.edit_template(asked, by=staff)
    evaluation = queries.find(factories.evaluation().id, actor=staff)
    assert [(duty.guidance, duty.points) for duty in evaluation.assessed] == [(f"请写{part}", 10) for part in Part]
    with transaction(by=staff):
        actions.edit_template({part: actions.Asked("改", 30) for part in Part}, by=staff)
    assert queries.find(evaluation.id, actor=staff).assessed[0].guidance == "请写goals"
    with pytest.raises(DomainError) as caught, transaction(by=staff):
        actions.edit_template({**asked, Part.LAWS: actions.Asked("", 1001)}, by=staff)
    assert caught.value.field == "laws_points"


def test_days_of_stages_follow_each_other():
    days = rules.proposed_days(date(2026, 7, 14))
    rules.check_days(days)
    assert list(days) == list(StageKind)
    backwards = {**days, StageKind.REPORT: StageDays(days[StageKind.REPORT].until_on, days[StageKind.REPORT].from_on)}
    with pytest.raises(DomainError) as caught:
        rules.check_days(backwards)
    assert caught.value.field == "report_until_on"
    early = {**days, StageKind.INSPECTION: StageDays(date(2026, 7, 14), date(2026, 9, 1))}
    with pytest.raises(DomainError) as caught:
        rules.check_days(early)
    assert caught.value.field == "inspection_from_on"
