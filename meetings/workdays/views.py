"""The office's own working days over the State Council's calendar."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, require
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
    done = carry_out(
        form,
        lambda: actions.override(by=actor, **form.payload),
        said=N_("已调整，时限和提醒按新的工作日计算"),
        to=lambda row: url_for(".days", year=row.day.year),
    )
    return done or render_template("workdays/override.html", form=form)


@bp.post("/<int:override_id>/take-back")
def take_back(override_id: int) -> Any:
    actor = editor()
    with transaction(by=actor):
        row = queries.find_override(override_id, actor=actor)
        year = row.day.year
        actions.take_back(row, by=actor)
    flash(_("调整已撤销，按国务院安排计"))
    return redirect(url_for(".days", year=year), 303)
