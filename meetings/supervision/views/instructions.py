"""Pages of 批示: the list, one of them with its answer, writing one, and the task that comes of it."""

from typing import Any

from flask import render_template, request, url_for

from meetings.approvals import queries as approvals
from meetings.approvals.views import signature_of
from meetings.attachments.views import send
from meetings.core.actor import Actor
from meetings.core.errors import NotFound
from meetings.core.i18n import N_
from meetings.core.paging import page_number
from meetings.core.web import carry_out, current_actor, require
from meetings.directory.queries import pickable
from meetings.supervision import actions, queries, rules
from meetings.supervision.forms.instructions import AnswerInstructionForm, InstructForm, InstructionTaskForm
from meetings.supervision.views.page import bp
from meetings.tasks import queries as tasks


def _writer() -> Actor:
    actor = current_actor()
    if not (actor.may("instructions.give") or actor.may("tasks.supervise")):
        raise NotFound
    return actor


def _instruct(subject: Any, title: str, back: str) -> Any:
    actor = current_actor()
    form = InstructForm(paper_only=not actor.may("instructions.give"))
    done = carry_out(
        form,
        lambda: actions.instruct(subject(), **form.payload, signature=signature_of(form, by=actor), by=actor),
        said=N_("批示已登记，已通知办公室和承办单位"),
        to=lambda row: url_for(".instruction", instruction_id=row.id),
    )
    return done or render_template("supervision/instruct.html", form=form, subject_title=title, back=back)


@bp.route("/tasks/<int:task_id>/instruct", methods=["GET", "POST"])
def instruct(task_id: int) -> Any:
    """A leader writes on a task; the office enters what was written on paper."""
    actor = _writer()
    task = tasks.find(task_id, actor=actor, full=False)
    back = url_for(".of_task", task_id=task_id)
    return _instruct(lambda: tasks.find(task_id, actor=actor, full=False), task.title, back)


@bp.route("/supervision/papers/<int:approval_id>/instruct", methods=["GET", "POST"])
def instruct_on_paper(approval_id: int) -> Any:
    """A leader writes on an issued paper."""
    actor = _writer()
    paper = approvals.find(approval_id, actor=actor)
    back = url_for("reporting.draft", approval_id=approval_id)
    return _instruct(lambda: approvals.find(approval_id, actor=actor), paper.title, back)


@bp.get("/supervision/instructions")
def instructions() -> str:
    actor = current_actor()
    if not actor.may("tasks.read_all") and not actor.may("tasks.read_own"):
        raise NotFound
    unanswered = request.args.get("only") == "unanswered"
    return render_template(
        "supervision/instructions.html",
        page=queries.instructions(actor, unanswered=unanswered, page=page_number(request.args.get("page"))),
        unanswered=unanswered,
    )


@bp.get("/supervision/instructions/<int:instruction_id>")
def instruction(instruction_id: int) -> str:
    actor = current_actor()
    row = queries.find_instruction(instruction_id, actor=actor)
    return render_template(
        "supervision/instruction.html",
        row=row,
        came=queries.tasks_from(row, actor=actor),
        may_answer=row.answered_at is None and rules.may_answer_instruction(row, actor),
        may_draft=actor.may("tasks.draft"),
    )


@bp.route("/supervision/instructions/<int:instruction_id>/answer", methods=["GET", "POST"])
def answer_instruction(instruction_id: int) -> Any:
    actor = current_actor()
    row = queries.find_instruction(instruction_id, actor=actor)
    if not rules.may_answer_instruction(row, actor):
        raise NotFound
    form = AnswerInstructionForm()

    def act() -> None:
        actions.answer_instruction(queries.find_instruction(instruction_id, actor=actor), **form.payload, by=actor)

    to = url_for(".instruction", instruction_id=instruction_id)
    done = carry_out(form, act, said=N_("已答复，批示领导可以看到"), to=to)
    row = row if done else queries.find_instruction(instruction_id, actor=actor)
    return done or render_template("supervision/answer_instruction.html", form=form, row=row)


@bp.route("/supervision/instructions/<int:instruction_id>/task", methods=["GET", "POST"])
def task_from(instruction_id: int) -> Any:
    """A task that came of the instruction, drafted with its words as content."""
    actor = require("tasks.draft")
    queries.find_instruction(instruction_id, actor=actor)
    form = InstructionTaskForm(units=pickable(actor))
    done = carry_out(
        form,
        lambda: actions.draft_from(queries.find_instruction(instruction_id, actor=actor), **form.payload, by=actor),
        said=N_("已存为草稿，可以送主任交办"),
        to=lambda task: url_for("tasks.detail", task_id=task.id),
    )
    row = None if done else queries.find_instruction(instruction_id, actor=actor)
    return done or render_template("supervision/task_from.html", form=form, row=row)


@bp.get("/supervision/instructions/<int:instruction_id>/scan")
def instruction_scan(instruction_id: int) -> Any:
    scan = queries.find_instruction(instruction_id, actor=current_actor()).scan
    if scan is None:
        raise NotFound
    return send(scan)
