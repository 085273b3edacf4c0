"""More time for a task: asking, the unit's head, the office's decision; and the list of all cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from meetings.approvals.views import signature_of
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import current_actor, require
from meetings.tasks import actions, queries, rules, words
from meetings.tasks.forms.extensions import ApproveExtensionForm, AskExtensionForm, DecideExtensionForm
from meetings.tasks.forms.handling import ReturnForm
from meetings.tasks.models import ExtensionStatus, Task, TaskAction
from meetings.tasks.queries import checks
from meetings.tasks.views.handling import opened
from meetings.tasks.views.page import bp, day_remark, step

# What the list of cases may be cut down to.
LISTED: Mapping[str, ExtensionStatus | None] = {
    "open": ExtensionStatus.OFFICE_REVIEW,
    "unit": ExtensionStatus.UNIT_REVIEW,
    "granted": ExtensionStatus.GRANTED,
    "refused": ExtensionStatus.REFUSED,
    "all": None,
}
_LISTED_WORDS: Mapping[str, str] = {
    "open": N_("待办公室审批"),
    "unit": N_("待单位审核"),
    "granted": N_("同意"),
    "refused": N_("不同意"),
    "all": N_("全部"),
}


def say_remark(day: date | None, actor: Actor) -> None:
    """A day that is no working day, or of a year whose holidays are not known, is taken and pointed out."""
    if said := day_remark(day, actor) if day else "":
        flash(_("请注意：%(remark)s。", remark=said))


@bp.get("/tasks/extensions")
def extensions() -> str:
    actor = require("tasks.read_all")
    view = request.args.get("view", "open")
    view = view if view in LISTED else "open"
    cases = queries.extensions(actor, status=LISTED[view], page=page_number(request.args.get("page")))
    return render_template(
        "tasks/extensions.html",
        cases=cases,
        view=view,
        tabs=[
            (_(words_), url_for("tasks.extensions", view=name), None, name == view)
            for name, words_ in _LISTED_WORDS.items()
        ],
        extension_words=words.EXTENSION_STATUSES,
        may_print=actor.may("reports.print"),
    )


@bp.route("/tasks/<int:task_id>/extension", methods=["GET", "POST"])
def ask_extension(task_id: int) -> Any:
    actor = current_actor()
    task = queries.find(task_id, actor=actor)
    if request.method == "GET" and task.extension_status is not None:
        return redirect(url_for("tasks.detail", task_id=task_id, _anchor="extensions"), 303)
    opened(task_id, TaskAction.ASK_EXTENSION)
    form = AskExtensionForm()
    done = step(
        task_id,
        form,
        lambda task: actions.ask_extension(task, **form.payload, by=actor),
        said=N_("已提出延期申请，待本单位负责人审核"),
    )
    if done:
        say_remark(form.asked_due_on.data, actor)
        return done
    return _shown(task_id, "tasks/ask_extension.html", form=form)


@bp.route("/tasks/<int:task_id>/extension/approve", methods=["GET", "POST"])
def approve_extension(task_id: int) -> Any:
    actor = current_actor()
    task = opened(task_id, TaskAction.APPROVE_EXTENSION)
    form = ApproveExtensionForm(paper_only=rules.is_offline_only(task, TaskAction.APPROVE_EXTENSION, actor))

    def act(task: Task) -> None:
        signature = signature_of(form, by=actor)
        actions.approve_extension(task, note=form.note.data or "", signature=signature, by=actor)

    done = step(task_id, form, act, said=N_("单位负责人已同意延期申请，待办公室审批"))
    return done or _shown(task_id, "tasks/approve_extension.html", form=form)


@bp.route("/tasks/<int:task_id>/extension/return", methods=["GET", "POST"])
def return_extension(task_id: int) -> Any:
    actor = current_actor()
    opened(task_id, TaskAction.RETURN_EXTENSION)
    form = ReturnForm()
    done = step(
        task_id, form, lambda task: actions.return_extension(task, **form.payload, by=actor), said=N_("已退回延期申请")
    )
    return done or _shown(task_id, "tasks/return_extension.html", form=form)


@bp.post("/tasks/<int:task_id>/extension/withdraw")
def withdraw_extension(task_id: int) -> Any:
    actor = current_actor()
    done = step(task_id, Form(), lambda task: actions.withdraw_extension(task, by=actor), said=N_("已撤回延期申请"))
    return done or redirect(url_for("tasks.detail", task_id=task_id), 303)


@bp.route("/tasks/<int:task_id>/extension/decide", methods=["GET", "POST"])
def decide_extension(task_id: int) -> Any:
    actor = current_actor()
    task = opened(task_id, TaskAction.GRANT_EXTENSION)
    form = DecideExtensionForm(paper_only=rules.is_offline_only(task, TaskAction.GRANT_EXTENSION, actor))
    if request.method == "GET" and task.extension_status is not None:
        form.decided_due_on.data = form.decided_due_on.data or checks.open_extension(task).asked_due_on

    def act(task: Task) -> None:
        signature, reason = signature_of(form, by=actor), form.reason.data or ""
        if day := form.decided_due_on.data if form.is_granted else None:
            actions.grant_extension(task, decided_due_on=day, note=reason, signature=signature, by=actor)
        else:
            actions.refuse_extension(task, reason=reason, signature=signature, by=actor)

    done = step(task_id, form, act, said=N_("延期申请已审批，已告知承办单位"))
    if done:
        say_remark(form.decided_due_on.data if form.is_granted else None, actor)
        return done
    return _shown(
        task_id,
        "tasks/decide_extension.html",
        form=form,
        needs_leader=rules.needs_leader_decision(task, checks.section_of(task)),
    )


def _shown(task_id: int, template: str, **more: Any) -> str:
    """The page of a step of a case, with the task and the case as they stand now."""
    actor = current_actor()
    task = queries.find(task_id, actor=actor)
    cases = queries.extensions_of(task)
    case = cases[0] if cases and task.extension_status is not None else None
    return render_template(
        template,
        task=task,
        case=case,
        day_remark=day_remark(case.asked_due_on, actor) if case else "",
        today=clock.today(),
        **more,
    )
