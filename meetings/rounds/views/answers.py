"""One-time addresses: the office gives, lists and revokes them; whoever holds one answers without a sign-in."""

from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from meetings.attachments.views import keep_files
from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction, writing
from meetings.core.errors import DomainError, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.limits import Limiter
from meetings.core.paging import page_number
from meetings.core.web import carry_out, require
from meetings.links import actions as links
from meetings.links import queries as link_queries
from meetings.links import words as link_words
from meetings.links.models import Link, LinkPurpose
from meetings.links.rules import LinkState, state_of
from meetings.notifications.queries import office
from meetings.rounds import actions, queries
from meetings.rounds.forms.answers import AnswerForm, LinkForm, SignedAnswerForm, TaskLinkForm
from meetings.rounds.queries import Question
from meetings.rounds.views.page import bp
from meetings.rounds.views.reporting import sent_tasks
from meetings.tasks import queries as task_queries
from meetings.tasks.forms.reporting import period_form
from meetings.tasks.views.page import files_hint, light_rule
from meetings.tasks.views.reporting import every_report_is_confirmed, period_row, send_period

_answers = Limiter(most=60)  # a county may share one address
_TOLD = "rounds.token"  # the new address, shown once


# --- the office -----------------------------------------------------------------------------------------------------


class Told(NamedTuple):
    """A new address and what may be passed on with it."""

    link_id: int
    address: str


@bp.get("/rounds/links")
def given_links() -> str:
    """The addresses that were given, the latest first; a new one this once."""
    actor = require("rounds.manage")
    link_id, token = session.pop(_TOLD, (0, ""))
    return render_template(
        "rounds/links.html",
        page=queries.given_links(actor, page=page_number(request.args.get("page"))),
        told=Told(link_id, url_for(".answer", token=token, _external=True)) if token else None,
        states=link_words.STATES,
        open_state=LinkState.OPEN,
        of_round=LinkPurpose.ROUND_REPORT,
        button=Form(),
    )


def _tell(made: tuple[int, str]) -> None:
    session[_TOLD] = list(made)


@bp.route("/rounds/<int:round_id>/units/<int:unit_id>/link", methods=["GET", "POST"])
def give_round_link(round_id: int, unit_id: int) -> Any:
    """An address for all that the unit owes in the round."""
    actor = require("rounds.manage")
    owing = queries.find_unit(round_id, unit_id, actor=actor)
    form = LinkForm()
    done = carry_out(
        form,
        lambda: actions.give_round_link(queries.find_unit(round_id, unit_id, actor=actor), **form.payload, by=actor),
        said=_tell,
        to=url_for(".given_links"),
    )
    if done:
        return done
    owing = queries.find_unit(round_id, unit_id, actor=actor)
    return render_template(
        "rounds/give_link.html",
        form=form,
        about=f"{owing.unit_name}，{owing.round.title}",
        back=url_for(".report", round_id=round_id, unit=unit_id),
    )


@bp.route("/rounds/tasks/<int:task_id>/link", methods=["GET", "POST"])
def give_task_link(task_id: int) -> Any:
    """An address for one unit's report on one task."""
    actor = require("rounds.manage")
    task = task_queries.find(task_id, actor=actor)
    form = TaskLinkForm(units=[(part.unit_id, part.unit.short_name) for part in task.units])
    done = carry_out(
        form,
        lambda: actions.give_task_link(task_queries.find(task_id, actor=actor), **form.payload, by=actor),
        said=_tell,
        to=url_for(".given_links"),
    )
    if done:
        return done
    task = task_queries.find(task_id, actor=actor)
    return render_template(
        "rounds/give_link.html", form=form, about=task.title, back=url_for("tasks.detail", task_id=task_id)
    )


@bp.post("/rounds/links/<int:link_id>/revoke")
def revoke_link(link_id: int) -> Any:
    actor = require("rounds.manage")
    done = carry_out(
        Form(),
        lambda: links.revoke(queries.find_given(link_id, actor=actor), by=actor),
        said=N_("链接已作废，打不开了"),
        to=url_for(".given_links"),
    )
    return done or redirect(url_for(".given_links"), 303)


# --- whoever holds it -----------------------------------------------------------------------------------------------


@bp.route("/rounds/answer/<token>", methods=["GET", "POST"])
def answer(token: str) -> Any:
    """What the address asks, without a sign-in; answered once."""
    if not _answers.admits(request.remote_addr or "", clock.now().timestamp()):
        abort(429)
    try:
        link = link_queries.given(token, queries.ANSWERS)
        holder = queries.holder(link)
    except NotFound:
        return render_template("rounds/answer_closed.html", link=None, reason="unknown", office=None), 404
    state = state_of(link, clock.now())
    if request.method == "GET":
        _log(link, holder)
    if state is not LinkState.OPEN:
        return _closed(link, state.value)
    question = queries.question_of(link, holder, sent_tasks() if request.method == "POST" else frozenset())
    if question is None:
        return _closed(link, "over")
    return _ask(token, link, question, holder)


def _log(link: Link, holder: Actor) -> None:
    with writing():
        log_access(AccessKind.DOWNLOAD, f"answer {link.id}", by=holder, address=request.remote_addr or "")


def _closed(link: Link, reason: str) -> tuple[str, int]:
    return render_template("rounds/answer_closed.html", link=link, reason=reason, office=office(link.committee_id)), 410


def _ask(token: str, link: Link, question: Question, holder: Actor) -> Response | str:
    here = url_for(".answer", token=token)
    rule = light_rule(holder)
    unit_id = link.unit_id or 0
    rows = [period_row(task, unit_id, rule) for task in question.tasks]
    base = SignedAnswerForm if every_report_is_confirmed() else AnswerForm
    form = period_form([(row.task, row.part) for row in rows], base=base)
    if form.validate_on_submit():
        try:
            with transaction(by=holder):
                _carry(link, form, holder)
        except DomainError as refusal:
            if refusal.field is None:  # used or reported at this very moment: the page says what stands
                return redirect(here, 303)
            form.refuse(refusal)
        else:
            flash(N_("已报送"))
            return redirect(here, 303)
        rows = [period_row(task_queries.find(row.task.id, actor=holder), unit_id, rule) for row in rows]
    return render_template(
        "rounds/answer.html",
        form=form,
        question=question,
        holder=holder,
        rows=rows,
        last_said=queries.last_said(unit_id, [row.task for row in rows]),
        needs_signature=base.needs_signature,
        files_hint=files_hint(),
        here=here,
        office=office(link.committee_id),
        expires_at=link.expires_at,
    )


def _carry(link: Link, form: Any, holder: Actor) -> None:
    """Use the address up and send what it brought, all or nothing."""
    held = link_queries.to_use(link.id)
    links.use(held, by=holder)
    unit_id, subject_id = held.unit_id or 0, held.subject_id or 0
    if held.purpose is LinkPurpose.ROUND_REPORT:
        owing = queries.find_unit(subject_id, unit_id, actor=holder, to_change=True)
        actions.check_reporting(owing, set(form.filled), by=holder)
    else:
        actions.receive(task_queries.find(subject_id, actor=holder, held=True), by=holder)
    signed = keep_files(form, "signed_page", by=holder)
    send_period(form, unit_id, head_confirms_every=False, also=signed, by=holder)
    if form.personal_data_kept:
        address = request.remote_addr or ""
        log_access(AccessKind.PERSONAL_DATA_KEPT, f"answer {held.id}", by=holder, address=address)
