"""Calendars to subscribe to: make the address, take it back; and the calendar itself, without a sign-in."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for

from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.calendar import actions, queries, rules, words
from meetings.calendar.forms import ReplyForm
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction, writing
from meetings.core.errors import DomainError, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import gettext as _
from meetings.core.limits import Limiter
from meetings.core.web import carry_out, current_actor
from meetings.directory.queries import units_named
from meetings.links import actions as links
from meetings.links import queries as link_queries
from meetings.links.models import Link, LinkPurpose
from meetings.meetings import actions as meeting_actions
from meetings.meetings import queries as meeting_queries
from meetings.meetings import rules as meeting_rules
from meetings.meetings.models import Meeting, MeetingStatus
from meetings.meetings.words import ATTENDANCE_STATES, day_of, times_of
from meetings.notifications.queries import office
from meetings.notifications.rules import PLACEHOLDER

bp = Blueprint("calendar", __name__)

_limiter = Limiter()
_replies = Limiter(most=60)  # a county may share one address
_TOLD = "calendar.token"  # the new address, shown once


def _reader() -> Actor:
    """Who has anything on a calendar."""
    actor = current_actor()
    if not (actor.may("tasks.read_all") or actor.may("tasks.read_own")):
        raise NotFound
    return actor


def _slow_down(limiter: Limiter) -> None:
    """Whoever tries addresses is kept waiting."""
    if not limiter.admits(request.remote_addr or "", clock.now().timestamp()):
        abort(429)


def _log(subject: str, holder: Actor) -> None:
    with writing():
        log_access(AccessKind.DOWNLOAD, subject, by=holder, address=request.remote_addr or "")


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
    _slow_down(_limiter)
    link = link_queries.opened(token, LinkPurpose.CALENDAR)
    holder = queries.holder(link)
    content = rules.text(_("落实"), queries.entries(holder), now=clock.now())
    _log(f"calendar {link.id}", holder)
    return Response(content, content_type="text/calendar; charset=utf-8")


# --- invitations ----------------------------------------------------------------------------------------------------


@bp.post("/calendar/meetings/<int:meeting_id>/invite")
def invite(meeting_id: int) -> Any:
    """Ask everybody on the list who holds an account and was not asked yet."""
    actor = current_actor()

    signed = office(actor.committee_id)

    def letter(meeting: Meeting, who: str) -> tuple[str, str]:
        reply = url_for(".reply", token=PLACEHOLDER, _external=True)
        calendar = url_for(".invited_meeting", token=PLACEHOLDER, _external=True)
        return words.letter(meeting, who, reply=reply, calendar=calendar, office=signed)

    def said(count: int) -> None:
        flash(
            _("已发出 %(count)s 份邀请", count=count)
            if count
            else _("没有新的邀请要发：名单上有账号的都已发过，或者已经回复")
        )

    return carry_out(
        Form(),
        lambda: actions.invite(meeting_queries.find_to_change(meeting_id, actor=actor), letter=letter, by=actor),
        said=said,
        to=url_for("meetings.attendance", meeting_id=meeting_id),
    )


@bp.post("/calendar/meetings/<int:meeting_id>/revoke")
def revoke_invitations(meeting_id: int) -> Any:
    """Take back the invitations to a meeting; they may be sent anew."""
    actor = current_actor()
    return carry_out(
        Form(),
        lambda: actions.revoke_invitations(meeting_queries.find_to_change(meeting_id, actor=actor), by=actor),
        said=lambda count: flash(_("已作废 %(count)s 份邀请", count=count)),
        to=url_for("meetings.attendance", meeting_id=meeting_id),
    )


@bp.route("/calendar/reply/<token>", methods=["GET", "POST"])
def reply(token: str) -> Any:
    """The invitation behind a one-time address, without a sign-in."""
    _slow_down(_replies)
    link = link_queries.opened(token, LinkPurpose.INVITATION)
    return _invitation(link, url_for(".reply", token=token), url_for(".invited_meeting", token=token))


@bp.get("/calendar/reply/<token>/meeting.ics")
def invited_meeting(token: str) -> Response:
    """The meeting for the calendar of whoever is invited."""
    _slow_down(_limiter)
    return _meeting_file(link_queries.opened(token, LinkPurpose.INVITATION))


@bp.route("/calendar/invitations/<int:link_id>", methods=["GET", "POST"])
def invitation(link_id: int) -> Any:
    """One's own invitation, from the inbox."""
    link = link_queries.opened_by(current_actor(), link_id, LinkPurpose.INVITATION)
    here = url_for(".invitation", link_id=link_id)
    return _invitation(link, here, url_for(".own_invited_meeting", link_id=link_id))


@bp.get("/calendar/invitations/<int:link_id>/meeting.ics")
def own_invited_meeting(link_id: int) -> Response:
    return _meeting_file(link_queries.opened_by(current_actor(), link_id, LinkPurpose.INVITATION))


def _meeting_file(link: Link) -> Response:
    holder = queries.holder(link)
    meeting, _row = queries.invited(link)
    content = rules.text(meeting.title, [queries.entry_of(meeting)], now=clock.now())
    _log(f"invitation {link.id}", holder)
    return Response(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="meeting.ics"'},
    )


def _invitation(link: Link, here: str, calendar: str) -> Any:
    """Show the meeting and ask, or show what was answered; carry the answer out, once."""
    holder = queries.holder(link)
    meeting, row = queries.invited(link)
    form = ReplyForm()
    is_open = meeting.status is MeetingStatus.ANNOUNCED and not meeting_rules.is_answered(row)
    if is_open and form.validate_on_submit():
        try:
            with transaction(by=holder):
                meeting, row = queries.invited(link, to_change=True)
                meeting_actions.reply(meeting, row, **form.payload, by=holder)
                if form.personal_data_kept:
                    subject, address = f"invitation {link.id}", request.remote_addr or ""
                    log_access(AccessKind.PERSONAL_DATA_KEPT, subject, by=holder, address=address)
        except DomainError as refusal:
            if refusal.field is None:  # answered or called off at this very moment: the page says what stands
                return redirect(here, 303)
            form.refuse(refusal)
        else:
            return redirect(here, 303)
        meeting, row = queries.invited(link)
    if request.method == "GET":
        _log(f"invitation {link.id}", holder)
        meeting, row = queries.invited(link)
    return render_template(
        "calendar/reply.html",
        form=form if is_open else None,
        meeting=meeting,
        row=row,
        when=f"{day_of(meeting)}{times_of(meeting)}",
        answer=_(words.REPLIES.get(meeting_rules.foreseen(row)) or ATTENDANCE_STATES[row.state]),
        is_answered=meeting_rules.is_answered(row),
        is_cancelled=meeting.status is MeetingStatus.CANCELLED,
        office=office(link.committee_id),
        here=here,
        calendar=calendar,
    )
