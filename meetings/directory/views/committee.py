"""The committee: what body and office are called since when, and where the office is reached."""

from typing import Any

from flask import render_template, url_for

from meetings.core import clock
from meetings.core.db import expect
from meetings.core.i18n import N_
from meetings.core.web import carry_out
from meetings.directory import actions, queries
from meetings.directory.forms import EditCommitteeForm, RenameCommitteeForm
from meetings.directory.views.units import bp, editor, reader


@bp.get("/committee")
def committee() -> str:
    actor = reader()
    return render_template(
        "directory/committee.html",
        committee=queries.committee_of(actor),
        names=queries.committee_names(actor.committee_id),
        now=queries.names_of_committee(actor.committee_id, clock.today()),
        today=clock.today(),
    )


@bp.route("/committee/edit", methods=["GET", "POST"])
def edit_committee() -> Any:
    actor = editor()
    form = EditCommitteeForm(data=EditCommitteeForm.values_of(queries.committee_of(actor)))

    def act() -> None:
        row = queries.committee_of(actor)
        expect(row, form.version.data)
        actions.edit_committee(row, by=actor, **form.payload)

    done = carry_out(form, act, said=N_("办公室资料已修改"), to=url_for(".committee"))
    return done or render_template("directory/edit_committee.html", form=form)


@bp.route("/committee/rename", methods=["GET", "POST"])
def rename_committee() -> Any:
    actor = editor()
    form = RenameCommitteeForm(data=queries.names_of_committee(actor.committee_id, clock.today()).as_fields())
    done = carry_out(
        form,
        lambda: actions.rename_committee(queries.committee_of(actor), by=actor, **form.payload),
        said=N_("名称已登记"),
        to=url_for(".committee"),
    )
    return done or render_template("directory/rename_committee.html", form=form)
