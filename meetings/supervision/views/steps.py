"""The supervision of one task, the list of all steps, answers, and the second part of a 督办通知单."""

from typing import Any

from flask import redirect, render_template, request, url_for

from meetings.approvals.views import signature_of
from meetings.attachments.views import send
from meetings.core import clock
from meetings.core.db import expect
from meetings.core.errors import NotAllowed, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.paging import page_number
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.supervision import actions, queries, rules
from meetings.supervision.forms.steps import AnswerForm, NoticeForm, StepForm
from meetings.supervision.models import StepKind, SupervisionNotice, SupervisionStep
from meetings.supervision.views.page import bp
from meetings.supervision.views.urging import passed_on
from meetings.tasks import queries as tasks
from meetings.tasks import rules as task_rules
from meetings.tasks.models import Task


@bp.get("/tasks/<int:task_id>/supervision")
def of_task(task_id: int) -> str:
    """What was done to have the task done: steps with answers, reminders, and what may be done next."""
    actor = current_actor()
    task = tasks.find(task_id, actor=actor, full=False)
    today = clock.today()
    rule = tasks.light_rule(actor.committee_id, today)
    may_supervise = actor.may("tasks.supervise") and task.status in rules.REMINDED
    days_late = rule.calendar.between(task.due_on, today) if task.due_on < today and task.submitted_on is None else 0
    proposal = None
    if may_supervise and days_late:
        last = queries.last_steps([task.id]).get(task.id)
        proposal = rules.proposed(days_late, last, queries.ladder(actor.committee_id), today)
    return render_template(
        "supervision/of_task.html",
        task=task,
        task_light=task_rules.light_of(task, rule),
        steps=queries.steps_of(task, actor=actor),
        reminders=queries.reminders_of(task, actor=actor),
        instructions=queries.instructions_on(task, actor=actor),
        may_instruct=actor.may("instructions.give") or actor.may("tasks.supervise"),
        may_supervise=may_supervise,
        days_late=days_late,
        proposal=proposal,
        of_this_year=queries.notices_of_unit(task.lead_unit_id, today.year, actor=actor) if may_supervise else [],
        passed=passed_on([task], actor)[0] if may_supervise else None,
        answers=_may_answer,
        kinds=StepKind,
        button=Form(),
        today=today,
    )


def _may_answer(step: SupervisionStep) -> bool:
    actor = current_actor()
    holds = step.approval is None or step.approval.issued_on is not None
    asked = step.kind in {StepKind.HINT, StepKind.URGE, StepKind.SUPERVISE}
    may = rules.answers_for_unit(step, actor) or actor.may("tasks.enter_for_unit")
    return holds and asked and may and step.answered_at is None


@bp.route("/tasks/<int:task_id>/supervision/new", methods=["GET", "POST"])
def new_step(task_id: int) -> Any:
    actor = require("tasks.supervise")
    refuse_early(lambda: rules.check_step(tasks.find(task_id, actor=actor, full=False), actor))
    form = StepForm()
    if not form.is_submitted() and request.args.get("kind") in set(StepKind):
        form.kind.data = StepKind(request.args["kind"])

    def act() -> None:
        task: Task = tasks.find(task_id, actor=actor)
        actions.take_step(task, **form.payload, signature=signature_of(form, by=actor), by=actor)

    done = carry_out(form, act, said=N_("已登记督办"), to=url_for(".of_task", task_id=task_id))
    return done or render_template(
        "supervision/new_step.html", form=form, task=tasks.find(task_id, actor=actor, full=False)
    )


@bp.get("/supervision/")
def steps() -> str:
    """Every step, the latest first: of the committee, or of one's own units."""
    actor = current_actor()
    if not actor.may("tasks.read_all") and not actor.may("tasks.read_own"):
        raise NotFound
    asked = request.args.get("kind", "")
    kind = StepKind(asked) if asked in set(StepKind) else None
    unanswered = request.args.get("only") == "unanswered"
    return render_template(
        "supervision/steps.html",
        page=queries.steps(actor, kind=kind, unanswered=unanswered, page=page_number(request.args.get("page"))),
        kind=kind,
        unanswered=unanswered,
        kinds=StepKind,
        today=clock.today(),
    )


@bp.route("/supervision/steps/<int:step_id>/answer", methods=["GET", "POST"])
def answer(step_id: int) -> Any:
    """The unit's answer, or what the office enters of it from paper."""
    actor = current_actor()
    step = queries.find_step(step_id, actor=actor)
    is_unit = rules.answers_for_unit(step, actor)
    if not is_unit and not actor.may("tasks.enter_for_unit"):
        raise NotAllowed("supervision.answer_not_yours")
    form = AnswerForm(from_paper=not is_unit)
    task_id = step.task_id
    done = carry_out(
        form,
        lambda: actions.answer(queries.find_step(step_id, actor=actor), **form.payload, by=actor),
        said=N_("已答复办公室") if is_unit else N_("已代录答复"),
        to=url_for(".of_task", task_id=task_id),
    )
    return done or render_template(
        "supervision/answer.html", form=form, step=queries.find_step(step_id, actor=actor), is_unit=is_unit
    )


def _notice(step: SupervisionStep) -> SupervisionNotice:
    if step.notice is None:
        raise NotFound
    return step.notice


@bp.post("/supervision/steps/<int:step_id>/receive")
def receive(step_id: int) -> Any:
    """The unit acknowledges a 督办通知单."""
    actor = current_actor()
    task_id = queries.find_step(step_id, actor=actor).task_id
    back = url_for(".of_task", task_id=task_id)
    done = carry_out(
        Form(),
        lambda: actions.receive(queries.find_step(step_id, actor=actor), by=actor),
        said=N_("督办单已签收"),
        to=back,
    )
    return done or redirect(back, 303)


@bp.route("/supervision/steps/<int:step_id>/second-part", methods=["GET", "POST"])
def second_part(step_id: int) -> Any:
    """Receipt and opinions as they stand on the paper that came back."""
    actor = require("tasks.supervise")
    step = queries.find_step(step_id, actor=actor)
    form = NoticeForm(data=NoticeForm.values_of(_notice(step)))
    task_id = step.task_id

    def act() -> None:
        found = _notice(queries.find_step(step_id, actor=actor))
        expect(found, form.version.data)
        actions.record_notice(found, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("反馈单已登记"), to=url_for(".of_task", task_id=task_id))
    return done or render_template(
        "supervision/second_part.html", form=form, step=queries.find_step(step_id, actor=actor)
    )


@bp.get("/supervision/steps/<int:step_id>/scans/<int:attachment_id>")
def step_scan(step_id: int, attachment_id: int) -> Any:
    return send(queries.find_scan(step_id, attachment_id, actor=current_actor()))
