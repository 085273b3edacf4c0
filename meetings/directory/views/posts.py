"""Posts: who holds what where, from one day until another."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for

from meetings.core import clock
from meetings.core.db import expect
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out
from meetings.directory import actions, queries, rules
from meetings.directory.forms import AddPostForm, EditPostForm, EndPostForm
from meetings.directory.models import Post
from meetings.directory.views.units import bp, editor


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _where(post: Post) -> str:
    """The page to go on to: the person's, or the unit's where nobody is named."""
    if post.person_id is None:
        return url_for(".unit", unit_id=post.unit_id)
    return url_for(".person", person_id=post.person_id)


def _warn_when_late(changed_on: date | None) -> None:
    if changed_on and rules.is_reported_late(changed_on, clock.today()):
        flash(_("这次变动距今已超过一个月。岗位变动应在一个月内报办公室，请提醒该单位"), "warn")


@bp.route("/posts/new", methods=["GET", "POST"])
def add_post() -> Any:
    actor = editor()
    form = AddPostForm(
        people=queries.person_choices(actor),
        units=queries.pickable(actor),
        data={"person_id": _number("person"), "unit_id": _number("unit")},
    )
    done = carry_out(form, lambda: actions.add_post(by=actor, **form.payload), said=N_("任职已登记"), to=_where)
    if done:
        _warn_when_late(form.from_on.data)
    return done or render_template("directory/add_post.html", form=form)


@bp.route("/posts/<int:post_id>/edit", methods=["GET", "POST"])
def edit_post(post_id: int) -> Any:
    actor = editor()
    row = queries.find_post(post_id, actor=actor)
    form = EditPostForm(data=EditPostForm.values_of(row))

    def act() -> Post:
        row = queries.find_post(post_id, actor=actor)
        expect(row, form.version.data)
        actions.edit_post(row, by=actor, **form.payload)
        return row

    done = carry_out(form, act, said=N_("任职已更正"), to=_where)
    return done or render_template("directory/edit_post.html", form=form, post=queries.find_post(post_id, actor=actor))


@bp.route("/posts/<int:post_id>/end", methods=["GET", "POST"])
def end_post(post_id: int) -> Any:
    actor = editor()
    form = EndPostForm(data={"until_on": clock.today()})

    def act() -> Post:
        row = queries.find_post(post_id, actor=actor)
        actions.end_post(row, by=actor, **form.payload)
        return row

    done = carry_out(form, act, said=N_("止任已登记，以前的会议和名单不变"), to=_where)
    if done:
        _warn_when_late(form.until_on.data)
    return done or render_template("directory/end_post.html", form=form, post=queries.find_post(post_id, actor=actor))
