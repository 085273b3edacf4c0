"""The ledger of tasks as a file: the rows of the screen, in its order, with the filter written on it."""

from typing import Any

from flask import request

from meetings.core.db import writing
from meetings.core.i18n import gettext as _
from meetings.core.web import require
from meetings.reporting import actions, catalogue
from meetings.reporting.catalogue.tasks import of_screen
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.views.blueprint import bp, file
from meetings.tasks import queries as tasks
from meetings.tasks.views.ledger import asked_of
from meetings.tasks.views.page import light_rule


@bp.get("/reports/ledger.<any(pdf, docx, xlsx):suffix>")
def ledger_file(suffix: str) -> Any:
    """What the ledger shows for the same address, all pages of it; a preview without a number."""
    actor = require("reports.print")
    asked = asked_of(actor)
    rule = light_rule(actor)
    rows = tasks.rows_of(asked.wanted, actor=actor, rule=rule, sort=asked.sort)
    title = _("任务台账") if actor.may("tasks.read_all") else _("本单位任务")
    content = of_screen(
        {row.id: row.light for row in rows},
        actor=actor,
        moment=Moment.of(rule.today, rule),
        said=f"{asked.sentence}，{asked.order}",
        title=title,
    )
    drawn = catalogue.draw(catalogue.PAPERS["responsibility-list"], content, actor=actor, suffix=suffix)
    with writing():
        actions.note_print(_("预览 %(title)s", title=title), by=actor, address=request.remote_addr or "")
    return file(drawn, f"{title}.{suffix}")
