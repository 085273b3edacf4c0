"""Self-assessments: who may do what when, and the task that goes along."""

import itertools
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from meetings.accounts.models import Role
from meetings.core.db import db, transaction
from meetings.core.errors import DomainError, NotFound
from meetings.evaluation import actions, queries, rules
from meetings.evaluation.models import Assessment, AssessmentAction, AssessmentStatus
from meetings.notifications.models import Notice
from meetings.tasks.models import Task, TaskAction, TaskEvent, TaskStatus
from tests import factories
from tests.tasks.acts import signature

S, A = AssessmentStatus, AssessmentAction
WRITTEN = {name: f"{name}已写" for names in rules.TEXTS.values() for name in names}


@pytest.fixture
def world(session):
    unit, other = factories.unit("县教育局", position=1), factories.unit("县卫健委", position=2)
    evaluation = factories.evaluation()
    assessment, _other = factories.handed_out(evaluation, other, unit)
    return unit, other, assessment


def act(action, assessment, *, by, **values):
    with transaction(by=by):
        return action(queries.find_assessment(assessment.id, actor=by), by=by, **values)


def refusal(action, assessment, *, by, **values):
    with pytest.raises(DomainError) as caught:
        act(action, assessment, by=by, **values)
    return caught.value.code


def status_of(assessment):
    return db.session.get_one(Assessment, assessment.id).status, db.session.get_one(Task, assessment.task_id).status


def test_the_table_says_who_may_do_what(session):
    """Every action × status × party against the table written out by hand."""
    unit = factories.unit("县教育局")
    people = {
        "liaison": factories.liaison(unit),
        "head": factories.head(unit),
        "office": factories.staff(),
        "other": factories.liaison(factories.unit("县水利局")),
        "leader": factories.actor(Role.LEADER),
    }
    allowed = {
        (A.SUBMIT, S.DRAFT): {"liaison", "office"},
        (A.SUBMIT, S.RETURNED): {"liaison", "office"},
        (A.APPROVE, S.UNIT_REVIEW): {"liaison", "head", "office"},
        (A.RETURN, S.UNIT_REVIEW): {"head"},
        (A.RETURN, S.OFFICE_REVIEW): {"office"},
        (A.ACCEPT, S.OFFICE_REVIEW): {"office"},
    }
    for action, status, name in itertools.product(A, S, people):
        row = Assessment(committee_id=unit.committee_id, unit_id=unit.id, status=status)
        offered = action in rules.available_actions(row, people[name])
        assert offered == (name in allowed.get((action, status), set())), (action, status, name)


def test_from_the_unit_to_the_office_and_back_with_the_task(world):
    unit, _other, assessment = world
    liaison, head, director = factories.liaison(unit), factories.head(unit), factories.director()
    assert status_of(assessment) == (S.DRAFT, TaskStatus.ISSUED)
    assert refusal(actions.submit_assessment, assessment, held={}, by=liaison) == "assessment.incomplete"
    act(actions.write_assessment, assessment, by=liaison, **WRITTEN)
    assert refusal(actions.submit_assessment, assessment, held={}, by=head) == "assessment.not_yours"
    act(actions.submit_assessment, assessment, held={"tasks": []}, by=liaison)
    assert status_of(assessment) == (S.UNIT_REVIEW, TaskStatus.UNIT_REVIEW)
    assert refusal(actions.write_assessment, assessment, by=liaison, **WRITTEN) == "assessment.wrong_status"
    assert refusal(actions.approve_assessment, assessment, by=liaison) == "signature.scan_needed"
    act(actions.approve_assessment, assessment, by=head)
    assert status_of(assessment) == (S.OFFICE_REVIEW, TaskStatus.OFFICE_REVIEW)
    assert refusal(actions.return_assessment, assessment, reason=" ", by=director) == "assessment.reason_needed"
    act(actions.return_assessment, assessment, reason="请补充数据", by=factories.staff())
    assert status_of(assessment) == (S.RETURNED, TaskStatus.IN_PROGRESS)
    act(actions.write_assessment, assessment, by=liaison, **{**WRITTEN, "reached": "已补充"})
    act(actions.submit_assessment, assessment, held={"tasks": []}, by=liaison)
    act(actions.approve_assessment, assessment, signature=signature(), by=liaison)
    act(actions.accept_assessment, assessment, by=director)
    assert status_of(assessment) == (S.ACCEPTED, TaskStatus.COMPLETED)
    found = queries.find_assessment(assessment.id, actor=liaison)
    assert [row.texts["reached"] for row in queries.versions_of(found)] == ["已补充", "reached已写"]
    steps = [row.action for row in reversed(queries.course(found))]
    assert steps == [A.SUBMIT, A.APPROVE, A.RETURN, A.SUBMIT, A.APPROVE, A.ACCEPT]


