"""The first page by role, the frame of every page, pages that explain, signs of life."""

import secrets
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from flask import Blueprint, current_app, g, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.i18n import LOCALES, day_short, locale
from meetings.core.i18n import gettext as _
from meetings.core.web import current_actor, drawn
from meetings.dashboard import queries, words
from meetings.directory.words import POST_KINDS
from meetings.meetings import words as meeting_words
from meetings.rounds.models import MaterialStatus
from meetings.rounds.words import COLLECTION_KINDS
from meetings.supervision.words import STEPS
from meetings.tasks import queries as tasks
from meetings.tasks import words as task_words
from meetings.tasks.models import TaskStatus
from meetings.tasks.rules import LightRule, OwedKind, WaitingKind
from meetings.tasks.views.page import light_words

bp = Blueprint("dashboard", __name__)
pages = Blueprint("pages", __name__)
health = Blueprint("health", __name__, url_prefix="/health")
BLUEPRINTS = (bp, pages, health)


class Frame:
    """What base.html says around every page. Read when it is asked for: a page outside the frame costs no statement."""

    def __init__(self, actor: Actor | None) -> None:
        self._actor = actor

    @property
    def lang(self) -> str:
        return LOCALES[locale()]

    @property
    def elder(self) -> int:
        return int(g.get("text_size", 0))

    @property
    def unread(self) -> int | None:
        """How many notices the reader has not read; counted when the session was looked up."""
        return int(g.get("unread", 0)) if self._actor else None

    @property
    def account_label(self) -> str:
        return self._actor.name if self._actor else ""

    @cached_property
    def _facts(self) -> queries.FrameFacts:
        return queries.frame_facts(self._actor, today=clock.today())

    @property
    def committee_name(self) -> str:
        return self._facts.committee_name

    @property
    def office_name(self) -> str:
        return self._facts.office_name

    @property
    def office_phone(self) -> str:
        return self._facts.office_phone

    @property
    def office_hours(self) -> str:
        return self._facts.office_hours

    @cached_property
    def nav(self) -> list[dict[str, Any]]:
        """What this person may open, of pages that exist; the longest address beginning the present one is current."""
        actor = self._actor
        if actor is None:
            return []
        entries = [
            (entry, endpoint)
            for entry in nav_of(actor)
            if (not entry.permissions or any(map(actor.may, entry.permissions))) and (endpoint := _endpoint(entry.path))
        ]
        begins = {
            begin: entry.path
            for entry, _endpoint in entries
            for begin in (entry.path, *entry.also)
            if _begins(begin, request.path)
        }
        here = begins[max(begins, key=len)] if begins else ""
        return [
            {
                "endpoint": endpoint,
                "label": _(entry.label),
                "icon": entry.icon,
                "current": entry.path == here,
                "count": self._facts.open_tasks if entry.path == "/tasks/" else 0,
            }
            for entry, endpoint in entries
        ]


def nav_of(actor: Actor) -> tuple[words.Entry, ...]:
    """The navigation of the office and its readers, of a unit, or of an administrator."""
    if actor.may("tasks.read_all"):
        return words.OFFICE_NAV
    return words.UNIT_NAV if actor.may("tasks.read_own") else words.ADMIN_NAV


def _begins(path: str, here: str) -> bool:
    return here == path if path == "/" else here.startswith(path)


def _endpoint(path: str) -> str | None:
    """Who answers at the address, if anybody does yet."""
    known: dict[str, str | None] = current_app.extensions.setdefault("luoshi.nav", {})
    if path not in known:
        try:
            known[path] = str(current_app.url_map.bind("localhost").match(path)[0])
        except HTTPException:
            known[path] = None
    return known[path]


def frame() -> dict[str, Any]:
    """For every template: who is signed in, and the frame."""
    actor = g.get("actor")
    return {"actor": actor, "frame": Frame(actor)}


@bp.get("/")
def index() -> str:
    """The desk of the office, of its readers, of a unit, or of an administrator."""
    actor = current_actor()
    if actor.may("tasks.read_all"):
        return _office_desk(actor)
    if actor.may("tasks.read_own"):
        return _unit_desk(actor)
    return render_template("dashboard/index.html", desk="admin", title=_("工作台"), entries=Frame(actor).nav[1:])


def _rule(actor: Actor) -> LightRule:
    return tasks.light_rule(actor.committee_id, clock.today())


