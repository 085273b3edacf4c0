"""People: two of one name stay two."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.db import expect, writing
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, require
from meetings.directory import actions, queries
from meetings.directory.forms import CreatePersonForm, EditPersonForm
from meetings.directory.views.units import bp, editor, reader
from meetings.directory.words import POST_KINDS


@bp.get("/people/")
def people() -> str:
    actor = reader()
    typed = request.args.get("q", "")[:100]
    page = queries.people(actor, typed=typed, page=page_number(request.args.get("page")))
    posts = queries.posts_of_people([person.id for person in page.rows], clock.today())
    return render_template("directory/people.html", page=page, posts=posts, typed=typed, post_words=POST_KINDS)


@bp.get("/people/<int:person_id>")
def person(person_id: int) -> str:
    actor = reader()
    row = queries.find_person(person_id, actor=actor)
    return render_template(
        "directory/person.html",
        person=row,
        posts=queries.posts_of_person(row),
        namesakes=queries.namesakes(row),
        post_words=POST_KINDS,
        today=clock.today(),
    )


@bp.route("/people/new", methods=["GET", "POST"])
def create_person() -> Any:
    actor = editor()
    form = CreatePersonForm(data={"protocol_order": 1000})
    done = carry_out(
        form,
        lambda: actions.create_person(by=actor, **form.payload),
        said=N_("人员已登记，请接着登记任职"),
        to=lambda row: url_for(".person", person_id=row.id),
    )
    return done or render_template("directory/create_person.html", form=form)


@bp.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
def edit_person(person_id: int) -> Any:
    actor = editor()
    row = queries.find_person(person_id, actor=actor)
    form = EditPersonForm(data=EditPersonForm.values_of(row))

    def act() -> None:
        row = queries.find_person(person_id, actor=actor)
        expect(row, form.version.data)
        actions.edit_person(row, by=actor, **form.payload)

    done = carry_out(form, act, said=N_("人员资料已修改"), to=url_for(".person", person_id=person_id))
    return done or render_template(
        "directory/edit_person.html", form=form, person=queries.find_person(person_id, actor=actor)
    )


@bp.post("/people/<int:person_id>/unmask")
def unmask(person_id: int) -> Any:
    """Show the whole number once; that it was looked at is logged."""
    actor = require("directory.unmask")
    with writing():
        row = queries.find_person(person_id, actor=actor)
        name, mobile = row.name, actions.unmask_mobile(row, by=actor, address=request.remote_addr or "")
    flash(_("%(name)s的手机号是 %(mobile)s，本次查看已记入日志", name=name, mobile=mobile))
    return redirect(url_for(".person", person_id=person_id), 303)
