"""The steps of a task, one page each; those that take no input are buttons."""

from contextlib import nullcontext, suppress
from typing import Any

from flask import redirect, render_template, request, url_for

from meetings.approvals.forms import SignedReasonForm
from meetings.approvals.views import signature_of
from meetings.core import clock
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import current_actor, refuse_early
from meetings.directory.queries import pickable
from meetings.tasks import actions, queries, rules, words
from meetings.tasks.forms.handling import (
    ApproveForm,
    CloseForm,
    CompleteForm,
    DeclineForm,
    IssueForm,
    ResumeForm,
    ReturnForm,
    SubmitCompletionForm,
)
from meetings.tasks.models import Task, TaskAction
from meetings.tasks.views.page import bp, day_remark, step


def opened(task_id: int, action: TaskAction) -> Task:
    """The task whose step the page asks about; a step that may not be taken now is refused before anything is typed."""
    actor = current_actor()
    task = queries.find(task_id, actor=actor)
    refuse_early(lambda: rules.next_status(task, action, actor, today=clock.today()))
    return task


def shown(task_id: int, template: str, **more: Any) -> str:
    """The page of a step, with the task as it stands now."""
    return render_template(template, task=queries.find(task_id, actor=current_actor()), **more)


def _press(task_id: int, action: Any, *, said: str) -> Any:
    """A step that takes no input."""
    actor = current_actor()
    form = Form()
    return step(task_id, form, lambda task: action(task, by=actor), said=said) or redirect(
        url_for("tasks.detail", task_id=task_id), 303
    )


@bp.post("/tasks/<int:task_id>/submit-for-issue")
def submit_for_issue(task_id: int) -> Any:
    return _press(task_id, actions.submit_for_issue, said=N_("已提请交办，待办公室主任交办"))


@bp.post("/tasks/<int:task_id>/acknowledge")
def acknowledge(task_id: int) -> Any:
    return _press(task_id, actions.acknowledge, said=N_("已签收，可以报送进展"))


@bp.route("/tasks/<int:task_id>/issue", methods=["GET", "POST"])
def issue(task_id: int) -> Any:
    actor = current_actor()
    task = opened(task_id, TaskAction.ISSUE)
    form = IssueForm()

    def act(task: Task) -> None:
        actions.issue(
            task,
            note=form.note.data or "",
            signature=signature_of(form, by=actor),
            receipt_working_days=queries.light_options(actor.committee_id).receipt_working_days,
            by=actor,
        )

    done = step(task_id, form, act, said=N_("已交办，各单位可以签收"))
    return done or shown(
        task_id,
        "tasks/issue.html",
        form=form,
        day_remark=day_remark(task.due_on, actor),
        receipt_days=queries.light_options(actor.committee_id).receipt_working_days,
        burden=queries.burden([task.id], actor=actor, today=clock.today()),
    )


@bp.route("/tasks/<int:task_id>/decline", methods=["GET", "POST"])
def decline(task_id: int) -> Any:
    actor = current_actor()
    with suppress(NotFound) if request.method == "POST" else nullcontext():
        opened(task_id, TaskAction.DECLINE)  # once declined it is no longer seen, also by who sends the form twice
    form = DeclineForm(units=[unit for unit in pickable(actor) if unit[0] not in actor.unit_ids])
    done = step(
        task_id,
        form,
        lambda task: actions.decline(task, **form.payload, by=actor),
        said=N_("已退签，待办公室处理"),
        to=url_for("tasks.ledger"),  # the unit no longer sees the task
    )
    return done or shown(task_id, "tasks/decline.html", form=form)


@bp.route("/tasks/<int:task_id>/submit", methods=["GET", "POST"])
def submit(task_id: int) -> Any:
    actor = current_actor()
    opened(task_id, TaskAction.SUBMIT_COMPLETION)
    form = SubmitCompletionForm()
    done = step(
        task_id,
        form,
        lambda task: actions.submit_completion(task, **form.payload, by=actor),
        said=N_("已申请办结，待本单位负责人审核"),
    )
    if done:
        return done
    task = queries.find(task_id, actor=actor)
    return render_template("tasks/submit.html", form=form, task=task, missing=missing_words(task))


@bp.route("/tasks/<int:task_id>/approve", methods=["GET", "POST"])
def approve(task_id: int) -> Any:
    actor = current_actor()
    task = opened(task_id, TaskAction.APPROVE_IN_UNIT)
    form = ApproveForm(paper_only=rules.is_offline_only(task, TaskAction.APPROVE_IN_UNIT, actor))
    done = step(
        task_id,
        form,
        lambda task: actions.approve_in_unit(
            task, note=form.note.data or "", signature=signature_of(form, by=actor), by=actor
        ),
        said=N_("单位负责人已同意，待办公室审核"),
    )
    return done or shown(task_id, "tasks/approve.html", form=form)


