"""Changes of a task under way: its units, standards and date; one into several, several into one."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for

from meetings.approvals.views import signature_of
from meetings.core.db import expect
from meetings.core.errors import DomainError
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor
from meetings.directory.queries import pickable
from meetings.tasks import actions, queries
from meetings.tasks.forms.adjusting import AdjustForm, MergeForm, SplitForm
from meetings.tasks.models import Task, TaskAction
from meetings.tasks.rules import lines_of
from meetings.tasks.views.handling import opened, shown
from meetings.tasks.views.page import bp, step


@bp.route("/tasks/<int:task_id>/adjust", methods=["GET", "POST"])
def adjust(task_id: int) -> Any:
    actor = current_actor()
    task = opened(task_id, TaskAction.ADJUST)
    form = AdjustForm(units=pickable(actor), data=AdjustForm.values_of(task))

    def act(task: Task) -> None:
        expect(task, form.version.data)
        actions.adjust(
            task,
            **form.payload,
            signature=signature_of(form, by=actor),
            receipt_working_days=queries.light_options(actor.committee_id).receipt_working_days,
            by=actor,
        )

    done = step(task_id, form, act, said=N_("已调整，已告知承办单位"))
    return done or shown(task_id, "tasks/adjust.html", form=form)


@bp.route("/tasks/<int:task_id>/split", methods=["GET", "POST"])
def split(task_id: int) -> Any:
    actor = current_actor()
    opened(task_id, TaskAction.SPLIT)
    form = SplitForm(units=pickable(actor))

    def act(task: Task) -> None:
        actions.split(
            task,
            pieces=[_piece(row) for row in form.pieces.data],
            reason=form.reason.data,
            signature=signature_of(form, by=actor),
            receipt_working_days=queries.light_options(actor.committee_id).receipt_working_days,
            by=actor,
        )

    done = step(task_id, form, act, said=N_("已拆分，新任务已交办"))
    form.set_units()
    return done or shown(task_id, "tasks/split.html", form=form)


def _piece(row: Mapping[str, Any]) -> actions.Piece:
    return actions.Piece(**{**row, "standards": lines_of(row["standards"])})


@bp.route("/tasks/<int:task_id>/merge", methods=["GET", "POST"])
def merge(task_id: int) -> Any:
    actor = current_actor()
    opened(task_id, TaskAction.ADJUST)
    form = MergeForm()

    def act() -> None:
        known = queries.ids_by_number(form.wanted, actor=actor)
        missing = [number for number in form.wanted if number not in known]
        if missing:
            raise DomainError("task.number_unknown", field="numbers", numbers="、".join(missing))
        tasks = {row.id: row for row in queries.find_many([task_id, *known.values()], actor=actor)}
        actions.merge(
            tasks[task_id],
            merged=[tasks[known[number]] for number in form.wanted],
            reason=form.reason.data,
            signature=signature_of(form, by=actor),
            receipt_working_days=queries.light_options(actor.committee_id).receipt_working_days,
            by=actor,
        )

    done = carry_out(form, act, said=N_("已合并"), to=url_for("tasks.detail", task_id=task_id))
    return done or render_template("tasks/merge.html", form=form, task=queries.find(task_id, actor=actor))
