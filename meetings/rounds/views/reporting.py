"""A unit's whole period on one page: filled in and sent at once, let go by its head, looked at by the office."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carried_out, carry_out, current_actor, refuse_early
from meetings.plans.models import Level
from meetings.plans.queries import values as plans
from meetings.rounds import actions, queries
from meetings.rounds.forms.rounds import ReturnUnitForm, RoundReportForm
from meetings.rounds.models import RoundStatus, RoundUnit
from meetings.rounds.views.page import bp
from meetings.tasks import words as task_words
from meetings.tasks.forms.reporting import period_form
from meetings.tasks.models import ProgressReport, ReportStatus, Task
from meetings.tasks.rules import ReportAction, available_report_actions
from meetings.tasks.views.page import files_hint, light_rule
from meetings.tasks.views.reporting import (
    PeriodRow,
    every_report_is_confirmed,
    number_in_address,
    period_row,
    send_period,
)


def _unit_of_page(round_id: int, actor: Actor) -> int:
    """The unit named in the address, else the actor's own that owes in this round."""
    if named := number_in_address("unit"):
        return named
    owing = [one.unit.unit_id for one in queries.own_rounds(actor) if one.round.id == round_id]
    if not owing:
        raise NotFound
    return owing[0]


def _may_fill(unit_id: int, actor: Actor) -> bool:
    return (actor.may("tasks.report") and unit_id in actor.unit_ids) or actor.may("tasks.enter_for_unit")


def _rows(tasks: list[Task], unit_id: int, actor: Actor) -> list[PeriodRow]:
    rule = light_rule(actor)
    return [period_row(task, unit_id, rule) for task in tasks]


def sent_tasks() -> frozenset[int]:
    """The tasks that a page was sent with."""
    names = {name.partition("-")[0].removeprefix("task_") for name in request.form if name.startswith("task_")}
    return frozenset(int(name) for name in names if name.isascii() and name.isdigit() and len(name) < 10)


@bp.route("/rounds/<int:round_id>/report", methods=["GET", "POST"])
def report(round_id: int) -> Any:
    """What a unit owes in a round, all of it on one page; what was sent below it."""
    actor = current_actor()
    unit_id = _unit_of_page(round_id, actor)
    owing = queries.find_unit(round_id, unit_id, actor=actor)
    now = queries.lines_of(owing)
    if owing.round.value_year is not None:
        return _values(owing, now, actor)
    if request.method == "POST" and not _may_fill(unit_id, actor):
        raise NotAllowed("round.report_not_yours")
    can_fill = _may_fill(unit_id, actor) and (owing.round.status is RoundStatus.OPEN or request.method == "POST")
    rows = _rows(queries.tasks_of_unit(now, sent_tasks(), actor=actor), unit_id, actor) if can_fill else []
    form = period_form([(row.task, row.part) for row in rows], base=RoundReportForm) if rows else None
    here = url_for(".report", round_id=round_id, unit=unit_id)
    if form is not None and form.validate_on_submit():
        try:
            with carried_out(form, here):
                held = queries.find_unit(round_id, unit_id, actor=actor, to_change=True)
                actions.check_reporting(held, set(form.filled), by=actor)
                count = send_period(form, unit_id, by=actor)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("本期 %(count)s 件已一次报送", count=count))
            return redirect(here, 303)
        owing = queries.find_unit(round_id, unit_id, actor=actor)
    return render_template(
        "rounds/report.html",
        round=owing.round,
        unit_id=unit_id,
        unit=now,
        form=form,
        rows=rows,
        last_said=queries.last_said(unit_id, [row.task for row in rows]),
        here=here,
        is_entered_by_office=unit_id not in actor.unit_ids,
        head_confirms_every=every_report_is_confirmed(),
        files_hint=files_hint(),
        **_sent(owing, actor),
    )


def _values(owing: RoundUnit, now: queries.UnitRow, actor: Actor) -> str:
    """The values that a unit is asked for; they are entered on the page of the plans."""
    if request.method == "POST":
        raise NotFound
    levels = plans.levels_of([line.indicator_id for line in now.values])
    above = {line.indicator_id for line in now.values if levels[line.indicator_id] is not Level.COUNTY}
    year = owing.round.value_year
    may_enter = actor.may("plans.enter_values") and owing.unit_id in actor.unit_ids
    return render_template(
        "rounds/values.html",
        round=owing.round,
        unit_id=owing.unit_id,
        unit=now,
        may_fill=owing.round.status is RoundStatus.OPEN and (may_enter or actor.may("plans.check_values")),
        to_fill=url_for("plans.values", unit=owing.unit_id, year=year) if len(above) < len(now.values) else "",
        to_fill_above=url_for("plans.values", above=1, year=year) if above else "",
        today=clock.today(),
    )


def _sent(owing: RoundUnit, actor: Actor) -> dict[str, Any]:
    """What was sent, and what the reader may do about all of it."""
    reports = queries.reports_of(owing, actor=actor)
    offered: set[ReportAction] = set()
    if owing.round.status is RoundStatus.OPEN:
        for one in reports:
            offered.update(available_report_actions(one, actor))
    return {
        "reports": reports,
        "offered": offered,
        "acts": ReportAction,
        "waiting": _waiting(reports, actor),
        "report_words": task_words.REPORT_STATUSES,
        "statuses": ReportStatus,
        "button": Form(),
    }


def _waiting(reports: list[ProgressReport], actor: Actor) -> int:
    """How many of them the reader may decide on."""
    return sum(bool(available_report_actions(one, actor)) for one in reports)


def _decide(round_id: int, unit_id: int, action: Any, said: str) -> Response:
    actor = current_actor()
    here = url_for(".report", round_id=round_id, unit=unit_id)
    done = carry_out(
        Form(),
        lambda: action(queries.find_unit(round_id, unit_id, actor=actor, to_change=True), by=actor),
        said=lambda count: flash(_(said, count=count)),
        to=here,
    )
    return done or redirect(here, 303)


@bp.post("/rounds/<int:round_id>/units/<int:unit_id>/approve")
def approve_unit(round_id: int, unit_id: int) -> Any:
    return _decide(round_id, unit_id, actions.approve_unit, N_("已同意报送 %(count)s 件，待办公室审核"))


@bp.post("/rounds/<int:round_id>/units/<int:unit_id>/accept")
def accept_unit(round_id: int, unit_id: int) -> Any:
    return _decide(round_id, unit_id, actions.accept_unit, N_("已通过 %(count)s 件"))


@bp.route("/rounds/<int:round_id>/units/<int:unit_id>/return", methods=["GET", "POST"])
def return_unit(round_id: int, unit_id: int) -> Any:
    actor = current_actor()
    owing = queries.find_unit(round_id, unit_id, actor=actor)
    refuse_early(lambda: actions.check_returnable(owing, by=actor))
    form = ReturnUnitForm()
    done = carry_out(
        form,
        lambda: actions.return_unit(
            queries.find_unit(round_id, unit_id, actor=actor, to_change=True), **form.payload, by=actor
        ),
        said=lambda count: flash(_("已退回 %(count)s 件，该单位须重报", count=count)),
        to=url_for(".report", round_id=round_id, unit=unit_id),
    )
    if done:
        return done
    owing = queries.find_unit(round_id, unit_id, actor=actor)
    return render_template("rounds/return_unit.html", form=form, round=owing.round, owing=owing)
