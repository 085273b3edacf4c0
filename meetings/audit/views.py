"""The auditor's pages: who changed what, and who signed in, printed or looked."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request

from meetings.audit import actions, queries
from meetings.audit.forms import AccessesFilter, ChangesFilter
from meetings.audit.models import AccessKind
from meetings.audit.queries import Filter
from meetings.audit.words import ACCESSES, CHANGES, SUBJECTS, column_word
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.forms import Form
from meetings.core.i18n import gettext as _
from meetings.core.paging import Page, page_number
from meetings.core.web import require

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.context_processor
def wording() -> dict[str, Any]:
    """Words of what pages show as codes."""
    return {
        "change_words": CHANGES,
        "subject_words": SUBJECTS,
        "access_words": ACCESSES,
        "column_word": lambda subject, column: _(column_word(subject, column)),
    }


def auditor() -> Actor:
    return require("audit.read")


def _asked(form: Form) -> Filter:
    """What could be read of the filter; the page names what could not."""
    form.validate()
    return Filter(
        **{
            name: field.data
            for name, field in form._fields.items()
            if name in Filter.__slots__ and not field.errors and field.data
        }
    )


def _log(name: str, form: Form, find: Callable[..., Page[Any]], actor: Actor) -> str:
    """A page of one of the two logs, as its filter asks."""
    page = find(actor, _asked(form), page=page_number(request.args.get("page")))
    return render_template(f"audit/{name}.html", page=page, form=form, is_filtered=any(form.payload.values()))


@bp.get("/")
def changes() -> str:
    actor = auditor()
    subjects = [(subject, SUBJECTS.get(subject, subject)) for subject in queries.subjects(actor)]
    return _log("changes", ChangesFilter(request.args, subjects=subjects), queries.changes, actor)


@bp.get("/<int:entry_id>")
def change(entry_id: int) -> str:
    actor = auditor()
    return render_template(
        "audit/change.html",
        entry=queries.find_change(entry_id, actor=actor),
        values=None,
    )


@bp.post("/<int:entry_id>/values")
def values(entry_id: int) -> Any:
    """Old and new values, for who was granted that; the look is written down before anything is shown."""
    actor = auditor()
    require("audit.read_values")
    entry = queries.find_change(entry_id, actor=actor)
    with writing():
        actions.log_access(
            AccessKind.AUDIT_READ,
            f"audit {entry.seq} {entry.subject} {entry.subject_id}",
            by=actor,
            address=request.remote_addr or "",
        )
    return render_template(
        "audit/change.html",
        entry=entry,
        values=queries.values_of(entry_id, actor=actor),
    )


@bp.get("/access")
def accesses() -> str:
    return _log("accesses", AccessesFilter(request.args), queries.accesses, auditor())
