"""Inspection: groups, the schedule, one visit with what it found, the unit's answer."""

from typing import Any

from flask import redirect, render_template, url_for

from meetings.attachments.views import keep_files, max_megabytes, send
from meetings.attachments.words import HINT
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.directory import queries as directory
from meetings.evaluation import actions, queries, rules
from meetings.evaluation.forms.visits import AnswerForm, FindingForm, GroupForm, RecordForm, VisitForm
from meetings.evaluation.models import Evaluation, FindingKind, Visit
from meetings.evaluation.views.evaluations import may_read
from meetings.evaluation.views.page import bp
from meetings.tasks import words as task_words

PATH = "/<int:evaluation_id>/visits"


@bp.get(PATH)
def visits(evaluation_id: int) -> str:
    actor = may_read()
    evaluation = queries.find(evaluation_id, actor=actor)
    return render_template(
        "evaluation/visits.html",
        evaluation=evaluation,
        visits=queries.visits_of(evaluation, actor=actor),
        groups=queries.groups_of(evaluation),
        today=clock.today(),
        problem=FindingKind.PROBLEM,
    )


@bp.route(f"{PATH}/groups/new", methods=["GET", "POST"])
def new_group(evaluation_id: int) -> Any:
    actor = require("evaluations.run")
    form = GroupForm()
    done = carry_out(
        form,
        lambda: actions.add_group(queries.find(evaluation_id, actor=actor), **form.payload, by=actor),
        said=N_("已建立督导组"),
        to=url_for(".visits", evaluation_id=evaluation_id),
    )
    return done or render_template(
        "evaluation/new_group.html", form=form, evaluation=queries.find(evaluation_id, actor=actor)
    )


@bp.route(f"{PATH}/groups/<int:inspection_id>/edit", methods=["GET", "POST"])
def edit_group(evaluation_id: int, inspection_id: int) -> Any:
    actor = require("evaluations.run")
    evaluation = queries.find(evaluation_id, actor=actor)
    group = queries.find_group(evaluation, inspection_id)
    form = GroupForm(obj=group)

    def act() -> None:
        found = queries.find(evaluation_id, actor=actor)
        actions.edit_group(queries.find_group(found, inspection_id), found, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".visits", evaluation_id=evaluation_id))
    return done or render_template(
        "evaluation/edit_group.html", form=form, evaluation=queries.find(evaluation_id, actor=actor)
    )


def visit_form(evaluation: Evaluation, actor: Actor, **values: Any) -> VisitForm:
    return VisitForm(
        groups=[(group.id, group.name) for group in queries.groups_of(evaluation)],
        units=directory.pickable(actor),
        **values,
    )


def planned(form: VisitForm, evaluation: Evaluation) -> dict[str, Any]:
    """The form's fields as the actions name them."""
    payload = form.payload
    return {"group": queries.find_group(evaluation, payload.pop("group_id")), **payload}


@bp.route(f"{PATH}/new", methods=["GET", "POST"])
def new_visit(evaluation_id: int) -> Any:
    actor = require("evaluations.run")
    evaluation = queries.find(evaluation_id, actor=actor)
    form = visit_form(evaluation, actor)

    def act() -> Visit:
        found = queries.find(evaluation_id, actor=actor)
        return actions.plan_visit(found, **planned(form, found), by=actor)

    done = carry_out(
        form, act, said=N_("已排入督导安排，并通知该单位"), to=url_for(".visits", evaluation_id=evaluation_id)
    )
    return done or render_template(
        "evaluation/new_visit.html", form=form, evaluation=queries.find(evaluation_id, actor=actor)
    )


def find(evaluation_id: int, visit_id: int, actor: Actor) -> Visit:
    """The visit of this evaluation, or ``NotFound``."""
    visit = queries.find_visit(visit_id, actor=actor)
    if visit.evaluation_id != evaluation_id:
        raise NotFound
    return visit


@bp.get(f"{PATH}/<int:visit_id>")
def visit(evaluation_id: int, visit_id: int) -> str:
    actor = current_actor()
    found = find(evaluation_id, visit_id, actor)
    is_reader = actor.may("evaluations.read")
    is_told = is_reader or found.feedback_at is not None
    return render_template(
        "evaluation/visit.html",
        visit=found,
        evaluation=found.evaluation,
        is_told=is_told,
        rectified=queries.rectified([row.id for row in found.findings]) if is_told else {},
        may_edit=actor.may("evaluations.run") and not found.evaluation.finished_at,
        may_answer=rules.may_answer(found, actor) and not found.evaluation.finished_at,
        finding_form=FindingForm(),
        button=Form(),
        task_words=task_words.STATUSES,
        problem=FindingKind.PROBLEM,
        today=clock.today(),
        files=[row.attachment for row in found.files if not row.is_answer],
        answer_files=[row.attachment for row in found.files if row.is_answer],
    )


