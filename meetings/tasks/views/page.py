"""The blueprint, and what every page of tasks needs beside its task."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response

from meetings.attachments import words as attachment_words
from meetings.attachments.views import max_megabytes
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.i18n import day_short
from meetings.core.i18n import gettext as _
from meetings.core.settings import Settings
from meetings.core.web import carry_out, current_actor
from meetings.meetings import words as meeting_words
from meetings.plans.words import LINES
from meetings.tasks import queries, rules, words
from meetings.tasks.models import Task
from meetings.workdays.queries import calendar
from meetings.workdays.rules import remark_on
from meetings.workdays.words import REMARKS

bp = Blueprint("tasks", __name__)


@bp.app_template_filter("amount")
def amount(number: Decimal | None) -> str:
    """6,200 or 0.5; an unknown number is empty."""
    return "" if number is None else f"{Decimal(rules.plain_amount(number)):,f}"


@bp.app_template_filter("local_day")
def local_day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


@bp.app_template_filter("light_words")
def light_words(light: rules.Light) -> str:
    """正常, 距时限 2 个工作日, 逾期未报 1 个工作日 …"""
    return words.reason_of(light)


@bp.context_processor
def wording() -> dict[str, Any]:
    """Words of what pages show as codes."""
    return {
        "event_words": words.EVENTS,
        "status_words": words.STATUSES,
        "role_words": words.UNIT_ROLES,
        "cycle_words": words.REPORTING_CYCLES,
        "step_words": words.STEPS,
        "urgency_words": words.URGENCIES,
        "source_words": words.SOURCES,
        "section_words": meeting_words.SECTIONS,
        "line_nouns": LINES,
    }


def settings() -> Settings:
    found: Settings = current_app.config["LUOSHI"]
    return found


def day_remark(day: date, actor: Actor) -> str:
    """That a date is a day of rest, or in a year whose holidays are not known; empty for a plain one."""
    days = calendar(actor.committee_id)
    code = remark_on(day, days)
    return _(REMARKS[code], year=day.year, day=day_short(days.add(day, -1))) if code else ""


def light_rule(actor: Actor) -> rules.LightRule:
    return queries.light_rule(actor.committee_id, clock.today())


def files_hint() -> str:
    return _(attachment_words.HINT, max=max_megabytes()) + _("；不要上传姓名、身份证号。")


def step(task_id: int, form: Any, act: Callable[[Task], object], *, said: str, to: str = "") -> Response | None:
    """``carry_out`` for one step of one task; on to its page, or to ``to``."""
    actor = current_actor()
    return carry_out(
        form,
        lambda: act(queries.find(task_id, actor=actor, held=True)),
        said=said,
        to=to or url_for("tasks.detail", task_id=task_id),
    )