@bp.route("/tasks/<int:task_id>/return", methods=["GET", "POST"])
def return_task(task_id: int) -> Any:
    actor = current_actor()
    opened(task_id, TaskAction.RETURN)
    form = ReturnForm()
    done = step(task_id, form, lambda task: actions.return_task(task, **form.payload, by=actor), said=N_("已退回修改"))
    return done or shown(task_id, "tasks/return_task.html", form=form)


@bp.route("/tasks/<int:task_id>/complete", methods=["GET", "POST"])
def complete(task_id: int) -> Any:
    actor = current_actor()
    task = opened(task_id, TaskAction.COMPLETE)
    silent = [part.unit.short_name for part in rules.helpers_without_report(task)]
    form = CompleteForm(note_needed=bool(silent))

    def act(task: Task) -> None:
        actions.complete(task, note=form.note.data or "", signature=signature_of(form, by=actor), by=actor)

    done = step(task_id, form, act, said=N_("已办结，核查属实后可以销号"))
    if done:
        return done
    task = queries.find(task_id, actor=actor)
    return render_template("tasks/complete.html", form=form, task=task, silent=silent, missing=missing_words(task))


@bp.route("/tasks/<int:task_id>/close", methods=["GET", "POST"])
def close(task_id: int) -> Any:
    actor = current_actor()
    opened(task_id, TaskAction.CLOSE)
    form = CloseForm()

    def act(task: Task) -> None:
        actions.close(task, note=form.note.data or "", signature=signature_of(form, by=actor), by=actor)

    return step(task_id, form, act, said=N_("已销号")) or shown(task_id, "tasks/close.html", form=form)


def _with_reason(task_id: int, action: TaskAction, act: Any, template: str, said: str) -> Any:
    actor = current_actor()
    opened(task_id, action)
    form = SignedReasonForm()

    def do(task: Task) -> None:
        act(task, reason=form.reason.data, signature=signature_of(form, by=actor), by=actor)

    return step(task_id, form, do, said=said) or shown(task_id, template, form=form)


@bp.route("/tasks/<int:task_id>/suspend", methods=["GET", "POST"])
def suspend(task_id: int) -> Any:
    return _with_reason(task_id, TaskAction.SUSPEND, actions.suspend, "tasks/suspend.html", N_("已中止，期间不计灯"))


@bp.route("/tasks/<int:task_id>/resume", methods=["GET", "POST"])
def resume(task_id: int) -> Any:
    actor = current_actor()
    opened(task_id, TaskAction.RESUME)
    form = ResumeForm()

    def act(task: Task) -> None:
        actions.resume(task, **form.payload, signature=signature_of(form, by=actor), by=actor)

    return step(task_id, form, act, said=N_("已恢复")) or shown(task_id, "tasks/resume.html", form=form)


@bp.route("/tasks/<int:task_id>/cancel", methods=["GET", "POST"])
def cancel(task_id: int) -> Any:
    return _with_reason(task_id, TaskAction.CANCEL, actions.cancel, "tasks/cancel.html", N_("已撤销"))


@bp.route("/tasks/<int:task_id>/reopen", methods=["GET", "POST"])
def reopen(task_id: int) -> Any:
    return _with_reason(task_id, TaskAction.REOPEN, actions.reopen, "tasks/reopen.html", N_("已重启，任务回到办理中"))


@bp.post("/tasks/<int:task_id>/standards/<int:standard_id>")
def tick_standard(task_id: int, standard_id: int) -> Any:
    return _tick(task_id, standard_id, actions.tick_standard)


@bp.post("/tasks/<int:task_id>/stages/<int:stage_id>")
def tick_stage(task_id: int, stage_id: int) -> Any:
    return _tick(task_id, stage_id, actions.tick_stage)


def _tick(task_id: int, row_id: int, act: Any) -> Any:
    actor = current_actor()
    form = Form()
    is_met = request.form.get("is_met") == "y"
    said = N_("已记为达到") if is_met else N_("已改为未达到")
    done = step(task_id, form, lambda task: act(task, row_id, is_met, by=actor), said=said)
    return done or redirect(url_for("tasks.detail", task_id=task_id), 303)


def missing_words(task: Task) -> list[str]:
    """What stands against completion, in words."""
    return [_(words.MISSING[code]) for code in actions.missing_for_completion(task)]