@bp.route(f"{PATH}/<int:visit_id>/edit", methods=["GET", "POST"])
def edit_visit(evaluation_id: int, visit_id: int) -> Any:
    actor = require("evaluations.run")
    found = find(evaluation_id, visit_id, actor)
    form = visit_form(found.evaluation, actor)

    def act() -> None:
        row = find(evaluation_id, visit_id, actor)
        expect(row, form.version.data)
        actions.edit_visit(row, **planned(form, row.evaluation), by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=_page(evaluation_id, visit_id))
    if done:
        return done
    found = find(evaluation_id, visit_id, actor)
    if not form.is_submitted():
        form = visit_form(found.evaluation, actor, data=VisitForm.values_of(found))
    return render_template("evaluation/edit_visit.html", form=form, visit=found, evaluation=found.evaluation)


@bp.route(f"{PATH}/<int:visit_id>/record", methods=["GET", "POST"])
def record_visit(evaluation_id: int, visit_id: int) -> Any:
    actor = require("evaluations.run")
    form = RecordForm()

    def act() -> None:
        row = find(evaluation_id, visit_id, actor)
        expect(row, form.version.data)
        actions.record_visit(row, **_written(form), files=keep_files(form, "files", by=actor), by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=_page(evaluation_id, visit_id))
    if done:
        return done
    found = find(evaluation_id, visit_id, actor)
    if not form.is_submitted():
        form = RecordForm(data=RecordForm.values_of(found))
    return render_template(
        "evaluation/record_visit.html",
        form=form,
        visit=found,
        evaluation=found.evaluation,
        files_hint=_(HINT, max=max_megabytes()),
    )


def _written(form: Form) -> dict[str, Any]:
    """What was written, without the files."""
    return {name: value for name, value in form.payload.items() if name != "files"}


@bp.get(f"{PATH}/<int:visit_id>/files/<int:attachment_id>")
def visit_file(evaluation_id: int, visit_id: int, attachment_id: int) -> Any:
    actor = current_actor()
    return send(queries.file_of(find(evaluation_id, visit_id, actor), attachment_id, actor=actor).attachment)


@bp.post(f"{PATH}/<int:visit_id>/files/<int:attachment_id>/remove")
def remove_visit_file(evaluation_id: int, visit_id: int, attachment_id: int) -> Any:
    actor = require("evaluations.run")

    def act() -> None:
        row = find(evaluation_id, visit_id, actor)
        actions.remove_file(row, queries.file_of(row, attachment_id, actor=actor), by=actor)

    to = _page(evaluation_id, visit_id)
    return carry_out(Form(), act, said=N_("已移除"), to=to) or redirect(to, 303)


@bp.route(f"{PATH}/<int:visit_id>/findings", methods=["GET", "POST"])
def add_finding(evaluation_id: int, visit_id: int) -> Any:
    actor = require("evaluations.run")
    form = FindingForm()
    done = carry_out(
        form,
        lambda: actions.add_finding(find(evaluation_id, visit_id, actor), **form.payload, by=actor),
        said=N_("已记下"),
        to=_page(evaluation_id, visit_id),
    )
    found = find(evaluation_id, visit_id, actor)
    return done or render_template("evaluation/add_finding.html", form=form, visit=found, evaluation=found.evaluation)


@bp.post(f"{PATH}/<int:visit_id>/findings/<int:finding_id>/remove")
def remove_finding(evaluation_id: int, visit_id: int, finding_id: int) -> Any:
    actor = require("evaluations.run")

    def act() -> None:
        row = find(evaluation_id, visit_id, actor)
        actions.remove_finding(row, queries.finding_of(row, finding_id), by=actor)

    to = _page(evaluation_id, visit_id)
    return carry_out(Form(), act, said=N_("已移除"), to=to) or redirect(to, 303)


@bp.post(f"{PATH}/<int:visit_id>/feedback")
def give_feedback(evaluation_id: int, visit_id: int) -> Any:
    actor = require("evaluations.run")
    to = _page(evaluation_id, visit_id)
    done = carry_out(
        Form(),
        lambda: actions.give_feedback(find(evaluation_id, visit_id, actor), by=actor),
        said=N_("已向该单位反馈"),
        to=to,
    )
    return done or redirect(to, 303)


@bp.route(f"{PATH}/<int:visit_id>/answer", methods=["GET", "POST"])
def answer_visit(evaluation_id: int, visit_id: int) -> Any:
    actor = current_actor()
    found = find(evaluation_id, visit_id, actor)
    refuse_early(lambda: rules.check_answer(found, actor))
    form = AnswerForm(answer=found.answer)
    done = carry_out(
        form,
        lambda: actions.answer_visit(
            find(evaluation_id, visit_id, actor),
            **_written(form),
            files=keep_files(form, "files", by=actor),
            by=actor,
        ),
        said=N_("已答复"),
        to=_page(evaluation_id, visit_id),
    )
    found = find(evaluation_id, visit_id, actor)
    return done or render_template(
        "evaluation/answer_visit.html",
        form=form,
        visit=found,
        evaluation=found.evaluation,
        files_hint=_(HINT, max=max_megabytes()),
    )


def _page(evaluation_id: int, visit_id: int) -> str:
    return url_for("evaluation.visit", evaluation_id=evaluation_id, visit_id=visit_id)
