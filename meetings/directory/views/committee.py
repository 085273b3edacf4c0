"""The committee: what body and office are called since when, and where the office is reached."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from meetings.core import clock
from meetings.core.db import expect
from meetings.core.errors import DomainError
from meetings.core.i18n import gettext as _
from meetings.directory import actions, queries
from meetings.directory.forms import EditCommitteeForm, RenameCommitteeForm
from meetings.directory.views.units import bp, carried_out, editor, reader


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
    if form.validate_on_submit():
        with carried_out(form, by=actor) as outcome:
            row = queries.committee_of(actor)
            expect(row, form.version.data)
            actions.edit_committee(row, by=actor, **form.payload)
            outcome.location = url_for(".committee")
        flash(_("办公室资料已修改"))
        return redirect(outcome.location, 303)
    return render_template("directory/edit_committee.html", form=form)


@bp.route("/committee/rename", methods=["GET", "POST"])
def rename_committee() -> Any:
    actor = editor()
    form = RenameCommitteeForm(data=queries.names_of_committee(actor.committee_id, clock.today()).as_fields())
    if form.validate_on_submit():
        try:
            with carried_out(form, by=actor) as outcome:
                actions.rename_committee(queries.committee_of(actor), by=actor, **form.payload)
                outcome.location = url_for(".committee")
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("名称已登记"))
            return redirect(outcome.location, 303)
    return render_template("directory/rename_committee.html", form=form)
