"""Agenda and speeches of a meeting."""

from functools import partial
from typing import Any

from flask import request, url_for

from meetings.attachments.forms import received
from meetings.attachments.views import max_megabytes, store
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.forms import Choice, Form
from meetings.core.i18n import N_
from meetings.core.web import current_actor
from meetings.directory import queries as directory
from meetings.documents import queries as documents
from meetings.meetings import actions, queries
from meetings.meetings.forms import ItemForm, SpeechForm
from meetings.meetings.models import AgendaItem, Meeting, MeetingAction, Speech
from meetings.meetings.views.blueprint import bp, open_for, page, pressed
from meetings.meetings.views.rows import details_of, edit_row, new_row


@bp.get("/<int:meeting_id>/agenda")
def agenda(meeting_id: int) -> str:
    actor = current_actor()
    meeting = queries.find_to_record(meeting_id, actor=actor)
    return page(
        "meetings/agenda.html",
        meeting,
        agenda=queries.agenda_of(meeting),
        speeches=queries.speeches_of(meeting),
        files=queries.files_of(meeting),
        units=queries.units_by_id(actor),
        button=Form(),
    )


def _attach(meeting: Meeting, hangs_on: AgendaItem | Speech, form: ItemForm | SpeechForm) -> None:
    if form.files.data:
        actions.add_files(
            meeting,
            received(form.files),
            storage=store(),
            max_megabytes=max_megabytes(),
            by=current_actor(),
            personal_data_confirmed=bool(form.personal_data_confirmed.data),
            hangs_on=hangs_on,
        )


# --- agenda items -------------------------------------------------------------------------------------------------


def _item_form(actor: Actor, **given: Any) -> ItemForm:
    papers: list[Choice] = [
        (row.id, f"{row.title}（{row.number}）" if row.number else row.title) for row in documents.choices(actor)
    ]
    return ItemForm(units=directory.pickable(actor), documents=papers, **given)


@bp.route("/<int:meeting_id>/agenda/new", methods=["GET", "POST"])
def new_item(meeting_id: int) -> Any:
    actor = current_actor()
    open_for(MeetingAction.EDIT_AGENDA, meeting_id)
    form = _item_form(actor)

    def add(meeting: Meeting) -> None:
        _attach(meeting, actions.add_item(meeting, **details_of(form), by=actor), form)

    to = url_for(".agenda", meeting_id=meeting_id)
    return new_row("meetings/new_item.html", meeting_id, form, add, said=N_("已增加议程"), to=to)


@bp.route("/<int:meeting_id>/agenda/<int:item_id>", methods=["GET", "POST"])
def edit_item(meeting_id: int, item_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.EDIT_AGENDA, meeting_id)

    def change(meeting: Meeting, item: AgendaItem, form: ItemForm) -> None:
        actions.edit_item(meeting, item, **details_of(form), by=actor)
        _attach(meeting, item, form)

    return edit_row(
        "meetings/edit_item.html",
        meeting,
        "item",
        lambda meeting: queries.find_item(meeting, item_id),
        partial(_item_form, actor),
        change,
        said=N_("已保存"),
        to=url_for(".agenda", meeting_id=meeting_id),
    )


@bp.post("/<int:meeting_id>/agenda/<int:item_id>/move")
def move_item(meeting_id: int, item_id: int) -> Any:
    actor, is_up = current_actor(), request.form.get("to") == "up"
    return pressed(
        meeting_id,
        lambda meeting: actions.move_item(meeting, queries.find_item(meeting, item_id), is_up=is_up, by=actor),
        N_("已调整议程顺序"),
        ".agenda",
    )


@bp.post("/<int:meeting_id>/agenda/<int:item_id>/remove")
def remove_item(meeting_id: int, item_id: int) -> Any:
    actor = current_actor()
    return pressed(
        meeting_id,
        lambda meeting: actions.remove_item(meeting, queries.find_item(meeting, item_id), by=actor),
        N_("已删去这一项议程"),
        ".agenda",
    )


# --- speeches -----------------------------------------------------------------------------------------------------


def _speech_form(meeting: Meeting, actor: Actor, **given: Any) -> SpeechForm:
    items: list[Choice] = [(item.id, f"{n}. {item.title}") for n, item in enumerate(queries.agenda_of(meeting), 1)]
    people = queries.people_on(actor, meeting.held_on or clock.today())
    return SpeechForm(items=items, people=people, units=directory.pickable(actor), **given)


@bp.get("/<int:meeting_id>/speeches/<int:speech_id>")
def speech(meeting_id: int, speech_id: int) -> str:
    meeting = queries.find_to_record(meeting_id, actor=current_actor())
    found = queries.find_speech(meeting, speech_id)
    return page(
        "meetings/speech.html",
        meeting,
        speech=found,
        item=queries.find_item(meeting, found.agenda_item_id) if found.agenda_item_id else None,
        requirements=queries.requirements_of_speech(found),
        files=[link for link in queries.files_of(meeting) if link.speech_id == found.id],
        button=Form(),
    )


@bp.route("/<int:meeting_id>/speeches/new", methods=["GET", "POST"])
def new_speech(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.RECORD_SPEECHES, meeting_id)
    asked = request.args.get("item", "")
    given = {"agenda_item_id": int(asked)} if asked.isascii() and asked.isdigit() and len(asked) < 10 else {}
    form = _speech_form(meeting, actor, data=given)

    def add(meeting: Meeting) -> None:
        _attach(meeting, actions.add_speech(meeting, **details_of(form), by=actor), form)

    to = url_for(".agenda", meeting_id=meeting_id)
    return new_row("meetings/new_speech.html", meeting_id, form, add, said=N_("已登记发言"), to=to)


@bp.route("/<int:meeting_id>/speeches/<int:speech_id>/edit", methods=["GET", "POST"])
def edit_speech(meeting_id: int, speech_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.RECORD_SPEECHES, meeting_id)

    def change(meeting: Meeting, found: Speech, form: SpeechForm) -> None:
        actions.edit_speech(meeting, found, **details_of(form), by=actor)
        _attach(meeting, found, form)

    return edit_row(
        "meetings/edit_speech.html",
        meeting,
        "speech",
        lambda meeting: queries.find_speech(meeting, speech_id),
        partial(_speech_form, meeting, actor),
        change,
        said=N_("已保存"),
        to=url_for(".speech", meeting_id=meeting_id, speech_id=speech_id),
    )


@bp.post("/<int:meeting_id>/speeches/<int:speech_id>/move")
def move_speech(meeting_id: int, speech_id: int) -> Any:
    actor, is_up = current_actor(), request.form.get("to") == "up"
    return pressed(
        meeting_id,
        lambda meeting: actions.move_speech(meeting, queries.find_speech(meeting, speech_id), is_up=is_up, by=actor),
        N_("已调整发言顺序"),
        ".agenda",
    )


@bp.post("/<int:meeting_id>/speeches/<int:speech_id>/remove")
def remove_speech(meeting_id: int, speech_id: int) -> Any:
    actor = current_actor()
    return pressed(
        meeting_id,
        lambda meeting: actions.remove_speech(meeting, queries.find_speech(meeting, speech_id), by=actor),
        N_("已删去发言"),
        ".agenda",
    )
