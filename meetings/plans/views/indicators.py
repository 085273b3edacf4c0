"""Indicators written down and changed, their units and their milestones."""

from typing import Any

from flask import render_template, request, url_for

from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import DomainError
from meetings.core.i18n import N_
from meetings.core.web import carry_out, refuse_early, require, words_of
from meetings.plans import actions, queries
from meetings.plans.forms.indicators import IndicatorForm, MilestonesForm, UnitsForm
from meetings.plans.models import Domain, Indicator
from meetings.plans.rules import milestones as path
from meetings.plans.rules import tree
from meetings.plans.views.blueprint import bp
from meetings.plans.views.rows import pickable_units


def _form(domain: Domain, actor: Actor, row: Indicator | None = None, **given: Any) -> IndicatorForm:
    return IndicatorForm(
        units=pickable_units(actor, row),
        goals=queries.goal_choices(domain),
        before=queries.choices_before(Indicator, domain.plan),
        **given,
    )


@bp.route("/plans/domains/<int:domain_id>/indicators/new", methods=["GET", "POST"])
def new_indicator(domain_id: int) -> Any:
    actor = require("plans.edit")
    domain = queries.find_domain(domain_id, actor=actor)
    refuse_early(lambda: tree.check_open(domain.plan))
    goal = request.args.get("goal", "")
    goal_id = int(goal) if goal.isascii() and goal.isdigit() and len(goal) < 10 else None
    form = _form(domain, actor, data={"goal_id": goal_id})
    done = carry_out(
        form,
        lambda: actions.add_indicator(queries.find_domain(domain_id, actor=actor), **form.payload, by=actor),
        said=N_("指标已添加，请定达标时间表"),
        to=lambda row: url_for(".indicator", indicator_id=row.id),
    )
    return done or render_template(
        "plans/new_indicator.html",
        form=form,
        domain=queries.find_domain(domain_id, actor=actor),
        unit_choices=pickable_units(actor),
    )


@bp.route("/indicators/<int:indicator_id>/edit", methods=["GET", "POST"])
def edit_indicator(indicator_id: int) -> Any:
    actor = require("plans.edit")
    row = queries.find_indicator(indicator_id, actor=actor)
    refuse_early(lambda: tree.check_open(row.plan))
    domain = queries.find_domain(row.domain_id, actor=actor)
    form = _form(domain, actor, row, data=IndicatorForm.values_of(row))

    def act() -> None:
        row = queries.find_indicator(indicator_id, actor=actor)
        expect(row, form.version.data)
        actions.edit_indicator(row, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".indicator", indicator_id=indicator_id))
    return done or render_template(
        "plans/edit_indicator.html",
        form=form,
        indicator=queries.find_indicator(indicator_id, actor=actor),
        unit_choices=pickable_units(actor),
    )


@bp.route("/indicators/<int:indicator_id>/units", methods=["GET", "POST"])
def indicator_units(indicator_id: int) -> Any:
    """Say who answers for an indicator."""
    actor = require("plans.edit")
    row = queries.find_indicator(indicator_id, actor=actor)
    refuse_early(lambda: tree.check_open(row.plan))
    form = UnitsForm(units=pickable_units(actor, row), data=UnitsForm.values_of(row))

    def act() -> None:
        row = queries.find_indicator(indicator_id, actor=actor)
        expect(row, form.version.data)
        actions.assign_units(row, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("责任单位已定"), to=url_for(".indicator", indicator_id=indicator_id))
    return done or render_template(
        "plans/indicator_units.html",
        form=form,
        indicator=queries.find_indicator(indicator_id, actor=actor),
        unit_choices=pickable_units(actor),
    )


@bp.route("/indicators/<int:indicator_id>/milestones", methods=["GET", "POST"])
def milestones(indicator_id: int) -> Any:
    """The 达标时间表: typed, or proposed as a path and then looked over."""
    actor = require("plans.edit")
    row = queries.find_indicator(indicator_id, actor=actor)
    refuse_early(lambda: tree.check_open(row.plan))
    years = [year for year in row.plan.years if row.target_year is None or year <= row.target_year]
    make = MilestonesForm.for_years(years)
    form = make(data={f"y{each.year}": each.value for each in row.milestones} | {"version": row.version})
    proposed = request.form.get("act") == "propose"
    if proposed and form.validate():
        try:
            found = path.proposed(
                form.path.data or path.Path.STRAIGHT,
                years,
                baseline_year=row.baseline_year,
                baseline_value=row.baseline_value,
                target_year=row.target_year or row.plan.until_year,
                target_value=row.target_value,
                direction=row.direction,
                decimals=row.decimals,
                step=form.step.data or 2,
            )
        except DomainError as refusal:
            form.form_errors.append(words_of(refusal))
        else:
            kept = {"path": form.path.data, "step": form.step.data, "version": form.version.data}
            form = make(formdata=None, data={f"y{year}": value for year, value in found.items()} | kept)

    def act() -> None:
        row = queries.find_indicator(indicator_id, actor=actor)
        expect(row, form.version.data)
        actions.set_milestones(row, milestones=form.milestones, by=actor)

    done = None
    if not proposed:
        done = carry_out(form, act, said=N_("达标时间表已定"), to=url_for(".indicator", indicator_id=indicator_id))
    return done or render_template(
        "plans/milestones.html",
        form=form,
        years=years,
        indicator=queries.find_indicator(indicator_id, actor=actor),
        is_proposal=proposed and not form.errors,
    )
