"""One unit's self-assessment: seen, written, sent, approved, returned, accepted, scored."""

from typing import Any

from flask import redirect, render_template, url_for

from meetings.approvals.views import signature_of
from meetings.attachments.views import send
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.evaluation import actions, queries, rules
from meetings.evaluation.forms.assessments import ApproveForm, ReturnForm, ScoreForm, assessment_form
from meetings.evaluation.models import Assessment, AssessmentAction
from meetings.evaluation.queries.held import Held, held_of
from meetings.evaluation.views.page import bp
from meetings.tasks import queries as tasks
from meetings.tasks import words as task_words

PATH = "/<int:evaluation_id>/assessments/<int:assessment_id>"


def find(evaluation_id: int, assessment_id: int, actor: Actor) -> Assessment:
    """The self-assessment of this evaluation, or ``NotFound``."""
    assessment = queries.find_assessment(assessment_id, actor=actor)
    if assessment.evaluation_id != evaluation_id:
        raise NotFound
    return assessment


def own_page(assessment: Assessment) -> str:
    return url_for("evaluation.assessment", evaluation_id=assessment.evaluation_id, assessment_id=assessment.id)


@bp.get(PATH)
def assessment(evaluation_id: int, assessment_id: int) -> str:
    actor = current_actor()
    found = find(evaluation_id, assessment_id, actor)
    held = held_of(found, actor=actor)
    offered = rules.available_actions(found, actor)
    return render_template(
        "evaluation/assessment.html",
        assessment=found,
        evaluation=found.evaluation,
        held=held,
        course=queries.course(found),
        versions=queries.versions_of(found),
        offered=[] if found.evaluation.finished_at else offered,
        offline_only=rules.is_offline_only(found, actor),
        missing=rules.missing_texts(found, missed=[result.standing.id for result in held.missed]),
        acts=AssessmentAction,
        given_reasons={row.indicator_id: row.text for row in found.reasons_given},
        button=Form(),
        task_words=task_words.STATUSES,
        may_score=actor.may("evaluations.run") and found.evaluation.is_scored,
    )


