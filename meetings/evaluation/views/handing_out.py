"""The units of an evaluation: who has which state, and handing the duties out in one step."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from meetings.core.forms import Form
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, require
from meetings.directory import queries as directory
from meetings.evaluation import actions, queries
from meetings.evaluation.forms.evaluations import HandOutForm
from meetings.evaluation.models import AssessmentStatus, StageKind
from meetings.evaluation.views.evaluations import counted, may_read
from meetings.evaluation.views.page import bp
from meetings.tasks.models import TaskStatus


@bp.get("/<int:evaluation_id>/units")
def units(evaluation_id: int) -> str:
    actor = may_read()
    evaluation = queries.find(evaluation_id, actor=actor)
    rows = queries.assessments(evaluation, actor=actor)
    return render_template(
        "evaluation/units.html",
        evaluation=evaluation,
        rows=rows,
        counts=counted(rows),
        to_issue=sum(row.task_status in {TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE} for row in rows),
        waiting=counted(rows)[AssessmentStatus.OFFICE_REVIEW],
        button=Form(),
        task_statuses=TaskStatus,
        statuses=AssessmentStatus,
    )


@bp.route("/<int:evaluation_id>/units/new", methods=["GET", "POST"])
def hand_out(evaluation_id: int) -> Any:
    actor = require("evaluations.run")
    evaluation = queries.find(evaluation_id, actor=actor)
    groups = directory.groups(actor)
    members = {group.id: {member.unit_id for member in group.members} for group in groups}
    form = HandOutForm(
        groups=[(group.id, _("%(name)s（%(n)s 个）", name=group.name, n=len(group.members))) for group in groups],
        units=directory.pickable(actor),
    )

    def act() -> int:
        chosen = {*(form.unit_ids.data or ())}
        for group_id in form.group_ids.data or ():
            chosen |= members[group_id]
        made = actions.hand_out(
            queries.find(evaluation_id, actor=actor),
            unit_ids=chosen,
            due_on=form.payload["due_on"],
            by=actor,
        )
        return len(made)

    done = carry_out(
        form,
        act,
        said=lambda made: flash(
            _("已交给 %(n)s 个单位", n=made)
            if actor.may("tasks.issue")
            else _("已拟好 %(n)s 个单位的自评任务，待办公室主任交办", n=made)
        ),
        to=lambda _made: url_for(".units", evaluation_id=evaluation_id),
    )
    if done:
        return done
    if not form.is_submitted():
        stage = next(row for row in evaluation.stages if row.kind is StageKind.SELF_ASSESSMENT)
        form.due_on.data = stage.until_on
    return render_template(
        "evaluation/hand_out.html",
        form=form,
        evaluation=queries.find(evaluation_id, actor=actor),
        there=len(queries.units_handed(evaluation)),
    )


@bp.post("/<int:evaluation_id>/units/issue")
def issue_tasks(evaluation_id: int) -> Any:
    actor = require("tasks.issue")
    to = url_for(".units", evaluation_id=evaluation_id)
    done = carry_out(
        Form(),
        lambda: actions.issue_tasks(
            queries.find(evaluation_id, actor=actor),
            by=actor,
        ),
        said=lambda count: flash(_("已交办 %(n)s 件", n=count)),
        to=lambda _count: to,
    )
    return done or redirect(to, 303)


@bp.post("/<int:evaluation_id>/units/accept")
def accept_all(evaluation_id: int) -> Any:
    """The office accepts every self-assessment that waits for it."""
    actor = require("evaluations.run")
    to = url_for(".units", evaluation_id=evaluation_id)

    def act() -> int:
        evaluation = queries.find(evaluation_id, actor=actor)
        rows = queries.assessments(evaluation, actor=actor)
        waiting = [row.id for row in rows if row.status is AssessmentStatus.OFFICE_REVIEW]
        for assessment_id in waiting:
            actions.accept_assessment(queries.find_assessment(assessment_id, actor=actor), by=actor)
        return len(waiting)

    done = carry_out(Form(), act, said=lambda count: flash(_("已通过 %(n)s 份自评", n=count)), to=lambda _count: to)
    return done or redirect(to, 303)
