"""Save a draft, show one's own, and give a form back what was typed into it."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import HTTPException

from meetings.core import clock
from meetings.core.db import writing
from meetings.core.errors import DomainError
from meetings.core.forms import (
    DayField,
    EditForm,
    Form,
    LongTextField,
    MomentField,
    NumberField,
    TextField,
    WholeNumberField,
)
from meetings.core.i18n import gettext as _
from meetings.core.i18n import moment
from meetings.core.web import Segment, compare, current_actor, safe_target, shown, words_of
from meetings.drafts import actions, queries, rules, words
from meetings.drafts.models import Draft

bp = Blueprint("drafts", __name__, url_prefix="/drafts")


# --- saving -----------------------------------------------------------------------------------------------------


@bp.post("/")
def save() -> Any:
    """Keep what a form holds: JSON from the page as one types, or the form itself by its button."""
    sent = request.get_json(silent=True) if request.is_json else None
    try:
        if isinstance(sent, dict):
            address = _keep(sent, fields=sent.get("fields") or ())
        else:
            address = _keep(request.form, fields=request.form.items(multi=True))
    except DomainError as refusal:
        if request.is_json:
            return jsonify(words=words_of(refusal)), refusal.status
        return render_template("drafts/refused.html", words=words_of(refusal)), refusal.status
    said = _("已保存草稿 %(at)s", at=f"{clock.local(clock.now()):%H:%M}")
    if request.is_json:
        return jsonify(words=said)
    flash(said)
    return redirect(address, 303)


def _keep(sent: Mapping[str, Any], *, fields: Iterable[Any]) -> str:
    """Keep a draft; the address of its page."""
    address, form = _text(sent, "draft_of"), _text(sent, "draft_form")
    if form not in words.FORMS or not _is_page(address):
        raise DomainError("draft.unknown_form")
    pairs = [pair for pair in fields if isinstance(pair, (list, tuple)) and len(pair) == 2]
    kept = rules.kept(pairs)
    with writing():
        actions.save(
            address=address,
            form=form,
            title=_text(sent, "draft_title") or _(words.FORMS[form]),
            fields=kept,
            form_key=_text(sent, "form_key"),
            by=current_actor(),
        )
    return address


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def _is_page(address: str) -> bool:
    """One of our own pages that is opened by its address."""
    if not safe_target(address) or len(address) > 500:
        return False
    try:
        endpoint, _values = current_app.url_map.bind("").match(address.partition("?")[0], method="GET")
    except HTTPException:
        return False
    return not endpoint.startswith(("accounts.", "static"))


@bp.get("/key")
def key() -> Any:
    """A new token for a page whose own went with its session."""
    return jsonify(csrf_token=generate_csrf())


# --- one's own --------------------------------------------------------------------------------------------------


@bp.get("/")
def index() -> str:
    return render_template(
        "drafts/index.html", drafts=queries.of_actor(current_actor()), forms=words.FORMS, button=Form()
    )


@bp.get("/<int:draft_id>")
def detail(draft_id: int) -> str:
    """The text of a draft, to be copied where its form cannot be opened any more."""
    draft = queries.find(draft_id, actor=current_actor())
    return render_template(
        "drafts/detail.html", draft=draft, forms=words.FORMS, texts=list(_texts(draft)), button=Form()
    )


@bp.post("/<int:draft_id>/discard")
def discard(draft_id: int) -> Any:
    """Without a draft the page shows the record as it stands."""
    with writing():
        address = actions.discard(draft_id, by=current_actor()).address
    flash(_("草稿已丢弃"))
    return redirect(address if request.form.get("to") == "page" else url_for(".index"), 303)


_TYPED = (TextField, LongTextField, DayField, MomentField, WholeNumberField, NumberField)


def _labels() -> dict[str, str]:
    """Name of a field that is typed into → its label, of all that the features' forms are made of."""
    found: dict[str, str] = {}
    modules = [module for name, module in sys.modules.items() if name.startswith("meetings.") and ".forms" in name]
    for each in (value for module in modules for value in vars(module).values() if isinstance(value, type)):
        for name in dir(each):
            field = getattr(each, name)
            if getattr(field, "field_class", None) in _TYPED:
                found.setdefault(name, field.args[0] if field.args else field.kwargs.get("label", ""))
    return found