def _office_desk(actor: Actor) -> str:
    rule = _rule(actor)
    is_office = actor.may("tasks.review")
    desk = queries.office_desk(actor, rule)
    return render_template(
        "dashboard/index.html",
        desk="office",
        title=_("办公室工作台") if is_office else _("工作台"),
        today=rule.today,
        weekday=_(words.WEEKDAYS[rule.today.weekday()]),
        yesterday=rule.today - timedelta(days=1),
        is_office=is_office,
        overview=desk.overview,
        without_value=desk.without_value,
        domains=desk.domains,
        papers_to_read=[] if is_office else queries.papers_to_read(actor),
        urged={id_: _(STEPS[step.kind]) + " " + day_short(step.on) for id_, step in desk.urged.items()},
        papers_waiting=queries.papers_waiting(actor),
        waiting=desk.waiting,
        waiting_count=desk.waiting_count,
        waiting_said=_("，").join(
            _("%(what)s %(n)s", what=_(words.WAITING_COUNTED[kind]), n=count)
            for kind, count in desk.waiting_counts.items()
            if count
        ),
        waiting_words=task_words.WAITING,
        review_words=words.REVIEW,
        section_words=meeting_words.SECTIONS,
        kinds=WaitingKind,
        statuses=TaskStatus,
    )


def _unit_desk(actor: Actor) -> str:
    rule = _rule(actor)
    desk = queries.unit_desk(actor, rule)
    return render_template(
        "dashboard/index.html",
        desk="unit",
        seen=desk,
        title=_(words.UNIT_DESKS[next((role for role in words.UNIT_DESKS if role in actor.roles), "liaison")]),
        today=rule.today,
        weekday=_(words.WEEKDAYS[rule.today.weekday()]),
        unit_name=_("、").join(desk.unit_names),
        asked=_asked_lines(desk, rule.today, actor),
        post_kinds=POST_KINDS,
        group_words=words.OWED_GROUPS,
        owed_lines=lambda group: [_owed_line(item, group.name, actor) for item in group.shown],
        key=lambda: secrets.token_urlsafe(18),
        waiting_words=task_words.WAITING,
        light_names=task_words.LIGHT_NAMES,
    )


class AskedLine(NamedTuple):
    """Something that the office asked of a unit, in words, and the page on which it is answered."""

    when: str
    light: Markup
    title: str
    reason: str
    label: str
    to: str
    style: str


def _asked_lines(desk: queries.UnitDesk, today: date, actor: Actor) -> list[AskedLine]:
    """Rounds and material first, then opinions, then steps of supervision and instructions of leaders."""
    lines = []

    def add(kind: str, on: date | None, title: str, reason: str, to: str, *, may: bool) -> None:
        open_word, late_word, label = words.ASKED[kind]
        is_late = on is not None and on < today
        code, said = ("late", _(late_word)) if is_late else ("ok", _(open_word))
        light = drawn("components/light.html", "light", code, said)
        when = day_short(on) if on else _("尽快")
        label, style = (_(label), "btn-primary") if may else (_("查看"), "btn-plain")
        lines.append(AskedLine(when, light, title, reason, label, to, style))

    reports = actor.may("tasks.report")
    answers = reports or actor.may("tasks.approve")
    for row in desk.open_rounds:
        counts = {"owed": row.owed, "in": row.reported}
        if row.value_year is None:
            said = _("填报期次，应报 %(owed)s 件，已报 %(in)s 件", **counts)
        else:
            said = _("填报期次，应报 %(owed)s 项，已报 %(in)s 项", **counts)
        said += _("，%(n)s 件等待本单位负责人审核", n=row.waiting) if row.waiting else ""
        to = url_for("rounds.report", round_id=row.id, unit=row.unit_id)
        fills = reports if row.value_year is None else actor.may("plans.enter_values")
        add("round", row.due_on, row.title, said, to, may=fills and row.reported + row.waiting < row.owed)
    for material in desk.materials:
        is_back = material.status is MaterialStatus.RETURNED
        said = _(words.MATERIAL_BACK if is_back else words.MATERIAL_OWED, kind=_(COLLECTION_KINDS[material.kind]))
        to = url_for("rounds.material", collection_id=material.collection_id, unit_id=material.unit_id)
        add("material", material.due_on, material.title, said, to, may=answers)
    for opinion in desk.opinions:
        to = url_for("tasks.answer_consultation", consultation_id=opinion.id, unit=opinion.unit_id)
        to = to if answers else url_for("tasks.consultation", consultation_id=opinion.id)
        add("opinion", opinion.answer_by, opinion.title, _("任务交办前征求意见，请逐条反馈"), to, may=answers)
    for answer in desk.answers:
        if answer.kind is None:
            said = _("%(leader)s批示，请答复办理情况", leader=answer.leader_name)
            page = "answer_instruction" if answers else "instruction"
            to = url_for(f"supervision.{page}", instruction_id=answer.id)
        else:
            said = _("办公室%(step)s，请答复原因和措施", step=_(STEPS[answer.kind]))
            to = url_for("supervision.of_task", task_id=answer.task_id)
            to = url_for("supervision.answer", step_id=answer.id) if answers else to
        add("answer", answer.answer_by, answer.title, said, to, may=answers)
    asked_years = {row.value_year for row in desk.open_rounds}
    for year in desk.values:
        if year.year in asked_years:
            continue  # the round says so
        said = _("应报 %(n)s 项", n=year.owed)
        said += _("，其中逾期 %(n)s 项", n=year.late_count) if year.late_count else ""
        to = url_for("plans.values", unit=year.unit_id, year=year.year)
        to = to if actor.may("plans.enter_values") else url_for("plans.index")
        title = _("%(year)s年指标数值", year=year.year)
        add("values", year.due_on, title, said, to, may=actor.may("plans.enter_values"))
    return lines


