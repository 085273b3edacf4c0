"""Documents: the list, one of them with who has read it, its files; recorded by the office."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from meetings.attachments.forms import received
from meetings.attachments.views import max_megabytes, send, store
from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core.db import expect, transaction
from meetings.core.errors import DomainError, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import gettext as _
from meetings.core.once import once
from meetings.core.paging import page_number
from meetings.core.web import current_actor, require
from meetings.documents import actions, queries
from meetings.documents.forms import AddFilesForm, DocumentForm, FilterForm, NewDocumentForm
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
    if form.validate_on_submit():
        try:
            with transaction(by=actor), once(form.form_key.data, by=actor) as outcome:
                payload = form.payload
                payload.pop("files")
                document = actions.add_document(**payload, by=actor)
                _attach(document, form)
                _note_kept(form)
                outcome.location = url_for(".detail", document_id=document.id)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("已登记文件"))
            return redirect(outcome.location, 303)
    return render_template("documents/new.html", form=form, max_megabytes=max_megabytes())


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
    if form.validate_on_submit():
        try:
            with transaction(by=actor), once(form.form_key.data, by=actor) as outcome:
                document = queries.find(document_id, actor=actor)
                expect(document, form.version.data)
                actions.edit_document(document, **form.payload, by=actor)
                _note_kept(form)
                outcome.location = url_for(".detail", document_id=document_id)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("已保存"))
            return redirect(outcome.location, 303)
    document = queries.find(document_id, actor=actor)
    if not form.is_submitted():
        form = DocumentForm(data=DocumentForm.values_of(document))
    return render_template("documents/edit.html", form=form, document=document)


@bp.route("/<int:document_id>/read", methods=["POST"])
def mark_read(document_id: int) -> Any:
    actor = current_actor()
    form = Form()
    with transaction(by=actor), once(form.form_key.data, by=actor) as outcome:
        actions.mark_read(queries.find(document_id, actor=actor), by=actor)
        outcome.location = url_for(".detail", document_id=document_id)
    flash(_("已确认阅读"))
    return redirect(outcome.location, 303)


@bp.route("/<int:document_id>/files", methods=["GET", "POST"])
def add_files(document_id: int) -> Any:
    actor = require("documents.edit")
    form = AddFilesForm()
    if form.validate_on_submit():
        try:
            with transaction(by=actor), once(form.form_key.data, by=actor) as outcome:
                _attach(queries.find(document_id, actor=actor), form)
                outcome.location = url_for(".detail", document_id=document_id)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("已添加附件"))
            return redirect(outcome.location, 303)
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


def _note_kept(form: Form) -> None:
    """Write down that somebody decided to keep personal data that the check found."""
    if form.personal_data_kept:
        log_access(AccessKind.PERSONAL_DATA_KEPT, request.path, by=current_actor())
