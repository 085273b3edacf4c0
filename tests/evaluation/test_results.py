"""Indicators in an evaluation: judged by the one rule, shown to units, made into tasks where they are off track."""

from decimal import Decimal

import pytest

from meetings.core.db import db, transaction
from meetings.evaluation import actions, queries
from meetings.evaluation.models import AssessmentStatus, Rectification
from meetings.evaluation.queries.results import results_of
from meetings.plans.models import (
    GoalUnit,
    IndicatorState,
    IndicatorUnit,
    IndicatorValue,
    Measure,
    MeasureUnit,
    Responsibility,
    ValueState,
)
from meetings.tasks.models import Task, TaskAim
from tests import factories
from tests.pages import check


@pytest.fixture
def world(session, plan):
    """A unit that leads an indicator which reached 70 of 80 in 2025."""
    unit = factories.unit("县卫健委")
    share = {"unit_id": unit.id, "role": Responsibility.MAIN, "position": 0}
    factories.save(
        IndicatorUnit(indicator_id=plan.indicator.id, **share),
        GoalUnit(goal_id=plan.goal.id, **share),
        MeasureUnit(measure_id=plan.measure.id, **share),
        IndicatorValue(
            committee_id=unit.committee_id,
            indicator_id=plan.indicator.id,
            year=2025,
            value=Decimal(70),
            numerator=Decimal(700),
            denominator=Decimal(1000),
            state=ValueState.LOCKED,
        ),
    )
    evaluation = factories.evaluation(plans=[plan.plan])
    (assessment,) = factories.handed_out(evaluation, unit)
    return unit, evaluation, assessment


def test_a_self_assessment_begins_with_what_the_unit_answers_for(client_as, world):
    unit, evaluation, assessment = world
    client = client_as(factories.liaison(unit))
    path = f"/evaluations/{evaluation.id}/assessments/{assessment.id}"
    page = client.get(f"{path}/edit").text
    check(page)
    for words in (
        "截至 2025 年，本单位承担指标 1 项：未达标 1 项",
        "产前筛查率",
        "70.0",
        "提高产前筛查水平",
        "开展免费筛查",
    ):
        assert words in page, words
    check(client.get(path).text)
    form = dict.fromkeys(("reached", "measures", "next_steps", "laws", "plans", "duties", "mechanisms"), "已写")
    form |= {"form_key": "w", "version": assessment.version}
    assert client.post(f"{path}/edit", data=form).status_code == 303
    assert client.post(f"{path}/submit", data={"form_key": "s0"}).status_code == 409
    assert "未达标指标的原因" in client.get(path).text
    version = queries.find_assessment(assessment.id, actor=factories.staff()).version
    reason = {f"reason_{queries_indicator()}": "设备不足", "form_key": "w2", "version": version}
    assert client.post(f"{path}/edit", data=form | reason).status_code == 303
    assert client.post(f"{path}/submit", data={"form_key": "s1"}).status_code == 303
    sent = client.get(f"{path}/versions/1").text
    check(sent)
    assert "原因：设备不足" in sent


def queries_indicator():
    return db.session.query(IndicatorValue.indicator_id).scalar()


def test_results_show_states_rates_and_make_tasks(client_as, world, plan):
    unit, evaluation, _assessment = world
    director = factories.director()
    client = client_as(director)
    path = f"/evaluations/{evaluation.id}/results"
    page = client.get(path).text
    check(page)
    assert "未达标" in page
    assert "0/1" in page
    form_path = f"{path}/{plan.indicator.id}/rectify"
    form_page = client.get(form_path).text
    check(form_page)
    assert "产前筛查率 2025 年未达标" in form_page
    form = {"form_key": "a", "problem": "产前筛查率未达标", "lead_unit_id": unit.id, "due_on": "2026-12-01"}
    form["standards"] = "1. 达到 80%\n2. 有台账"
    assert client.post(form_path, data=form).status_code == 303
    row = db.session.query(Rectification).one()
    assert (row.year, row.indicator_id, row.evaluation_id) == (2025, plan.indicator.id, evaluation.id)
    assert db.session.query(TaskAim).filter_by(task_id=row.task_id, indicator_id=plan.indicator.id).count() == 1
    again = client.post(form_path, data=form | {"form_key": "b"})
    assert again.status_code == 409
    check(client.get(f"/evaluations/{evaluation.id}/rectifications").text)
    (found,) = results_of(queries.find(evaluation.id, actor=director), actor=director)
    (result,) = found.results
    assert (result.state, result.rectification.task_id) == (IndicatorState.MISSED, row.task_id)
    assert [task.id for task in result.tasks] == [row.task_id]
    assert db.session.get_one(Task, row.task_id).title == "整改：产前筛查率未达标"


