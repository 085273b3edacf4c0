"""The rectification list, and making a task of a finding."""

from datetime import timedelta
from typing import Any

from flask import flash, render_template, url_for

from meetings.core import clock
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, require
from meetings.directory import queries as directory
from meetings.evaluation import actions, queries
from meetings.evaluation.forms.visits import RectifyForm
from meetings.evaluation.models import Rectification
from meetings.evaluation.views.evaluations import may_read
from meetings.evaluation.views.page import bp
from meetings.evaluation.views.visits import find
from meetings.tasks import words as task_words
from meetings.tasks.models import TaskStatus
from meetings.tasks.rules.drafting import lines_of

WITHIN = timedelta(days=90)  # what a new rectification proposes


@bp.get("/<int:evaluation_id>/rectifications")
def rectifications(evaluation_id: int) -> str:
    actor = may_read()
    evaluation = queries.find(evaluation_id, actor=actor)
    rows = queries.rectifications(evaluation, actor=actor)
    return render_template(
        "evaluation/rectifications.html",
        evaluation=evaluation,
        rows=rows,
        counts={status: sum(row.status is status for row in rows) for status in TaskStatus},
        task_words=task_words.STATUSES,
        statuses=TaskStatus,
    )


def remedy(form: RectifyForm) -> actions.Remedy:
    """What the form asks for."""
    payload = form.payload
    return actions.Remedy(**{**payload, "standards": lines_of(payload["standards"])})


def said_of(actor: Any) -> Any:
    """What is said after: the director's task is issued, staff's waits."""
    return lambda _made: flash(
        _("已建立整改任务并交办") if actor.may("tasks.issue") else _("已建立整改任务，待办公室主任交办")
    )


@bp.route("/<int:evaluation_id>/visits/<int:visit_id>/findings/<int:finding_id>/rectify", methods=["GET", "POST"])
def rectify_finding(evaluation_id: int, visit_id: int, finding_id: int) -> Any:
    actor = require("evaluations.run")
    visit = find(evaluation_id, visit_id, actor)
    finding = queries.finding_of(visit, finding_id)
    form = RectifyForm(
        units=directory.pickable(actor),
        data={"problem": finding.text[:190], "lead_unit_id": visit.unit_id, "due_on": clock.today() + WITHIN},
    )

    def act() -> Rectification:
        row = find(evaluation_id, visit_id, actor)
        return actions.rectify_finding(row, queries.finding_of(row, finding_id), remedy(form), by=actor)

    done = carry_out(
        form,
        act,
        said=said_of(actor),
        to=lambda _made: url_for(".rectifications", evaluation_id=evaluation_id),
    )
    visit = find(evaluation_id, visit_id, actor)
    return done or render_template(
        "evaluation/rectify_finding.html",
        form=form,
        visit=visit,
        finding=queries.finding_of(visit, finding_id),
        evaluation=visit.evaluation,
    )
