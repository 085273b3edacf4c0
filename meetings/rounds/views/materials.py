"""材料征集: what is asked, who handed in, versions with the office's opinions."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from meetings.attachments.models import Attachment
from meetings.attachments.views import keep_files, send
from meetings.core.actor import Actor
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, current_actor, require
from meetings.directory import queries as directory
from meetings.meetings import queries as meetings
from meetings.meetings.models import Meeting
from meetings.rounds import actions, queries, rules
from meetings.rounds.forms.materials import CollectionForm, HandInForm, ReviewForm
from meetings.rounds.models import CollectionStatus, Material
from meetings.rounds.rules import MaterialAction
from meetings.rounds.views.page import bp
from meetings.tasks.views.page import day_remark, files_hint
from meetings.tasks.views.reporting import number_in_address


@bp.get("/rounds/materials/")
def collections() -> str:
    """All collections with their counts; for a unit what it owes and handed in."""
    actor = current_actor()
    if not actor.may("tasks.read_all"):
        return render_template("rounds/own_materials.html", materials=queries.own_materials(actor))
    return render_template(
        "rounds/collections.html", page=queries.collections(actor, page=page_number(request.args.get("page")))
    )


@bp.route("/rounds/materials/new", methods=["GET", "POST"])
def collect() -> Any:
    """Ask units for material; with ``?meeting=`` for an item of its agenda."""
    actor = require("rounds.manage")
    meeting_id = number_in_address("meeting")
    meeting = meetings.find_to_record(meeting_id, actor=actor) if meeting_id else None
    agenda = [(item.id, item.title) for item in meetings.agenda_of(meeting)] if meeting else None
    form = CollectionForm(groups=directory.groups(actor), units=directory.pickable(actor), agenda=agenda)
    item_id = form.agenda_item_id.data if form.agenda_item_id else None

    def act() -> int:
        row = _meeting(meeting_id, actor)
        item = meetings.find_item(row, item_id) if row and item_id else None
        return actions.collect(**form.payload, meeting=row, agenda_item=item, by=actor).id

    done = carry_out(
        form,
        act,
        said=N_("已发出征集，已通知各单位"),
        to=lambda id_: url_for(".collection", collection_id=id_),
    )
    return done or render_template("rounds/collect.html", form=form, meeting=_meeting(meeting_id, actor))


def _meeting(meeting_id: int | None, actor: Actor) -> Meeting | None:
    return meetings.find_to_record(meeting_id, actor=actor) if meeting_id else None


@bp.get("/rounds/materials/<int:collection_id>")
def collection(collection_id: int) -> Any:
    """How every unit stands; a unit goes on to its own."""
    actor = current_actor()
    row = queries.find_collection(collection_id, actor=actor)
    if not actor.may("tasks.read_all"):
        own = next(one for one in queries.own_materials(actor) if one.collection_id == row.id)
        return redirect(url_for(".material", collection_id=row.id, unit_id=own.unit_id), 303)
    materials = queries.materials_of(row)
    return render_template(
        "rounds/collection.html",
        collection=row,
        materials=materials,
        counts=rules.collection_counts([(one.status, one.first_on) for one in materials], row.due_on),
        meeting=_meeting(row.meeting_id, actor),
        due_remark=day_remark(row.due_on, actor),
        is_open=row.status is CollectionStatus.OPEN,
        button=Form(),
    )


@bp.post("/rounds/materials/<int:collection_id>/close")
def close_collection(collection_id: int) -> Any:
    """End a collection; ``open`` begins it again."""
    actor = require("rounds.manage")
    is_closed = "open" not in request.form
    here = url_for(".collection", collection_id=collection_id)
    done = carry_out(
        Form(),
        lambda: actions.close_collection(
            queries.find_collection(collection_id, actor=actor), is_closed=is_closed, by=actor
        ),
        said=N_("征集已结束") if is_closed else N_("征集已重新开始"),
        to=here,
    )
    return done or redirect(here, 303)


def _kept(form: HandInForm, actor: Actor) -> Attachment | None:
    files = keep_files(form, "files", by=actor)
    return files[0] if files else None


@bp.route("/rounds/materials/<int:collection_id>/units/<int:unit_id>", methods=["GET", "POST"])
def material(collection_id: int, unit_id: int) -> Any:
    """All versions of one unit's material; the next one is handed in here."""
    actor = current_actor()
    row = queries.find_material(collection_id, unit_id, actor=actor)
    if request.method == "POST":
        rules.next_material_status(row, MaterialAction.HAND_IN, actor)
    form = HandInForm()
    here = url_for(".material", collection_id=collection_id, unit_id=unit_id)
    done = carry_out(
        form,
        lambda: actions.hand_in(
            queries.find_material(collection_id, unit_id, actor=actor, to_change=True),
            text=form.text.data or "",
            file=_kept(form, actor),
            by=actor,
        ),
        said=N_("已报送，等办公室审稿"),
        to=here,
    )
    return done or _page(queries.find_material(collection_id, unit_id, actor=actor), form, actor)


def _page(row: Material, form: HandInForm, actor: Actor, review: ReviewForm | None = None) -> str:
    offered = rules.available_material_actions(row, actor)
    can_review = MaterialAction.RETURN in offered or MaterialAction.FINALISE in offered
    return render_template(
        "rounds/material.html",
        material=row,
        collection=row.collection,
        versions=queries.versions_of(row),
        offered=offered,
        acts=MaterialAction,
        form=form if MaterialAction.HAND_IN in offered else None,
        review=(review or ReviewForm(data={"number": row.version_count})) if can_review else None,
        is_entered_by_office=row.unit_id not in actor.unit_ids,
        files_hint=files_hint(),
    )


@bp.route("/rounds/materials/<int:collection_id>/units/<int:unit_id>/review", methods=["GET", "POST"])
def review_material(collection_id: int, unit_id: int) -> Any:
    """The office's opinion: back to the unit, or 定稿 by the other button."""
    actor = require("rounds.manage")
    here = url_for(".material", collection_id=collection_id, unit_id=unit_id)
    if request.method == "GET":
        return redirect(here, 303)
    form = ReviewForm()
    is_final = "final" in request.form
    action = actions.finalise if is_final else actions.return_material
    done: Answer | None = carry_out(
        form,
        lambda: action(
            queries.find_material(collection_id, unit_id, actor=actor, to_change=True),
            number=form.number.data or 0,
            opinion=form.opinion.data or "",
            by=actor,
        ),
        said=lambda _made: flash(_("已定稿") if is_final else _("已退回，审稿意见已发给该单位")),
        to=here,
    )
    return done or _page(
        queries.find_material(collection_id, unit_id, actor=actor), HandInForm(formdata=None), actor, form
    )


@bp.get("/rounds/materials/<int:collection_id>/units/<int:unit_id>/versions/<int:number>/file")
def version_file(collection_id: int, unit_id: int, number: int) -> Response:
    row = queries.find_material(collection_id, unit_id, actor=current_actor())
    if not 0 < number < 100_000:
        raise NotFound
    return send(queries.find_version_file(row, number))
