"""Groups of units, for addressing and for who is asked to a meeting."""

from typing import Any

from flask import render_template, url_for

from meetings.core import clock
from meetings.core.db import expect
from meetings.core.i18n import N_
from meetings.core.web import carry_out
from meetings.directory import actions, queries
from meetings.directory.forms import CreateGroupForm, EditGroupForm
from meetings.directory.views.units import bp, editor, reader


@bp.get("/groups/")
def groups() -> str:
    actor = reader()
    return render_template(
        "directory/groups.html",
        groups=queries.groups(actor, include_ended=True),
        units=queries.units(actor, include_dissolved=True),
        today=clock.today(),
    )


@bp.route("/groups/new", methods=["GET", "POST"])
def create_group() -> Any:
    actor = editor()
    form = CreateGroupForm(units=queries.pickable(actor))
    done = carry_out(
        form, lambda: actions.create_group(by=actor, **form.payload), said=N_("单位组已建立"), to=url_for(".groups")
    )
    return done or render_template("directory/create_group.html", form=form)


@bp.route("/groups/<int:group_id>/edit", methods=["GET", "POST"])
def edit_group(group_id: int) -> Any:
    actor = editor()
    row = queries.find_group(group_id, actor=actor)
    form = EditGroupForm(
        units=queries.pickable(actor, also=[member.unit_id for member in row.members]),
        data=EditGroupForm.values_of(row),
    )

    def act() -> None:
        row = queries.find_group(group_id, actor=actor)
        expect(row, form.version.data)
        actions.edit_group(row, by=actor, **form.payload)

    done = carry_out(form, act, said=N_("单位组已修改"), to=url_for(".groups"))
    return done or render_template(
        "directory/edit_group.html", form=form, group=queries.find_group(group_id, actor=actor)
    )
