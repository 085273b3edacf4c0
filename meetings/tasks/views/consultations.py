"""征求意见: lists of drafts with their units, answers by line, what is adopted."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, current_actor, require
from meetings.tasks import actions, queries, rules, words
from meetings.tasks.forms.consultations import ConsultForm, SettleForm, answer_form
from meetings.tasks.models import Consultation, ConsultationLine
from meetings.tasks.views.page import bp, day_remark
from meetings.tasks.views.reporting import number_in_address


def _at(consultation_id: int) -> str:
    return url_for("tasks.consultation", consultation_id=consultation_id)


@bp.get("/tasks/consultations")
def consultations() -> str:
    actor = current_actor()
    if not actor.may("tasks.read_all") and not actor.may("tasks.read_own"):
        raise NotFound
    return render_template(
        "tasks/consultations.html",
        rows=queries.consultations(actor),
        may_draft=actor.may("tasks.draft"),
        today=clock.today(),
    )


@bp.route("/tasks/consultations/new", methods=["GET", "POST"])
def consult() -> Any:
    actor = require("tasks.draft")
    form = ConsultForm(drafts=queries.drafts_to_consult(actor))
    done = carry_out(
        form,
        lambda: actions.open_consultation(
            queries.find_many(form.ids.data or [], actor=actor) if form.ids.data else [],
            title=form.title.data,
            answer_by=form.payload["answer_by"],
            by=actor,
        ),
        said=N_("已发各承办单位征求意见"),
        to=lambda row: _at(row.id),
    )
    if done:
        if said := day_remark(form.payload["answer_by"], actor):
            flash(_("请注意：%(remark)s。", remark=said))
        return done
    ids = [int(each) for each, _words in form.ids.choices]
    return render_template(
        "tasks/consult.html", form=form, burden=queries.burden(ids, actor=actor, today=clock.today()) if ids else []
    )


@bp.get("/tasks/consultations/<int:consultation_id>")
def consultation(consultation_id: int) -> str:
    actor = current_actor()
    row = queries.find_consultation(consultation_id, actor=actor)
    reads_all = actor.may("tasks.read_all")
    units = [each for each in row.units if reads_all or each.unit_id in actor.unit_ids]
    shown = {line.id for each in units for line in rules.lines_for(row, each.unit_id)}
    may_draft = actor.may("tasks.draft")
    ids = [line.task_id for line in row.lines]
    return render_template(
        "tasks/consultation.html",
        row=row,
        lines=[line for line in row.lines if reads_all or line.id in shown],
        units=units,
        own_ids=frozenset(actor.unit_ids),
        reads_all=reads_all,
        may_draft=may_draft,
        may_answer=actor.may("tasks.report") or actor.may("tasks.approve"),
        about_words=words.OPINIONS_ABOUT,
        adoption_words=words.ADOPTIONS,
        burden=queries.burden(ids, actor=actor, today=clock.today()) if may_draft and row.closed_at is None else [],
        reminded=queries.reminded(row),
        unsettled=sum(each.adoption is None for line in row.lines for each in line.opinions),
        form=Form(),
    )


@bp.route("/tasks/consultations/<int:consultation_id>/answer", methods=["GET", "POST"])
def answer_consultation(consultation_id: int) -> Any:
    actor = current_actor()
    row = queries.find_consultation(consultation_id, actor=actor)
    unit_id = _answering(row, actor)
    lines = rules.lines_for(row, unit_id)
    form = answer_form(lines, unit_id)

    def act() -> None:
        row = queries.find_consultation(consultation_id, actor=actor)
        actions.answer_consultation(row, unit_id, opinions=_opinions(form, lines), by=actor)

    done = carry_out(form, act, said=N_("已反馈；截止之前可以再改"), to=_at(consultation_id))
    if done:
        return done
    row = queries.find_consultation(consultation_id, actor=actor)
    unit = next(each.unit for each in row.units if each.unit_id == unit_id)
    return render_template(
        "tasks/answer_consultation.html", form=form, row=row, lines=rules.lines_for(row, unit_id), unit=unit
    )


def _opinions(form: Form, lines: Sequence[ConsultationLine]) -> dict[int, actions.OpinionInput]:
    """What was answered, by line."""
    return {
        line.id: actions.OpinionInput(form[f"text_{line.id}"].data or "", tuple(form[f"about_{line.id}"].data or ()))
        for line in lines
    }


def _answering(row: Consultation, actor: Actor) -> int:
    """The unit that answers: the one named, for the office; else the actor's own that is asked."""
    asked = {each.unit_id for each in row.units}
    named = number_in_address("unit")
    if named in asked and (named in actor.unit_ids or actor.may("tasks.enter_for_unit")):
        return named
    own = sorted(asked & actor.unit_ids)
    if not own or not (actor.may("tasks.report") or actor.may("tasks.approve")):
        raise NotFound
    return own[0]


@bp.route("/tasks/consultations/<int:consultation_id>/opinions/<int:opinion_id>", methods=["GET", "POST"])
def settle_opinion(consultation_id: int, opinion_id: int) -> Any:
    actor = require("tasks.draft")
    row = queries.find_consultation(consultation_id, actor=actor)
    found = next(((line, each) for line in row.lines for each in line.opinions if each.id == opinion_id), None)
    if found is None:
        raise NotFound
    line, opinion = found
    form = SettleForm(data={"adoption": opinion.adoption, "adoption_reason": opinion.adoption_reason})

    def act() -> None:
        row = queries.find_consultation(consultation_id, actor=actor)
        reason = form.adoption_reason.data or ""
        actions.settle_opinion(row, opinion_id, adoption=form.payload["adoption"], adoption_reason=reason, by=actor)

    done = carry_out(form, act, said=N_("已记录处理结果"), to=_at(consultation_id))
    return done or render_template(
        "tasks/settle_opinion.html", form=form, row=row, line=line, opinion=opinion, about_words=words.OPINIONS_ABOUT
    )


@bp.post("/tasks/consultations/<int:consultation_id>/close")
def close_consultation(consultation_id: int) -> Any:
    actor = require("tasks.draft")
    done = carry_out(
        Form(),
        lambda: actions.close_consultation(queries.find_consultation(consultation_id, actor=actor), by=actor),
        said=N_("征求意见已结束，任务回到草稿，可以修改后送交办"),
        to=_at(consultation_id),
    )
    return done or redirect(_at(consultation_id), 303)
