"""Look-back: samples of closed tasks, their findings, what is reopened."""

from typing import Any

from flask import render_template, url_for

from meetings.core import clock
from meetings.core.db import expect
from meetings.core.i18n import N_
from meetings.core.web import carry_out, require
from meetings.directory.queries import pickable
from meetings.tasks import actions, queries, words
from meetings.tasks.forms.look_backs import DrawForm, FindingForm
from meetings.tasks.models import LookBackOutcome, TaskStatus
from meetings.tasks.views.page import bp


@bp.get("/tasks/look-backs")
def look_backs() -> str:
    actor = require("tasks.read_all")
    return render_template(
        "tasks/look_backs.html",
        rows=queries.look_backs(actor),
        outcomes=LookBackOutcome,
        may_draw=actor.may("tasks.close"),
    )


@bp.route("/tasks/look-backs/new", methods=["GET", "POST"])
def draw_look_back() -> Any:
    actor = require("tasks.close")
    form = DrawForm(units=pickable(actor), data={"year": clock.today().year, "sample_size": 5})
    done = carry_out(
        form,
        lambda: actions.draw_look_back(**{**form.payload, "seed": form.seed.data or ""}, by=actor),
        said=N_("已抽出样本，逐件核查后记录结果"),
        to=lambda row: url_for("tasks.look_back", look_back_id=row.id),
    )
    return done or render_template("tasks/draw_look_back.html", form=form)


@bp.get("/tasks/look-backs/<int:look_back_id>")
def look_back(look_back_id: int) -> str:
    actor = require("tasks.read_all")
    return render_template(
        "tasks/look_back.html",
        look_back=queries.find_look_back(look_back_id, actor=actor),
        outcome_words=words.LOOK_BACK_OUTCOMES,
        may_record=actor.may("tasks.close"),
        may_reopen=actor.may("tasks.issue"),
        finished=(TaskStatus.COMPLETED, TaskStatus.CLOSED),
    )


@bp.route("/tasks/look-backs/<int:look_back_id>/items/<int:sampled_id>", methods=["GET", "POST"])
def record_finding(look_back_id: int, sampled_id: int) -> Any:
    actor = require("tasks.close")
    item = queries.find_look_back_item(look_back_id, sampled_id, actor=actor)
    form = FindingForm(data=FindingForm.values_of(item) | {"checked_on": item.checked_on or clock.today()})

    def act() -> None:
        item = queries.find_look_back_item(look_back_id, sampled_id, actor=actor)
        expect(item, form.version.data)
        actions.record_finding(item, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已记录核查结果"), to=url_for("tasks.look_back", look_back_id=look_back_id))
    return done or render_template(
        "tasks/record_finding.html",
        form=form,
        item=queries.find_look_back_item(look_back_id, sampled_id, actor=actor),
    )
