"""The list of meetings, one at a glance, and its steps."""

from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import NotFound
from meetings.core.forms import Choice, Form
from meetings.core.i18n import N_
from meetings.core.paging import page_number
from meetings.core.web import carry_out, current_actor, require
from meetings.directory import queries as directory
from meetings.directory.words import POST_KINDS
from meetings.meetings import actions, queries, rules, words
from meetings.meetings.forms import SCOPE_KINDS, CancelForm, FilterForm, MeetingForm
from meetings.meetings.models import Meeting, MeetingAction
from meetings.meetings.views.blueprint import bp, open_for, page, pressed


@bp.get("/")
def index() -> str:
    actor = current_actor()
    if not (actor.may("meetings.read") or actor.may("meetings.read_issued")):
        raise NotFound
    kinds = [(kind.id, kind.name) for kind in queries.kinds(actor)]
    form = FilterForm(MultiDict(request.args), years=queries.years(actor), kinds=kinds)
    form.validate()
    given = {name: form[name].data if not form[name].errors else None for name in ("year", "kind", "status", "q")}
    found = queries.search(
        actor,
        year=given["year"],
        kind_id=given["kind"],
        status=given["status"],
        typed=given["q"] or "",
        page=page_number(request.args.get("page")),
    )
    return render_template("meetings/index.html", form=form, page=found, words=words)


def _form(actor: Actor, meeting: Meeting | None = None, **given: Any) -> MeetingForm:
    kinds: list[Choice] = [
        (kind.id, kind.name)
        for kind in queries.kinds(actor)
        if kind.is_active or (meeting is not None and kind.id == meeting.kind_id)
    ]
    previous: list[Choice] = [
        (row.id, f"{row.title}（{row.held_on.isoformat()}）" if row.held_on else row.title)
        for row in queries.possible_previous(actor, but=meeting.id if meeting else None)
    ]
    return MeetingForm(kinds=kinds, previous=previous, groups=directory.groups(actor), **given)


def _matrix(actor: Actor) -> dict[str, Any]:
    return {"groups": directory.groups(actor), "scope_kinds": SCOPE_KINDS, "post_kinds": POST_KINDS}


@bp.route("/new", methods=["GET", "POST"])
def new() -> Any:
    actor = require("meetings.record")
    form = _form(actor)
    done = carry_out(
        form,
        lambda: actions.create_meeting(**form.payload, by=actor),
        said=N_("已新建会议"),
        to=lambda meeting: url_for(".detail", meeting_id=meeting.id),
    )
    return done or render_template("meetings/new.html", form=form, **_matrix(actor))


@bp.route("/<int:meeting_id>/edit", methods=["GET", "POST"])
def edit(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.EDIT, meeting_id)
    form = _form(actor, meeting)

    def act() -> None:
        meeting = queries.find_to_change(meeting_id, actor=actor)
        expect(meeting, form.version.data)
        actions.edit_meeting(meeting, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".detail", meeting_id=meeting_id))
    if done:
        return done
    meeting = queries.find_to_record(meeting_id, actor=actor)
    if not form.is_submitted():
        form = _form(actor, meeting, data=MeetingForm.values_of(meeting))
    return render_template("meetings/edit.html", form=form, meeting=meeting, **_matrix(actor))


@bp.get("/<int:meeting_id>")
def detail(meeting_id: int) -> str:
    actor = current_actor()
    meeting = queries.find(meeting_id, actor=actor)
    is_reader = actor.may("meetings.read")
    return page(
        "meetings/detail.html",
        meeting,
        tally=rules.tally(queries.marks_of(meeting)) if is_reader else None,
        agenda=queries.agenda_of(meeting) if is_reader else [],
        sections=queries.requirements_by_section(meeting) if is_reader else {},
        texts=queries.speeches_by_text_status(meeting) if is_reader else {},
        minutes=queries.minutes_of(meeting),
        following=queries.next_in_series(meeting) if is_reader else None,
        button=Form(),
    )


@bp.post("/<int:meeting_id>/announce")
def announce(meeting_id: int) -> Any:
    actor = current_actor()
    return pressed(meeting_id, lambda meeting: actions.announce(meeting, by=actor), N_("已登记通知，次第已编定"))


@bp.post("/<int:meeting_id>/hold")
def hold(meeting_id: int) -> Any:
    actor = current_actor()
    return pressed(meeting_id, lambda meeting: actions.hold(meeting, by=actor), N_("已登记为已召开"))


@bp.post("/<int:meeting_id>/archive")
def archive(meeting_id: int) -> Any:
    actor = current_actor()
    return pressed(meeting_id, lambda meeting: actions.archive(meeting, by=actor), N_("已归档，会议记录不再改动"))


@bp.route("/<int:meeting_id>/cancel", methods=["GET", "POST"])
def cancel(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.CANCEL, meeting_id)
    form = CancelForm(data={"version": meeting.version})

    def act() -> None:
        meeting = queries.find_to_change(meeting_id, actor=actor)
        expect(meeting, form.version.data)
        actions.cancel(meeting, reason=form.reason.data, by=actor)

    done = carry_out(form, act, said=N_("会议已取消，次第保留不再使用"), to=url_for(".detail", meeting_id=meeting_id))
    return done or render_template(
        "meetings/cancel.html", form=form, meeting=queries.find_to_record(meeting_id, actor=actor)
    )
