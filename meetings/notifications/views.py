"""The inbox, one's choice, and for the operator what left the house."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from meetings.core.actor import Actor
from meetings.core.db import expect, writing
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, current_actor, require
from meetings.notifications import actions, queries, rules
from meetings.notifications.forms import SettingForm
from meetings.notifications.models import MessageStatus
from meetings.notifications.queries import NoticeLine
from meetings.notifications.rules import Kind
from meetings.notifications.words import CHANNELS, MESSAGE_STATUSES

bp = Blueprint("notifications", __name__)


@bp.get("/notices/")
def inbox() -> str:
    """One's own notices, the newest first, each with the sentence that may be passed on."""
    actor = current_actor()
    unread_only = request.args.get("unread") == "1"
    page, unread = queries.inbox(actor, unread_only=unread_only, page=page_number(request.args.get("page")))
    return render_template(
        "notifications/inbox.html",
        page=page,
        rows=[(row, _title(row), _sentence(row), _names_day(row)) for row in page.rows],
        unread=unread,
        unread_only=unread_only,
    )


@bp.post("/notices/<int:notice_id>/open")
def open_notice(notice_id: int) -> Any:
    """Mark it read and go on to the page it is about."""
    with writing():
        notice = queries.find(notice_id, actor=current_actor())
        path = notice.path
        actions.mark_read(notice)
    return redirect(request.script_root + path, 303)


@bp.post("/notices/read-all")
def read_all() -> Any:
    with writing():
        actions.mark_all_read(by=current_actor())
    flash(_("已全部标为已读"))
    return redirect(url_for(".inbox"), 303)


@bp.route("/notices/settings", methods=["GET", "POST"])
def settings() -> Any:
    """Where and when one is written to."""
    actor = current_actor()
    form = SettingForm(data=SettingForm.values_of(queries.setting_of(actor)))

    def act() -> None:
        setting = queries.setting_of(actor)
        expect(setting, form.version.data)
        actions.choose(setting, by=actor, **form.payload)

    done = carry_out(form, act, said=N_("通知设置已保存"), to=url_for(".inbox"))
    return done or render_template("notifications/settings.html", form=form)


def operator() -> Actor:
    return require("system.operate")


@bp.get("/system/messages")
def messages() -> str:
    """Every message that left the house or did not; without its text, its address masked."""
    actor = operator()
    asked = request.args.get("status", "")
    status = MessageStatus(asked) if asked in set(MessageStatus) else None
    return render_template(
        "notifications/messages.html",
        page=queries.messages(actor, status=status, page=page_number(request.args.get("page"))),
        status=status,
        statuses=MessageStatus,
        status_words=MESSAGE_STATUSES,
        channel_words=CHANNELS,
        masked=rules.masked,
    )


def _kind(row: NoticeLine) -> Kind | None:
    found: Kind | None = current_app.extensions["notices"].get(row.kind)
    return found


def _title(row: NoticeLine) -> str:
    kind = _kind(row)
    return _(kind.title) if kind else row.kind


def _names_day(row: NoticeLine) -> bool:
    kind = _kind(row)
    return row.day is not None and kind is not None and "%(day)s" in kind.sentence


def _sentence(row: NoticeLine) -> str:
    kind = _kind(row)
    if kind is None or not kind.sentence:
        return ""
    return rules.filled(_(kind.sentence), unit=row.unit, number=row.number, day=row.day, reason=row.reason)
