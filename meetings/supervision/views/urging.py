"""催办 by hand: one task or many, with the words to pass on for each unit."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.core.forms import Form
from meetings.core.i18n import N_, day_short
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, require, words_of
from meetings.notifications.queries import office
from meetings.supervision import actions, words
from meetings.supervision.forms.steps import UrgeForm
from meetings.supervision.rules import REMINDED
from meetings.supervision.views.page import bp
from meetings.tasks import queries as tasks
from meetings.tasks import rules as task_rules
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.views.ledger import choices_of_tasks, picked_ids

_FITTING = REMINDED | {TaskStatus.UNIT_REVIEW}


class Passed(NamedTuple):
    """What may be passed on to one unit, without anything personal."""

    unit_name: str
    text: str


@bp.route("/tasks/urge", methods=["GET", "POST"])
def urge() -> Any:
    """Look at what is sent to whom, then send it."""
    actor = require("tasks.supervise")
    found = tasks.find_many(picked_ids(), actor=actor) if picked_ids() else []
    fitting = [task for task in found if task.status in _FITTING]
    others = [task for task in found if task not in fitting]
    form = UrgeForm(tasks=choices_of_tasks(found))
    fitting_ids = {task.id for task in fitting}
    titles = {task.id: task.title for task in found}
    back = url_for("supervision.of_task", task_id=found[0].id) if len(found) == 1 else url_for("tasks.ledger")

    def act() -> Mapping[int, DomainError | None]:
        asked = tasks.find_many(form.ids.data, actor=actor)
        return actions.urge(asked, **form.payload, say=words.in_chinese, by=actor)

    def say(outcomes: Mapping[int, DomainError | None]) -> None:
        if sent := sum(refusal is None for refusal in outcomes.values()):
            flash(_("已催办 %(count)s 件，通知已发到单位", count=sent))
        for task_id, refusal in outcomes.items():
            if refusal is not None:
                flash(_("“%(title)s”没有催办：%(why)s", title=titles[task_id], why=words_of(refusal)), "warn")

    if done := carry_out(form, act, said=say, to=back):
        return done
    if form.is_submitted():  # a transaction that was undone has forgotten them
        fitting = tasks.find_many([task_id for task_id in titles if task_id in fitting_ids], actor=actor)
        others = tasks.find_many([task_id for task_id in titles if task_id not in fitting_ids], actor=actor)
    return render_template(
        "supervision/urge.html", form=form, tasks=fitting, others=others, passed=passed_on(fitting, actor), back=back
    )


@bp.post("/tasks/consultations/<int:consultation_id>/remind")
def remind_of_consultation(consultation_id: int) -> Any:
    """Tell the units that have not answered a list of drafts, beside what the ladder does by itself."""
    actor = require("tasks.draft")
    at = url_for("tasks.consultation", consultation_id=consultation_id)

    def act() -> int:
        row = tasks.find_consultation(consultation_id, actor=actor)
        return actions.remind_of_consultation(row, say=words.in_chinese, by=actor)

    def say(told: int) -> None:
        flash(_("已提醒未反馈的 %(n)s 个单位", n=told) if told else _("各单位都已反馈，不必提醒"))

    return carry_out(Form(), act, said=say, to=at) or redirect(at, 303)


def passed_on(found: Sequence[Task], actor: Actor) -> list[Passed]:
    """复制通知文字: one text for each lead unit, with its tasks and how late each is."""
    rule = tasks.light_rule(actor.committee_id, clock.today())
    sender = office(actor.committee_id)
    by_unit: dict[str, list[str]] = {}
    for task in found:
        light = task_rules.light_of(task, rule)
        reason = words.in_chinese(light) if light else ""
        by_unit.setdefault(task.lead_unit.name, []).append(
            _(
                "%(number)s号《%(title)s》（时限%(day)s，%(reason)s）",
                number=task.number or "",
                title=task.title,
                day=day_short(task.due_on),
                reason=reason,
            )
        )
    said = N_("%(unit)s：请抓紧办理%(tasks)s，并登录“落实”系统反馈。%(office)s%(phone)s")
    phone = _("，电话%(phone)s", phone=sender.phone) if sender.phone else ""
    return [
        Passed(unit, _(said, unit=unit, tasks=_("、").join(lines), office=sender.name, phone=phone))
        for unit, lines in by_unit.items()
    ]
