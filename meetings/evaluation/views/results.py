"""What an evaluation comes to, and making a task of an indicator that is off track."""

from decimal import Decimal
from typing import Any

from flask import render_template, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, refuse_early, require
from meetings.directory import queries as directory
from meetings.evaluation import actions, queries
from meetings.evaluation.forms.visits import RectifyForm
from meetings.evaluation.models import Evaluation, Rectification
from meetings.evaluation.queries.results import Result, judged, results_of
from meetings.evaluation.views.evaluations import may_read
from meetings.evaluation.views.page import bp
from meetings.evaluation.views.rectifications import WITHIN, remedy, said_of
from meetings.plans import queries as plans
from meetings.plans import words as plan_words
from meetings.plans.rules.figures import figure_text


@bp.app_template_filter("figure")
def figure(value: Decimal | None, decimals: int = 0) -> str:
    """A figure of an indicator with its places; nothing for none."""
    return figure_text(value, decimals)


@bp.get("/<int:evaluation_id>/results")
def results(evaluation_id: int) -> str:
    actor = may_read()
    evaluation = queries.find(evaluation_id, actor=actor)
    return render_template(
        "evaluation/results.html",
        evaluation=evaluation,
        plans=results_of(evaluation, actor=actor),
        may_rectify=actor.may("evaluations.run") and not evaluation.finished_at,
        met_rate=plan_words.MET_RATE,
        rule=plan_words.RULE,
    )


def _result(evaluation: Evaluation, plan_id: int, indicator_id: int, actor: Actor) -> Result:
    return next(one for one in judged(plan_id, evaluation.year, actor=actor) if one.standing.id == indicator_id)


def _check(evaluation: Evaluation, result: Result) -> None:
    if not result.is_off_track:
        raise DomainError("rectification.on_track", year=evaluation.year)


@bp.route("/<int:evaluation_id>/results/<int:indicator_id>/rectify", methods=["GET", "POST"])
def rectify_indicator(evaluation_id: int, indicator_id: int) -> Any:
    actor = require("evaluations.run")
    evaluation = queries.find(evaluation_id, actor=actor)
    indicator = plans.find_indicator(indicator_id, actor=actor)
    result = _result(evaluation, indicator.plan_id, indicator_id, actor)
    refuse_early(lambda: _check(evaluation, result))
    standing, year = result.standing, evaluation.year
    lead = standing.lead
    state = _(plan_words.INDICATOR_STATES[result.state])
    form = RectifyForm(
        units=directory.pickable(actor),
        data={
            "problem": _("%(name)s %(year)s 年%(state)s", name=standing.name, year=year, state=state)[:190],
            "lead_unit_id": lead[0] if lead else None,
            "cooperating_unit_ids": [unit_id for unit_id, _name in (*standing.main_units[1:], *standing.shared_units)],
            "due_on": clock.today() + WITHIN,
        },
    )

    def act() -> Rectification:
        found = queries.find(evaluation_id, actor=actor)
        row = plans.find_indicator(indicator_id, actor=actor)
        _check(found, _result(found, row.plan_id, indicator_id, actor))
        return actions.rectify_indicator(row, found.year, remedy(form), evaluation=found, by=actor)

    done = carry_out(
        form, act, said=said_of(actor), to=lambda _made: url_for(".rectifications", evaluation_id=evaluation_id)
    )
    return done or render_template(
        "evaluation/rectify_indicator.html",
        form=form,
        evaluation=queries.find(evaluation_id, actor=actor),
        standing=standing,
        state=result.state,
    )
