"""The whole chain on one page, both ways; what of a plan a requirement or a task serves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from meetings.core.actor import Actor
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, require
from meetings.evaluation import actions, queries, words
from meetings.evaluation.forms.links import AimForm
from meetings.evaluation.queries.chain import chain_of, numbered
from meetings.evaluation.queries.links import Line, Server, find_line
from meetings.evaluation.rules.chain import Subject
from meetings.meetings import queries as meetings
from meetings.plans import words as plan_words
from meetings.plans.queries import open_lines
from meetings.tasks import queries as tasks
from meetings.tasks import words as task_words

bp = Blueprint("chain", __name__)


@bp.get("/chain/<any(goals, indicators, requirements, tasks):noun>/<int:row_id>")
def chain(noun: str, row_id: int) -> str:
    actor = require("tasks.read_all")
    found = chain_of(Subject(noun.removesuffix("s")), row_id, actor=actor)
    aims = {Subject.TASK: "chain.task_aims", Subject.REQUIREMENT: "chain.requirement_aims"}.get(found.subject)
    return render_template(
        "chain/chain.html",
        chain=found,
        numbered=list(numbered(found.links)),
        kind_names=words.LINKS,
        subject_names=words.SUBJECTS,
        gap_names=words.GAPS,
        states=task_words.STATUSES,
        indicator_states=plan_words.INDICATOR_STATES,
        steps=task_words.EVENTS,
        aims=aims if actor.may("tasks.draft") else None,
        aims_of={f"{found.subject}_id": found.id},
    )


def _served(server: Server, noun: str, here: str, actor: Actor, find: Callable[[], Server]) -> Any:
    """What is served, and a form to say more; ``find`` loads the row again inside the transaction."""
    form = AimForm(lines=open_lines(actor, has_indicators=noun == "task"))

    def act() -> None:
        line: Line = find_line(str(form.line.data), actor=actor)
        actions.link(line, find(), by=actor)

    done = carry_out(form, act, said=N_("已标注"), to=here)
    server = find() if not done else server
    return done or render_template(
        "chain/aims.html",
        form=form,
        server=server,
        noun=noun,
        title=server.title if noun == "task" else server.text,  # type: ignore[union-attr]  # as the noun says
        served=queries.served_by(server),
        line_names={**words.SUBJECTS, "measure": words.MEASURE},
        button=Form(),
    )


def _unlink(server_of: Callable[[], Server], aim_id: int, here: str, actor: Actor) -> Any:
    done = carry_out(
        Form(),
        lambda: actions.unlink(queries.find_aim(server_of(), aim_id), by=actor),
        said=N_("已取消"),
        to=here,
    )
    return done or redirect(here, 303)


@bp.route("/tasks/<int:task_id>/aims", methods=["GET", "POST"])
def task_aims(task_id: int) -> Any:
    actor = require("tasks.draft")
    here = url_for(".task_aims", task_id=task_id)
    find = partial(tasks.find, task_id, actor=actor, full=False)
    return _served(find(), "task", here, actor, find)


@bp.post("/tasks/<int:task_id>/aims/<int:aim_id>/remove")
def remove_task_aim(task_id: int, aim_id: int) -> Any:
    actor = require("tasks.draft")
    here = url_for(".task_aims", task_id=task_id)
    return _unlink(lambda: tasks.find(task_id, actor=actor, full=False), aim_id, here, actor)


@bp.route("/requirements/<int:requirement_id>/aims", methods=["GET", "POST"])
def requirement_aims(requirement_id: int) -> Any:
    actor = require("tasks.draft")
    here = url_for(".requirement_aims", requirement_id=requirement_id)
    find = partial(meetings.find_requirement, requirement_id, actor=actor)
    return _served(find(), "requirement", here, actor, find)


@bp.post("/requirements/<int:requirement_id>/aims/<int:aim_id>/remove")
def remove_requirement_aim(requirement_id: int, aim_id: int) -> Any:
    actor = require("tasks.draft")
    here = url_for(".requirement_aims", requirement_id=requirement_id)
    return _unlink(lambda: meetings.find_requirement(requirement_id, actor=actor), aim_id, here, actor)
