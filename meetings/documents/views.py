"""Documents: the list, one of them with who has read it, its files; recorded by the office."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from meetings.attachments.forms import received
from meetings.attachments.views import max_megabytes, send, store
from meetings.core.db import expect, transaction
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, current_actor, require
from meetings.documents import actions, queries
from meetings.documents.forms import AddFilesForm, DocumentForm, FilterForm, NewDocumentForm
from meetings.documents.models import Document
from meetings.documents.words import KINDS

bp = Blueprint("documents", __name__, url_prefix="/documents")


@bp.get("/")
def index() -> str:
    actor = current_actor()
    if not (actor.may("documents.read") or actor.may("documents.read_issued")):
        raise NotFound
    form = FilterForm(MultiDict(request.args))
    form.validate()
    kind = form.kind.data if not form.kind.errors else None
    typed = form.q.data or "" if not form.q.errors else ""
    page = queries.search(actor, kind=kind, typed=typed, page=page_number(request.args.get("page")))
    units = queries.units_to_read(actor) if actor.may("documents.read") else []
    return render_template(
        "documents/index.html",
        form=form,
        page=page,
        kinds=KINDS,
        unit_count=len(units),
        is_filtered=bool(kind or typed),
    )


@bp.route("/new", methods=["GET", "POST"])
def new() -> Any:
    actor = require("documents.edit")
    form = NewDocumentForm()

    def act() -> Document:
        payload = form.payload
        payload.pop("files")
        document = actions.add_document(**payload, by=actor)
        _attach(document, form)
        return document

    done = carry_out(form, act, said=N_("已登记文件"), to=lambda document: url_for(".detail", document_id=document.id))
    return done or render_template("documents/new.html", form=form, max_megabytes=max_megabytes())


@bp.get("/<int:document_id>")
def detail(document_id: int) -> str:
    actor = current_actor()
    document = queries.find(document_id, actor=actor)
    is_reader = actor.may("documents.read")
    readings = queries.readings_of(document) if is_reader else []
    read_by = {reading.unit_id for reading in readings}
    units = queries.units_to_read(actor) if is_reader and document.is_for_units else []
    return render_template(
        "documents/detail.html",
        document=document,
        kinds=KINDS,
        readings=readings,
        units=units,
        unread_units=[unit for unit in units if unit.id not in read_by],
        own=queries.reading_of(document, actor),
        button=Form(),
        files_form=AddFilesForm() if actor.may("documents.edit") else None,
        max_megabytes=max_megabytes(),
    )


@bp.route("/<int:document_id>/edit", methods=["GET", "POST"])
def edit(document_id: int) -> Any:
    actor = require("documents.edit")
    form = DocumentForm()

    def act() -> None:
        document = queries.find(document_id, actor=actor)
        expect(document, form.version.data)
        actions.edit_document(document, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".detail", document_id=document_id))
    if done:
        return done
    document = queries.find(document_id, actor=actor)
    if not form.is_submitted():
        form = DocumentForm(data=DocumentForm.values_of(document))
    return render_template("documents/edit.html", form=form, document=document)


@bp.route("/<int:document_id>/read", methods=["POST"])
def mark_read(document_id: int) -> Any:
    actor = current_actor()
    return carry_out(
        Form(),
        lambda: actions.mark_read(queries.find(document_id, actor=actor), by=actor),
        said=N_("已确认阅读"),
        to=url_for(".detail", document_id=document_id),
    )


@bp.route("/<int:document_id>/files", methods=["GET", "POST"])
def add_files(document_id: int) -> Any:
    actor = require("documents.edit")
    form = AddFilesForm()
    done = carry_out(
        form,
        lambda: _attach(queries.find(document_id, actor=actor), form),
        said=N_("已添加附件"),
        to=url_for(".detail", document_id=document_id),
    )
    if done:
        return done
    document = queries.find(document_id, actor=actor)
    return render_template("documents/add_files.html", form=form, document=document, max_megabytes=max_megabytes())


@bp.get("/<int:document_id>/files/<int:attachment_id>")
def file(document_id: int, attachment_id: int) -> Response:
    document = queries.find(document_id, actor=current_actor())
    return send(queries.find_file(document, attachment_id))


@bp.post("/<int:document_id>/files/<int:attachment_id>/remove")
def remove_file(document_id: int, attachment_id: int) -> Any:
    actor = require("documents.edit")
    with transaction(by=actor):
        document = queries.find(document_id, actor=actor)
        actions.remove_file(queries.file_link(document, attachment_id), by=actor)
    flash(_("已移除附件"))
    return redirect(url_for(".detail", document_id=document_id), 303)


def _attach(document: Any, form: NewDocumentForm | AddFilesForm) -> None:
    actions.add_files(
        document,
        received(form.files),
        storage=store(),
        max_megabytes=max_megabytes(),
        by=current_actor(),
        personal_data_confirmed=bool(form.personal_data_confirmed.data),
    )
