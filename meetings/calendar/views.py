"""Calendars to subscribe to: make the address, take it back; and the calendar itself, without a sign-in."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for

from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.calendar import queries, rules
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction, writing
from meetings.core.errors import NotFound
from meetings.core.i18n import gettext as _
from meetings.core.limits import Limiter
from meetings.core.web import current_actor
from meetings.directory.queries import units_named
from meetings.links import actions as links
from meetings.links import queries as link_queries
from meetings.links.models import LinkPurpose

bp = Blueprint("calendar", __name__)

_limiter = Limiter()
_TOLD = "calendar.token"  # the new address, shown once


def _reader() -> Actor:
    """Who has anything on a calendar."""
    actor = current_actor()
    if not (actor.may("tasks.read_all") or actor.may("tasks.read_own")):
        raise NotFound
    return actor


@bp.get("/calendar/")
def addresses() -> str:
    """One's own addresses, and a new one this once."""
    actor = _reader()
    held = {link.unit_id: link for link in link_queries.own(actor, LinkPurpose.CALENDAR)}
    units = units_named(sorted(actor.unit_ids)) if actor.may("tasks.read_own") else {}
    token = session.pop(_TOLD, None)
    return render_template(
        "calendar/addresses.html",
        rows=[(None, _("我的日历"), held.get(None)), *((id_, name, held.get(id_)) for id_, name in units.items())],
        new_address=url_for(".feed", token=token, _external=True) if token else None,
    )


@bp.post("/calendar/new")
def make() -> Any:
    """A new address for the account or one of its units; the earlier one opens nothing from now on."""
    actor = _reader()
    typed = request.form.get("unit_id", "")
    unit_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    if unit_id is not None and unit_id not in actor.unit_ids:
        raise NotFound
    with transaction(by=actor):
        token = links.make(LinkPurpose.CALENDAR, unit_id=unit_id, lasts=rules.LASTS, by=actor)
    session[_TOLD] = token
    return redirect(url_for(".addresses"), 303)


@bp.post("/calendar/<int:link_id>/revoke")
def revoke(link_id: int) -> Any:
    actor = _reader()
    with transaction(by=actor):
        links.revoke(link_queries.find_own(link_id, actor=actor), by=actor)
    flash(_("订阅地址已作废"))
    return redirect(url_for(".addresses"), 303)


@bp.get("/calendar/<token>.ics")
def feed(token: str) -> Response:
    """Meetings and task dates that the holder may see today; every look is written down."""
    if not _limiter.admits(request.remote_addr or "", clock.now().timestamp()):
        abort(429)
    link = link_queries.opened(token, LinkPurpose.CALENDAR)
    holder = queries.holder(link)
    content = rules.text(_("落实"), queries.entries(holder), now=clock.now())
    subject = f"calendar {link.id}"
    with writing():
        log_access(AccessKind.DOWNLOAD, subject, by=holder, address=request.remote_addr or "")
    return Response(content, content_type="text/calendar; charset=utf-8")
