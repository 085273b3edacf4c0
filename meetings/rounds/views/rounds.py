"""Rounds as the office keeps them: the list, one of them, its drafting, opening and lock."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import PAGE_SIZE, Page, page_number
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.directory import queries as directory
from meetings.rounds import actions, queries, rules, words
from meetings.rounds.forms.rounds import ReopenForm, RoundForm
from meetings.rounds.models import ReportingRound, RoundCycle, Standing
from meetings.rounds.rules import RoundAction
from meetings.rounds.views.page import bp
from meetings.tasks.models import ReportingCycle
from meetings.tasks.rules import report_day
from meetings.tasks.views.page import day_remark
from meetings.workdays.queries import calendar

SAVED = N_("已保存。开始填报前可以再改")


@bp.get("/rounds/")
def index() -> str:
    """All rounds with their rates; for a unit those in which it owes."""
    actor = current_actor()
    if not actor.may("tasks.read_all"):
        return render_template("rounds/own.html", rounds=queries.own_rounds(actor))
    return render_template("rounds/index.html", page=queries.listing(actor, page=page_number(request.args.get("page"))))


def _form(actor: Actor, **kwargs: Any) -> RoundForm:
    return RoundForm(groups=directory.groups(actor), units=directory.pickable(actor), **kwargs)


def _proposal(actor: Actor) -> dict[str, Any]:
    """The present quarter, due as its tasks' reports are."""
    today = clock.today()
    period = rules.quarter_of(today)
    due_on = report_day(ReportingCycle.QUARTERLY, 5, today, calendar(actor.committee_id))
    return {
        "title": words.title_of(RoundCycle.QUARTERLY, *period),
        "cycle": RoundCycle.QUARTERLY,
        "from_on": period.from_on,
        "until_on": period.until_on,
        "due_on": due_on,
    }


@bp.route("/rounds/new", methods=["GET", "POST"])
def new() -> Any:
    actor = require("rounds.manage")
    form = _form(actor, data=_proposal(actor))
    done = carry_out(
        form,
        lambda: actions.draft_round(**form.payload, by=actor).id,
        said=SAVED,
        to=lambda id_: url_for(".detail", round_id=id_),
    )
    return done or render_template("rounds/new.html", form=form)


@bp.route("/rounds/<int:round_id>/edit", methods=["GET", "POST"])
def edit(round_id: int) -> Any:
    actor = current_actor()
    row = queries.find(round_id, actor=actor)
    refuse_early(lambda: rules.next_status(row.status, RoundAction.EDIT, actor))
    form = _form(actor, data=RoundForm.values_of(row, queries.numbers_of(row)))

    def act() -> None:
        row = queries.find_to_change(round_id, actor=actor)
        expect(row, form.version.data)
        actions.edit_round(row, **form.payload, by=actor)

    done = carry_out(
        form,
        act,
        said=SAVED,
        to=url_for(".detail", round_id=round_id),
    )
    return done or render_template("rounds/edit.html", form=form, round=queries.find(round_id, actor=actor))


@bp.get("/rounds/<int:round_id>")
def detail(round_id: int) -> Any:
    """How every unit stands; before the opening what each would be asked."""
    actor = current_actor()
    row = queries.find(round_id, actor=actor)
    if not actor.may("tasks.read_all"):
        return redirect(url_for(".report", round_id=round_id), 303)
    units = queries.standings([row]).get(row.id, [])
    wanted = next((one for one in Standing if one.value == request.args.get("standing")), None)
    number = page_number(request.args.get("page"))
    chosen = [unit for unit in units if wanted is None or unit.standing is wanted]
    return render_template(
        "rounds/detail.html",
        round=row,
        page=Page(chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(chosen)),
        rates=queries.rates_of(row, units),
        counts={one: sum(unit.standing is one for unit in units) for one in Standing},
        wanted=wanted,
        actions=rules.available_actions(row.status, actor),
        action_words=words.ACTIONS,
        asked=queries.asked(row) if not units else [],
        due_remark=day_remark(row.due_on, actor),
        scope=_scope_in_words(row, actor),
        button=Form(),
    )


def _scope_in_words(row: ReportingRound, actor: Actor) -> str:
    if row.value_year is not None:
        return _("%(year)s年指标数值", year=row.value_year)
    groups = {scope.group_id for scope in row.scopes if scope.group_id}
    names = (
        [group.name for group in directory.groups(actor, include_ended=True) if group.id in groups] if groups else []
    )
    names += directory.units_named([scope.unit_id for scope in row.scopes if scope.unit_id]).values()
    numbers = queries.numbers_of(row) if any(scope.task_id for scope in row.scopes) else []
    said = _("、").join(names) or _("所有有在办任务的单位")
    return said + (_("；只报任务 %(numbers)s", numbers=_("、").join(numbers)) if numbers else "")


@bp.route("/rounds/<int:round_id>/open", methods=["GET", "POST"])
def open_(round_id: int) -> Any:
    """Before units are asked, what each of them is asked, and what the system holds already."""
    actor = current_actor()
    row = queries.find(round_id, actor=actor)
    refuse_early(lambda: rules.next_status(row.status, RoundAction.OPEN, actor))
    form = Form()
    done = carry_out(
        form,
        lambda: actions.open_round(queries.find_to_change(round_id, actor=actor), by=actor),
        said=lambda count: flash(_("已开始填报，已通知 %(count)s 家单位", count=count)),
        to=url_for(".detail", round_id=round_id),
    )
    if done:
        return done
    row = queries.find(round_id, actor=actor)
    return render_template(
        "rounds/open.html", form=form, round=row, asked=queries.asked(row), due_remark=day_remark(row.due_on, actor)
    )


def _act(round_id: int, action: Callable[..., object], said: str) -> Response:
    actor = current_actor()
    done = carry_out(
        Form(),
        lambda: action(queries.find_to_change(round_id, actor=actor), by=actor),
        said=said,
        to=url_for(".detail", round_id=round_id),
    )
    return done or redirect(url_for(".detail", round_id=round_id), 303)


@bp.post("/rounds/<int:round_id>/lock")
def lock(round_id: int) -> Any:
    return _act(round_id, actions.lock, N_("期次已锁定，各单位报送情况和两项比率已固定"))


@bp.post("/rounds/<int:round_id>/cancel")
def cancel(round_id: int) -> Any:
    return _act(round_id, actions.cancel, N_("这一期不开了"))


@bp.route("/rounds/<int:round_id>/reopen", methods=["GET", "POST"])
def reopen(round_id: int) -> Any:
    actor = current_actor()
    row = queries.find(round_id, actor=actor)
    refuse_early(lambda: rules.next_status(row.status, RoundAction.REOPEN, actor))
    form = ReopenForm()
    done = carry_out(
        form,
        lambda: actions.reopen(queries.find_to_change(round_id, actor=actor), **form.payload, by=actor),
        said=N_("期次已重新打开，已通知各单位"),
        to=url_for(".detail", round_id=round_id),
    )
    return done or render_template("rounds/reopen.html", form=form, round=queries.find(round_id, actor=actor))