_ROW = re.compile(r".*\d[-_]")  # tasks-0-title, task_7-done, quantity_5_total
_PROSE = 9  # characters: what is shorter and has no label is a number or a choice


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Labels (some unknown) and texts of what was typed, the rows of a form one after the other."""
    labels = _labels()
    for name, value in rules.unpacked(draft.fields):
        label = labels.get(_ROW.sub("", name), "")
        if value.strip() and (label or len(value) >= _PROSE):
            yield label, value


# --- restoring --------------------------------------------------------------------------------------------------


def address_of_page() -> str:
    """Path and query of this page, as drafts are bound to it."""
    return request.full_path if request.query_string else request.path


def _drafts_here() -> dict[str, Draft]:
    """The actor's drafts of this page by form; asked once for a request."""
    found: dict[str, Draft] | None = request.environ.get("luoshi.drafts")
    if found is None:
        actor = g.get("actor")
        rows = queries.of_page(address_of_page(), actor=actor) if actor and actor.user_id else ()
        request.environ["luoshi.drafts"] = found = {row.form: row for row in rows}
    return found


def restore(form: Form) -> MultiDict[str, str] | None:
    """What the actor typed into this form of this page before, if anything; the form is filled with it."""
    draft = _drafts_here().get(form.keeps_draft)
    if draft is None:
        return None
    form.draft = Restored(draft.id, draft.saved_at)
    return ImmutableMultiDict(rules.unpacked(draft.fields))


def end(form: Form) -> None:
    """Take out the draft of a form that was carried out, within its transaction."""
    address = request.form.get("draft_of", "") or address_of_page()
    actions.end(address=address[:500], form=form.keeps_draft, by=current_actor())


@dataclass(frozen=True, slots=True)
class Restored:
    """The draft that a form was filled with."""

    id: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What the page says of the draft in a form; ``rows`` where the record was saved by somebody since."""

    id: int
    at: str
    rows: list[tuple[str, list[Segment], list[Segment]]]


@bp.app_template_global()
def kept_draft(form: Form) -> Kept | None:
    """What to say above a form that was filled from a draft."""
    draft = getattr(form, "draft", None)
    if draft is None:
        return None
    rows = []
    if isinstance(form, EditForm) and form.version.object_data not in (None, "", form.version.data):
        for field in form:
            if field.name in form.NOT_PAYLOAD or not isinstance(field, _TYPED):
                continue
            theirs, mine = shown(field, field.object_data), shown(field, field.data)
            if theirs != mine:
                rows.append((field.label.text, *compare(theirs, mine)))
    return Kept(draft.id, _at(draft.saved_at), rows)


@bp.app_template_global()
def draft_field(form: Form) -> dict[str, Any] | None:
    """What a form says of where its draft belongs; None where it keeps none."""
    name = getattr(form, "keeps_draft", "")
    actor = g.get("actor")
    g.draft_form = name if actor and name in words.FORMS else ""
    if not g.draft_form:
        return None
    address = getattr(form, "draft_address", "") or (
        request.form.get("draft_of", "") if request.method == "POST" else ""
    )
    draft = getattr(form, "draft", None)
    return {
        "form": name,
        "address": address if _is_page(address) else address_of_page(),
        "owner": actor.user_id,
        "saved_at": int(draft.saved_at.timestamp() * 1000) if draft else 0,
    }


@bp.app_template_global()
def draft_to_leave(form: Form) -> int | None:
    """The id of the draft of a form that was sent and refused, for whoever decides against it."""
    field = draft_field(form)
    rows = queries.of_page(field["address"], actor=current_actor()) if field else ()
    return next((row.id for row in rows if row.form == form.keeps_draft), None)


@bp.app_template_global()
def draft_form() -> str:
    """The name of the form that is being shown, for its button; empty where it keeps no draft."""
    return str(g.get("draft_form", ""))


@bp.app_template_global()
def draft_of_refused() -> Draft | None:
    """A draft of the page that was refused or is gone: its text is still there."""
    if request.routing_exception is not None or request.endpoint is None:
        return None
    return next(iter(_drafts_here().values()), None)


@bp.app_template_filter()
def draft_saved(draft: Draft) -> str:
    return _at(draft.saved_at)


def _at(saved_at: datetime) -> str:
    """10:32 where it was today, with the day otherwise."""
    local = clock.local(saved_at)
    return f"{local:%H:%M}" if local.date() == clock.today() else moment(saved_at)
