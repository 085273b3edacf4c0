"""The grid where values are entered, the unit's sheet to be sealed, and what those who check do."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from meetings.attachments.forms import received
from meetings.attachments.views import max_megabytes, send, store
from meetings.attachments.words import HINT
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotFound
from meetings.core.i18n import N_, day_short
from meetings.core.i18n import gettext as _
from meetings.core.web import carried_out, carry_out, current_actor, require
from meetings.directory import queries as directory
from meetings.plans import words
from meetings.plans.actions import values as actions
from meetings.plans.forms.values import (
    PARTS,
    SheetForm,
    ValuesForm,
    part_of,
    question_words,
)
from meetings.plans.queries import checking, find_indicator
from meetings.plans.queries import values as queries
from meetings.plans.queries.values import Line
from meetings.plans.rules import checks, entry
from meetings.plans.rules.figures import Figure, factor_of, figure_text
from meetings.plans.rules.judgement import available_on
from meetings.plans.rules.owing import value_due_on
from meetings.plans.views.blueprint import bp
from meetings.workdays.queries import calendar

bp.add_app_template_filter(figure_text, "figure")
bp.add_app_template_filter(part_of, "value_part")


def number_asked(name: str) -> int | None:
    """A whole number in the address, or None."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def year_asked(years: Sequence[int]) -> int:
    """The year in the address; last year where none is named, whose figures are due."""
    year = number_asked("year")
    if year is None:
        return next((each for each in years if each < clock.today().year), years[0])
    if year not in years:
        raise NotFound
    return year


def years_open(actor: Actor) -> list[int]:
    return queries.years_to_enter(actor, last=clock.today().year)


# --- the grid ---------------------------------------------------------------------------------------------------


@bp.route("/plans/values", methods=["GET", "POST"])
def values() -> Any:
    """A unit's indicators of a year; without a unit, for those who check, what comes from above."""
    actor = require("plans.enter_values")
    is_checker = queries.is_checker(actor)
    years = years_open(actor)
    if not years:
        return render_template("plans/values.html", form=None, years=[], year=None, lines=[], is_checker=is_checker)
    year = year_asked(years)
    from_above = bool(request.args.get("above"))
    unit = None
    if from_above:
        if not is_checker:
            raise NotFound
    else:
        unit_id = number_asked("unit") or min(actor.unit_ids, default=None)
        if unit_id is None:  # the office has no unit of its own
            return redirect(url_for(".values_progress", year=year), 303)
        if unit_id not in actor.unit_ids and not is_checker:
            raise NotFound
        unit = directory.find_unit(unit_id, actor=actor)
    unit_id = unit.id if unit else min(actor.unit_ids, default=None)

    def lines() -> list[Line]:
        if unit is None:
            return queries.lines_from_above(year, actor=actor)
        return queries.lines_of_unit(unit_id or 0, year, actor=actor)

    return _grid(
        lines,
        year,
        unit_id=unit_id,
        to=url_for(".values", year=year, **({"above": 1} if from_above else {"unit": unit_id})),
        years=years,
        is_checker=is_checker,
        unit=unit,
        indicator=None,
    )


@bp.route("/indicators/<int:indicator_id>/townships", methods=["GET", "POST"])
def values_of_townships(indicator_id: int) -> Any:
    """One indicator, township by township, entered by its lead unit or by those who check."""
    actor = require("plans.enter_values")
    plan = find_indicator(indicator_id, actor=actor).plan
    years = [year for year in years_open(actor) if plan.from_year <= year <= plan.until_year]
    if not years:
        raise NotFound
    year = year_asked(years)
    lines = queries.lines_of_townships(indicator_id, year, actor=actor)
    lead_id = queries.leads([indicator_id]).get(indicator_id)
    is_checker = queries.is_checker(actor)
    if not is_checker and lead_id not in actor.unit_ids:
        raise NotFound
    if not lines:
        raise DomainError("value.no_townships")
    return _grid(
        lambda: queries.lines_of_townships(indicator_id, year, actor=actor),
        year,
        county=queries.county_figure(indicator_id, year),
        unit_id=lead_id,
        to=url_for(".values_of_townships", indicator_id=indicator_id, year=year),
        years=years,
        is_checker=is_checker,
        unit=None,
        indicator=lines[0].measured,
    )