class OwedLine(NamedTuple):
    """Something that is owed, in words; its button goes ``to`` a page, or is an act itself."""

    when: str
    light: Markup
    title: str
    href: str
    reason: str
    label: str
    to: str
    style: str
    is_act: bool


def _owed_line(item: tasks.Owed, group: str, actor: Actor) -> OwedLine:
    when = day_short(item.owed_on)
    if group == "week":
        when += _("（%(weekday)s）", weekday=_(words.SHORT_WEEKDAYS[item.owed_on.weekday()]))
    light = item.light
    code, said = (light.code.value, light_words(light)) if light else ("ok", _(task_words.OWED[item.kind]))
    href = url_for("tasks.detail", task_id=item.task_id)
    label, to, style, is_act = _("查看"), href, "btn-plain", False
    if item.kind is OwedKind.RECEIPT:
        if actor.may("tasks.acknowledge"):
            label, to = _(words.OWED_ACTS[item.kind]), url_for("tasks.acknowledge", task_id=item.task_id)
            style, is_act = "btn-primary", True
    elif actor.may("tasks.report"):
        label, to = _(words.OWED_ACTS[item.kind]), url_for("tasks.report_progress", task_id=item.task_id)
        style = "btn-primary" if group == "late" else "btn-plain"
    drawn_light = drawn("components/light.html", "light", code, said)
    return OwedLine(when, drawn_light, item.title, href, _reason(item), label, to, style, is_act)


def _reason(item: tasks.Owed) -> str:
    """What is to be done, and why now."""
    said = _(words.OWED_REASONS[item.kind])
    values = {"role": _(task_words.UNIT_ROLES[item.role]), "n": item.percent_done, "why": item.reason}
    if item.kind is OwedKind.RECEIPT:
        issued = day_short(clock.local(item.issued_at).date()) if item.issued_at else ""
        return said % {**values, "day": issued} + _(words.RECEIPT_OF[item.role])
    said = said % {**values, "day": day_short(item.due_on)}
    if item.due_on == item.original_due_on or item.kind in _RETURNED:
        return said
    return said + _("原定时限%(day)s。", day=day_short(item.original_due_on))


_RETURNED = frozenset({OwedKind.RETURNED, OwedKind.REPORT_RETURNED})


@pages.get("/help")
def help() -> str:  # noqa: A001 -- the endpoint's name
    return render_template("pages/help.html")


@pages.get("/accessibility")
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@health.get("/live")
def live() -> Any:
    """The process answers."""
    return {"status": "live"}


@health.get("/ready")
def ready() -> Any:
    """The database and the file store answer too; 503 where one does not."""
    try:
        queries.is_ready()
        current_app.extensions["storage"].has("0" * 64)
    except (SQLAlchemyError, OSError):
        db.session.rollback()
        return {"status": "not ready"}, 503
    return {"status": "ready"}