def test_staff_accepts_and_the_task_waits_for_the_director(world):
    unit, _other, assessment = world
    liaison = factories.liaison(unit)
    act(actions.write_assessment, assessment, by=liaison, **WRITTEN)
    act(actions.submit_assessment, assessment, held={}, by=liaison)
    act(actions.approve_assessment, assessment, by=factories.head(unit))
    act(actions.accept_assessment, assessment, by=factories.staff())
    assert status_of(assessment) == (S.ACCEPTED, TaskStatus.OFFICE_REVIEW)
    assert db.session.query(Notice).filter_by(kind="evaluation.accepted").count() == 2


def test_a_reason_is_owed_where_an_indicator_is_missed(world, plan):
    unit, _other, assessment = world
    liaison = factories.liaison(unit)
    missed = [plan.indicator.id]
    act(actions.write_assessment, assessment, by=liaison, **{**WRITTEN, "reasons": ""})
    with pytest.raises(DomainError) as caught:
        act(actions.submit_assessment, assessment, held={}, missed=missed, by=liaison)
    assert caught.value.details["missing"] == ["reasons_given"]
    act(actions.write_assessment, assessment, by=liaison, **WRITTEN, reasons_given={plan.indicator.id: "设备不足"})
    version = act(actions.submit_assessment, assessment, held={}, missed=missed, by=liaison)
    assert version.texts["reasons_given"] == {str(plan.indicator.id): "设备不足"}


def test_what_was_sent_is_never_changed(world):
    unit, _other, assessment = world
    liaison = factories.liaison(unit)
    act(actions.write_assessment, assessment, by=liaison, **WRITTEN)
    act(actions.submit_assessment, assessment, held={}, by=liaison)
    for statement in (
        "UPDATE assessment_version SET revision = 9",
        "DELETE FROM assessment_version",
        "UPDATE assessment_event SET note = 'x'",
        "DELETE FROM assessment_event",
    ):
        with pytest.raises(DatabaseError), db.session.begin_nested():
            db.session.execute(text(statement))


def test_units_see_their_own_and_nothing_else(world):
    unit, other, assessment = world
    stranger = factories.liaison(factories.unit("县水利局"))
    for actor in (factories.liaison(other), stranger, factories.actor(Role.SYSTEM_ADMIN)):
        with pytest.raises(NotFound):
            queries.find_assessment(assessment.id, actor=actor)
    for actor in (factories.liaison(unit), factories.staff(), factories.actor(Role.LEADER)):
        assert queries.find_assessment(assessment.id, actor=actor).unit_id == unit.id
    evaluation = queries.find(assessment.evaluation_id, actor=factories.liaison(unit))
    assert [row.unit_id for row in queries.assessments(evaluation, actor=factories.liaison(unit))] == [unit.id]
    assert [row.unit_id for row in queries.assessments(evaluation, actor=factories.staff())] == [unit.id, other.id]
    with pytest.raises(NotFound):
        queries.find(assessment.evaluation_id, actor=stranger)


