"""Evaluations: the list, one of them with its stages, what it asks of units, the office's parts of its report."""

from typing import Any

from flask import redirect, render_template, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor, require
from meetings.documents import queries as documents
from meetings.documents.models import Document
from meetings.evaluation import actions, queries, rules
from meetings.evaluation.forms.evaluations import DutiesForm, EvaluationForm, report_form
from meetings.evaluation.models import AssessmentStatus, Evaluation, StageKind
from meetings.evaluation.views.page import bp
from meetings.plans import queries as plans


def may_read() -> Actor:
    """Who may look at evaluations at all."""
    actor = current_actor()
    if not (actor.may("evaluations.read") or actor.may("evaluations.read_own")):
        raise NotFound
    return actor


@bp.get("/")
def index() -> str:
    actor = may_read()
    return render_template("evaluation/index.html", rows=queries.listed(actor))


def evaluation_form(actor: Actor, **values: Any) -> EvaluationForm:
    return EvaluationForm(
        documents=[(row.id, row.title) for row in documents.choices(actor)],
        plans=[(plan.id, plan.title) for plan in plans.plans(actor)],
        **values,
    )


def written(form: EvaluationForm, actor: Actor) -> dict[str, Any]:
    """The form's fields as the actions name them."""
    document: Document | None = (
        documents.find(form.document_id.data, actor=actor) if form.document_id.data is not None else None
    )
    return {
        "kind": form.kind.data,
        "title": form.title.data,
        "year": form.year.data,
        "plans": [plans.find_plan(plan_id, actor=actor) for plan_id in form.plan_ids.data or ()],
        "document": document,
        "is_scored": bool(form.is_scored.data),
        "days": {kind: rules.StageDays(*days) for kind, days in form.days().items()},
    }


@bp.route("/new", methods=["GET", "POST"])
def new() -> Any:
    actor = require("evaluations.run")
    form = evaluation_form(actor)
    done = carry_out(
        form,
        lambda: actions.begin_evaluation(**written(form, actor), by=actor),
        said=N_("已建立评估，下一步把自评任务交给各单位"),
        to=lambda made: url_for(".detail", evaluation_id=made.id),
    )
    if done:
        return done
    if not form.is_submitted():
        form = evaluation_form(actor, data=EvaluationForm.proposed(clock.today()))
    return render_template("evaluation/new.html", form=form, kinds=StageKind)


@bp.route("/<int:evaluation_id>/edit", methods=["GET", "POST"])
def edit(evaluation_id: int) -> Any:
    actor = require("evaluations.run")
    form = evaluation_form(actor)

    def act() -> None:
        evaluation = queries.find(evaluation_id, actor=actor)
        expect(evaluation, form.version.data)
        actions.edit_evaluation(evaluation, **written(form, actor), by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".detail", evaluation_id=evaluation_id))
    if done:
        return done
    evaluation = queries.find(evaluation_id, actor=actor)
    if not form.is_submitted():
        form = evaluation_form(actor, data=EvaluationForm.values_of(evaluation))
    return render_template("evaluation/edit.html", form=form, evaluation=evaluation, kinds=StageKind)


@bp.get("/<int:evaluation_id>")
def detail(evaluation_id: int) -> str:
    actor = may_read()
    evaluation = queries.find(evaluation_id, actor=actor)
    rows = queries.assessments(evaluation, actor=actor)
    return render_template(
        "evaluation/detail.html",
        evaluation=evaluation,
        rows=rows,
        counts=counted(rows),
        current=rules.current_stage(evaluation.stages),
        button=Form() if actor.may("evaluations.run") else None,
        document=seen_document(evaluation, actor),
        statuses=AssessmentStatus,
    )


def seen_document(evaluation: Evaluation, actor: Actor) -> Document | None:
    """The scheme, where the reader may open it."""
    document = evaluation.document
    if document is None or actor.may("documents.read"):
        return document
    return document if actor.may("documents.read_issued") and document.is_for_units else None


def counted(rows: Any) -> dict[AssessmentStatus, int]:
    """How many self-assessments stand in each state."""
    return {status: sum(row.status is status for row in rows) for status in AssessmentStatus}


@bp.post("/<int:evaluation_id>/stages/<stage>/finish")
def finish_stage(evaluation_id: int, stage: str) -> Any:
    return _stage(evaluation_id, stage, actions.finish_stage, N_("已标明完成"))


@bp.post("/<int:evaluation_id>/stages/<stage>/resume")
def resume_stage(evaluation_id: int, stage: str) -> Any:
    return _stage(evaluation_id, stage, actions.resume_stage, N_("已恢复为进行中"))


def _stage(evaluation_id: int, kind: str, action: Any, said: str) -> Any:
    actor = require("evaluations.run")
    to = url_for(".detail", evaluation_id=evaluation_id)

    def act() -> None:
        evaluation = queries.find(evaluation_id, actor=actor)
        stage = next((row for row in evaluation.stages if row.kind == kind), None)
        if stage is None:
            raise NotFound
        action(evaluation, stage, by=actor)

    return carry_out(Form(), act, said=said, to=to) or redirect(to, 303)


def asked(form: DutiesForm) -> dict[Any, actions.Asked]:
    return {part: actions.Asked(*one) for part, one in form.asked().items()}


@bp.route("/template", methods=["GET", "POST"])
def edit_template() -> Any:
    actor = require("evaluations.run")
    form = DutiesForm(data=DutiesForm.values_of(queries.template(actor)))
    done = carry_out(
        form,
        lambda: actions.edit_template(asked(form), by=actor),
        said=N_("已保存，以后新建的评估照此要求"),
        to=url_for(".index"),
    )
    return done or render_template("evaluation/edit_template.html", form=form, evaluation=None)


@bp.route("/<int:evaluation_id>/duties", methods=["GET", "POST"])
def edit_duties(evaluation_id: int) -> Any:
    actor = require("evaluations.run")
    evaluation = queries.find(evaluation_id, actor=actor)
    form = DutiesForm(data=DutiesForm.values_of({duty.part: duty for duty in evaluation.assessed}))
    done = carry_out(
        form,
        lambda: actions.edit_duties(queries.find(evaluation_id, actor=actor), asked(form), by=actor),
        said=N_("已保存"),
        to=url_for(".detail", evaluation_id=evaluation_id),
    )
    return done or render_template(
        "evaluation/edit_duties.html", form=form, evaluation=queries.find(evaluation_id, actor=actor)
    )


@bp.route("/<int:evaluation_id>/report", methods=["GET", "POST"])
def report(evaluation_id: int) -> Any:
    actor = require("evaluations.run")
    found = queries.find(evaluation_id, actor=actor)
    domains = queries.domains_of(found)
    form = report_form(domains)

    def act() -> None:
        evaluation = queries.find(evaluation_id, actor=actor, with_reviews=True)
        expect(evaluation, form.version.data)
        actions.write_report(evaluation, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".report", evaluation_id=evaluation_id))
    if done:
        return done
    evaluation = queries.find(evaluation_id, actor=actor, with_reviews=True)
    is_new = not any(getattr(evaluation, name) for name in rules.SECTIONS)
    if not form.is_submitted():
        proposed = rules.proposed_report(queries.accepted_texts(evaluation)) if is_new else {}
        form = report_form(domains, data=type(form).values_of(evaluation) | proposed)
    return render_template("evaluation/report.html", form=form, evaluation=evaluation, is_new=is_new)