def test_what_is_on_track_needs_no_task(client_as, world, plan):
    _unit, evaluation, _assessment = world
    with transaction(by=factories.director()):
        db.session.query(IndicatorValue).one().value = Decimal(90)
    client = client_as(factories.director())
    refused = client.get(f"/evaluations/{evaluation.id}/results/{plan.indicator.id}/rectify")
    assert refused.status_code == 409
    assert "不必整改" in refused.text


def test_a_plan_holds_the_year_that_is_judged(session, plan):
    with pytest.raises(Exception) as caught:
        factories.evaluation(plans=[plan.plan], year=2026)
    assert caught.value.code == "evaluation.year_of_plan"


def test_pages_cost_the_same_however_many_indicators(client_as, world, plan, statements):
    unit, evaluation, assessment = world
    paths = [f"/evaluations/{evaluation.id}/{page}" for page in ("results", f"assessments/{assessment.id}")]
    counts = []
    for n in range(2):
        client = client_as(factories.staff())
        for path in paths:
            client.get(path)
            statements.clear()
            client.get(path)
            counts.append(len(statements))
        measure = factories.save(
            Measure(
                committee_id=unit.committee_id,
                plan_id=plan.plan.id,
                domain_id=plan.domain.id,
                position=n + 1,
                text="又",
            )
        )
        factories.save(MeasureUnit(measure_id=measure.id, unit_id=unit.id, role=Responsibility.SHARED, position=0))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 22, counts


def test_reasons_are_kept_with_the_indicator(session, world, plan):
    unit, evaluation, assessment = world
    liaison = factories.liaison(unit)
    texts = dict.fromkeys(("reached", "measures", "experience", "reasons", "next_steps"), "已写")
    texts |= dict.fromkeys(("laws", "plans", "duties", "mechanisms"), "已写")
    with transaction(by=liaison):
        row = queries.find_assessment(assessment.id, actor=liaison)
        actions.write_assessment(row, reasons_given={plan.indicator.id: "设备不足"}, **texts, by=liaison)
        actions.submit_assessment(row, held={}, missed=[plan.indicator.id], by=liaison)
    director, head = factories.director(), factories.head(unit)
    assert of_indicator(evaluation, director).reasons == ()  # the office sees nothing before the head agrees
    with transaction(by=head):
        actions.approve_assessment(queries.find_assessment(assessment.id, actor=head), by=head)
    assert of_indicator(evaluation, director).reasons == [("县卫健委", "设备不足")]


def of_indicator(evaluation, actor):
    (found,) = results_of(queries.find(evaluation.id, actor=actor), actor=actor)
    return found.results[0]


def test_the_report_begins_with_what_units_said_and_holds_a_text_of_each_domain(client_as, world, plan):
    _unit, evaluation, assessment = world
    director = factories.director()
    with transaction(by=director):
        row = queries.find_assessment(assessment.id, actor=director)
        row.status, row.laws, row.reasons = AssessmentStatus.ACCEPTED, "已出台办法", "设备不足"
    client = client_as(director)
    path = f"/evaluations/{evaluation.id}/report"
    page = client.get(path).text
    check(page)
    for words in ("县卫健委：已出台办法", "县卫健委：设备不足", "分领域进展：妇女与健康"):
        assert words in page, words
    version = queries.find(evaluation.id, actor=director).version
    form = {"form_key": "a", "version": version, "summary": "总体顺利", f"domain_{plan.domain.id}": "筛查推进"}
    assert client.post(path, data=form).status_code == 303
    again = client.get(path).text
    assert "筛查推进" in again
    assert "已出台办法" not in again
    own = {"form_key": "c", "version": queries.find(evaluation.id, actor=director).version, "summary": "总体顺利"}
    assert client.post(path, data=own | {f"domain_{plan.domain.id}": "又一稿"}).status_code == 303
    assert client.post(path, data=own | {"form_key": "d", f"domain_{plan.domain.id}": "再一稿"}).status_code == 409
    stale = client.post(path, data=form | {"form_key": "b", f"domain_{plan.domain.id}": "另一稿"})
    assert stale.status_code == 409
    assert "另一" in stale.text
