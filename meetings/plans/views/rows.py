"""Domains, goals and measures: written down, changed, moved, taken out."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for

from meetings.audit.words import CHANGES, SUBJECTS, column_word
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.directory.queries import pickable
from meetings.plans import actions, queries, words
from meetings.plans.forms.tree import DomainForm, GoalForm, MeasureForm, RowForm
from meetings.plans.models import Domain, Goal, Indicator, Measure
from meetings.plans.rules import tree
from meetings.plans.views.blueprint import bp
from meetings.plans.views.telling import history_words

FIND: dict[str, Callable[..., Any]] = {
    "domains": queries.find_domain,
    "goals": queries.find_goal,
    "measures": queries.find_measure,
    "indicators": queries.find_indicator,
}


def place_of(row: Domain | Goal | Measure | Indicator) -> str:
    """The page of the plan where the row stands."""
    domain_id = row.id if isinstance(row, Domain) else row.domain_id
    return url_for("plans.detail", plan_id=row.plan_id, domain=domain_id)


def pickable_units(actor: Actor, row: Any = None) -> Any:
    """The units to choose from, with those that answer already, dissolved or not."""
    return pickable(actor, also=[part.unit_id for part in row.units] if row is not None else ())


# --- domains ----------------------------------------------------------------------------------------------------


@bp.route("/plans/<int:plan_id>/domains/new", methods=["GET", "POST"])
def new_domain(plan_id: int) -> Any:
    actor = require("plans.edit")
    plan = queries.find_plan(plan_id, actor=actor)
    refuse_early(lambda: tree.check_open(plan))
    form = DomainForm(before=queries.choices_before(Domain, plan))
    done = carry_out(
        form,
        lambda: actions.add_domain(queries.find_plan(plan_id, actor=actor), **form.payload, by=actor),
        said=N_("领域已添加"),
        to=place_of,
    )
    return done or render_template("plans/new_domain.html", form=form, plan=queries.find_plan(plan_id, actor=actor))


@bp.route("/plans/domains/<int:domain_id>/edit", methods=["GET", "POST"])
def edit_domain(domain_id: int) -> Any:
    actor = require("plans.edit")
    domain = queries.find_domain(domain_id, actor=actor)
    refuse_early(lambda: tree.check_open(domain.plan))
    back = place_of(domain)
    form = DomainForm(before=queries.choices_before(Domain, domain.plan), data=DomainForm.values_of(domain))

    def act() -> None:
        domain = queries.find_domain(domain_id, actor=actor)
        expect(domain, form.version.data)
        actions.edit_domain(domain, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=back)
    return done or render_template(
        "plans/edit_domain.html", form=form, domain=queries.find_domain(domain_id, actor=actor)
    )


# --- goals and measures -----------------------------------------------------------------------------------------


def _new_row(domain_id: int, kind: Any, make: type[RowForm], add: Callable[..., Any], template: str) -> Any:
    actor = require("plans.edit")
    domain = queries.find_domain(domain_id, actor=actor)
    refuse_early(lambda: tree.check_open(domain.plan))
    form = make(units=pickable_units(actor), before=queries.choices_before(kind, domain.plan))
    done = carry_out(
        form,
        lambda: add(queries.find_domain(domain_id, actor=actor), **form.payload, by=actor),
        said=N_("已添加"),
        to=place_of,
    )
    return done or render_template(
        template, form=form, domain=queries.find_domain(domain_id, actor=actor), unit_choices=pickable_units(actor)
    )


@bp.route("/plans/domains/<int:domain_id>/goals/new", methods=["GET", "POST"])
def new_goal(domain_id: int) -> Any:
    return _new_row(domain_id, Goal, GoalForm, actions.add_goal, "plans/new_goal.html")


@bp.route("/plans/domains/<int:domain_id>/measures/new", methods=["GET", "POST"])
def new_measure(domain_id: int) -> Any:
    return _new_row(domain_id, Measure, MeasureForm, actions.add_measure, "plans/new_measure.html")


def _edit_row(
    find: Callable[..., Any], row_id: int, make: type[RowForm], change: Callable[..., Any], *, to: str, template: str
) -> Any:
    actor = require("plans.edit")
    row = find(row_id, actor=actor)
    refuse_early(lambda: tree.check_open(row.plan))
    form = make(
        units=pickable_units(actor, row), before=queries.choices_before(type(row), row.plan), data=make.values_of(row)
    )

    def act() -> None:
        row = find(row_id, actor=actor)
        expect(row, form.version.data)
        change(row, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=to)
    return done or render_template(
        template, form=form, row=find(row_id, actor=actor), back=to, unit_choices=pickable_units(actor)
    )


@bp.route("/plans/goals/<int:goal_id>/edit", methods=["GET", "POST"])
def edit_goal(goal_id: int) -> Any:
    to = url_for(".goal", goal_id=goal_id)
    return _edit_row(queries.find_goal, goal_id, GoalForm, actions.edit_goal, to=to, template="plans/edit_goal.html")


@bp.route("/plans/measures/<int:measure_id>/edit", methods=["GET", "POST"])
def edit_measure(measure_id: int) -> Any:
    to = url_for(".measure", measure_id=measure_id)
    return _edit_row(
        queries.find_measure,
        measure_id,
        MeasureForm,
        actions.edit_measure,
        to=to,
        template="plans/edit_measure.html",
    )


def _shown(row: Goal | Measure, template: str) -> str:
    actor = current_actor()
    return render_template(
        template,
        row=row,
        place=place_of(row),
        following=queries.following(row),
        responsibilities=words.RESPONSIBILITIES,
        is_open=actor.may("plans.edit") and row.plan.closed_on is None,
    )


@bp.get("/plans/goals/<int:goal_id>")
def goal(goal_id: int) -> str:
    return _shown(queries.find_goal(goal_id, actor=current_actor()), "plans/goal.html")


@bp.get("/plans/measures/<int:measure_id>")
def measure(measure_id: int) -> str:
    return _shown(queries.find_measure(measure_id, actor=current_actor()), "plans/measure.html")


# --- for any row ------------------------------------------------------------------------------------------------


def _find(noun: str, row_id: int, actor: Actor) -> Any:
    if noun not in FIND:
        raise NotFound
    return FIND[noun](row_id, actor=actor)


@bp.post("/plans/<any(domains, goals, measures, indicators):noun>/<int:row_id>/move")
def move(noun: str, row_id: int) -> Any:
    actor = require("plans.edit")
    to = place_of(_find(noun, row_id, actor))
    up = request.form.get("to") == "up"
    return carry_out(
        Form(), lambda: actions.move(_find(noun, row_id, actor), up=up, by=actor), said=N_("次序已调整"), to=to
    )


@bp.route("/plans/<any(domains, goals, measures, indicators):noun>/<int:row_id>/remove", methods=["GET", "POST"])
def remove(noun: str, row_id: int) -> Any:
    """Ask, then take the row out."""
    actor = require("plans.edit")
    row = _find(noun, row_id, actor)
    refuse_early(lambda: tree.check_open(row.plan))
    to = url_for(".detail", plan_id=row.plan_id) if noun == "domains" else place_of(row)
    form = Form()
    done = carry_out(form, lambda: actions.remove(_find(noun, row_id, actor), by=actor), said=N_("已删除"), to=to)
    if done:
        return done
    row = _find(noun, row_id, actor)
    text = row.name if hasattr(row, "name") else row.text
    return render_template("plans/remove.html", form=form, row=row, text=text, back=to)


@bp.get("/plans/<any(goals, measures, indicators):noun>/<int:row_id>/history")
def row_history(noun: str, row_id: int) -> str:
    row = _find(noun, row_id, current_actor())
    ids: dict[str, Any] = {f"{noun[:-1]}_id": row_id}
    return render_template(
        "plans/history.html",
        title=row.name if noun == "indicators" else row.text,
        plan=row.plan,
        back=url_for(f".{noun[:-1]}", **ids),
        steps=queries.history(row),
        say=history_words,
        change_words=CHANGES,
        subject_words=SUBJECTS,
        column_word=column_word,
    )