def test_for_a_unit_without_accounts_the_office_carries_it_through_on_paper(world):
    """From the issue to completion: written and sent by the office, the head's signature on the scanned page."""
    _unit, other, assessment = world
    staff, director = factories.staff(), factories.director()
    mine = db.session.query(Assessment).filter_by(unit_id=other.id).one()
    act(actions.write_assessment, mine, by=staff, **WRITTEN)
    act(actions.submit_assessment, mine, held={}, by=staff)
    assert status_of(mine) == (S.UNIT_REVIEW, TaskStatus.UNIT_REVIEW)
    steps = [
        (event.action, event.done_by_name, event.unit_id)
        for event in db.session.query(TaskEvent).filter_by(task_id=mine.task_id).order_by(TaskEvent.id)
    ]
    assert [step[0] for step in steps[-2:]] == [TaskAction.ACKNOWLEDGE, TaskAction.SUBMIT_COMPLETION]
    assert all(name.endswith("（代录）") and unit_id == other.id for _action, name, unit_id in steps[-2:])
    assert refusal(actions.approve_assessment, mine, by=staff) == "signature.scan_needed"
    act(actions.approve_assessment, mine, signature=signature(), by=staff)
    assert status_of(mine) == (S.OFFICE_REVIEW, TaskStatus.OFFICE_REVIEW)
    act(actions.accept_assessment, mine, by=director)
    assert status_of(mine) == (S.ACCEPTED, TaskStatus.COMPLETED)
    assert status_of(assessment) == (S.DRAFT, TaskStatus.ISSUED)


def test_points_are_given_only_where_the_evaluation_is_scored(world):
    unit, _other, assessment = world
    director = factories.director()
    assert refusal(actions.score_assessment, assessment, duties={}, scores={}, by=director) == "assessment.not_scored"
    evaluation = factories.evaluation(is_scored=True, title="另一次")
    (scored,) = factories.handed_out(evaluation, unit)
    assert refusal(actions.score_assessment, scored, duties={}, scores={}, by=director) == "assessment.score_unaccepted"
    liaison = factories.liaison(unit)
    act(actions.write_assessment, scored, by=liaison, **WRITTEN)
    act(actions.submit_assessment, scored, held={}, by=liaison)
    act(actions.approve_assessment, scored, by=factories.head(unit))
    act(actions.accept_assessment, scored, by=director)
    duties = {duty.id: duty for duty in queries.find(evaluation.id, actor=director).assessed}
    first = min(duties)
    over = {first: actions.Score(duties[first].points + 1)}
    assert (
        refusal(actions.score_assessment, scored, duties=duties, scores=over, by=director)
        == "assessment.too_many_points"
    )
    act(
        actions.score_assessment,
        scored,
        duties=duties,
        scores={first: actions.Score(duties[first].points)},
        by=director,
    )
    (row,) = queries.assessments(queries.find(evaluation.id, actor=director), actor=director)
    assert row.points == 20


def test_nothing_of_a_finished_evaluation_changes(world):
    unit, _other, assessment = world
    director = factories.director()
    with transaction(by=director):
        evaluation = queries.find(assessment.evaluation_id, actor=director)
        for stage in evaluation.stages:
            actions.finish_stage(evaluation, stage, by=director)
        assert evaluation.finished_at is not None
    assert (
        refusal(actions.write_assessment, assessment, by=factories.liaison(unit), **WRITTEN) == "evaluation.is_finished"
    )
    with transaction(by=director):
        evaluation = queries.find(assessment.evaluation_id, actor=director)
        actions.resume_stage(evaluation, evaluation.stages[1], by=director)
    act(actions.write_assessment, assessment, by=factories.liaison(unit), **WRITTEN)
    stages = queries.find(assessment.evaluation_id, actor=director).stages
    assert [stage.finished_on for stage in stages] == [date(2026, 7, 14), None, None, None, None]
