"""会前准备 of a meeting: the checklist of duties, and the material that is collected for it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, current_actor, require
from meetings.meetings import queries as meetings
from meetings.meetings.models import Meeting
from meetings.rounds import actions, queries, words
from meetings.rounds.forms.materials import DutyForm, EditDutyForm
from meetings.rounds.views.page import bp


def _page(meeting: Meeting, form: DutyForm, actor: Actor) -> str:
    duties = queries.duties_of(meeting)
    return render_template(
        "rounds/preparation.html",
        meeting=meeting,
        counts=meetings.tab_counts(meeting),
        duties=duties,
        done_count=sum(duty.done_at is not None for duty in duties),
        today=clock.today(),
        agenda={item.id: item.title for item in meetings.agenda_of(meeting)},
        collections=queries.collections_of_meeting(meeting),
        form=form if actor.may("meetings.record") else None,
        button=Form(formdata=None),
    )


@bp.route("/meetings/<int:meeting_id>/preparation", methods=["GET", "POST"])
def preparation(meeting_id: int) -> Any:
    """Duties and material; a duty is added by the form below them."""
    actor = current_actor()
    meeting = meetings.find_to_record(meeting_id, actor=actor)
    if request.method == "POST":
        require("meetings.record")
    form = DutyForm()
    done = carry_out(
        form,
        lambda: actions.add_duty(meetings.find_to_record(meeting_id, actor=actor), **form.payload, by=actor),
        said=N_("已列入会务分工"),
        to=url_for(".preparation", meeting_id=meeting_id),
    )
    return done or _page(meetings.find_to_record(meeting_id, actor=actor) if form.errors else meeting, form, actor)


def _act(meeting_id: int, work: Any, said: Any) -> Response:
    here = url_for(".preparation", meeting_id=meeting_id)
    return carry_out(Form(), work, said=said, to=here) or redirect(here, 303)


@bp.post("/meetings/<int:meeting_id>/preparation/usual")
def add_usual_duties(meeting_id: int) -> Any:
    actor = require("meetings.record")
    usual = [str(what) for what in words.USUAL_DUTIES]
    return _act(
        meeting_id,
        lambda: actions.add_duties(meetings.find_to_record(meeting_id, actor=actor), usual, by=actor),
        lambda count: flash(_("已列入 %(count)s 项", count=count)),
    )


@bp.post("/meetings/<int:meeting_id>/preparation/duties/<int:duty_id>/tick")
def tick_duty(meeting_id: int, duty_id: int) -> Any:
    """Done; with ``undo`` not done after all."""
    actor = require("meetings.record")
    is_done = "undo" not in request.form

    def work() -> None:
        meeting = meetings.find_to_record(meeting_id, actor=actor)
        actions.tick_duty(meeting, queries.find_duty(meeting, duty_id), is_done=is_done, by=actor)

    return _act(meeting_id, work, N_("已记为完成") if is_done else N_("已改回未完成"))


@bp.post("/meetings/<int:meeting_id>/preparation/duties/<int:duty_id>/remove")
def remove_duty(meeting_id: int, duty_id: int) -> Any:
    actor = require("meetings.record")

    def work() -> None:
        meeting = meetings.find_to_record(meeting_id, actor=actor)
        actions.remove_duty(meeting, queries.find_duty(meeting, duty_id), by=actor)

    return _act(meeting_id, work, N_("已删去"))


@bp.route("/meetings/<int:meeting_id>/preparation/duties/<int:duty_id>", methods=["GET", "POST"])
def edit_duty(meeting_id: int, duty_id: int) -> Any:
    actor = require("meetings.record")
    meeting = meetings.find_to_record(meeting_id, actor=actor)
    form = EditDutyForm(data=EditDutyForm.values_of(queries.find_duty(meeting, duty_id)))

    def act() -> None:
        row = meetings.find_to_record(meeting_id, actor=actor)
        duty = queries.find_duty(row, duty_id)
        expect(duty, form.version.data)
        actions.edit_duty(row, duty, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".preparation", meeting_id=meeting_id))
    return done or render_template(
        "rounds/edit_duty.html", form=form, meeting=meetings.find_to_record(meeting_id, actor=actor)
    )
