"""今日要办: the page the office opens in the morning."""

from flask import render_template, url_for

from meetings.core import clock
from meetings.core.web import require
from meetings.supervision import queries, words
from meetings.supervision.views.page import bp
from meetings.tasks import queries as tasks


@bp.get("/supervision/today")
def today() -> str:
    actor = require("tasks.supervise")
    rule = tasks.light_rule(actor.committee_id, clock.today())
    day = rule.today.isoformat()
    whole = {
        "receipts": url_for("tasks.ledger", light="late"),
        "due_today": url_for("tasks.ledger", due_from=day, due_to=day),
        "overdue": url_for("tasks.ledger", light="late"),
        "review": url_for("tasks.reports"),
        "extensions": url_for("tasks.extensions"),
        "consultations": url_for("tasks.consultations"),
        "rounds": url_for("rounds.index"),
        "instructions": url_for(".instructions", only="unanswered"),
        "unanswered": url_for(".steps", only="unanswered"),
    }
    return render_template(
        "supervision/today.html",
        morning=queries.morning(actor, rule),
        titles=words.MORNING,
        whole=whole,
        today=rule.today,
    )
