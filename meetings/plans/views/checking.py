"""What those who check values do: progress, checking, returns, corrections, locks, and who checks."""

from typing import Any

from flask import flash, render_template, request, url_for

from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import NotFound
from meetings.core.forms import Choice, Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, refuse_early, require
from meetings.directory import queries as directory
from meetings.plans.actions import values as actions
from meetings.plans.forms.values import CorrectValueForm, ReasonForm, StatisticsUnitForm, plain
from meetings.plans.queries import checking
from meetings.plans.queries import values as queries
from meetings.plans.rules import entry
from meetings.plans.views.blueprint import bp
from meetings.plans.views.values import asked_of, year_asked, years_open


def _checker() -> Actor:
    actor = require("plans.enter_values")
    if not queries.is_checker(actor):
        raise NotFound
    return actor


@bp.get("/plans/values/progress")
def values_progress() -> Any:
    """Who is how far with a year, and whether it is locked."""
    actor = _checker()
    years = years_open(actor)
    year = year_asked(years) if years else None
    return render_template(
        "plans/values_progress.html",
        years=years,
        year=year,
        units=checking.counts_by_unit(year, actor=actor) if year else [],
        period=queries.period(year, actor=actor) if year else None,
        checker=queries.statistics_unit(actor),
    )


@bp.route("/plans/values/check", methods=["GET", "POST"])
def check_values() -> Any:
    """What waits to be checked in a year; those that are ticked are confirmed together."""
    actor = _checker()
    years = years_open(actor)
    if not years:
        raise NotFound
    year = year_asked(years)
    form = Form()
    ids = {int(text) for text in request.form.getlist("ids") if text.isascii() and text.isdigit() and len(text) < 10}
    if form.is_submitted() and not ids:
        form.form_errors.append(_("请先勾选核对过的数值"))
    else:
        done = carry_out(
            form,
            lambda: actions.check_values(checking.values_to_change(ids, actor=actor), by=actor),
            said=lambda count: flash(_("已核对 %(count)s 个数值", count=count)),
            to=url_for(".check_values", year=year),
        )
        if done:
            return done
    waiting = checking.submitted(year, actor=actor)
    return render_template(
        "plans/check_values.html",
        form=form,
        years=years,
        year=year,
        waiting=waiting,
        asked={each.kept.id: asked_of(each.line, year) for each in waiting},
        own_name=actor.name,
    )


@bp.route("/plans/values/<int:value_id>/return", methods=["GET", "POST"])
def return_value(value_id: int) -> Any:
    actor = _checker()
    row = checking.find_value(value_id, actor=actor)
    refuse_early(lambda: entry.check_return(row, "x"))
    year = row.year
    form = ReasonForm()
    done = carry_out(
        form,
        lambda: actions.return_value(checking.find_value(value_id, actor=actor), **form.payload, by=actor),
        said=N_("已退回，该单位须重新报送"),
        to=url_for(".check_values", year=year),
    )
    return done or render_template("plans/return_value.html", form=form, row=checking.find_value(value_id, actor=actor))


@bp.route("/plans/values/<int:value_id>/correct", methods=["GET", "POST"])
def correct_value(value_id: int) -> Any:
    actor = _checker()
    row = checking.find_value(value_id, actor=actor)
    refuse_early(lambda: entry.check_correction(row, "x"))
    indicator = row.indicator
    filled = {
        "numerator": plain(row.numerator),
        "denominator": plain(row.denominator),
        "value": "" if row.denominator is not None else plain(row.value, indicator.decimals),
        "version": row.version,
    }
    form = CorrectValueForm(
        unit_of_measure=indicator.unit_of_measure, **({} if request.method == "POST" else {"data": filled})
    )

    def act() -> None:
        row = checking.find_value(value_id, actor=actor)
        expect(row, form.version.data)
        actions.correct_value(row, **form.payload, by=actor)

    there = url_for(".indicator", indicator_id=row.indicator_id)
    if done := carry_out(form, act, said=N_("已更正，原数值留存"), to=there):
        return done
    row = checking.find_value(value_id, actor=actor)
    return render_template(
        "plans/correct_value.html",
        form=form,
        row=row,
        indicator=row.indicator,
        corrections=checking.corrections_of([row.id]),
    )


@bp.route("/plans/values/lock", methods=["GET", "POST"])
def lock_values() -> Any:
    """Lock a year, or open it again with a reason."""
    actor = require("plans.lock_values")
    years = years_open(actor)
    if not years:
        raise NotFound
    year = year_asked(years)
    period = queries.period(year, actor=actor)
    is_locked = period is not None and period.locked_at is not None
    form = ReasonForm() if is_locked else Form()

    def act() -> None:
        if is_locked:
            actions.unlock_year(year, reason=form.reason.data, by=actor)
        else:
            actions.lock_year(year, by=actor)

    done = carry_out(
        form,
        act,
        said=N_("已解除锁定") if is_locked else N_("已锁定，之后只能更正"),
        to=url_for(".values_progress", year=year),
    )
    return done or render_template(
        "plans/lock_values.html",
        form=form,
        year=year,
        period=queries.period(year, actor=actor),
        is_locked=is_locked,
        units=checking.counts_by_unit(year, actor=actor),
    )


@bp.route("/plans/values/checker", methods=["GET", "POST"])
def statistics_unit() -> Any:
    """Name the unit that checks values."""
    actor = require("plans.lock_values")
    now = queries.statistics_unit(actor)
    choices: list[Choice] = list(directory.pickable(actor, [now.unit_id] if now else []))
    filled = {"unit_id": now.unit_id if now else None}
    form = StatisticsUnitForm(units=choices, data=None if request.method == "POST" else filled)

    def act() -> None:
        unit_id = form.unit_id.data
        actions.name_statistics_unit(directory.find_unit(unit_id, actor=actor) if unit_id else None, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".values_progress"))
    return done or render_template("plans/statistics_unit.html", form=form)