def _grid(
    load: Callable[[], list[Line]],
    year: int,
    *,
    unit_id: int | None,
    to: str,
    years: list[int],
    county: Figure | None = None,
    **shown: Any,
) -> Any:
    actor = current_actor()
    lines = load()
    period = queries.period(year, actor=actor)
    locked_at = period.locked_at if period else None
    form = ValuesForm(lines, year=year, is_locked=locked_at is not None, county=county)
    status = 200
    strange: list[str] | None = None
    if request.method == "POST" and request.form.get("more") == "pasted":
        strange = form.take_pasted(request.form.get("pasted", ""))
    elif form.validate_on_submit():
        try:
            with carried_out(form, to):
                saved, submitted = actions.save_values(
                    [
                        actions.Entry(
                            typed.line.key,
                            typed.line.measured.id,
                            typed.line.unit_id,
                            typed.line.sex,
                            typed.line.area,
                            typed.figure,
                            typed.reason,
                            typed.note,
                            typed.seen,
                        )
                        for typed in form.typed
                    ],
                    year=year,
                    entered_unit_id=unit_id,
                    is_submitting=bool(request.form.get("submit_values")),
                    by=actor,
                )
        except DomainError as refusal:
            if refusal.code != "value.changed_meanwhile":
                form.refuse(refusal)
            else:
                lines = load()
                form.show_conflicts(refusal.details["keys"], {line.key: line for line in lines})  # type: ignore[arg-type]  # keys, as raised
                status = 409
        else:
            flash(
                _("已保存 %(saved)s 行，报送核对 %(submitted)s 个数值", saved=saved, submitted=submitted)
                if submitted
                else _("已保存 %(saved)s 行", saved=saved)
            )
            return redirect(to, 303)
    return render_template(
        "plans/values.html",
        form=form,
        lines=lines,
        year=year,
        years=years,
        locked_at=locked_at,
        period=period,
        strange=strange,
        address=to,
        unit_id=unit_id,
        state_words=words.VALUE_STATES,
        parts=PARTS,
        county=county,
        due={} if locked_at else _due_words(lines, year, actor),
        asked={line.key: asked_of(line, year) for line in lines if line.kept},
        **shown,
    ), status


def _due_words(lines: Sequence[Line], year: int, actor: Actor) -> dict[str, tuple[str, bool]]:
    """By line what is said of a value that was not submitted, and whether its day has passed."""
    today, days = clock.today(), calendar(actor.committee_id)
    found = {}
    for line in lines:
        if line.unit_id or not line.is_whole or (line.kept and line.kept.state in entry.KNOWN):
            continue
        out_on = available_on(year, *line.measured.available)
        due_on = value_due_on(year, line.measured.available, days)
        if out_on > today:
            found[line.key] = _("%(day)s起产出", day=day_short(out_on)), False
        elif due_on < today:
            found[line.key] = _("逾期，应于%(day)s前报", day=day_short(due_on)), True
        else:
            found[line.key] = _("%(day)s前报", day=day_short(due_on)), False
    return found


def asked_of(line: Line, year: int) -> list[str]:
    """What the checks ask about a value as it stands, in words."""
    if line.kept is None or line.kept.figure.is_empty:
        return []
    asked = checks.questions(
        line.kept.figure, year=year, factor=factor_of(line.measured.unit_of_measure), earlier=line.earlier
    )
    return [question_words(question, line.measured.decimals) for question in asked]


# --- the sheet that is sealed -----------------------------------------------------------------------------------


@bp.route("/plans/values/sheet", methods=["GET", "POST"])
def values_sheet() -> Any:
    """A unit's table of a year to be printed, signed and sealed; the scan comes back here."""
    actor = require("plans.enter_values")
    unit_id, years = number_asked("unit") or min(actor.unit_ids, default=None), years_open(actor)
    if unit_id is None or not years:
        raise NotFound
    year = year_asked(years)
    checking.sheets(unit_id, year, actor=actor)  # whose it is not finds nothing
    form = SheetForm()
    done = carry_out(
        form,
        lambda: actions.keep_sheets(
            received(form.files),
            unit_id=unit_id,
            year=year,
            storage=store(),
            max_megabytes=max_megabytes(),
            personal_data_confirmed=bool(form.personal_data_confirmed.data),
            by=actor,
        ),
        said=N_("盖章页已存"),
        to=url_for(".values_sheet", unit=unit_id, year=year),
    )
    return done or render_template(
        "plans/values_sheet.html",
        form=form,
        unit=directory.find_unit(unit_id, actor=actor),
        year=year,
        years=years,
        lines=queries.lines_of_unit(unit_id, year, actor=actor),
        sheets=checking.sheets(unit_id, year, actor=actor),
        state_words=words.VALUE_STATES,
        hint=_(HINT, max=max_megabytes()),
        today=clock.today(),
    )


@bp.get("/plans/values/sheets/<int:sheet_id>")
def values_sheet_file(sheet_id: int) -> Any:
    return send(checking.find_sheet(sheet_id, actor=current_actor()).attachment)
