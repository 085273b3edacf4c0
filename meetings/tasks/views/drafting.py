"""Writing tasks down: new ones, from a requirement or below another task, and changes before the issue."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for

from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import DomainError
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.directory.queries import pickable
from meetings.meetings import queries as meetings
from meetings.meetings.models import Requirement
from meetings.plans.queries import open_lines
from meetings.tasks import actions, queries, rules
from meetings.tasks.forms.drafting import DraftTaskForm, EditTaskForm
from meetings.tasks.models import Task, TaskSource
from meetings.tasks.views.page import bp
from meetings.tasks.views.reporting import number_in_address


def fields_of(payload: dict[str, Any]) -> dict[str, Any]:
    """The form's fields as the action takes them: rows become its own values."""
    return {
        "weight": 1,
        **payload,
        "quantities": [actions.QuantityInput(**row) for row in payload["quantities"]],
        "stages": [actions.StageInput(**row) for row in payload["stages"]],
    }


@bp.route("/tasks/new", methods=["GET", "POST"])
def new() -> Any:
    actor = require("tasks.draft")
    requirement_id, parent_id = number_in_address("requirement"), number_in_address("parent")
    requirement = queries.find_requirement(requirement_id, actor=actor) if requirement_id else None
    parent = queries.find(parent_id, actor=actor) if parent_id else None
    lines = {line.name: line for line in open_lines(actor, has_indicators=True)}
    served = meetings.aims_of(requirement) if requirement else {}
    aims = [name for name in dict.fromkeys([*request.args.getlist("aim"), *served]) if name in lines]
    form = DraftTaskForm(
        units=pickable(actor),
        lines=lines.values(),
        has_parent=parent is not None,
        data=starting_values(requirement, parent) | {"aims": aims},
    )
    done = carry_out(
        form,
        lambda: _draft(form, requirement_id, parent_id, actor),
        said=N_("已存为草稿，可以送主任交办"),
        to=lambda task: url_for("tasks.detail", task_id=task.id),
    )
    if done:
        return done
    asks = bool(form.is_told_apart.errors)
    similar = _similar(form, requirement_id, parent_id, actor) if asks else []
    near = queries.similar_lines(form.title.data or "", actor=actor) if asks else []
    requirement = queries.find_requirement(requirement_id, actor=actor) if requirement_id else None
    parent = queries.find(parent_id, actor=actor) if parent_id else None
    if parent:
        back = url_for("tasks.detail", task_id=parent.id)
    elif requirement:
        back = url_for("tasks.requirements", meeting_id=requirement.meeting_id, on=requirement.number)
    else:
        back = url_for("tasks.ledger")
    form.aims.offer(line for line in lines.values() if line not in near)
    return render_template(
        "tasks/new.html",
        form=form,
        similar=similar,
        lines=near,
        requirement=requirement,
        parent=parent,
        back=back,
    )


def starting_values(requirement: Requirement | None, parent: Task | None) -> dict[str, Any]:
    """What is known before anything is typed. No date and no unit: these are the office's to settle."""
    if requirement is not None:
        return {"source": TaskSource.REQUIREMENT}
    if parent is not None:
        return {"source": parent.source, "due_on": parent.due_on, "urgency": parent.urgency}
    return {}


def _draft(form: DraftTaskForm, requirement_id: int | None, parent_id: int | None, actor: Actor) -> Task:
    parent = queries.find(parent_id, actor=actor) if parent_id else None
    requirement = queries.find_requirement(requirement_id, actor=actor) if requirement_id else None
    if requirement is None and parent is not None:
        requirement = parent.requirement
    aims = form.aims.data or []
    if not form.is_told_apart.data and (
        _similar(form, requirement_id, parent_id, actor)
        or (not aims and queries.similar_lines(form.title.data or "", actor=actor))
    ):
        raise DomainError("task.similar", field="is_told_apart")
    task = actions.draft_task(
        **fields_of(form.payload),
        requirement=requirement,
        meeting=parent.meeting if parent else None,
        parent=parent,
        by=actor,
    )
    actions.serve(task, aims, by=actor)
    return task


def _similar(
    form: DraftTaskForm, requirement_id: int | None, parent_id: int | None, actor: Actor
) -> Sequence[queries.Similar]:
    """Tasks that ask for the same; those of its requirement and the one above are known to its writer."""
    return queries.similar_tasks(
        form.title.data or "", actor=actor, besides_requirement_id=requirement_id, besides_id=parent_id
    )


@bp.route("/tasks/<int:task_id>/edit", methods=["GET", "POST"])
def edit(task_id: int) -> Any:
    actor = current_actor()
    task = queries.find(task_id, actor=actor)
    refuse_early(lambda: rules.check_editing(task, actor))
    has_parent = task.parent_id is not None
    form = EditTaskForm(
        units=pickable(actor),
        lines=open_lines(actor, has_indicators=True),
        has_parent=has_parent,
        data=EditTaskForm.values_of(task) | {"aims": list(queries.aims_of(task))},
    )

    def act() -> None:
        task = queries.find(task_id, actor=actor)
        rules.check_editing(task, actor)
        expect(task, form.version.data)
        actions.edit_task(
            task,
            **fields_of(form.payload),
            requirement=task.requirement,
            meeting=task.meeting,
            parent=queries.find(task.parent_id, actor=actor) if task.parent_id else None,
            by=actor,
        )
        actions.serve_only(task, form.aims.data or (), by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for("tasks.detail", task_id=task_id))
    return done or render_template("tasks/edit.html", form=form, task=queries.find(task_id, actor=actor))
