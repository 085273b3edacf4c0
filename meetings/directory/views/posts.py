"""Posts: who holds what where, from one day until another."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.db import expect
from meetings.core.errors import DomainError
from meetings.core.i18n import gettext as _
from meetings.directory import actions, queries, rules
from meetings.directory.forms import AddPostForm, EditPostForm, EndPostForm
from meetings.directory.models import Post
from meetings.directory.views.units import bp, carried_out, editor


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
    if form.validate_on_submit():
        try:
            with carried_out(form, by=actor) as outcome:
                post = actions.add_post(by=actor, **form.payload)
                outcome.location = _where(post)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("任职已登记"))
            _warn_when_late(form.from_on.data)
            return redirect(outcome.location, 303)
    return render_template("directory/add_post.html", form=form)


@bp.route("/posts/<int:post_id>/edit", methods=["GET", "POST"])
def edit_post(post_id: int) -> Any:
    actor = editor()
    row = queries.find_post(post_id, actor=actor)
    form = EditPostForm(data=EditPostForm.values_of(row))
    if form.validate_on_submit():
        try:
            with carried_out(form, by=actor) as outcome:
                row = queries.find_post(post_id, actor=actor)
                expect(row, form.version.data)
                actions.edit_post(row, by=actor, **form.payload)
                outcome.location = _where(row)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("任职已更正"))
            return redirect(outcome.location, 303)
    return render_template("directory/edit_post.html", form=form, post=queries.find_post(post_id, actor=actor))


@bp.route("/posts/<int:post_id>/end", methods=["GET", "POST"])
def end_post(post_id: int) -> Any:
    actor = editor()
    form = EndPostForm(data={"until_on": clock.today()})
    if form.validate_on_submit():
        try:
            with carried_out(form, by=actor) as outcome:
                row = queries.find_post(post_id, actor=actor)
                actions.end_post(row, by=actor, **form.payload)
                outcome.location = _where(row)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("止任已登记，以前的会议和名单不变"))
            _warn_when_late(form.until_on.data)
            return redirect(outcome.location, 303)
    return render_template("directory/end_post.html", form=form, post=queries.find_post(post_id, actor=actor))