@bp.route(f"{PATH}/edit", methods=["GET", "POST"])
def edit_assessment(evaluation_id: int, assessment_id: int) -> Any:
    actor = current_actor()
    found = find(evaluation_id, assessment_id, actor)
    refuse_early(lambda: rules.check_written(found, actor))
    held = held_of(found, actor=actor)
    missed = [(result.standing.id, result.standing.name) for result in held.missed]
    form = assessment_form(missed)

    def act() -> None:
        row = find(evaluation_id, assessment_id, actor)
        expect(row, form.version.data)
        actions.write_assessment(row, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存，核对后报送"), to=own_page(found))
    if done:
        return done
    found = find(evaluation_id, assessment_id, actor)
    held = held_of(found, actor=actor)
    is_new = found.written_at is None
    if not form.is_submitted():
        form = assessment_form(missed, data=type(form).values_of(found) | (proposed(held) if is_new else {}))
    return render_template(
        "evaluation/edit_assessment.html",
        form=form,
        assessment=found,
        evaluation=found.evaluation,
        held=held,
        is_new=is_new,
        is_entered_by_office=found.unit_id not in actor.unit_ids,
        task_words=task_words.STATUSES,
    )


def proposed(held: Held) -> dict[str, str]:
    """The words that a new self-assessment begins with."""
    return {
        "reached": rules.proposed_reached(held.states, year=held.year) if held.indicators else "",
        "measures": rules.proposed_measures([(task.title, task.done) for task in held.tasks]),
        "reasons": rules.proposed_reasons([(task.title, task.problems) for task in held.problems]),
    }


@bp.post(f"{PATH}/submit")
def submit_assessment(evaluation_id: int, assessment_id: int) -> Any:
    actor = current_actor()
    found = find(evaluation_id, assessment_id, actor)
    to = own_page(found)

    def act() -> None:
        row = find(evaluation_id, assessment_id, actor)
        held = held_of(row, actor=actor)
        missed = [result.standing.id for result in held.missed]
        actions.submit_assessment(row, held=held.frozen(), missed=missed, by=actor)

    return carry_out(Form(), act, said=N_("已报送，待本单位负责人审核"), to=to) or redirect(to, 303)


@bp.route(f"{PATH}/approve", methods=["GET", "POST"])
def approve_assessment(evaluation_id: int, assessment_id: int) -> Any:
    actor = current_actor()
    found = find(evaluation_id, assessment_id, actor)
    refuse_early(lambda: rules.next_status(found, AssessmentAction.APPROVE, actor))
    form = ApproveForm(paper_only=rules.is_offline_only(found, actor))
    done = carry_out(
        form,
        lambda: actions.approve_assessment(
            find(evaluation_id, assessment_id, actor),
            note=form.note.data or "",
            signature=signature_of(form, by=actor),
            by=actor,
        ),
        said=N_("已同意，报办公室审核"),
        to=own_page(found),
    )
    found = find(evaluation_id, assessment_id, actor) if not done else found
    return done or render_template(
        "evaluation/approve_assessment.html", form=form, assessment=found, evaluation=found.evaluation
    )


@bp.route(f"{PATH}/return", methods=["GET", "POST"])
def return_assessment(evaluation_id: int, assessment_id: int) -> Any:
    actor = current_actor()
    found = find(evaluation_id, assessment_id, actor)
    refuse_early(lambda: rules.next_status(found, AssessmentAction.RETURN, actor))
    form = ReturnForm()
    done = carry_out(
        form,
        lambda: actions.return_assessment(find(evaluation_id, assessment_id, actor), **form.payload, by=actor),
        said=N_("已退回，该单位修改后重报"),
        to=own_page(found),
    )
    found = find(evaluation_id, assessment_id, actor) if not done else found
    return done or render_template(
        "evaluation/return_assessment.html", form=form, assessment=found, evaluation=found.evaluation
    )


@bp.post(f"{PATH}/accept")
def accept_assessment(evaluation_id: int, assessment_id: int) -> Any:
    actor = current_actor()
    to = own_page(find(evaluation_id, assessment_id, actor))
    done = carry_out(
        Form(),
        lambda: actions.accept_assessment(find(evaluation_id, assessment_id, actor), by=actor),
        said=N_("已通过"),
        to=to,
    )
    return done or redirect(to, 303)


@bp.route(f"{PATH}/score", methods=["GET", "POST"])
def score_assessment(evaluation_id: int, assessment_id: int) -> Any:
    actor = require("evaluations.run")
    found = find(evaluation_id, assessment_id, actor)
    refuse_early(lambda: rules.check_scoring(found))
    duties = found.evaluation.assessed
    form = ScoreForm(duties=duties, data=ScoreForm.values_of(found, duties))

    def act() -> None:
        row = find(evaluation_id, assessment_id, actor)
        actions.score_assessment(
            row,
            {duty.id: duty for duty in row.evaluation.assessed},
            {duty_id: actions.Score(*one) for duty_id, one in form.given(row.evaluation.assessed).items()},
            by=actor,
        )

    done = carry_out(form, act, said=N_("已保存"), to=own_page(found))
    found = find(evaluation_id, assessment_id, actor) if not done else found
    return done or render_template(
        "evaluation/score_assessment.html", form=form, assessment=found, evaluation=found.evaluation
    )


@bp.get(f"{PATH}/versions/<int:revision>")
def version(evaluation_id: int, assessment_id: int, revision: int) -> str:
    found = find(evaluation_id, assessment_id, current_actor())
    return render_template(
        "evaluation/version.html",
        assessment=found,
        evaluation=found.evaluation,
        sent=queries.find_version(found, revision),
        task_words=task_words.STATUSES,
    )


@bp.get(f"{PATH}/scans/<int:attachment_id>")
def scan(evaluation_id: int, assessment_id: int, attachment_id: int) -> Any:
    """The signed page of a step."""
    found = find(evaluation_id, assessment_id, current_actor())
    for event in queries.course(found):
        if event.scan is not None and event.scan.id == attachment_id:
            return send(event.scan)
    raise NotFound


@bp.get("/of-task/<int:task_id>")
def of_task(task_id: int) -> Any:
    """From a task to the self-assessment that it asks for, or to the visit or indicator that it puts right."""
    actor = current_actor()
    task = tasks.find(task_id, actor=actor, full=False)
    if asked := queries.assessment_of_task(task, actor=actor):
        evaluation_id, assessment_id, _title = asked
        return redirect(url_for(".assessment", evaluation_id=evaluation_id, assessment_id=assessment_id), 303)
    origin = queries.origin_of(task, actor=actor)
    if origin is None:
        raise NotFound
    if origin.visit_id is not None:
        return redirect(url_for(".visit", evaluation_id=origin.evaluation_id, visit_id=origin.visit_id), 303)
    return redirect(url_for("plans.indicator", indicator_id=origin.indicator_id, year=origin.year), 303)
