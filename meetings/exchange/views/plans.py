"""/plans/<id>/import: a pasted 任务分解书 or a workbook becomes goals or indicators of a plan."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.core.i18n import gettext as _
from meetings.core.web import carried_out, refuse_early, require
from meetings.core.workbook import MOST_ROWS, Grid, read
from meetings.exchange import words
from meetings.exchange.actions import tables as actions
from meetings.exchange.catalogue import TABLES
from meetings.exchange.forms.plans import PlanImportForm
from meetings.exchange.rules.plans import pasted
from meetings.exchange.views.draft import bp
from meetings.exchange.views.tables import findings_file, replaced, shown_of
from meetings.plans import queries as plans
from meetings.plans.models import Plan
from meetings.plans.rules import tree


@bp.route("/plans/<int:plan_id>/import", methods=["GET", "POST"])
def plan_import(plan_id: int) -> Any:
    """The first press shows what each row becomes, the second carries it out, all or nothing."""
    actor = require("plans.edit")
    plan = plans.find_plan(plan_id, actor=actor)
    refuse_early(lambda: tree.check_open(plan))
    form = PlanImportForm()
    found: actions.Preview | None = None
    if form.validate_on_submit():
        try:
            found = _preview(form, plan, actor)
            if request.form.get("findings"):
                return findings_file(TABLES[form.code.data or "goals"], found)
            if form.previewed.data == found.fingerprint and found.may_be_carried_out:
                return _carry_out(form, plan_id, actor)
            if form.previewed.data and not form.files.fresh:
                form.form_errors.append(_(words.CHANGED_SINCE))
            form.keep_files()
        except actions.RowsRefused as refusal:
            _say(form, refusal)
            found = replaced(found, refusal.line)
        except DomainError as refusal:
            _say(form, refusal)
    plan = plans.find_plan(plan_id, actor=actor)
    kind = TABLES[form.code.data or "goals"]
    return render_template("exchange/plan_import.html", kind=kind, form=form, plan=plan, **shown_of(kind, found))


def _say(form: PlanImportForm, refusal: DomainError) -> None:
    """Beside what was given: the pasted text, or the file."""
    beside = "text" if refusal.field == "files" and form.text.data else refusal.field
    form.refuse(DomainError(refusal.code, field=beside, **refusal.details))


def _preview(form: PlanImportForm, plan: Plan, actor: Actor) -> actions.Preview:
    kind = TABLES[form.code.data or "goals"]
    if form.text.data:
        rows = pasted(form.text.data)
        if len(rows) > MOST_ROWS:
            raise DomainError("workbook.too_many_rows", field="text", most=MOST_ROWS, count=len(rows))
        grid = Grid(kind.title, rows, ())
    else:
        grids = read(form.content)
        grid = next((grid for grid in grids if grid.name == kind.title), grids[0] if grids else Grid("", (), ()))
    found = actions.preview_grid(
        kind,
        grid,
        plan=plan.title,
        secret=b"",
        personal_data_confirmed=bool(form.personal_data_confirmed.data),
        by=actor,
    )
    form.personal_data_found = form.personal_data_found or any(
        error.code == "row.personal_data" for line in found.lines for error in line.errors
    )
    return found


def _carry_out(form: PlanImportForm, plan_id: int, actor: Actor) -> Any:
    """Read once more inside the transaction: what was looked at is what is done, or nothing is."""
    kind = TABLES[form.code.data or "goals"]
    with carried_out(form, url_for("plans.detail", plan_id=plan_id)) as outcome:
        found = _preview(form, plans.find_plan(plan_id, actor=actor), actor)
        if form.previewed.data != found.fingerprint:
            raise DomainError("table.changed_since", field="files")
        count = actions.carry_out(kind, found.lines, head_confirms_every=False, by=actor)
    flash(_("已导入：%(n)s 行办理完毕", n=count))
    return redirect(outcome.location, 303)
