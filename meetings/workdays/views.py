"""The office's own working days over the State Council's calendar."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction
from meetings.core.errors import DomainError
from meetings.core.i18n import gettext as _
from meetings.core.once import once
from meetings.core.web import require
from meetings.workdays import actions, queries, rules
from meetings.workdays.forms import OverrideForm

bp = Blueprint("workdays", __name__, url_prefix="/workdays")


def editor() -> Actor:
    return require("directory.edit")


@bp.get("/")
def days() -> str:
    actor = editor()
    this_year = clock.today().year
    asked = request.args.get("year", "")
    year = int(asked) if asked in {str(this_year + n) for n in range(-2, 3)} else this_year
    return render_template(
        "workdays/days.html",
        year=year,
        years=range(this_year - 1, this_year + 2),
        stretches=rules.special_days(year),
        is_provisional=rules.is_provisional(date(year, 12, 31)),
        overrides=queries.overrides(year, actor=actor),
    )


@bp.route("/new", methods=["GET", "POST"])
def override() -> Any:
    actor = editor()
    form = OverrideForm()
    if form.validate_on_submit():
        try:
            with transaction(by=actor), once(form.form_key.data, by=actor) as outcome:
                row = actions.override(by=actor, **form.payload)
                outcome.location = url_for(".days", year=row.day.year)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("已调整，时限和提醒按新的工作日计算"))
            return redirect(outcome.location, 303)
    return render_template("workdays/override.html", form=form)


@bp.post("/<int:override_id>/take-back")
def take_back(override_id: int) -> Any:
    actor = editor()
    with transaction(by=actor):
        row = queries.find_override(override_id, actor=actor)
        year = row.day.year
        actions.take_back(row, by=actor)
    flash(_("调整已撤销，按国务院安排计"))
    return redirect(url_for(".days", year=year), 303)
