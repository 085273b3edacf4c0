"""Papers of all units in one archive: asked for here, made by a job, fetched by whoever asked."""

from typing import Any
from urllib.parse import quote

from flask import Response, flash, redirect, request, url_for

from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.errors import NotFound
from meetings.core.i18n import gettext as _
from meetings.core.web import require
from meetings.jobs import actions as jobs
from meetings.jobs import queries as job_queries
from meetings.jobs.models import JobStatus
from meetings.reporting import catalogue, rules
from meetings.reporting.jobs import UNIT_REPORTS
from meetings.reporting.views.blueprint import bp, storage


def _asker() -> Actor:
    """Who may print of every unit."""
    actor = require("tasks.read_all")
    catalogue.find("unit-progress", actor=actor)
    return actor


@bp.post("/reports/bundles")
def ask_for_bundle() -> Any:
    """Ask for the progress reports of all units; one that is being made is not asked for again."""
    actor = _asker()
    with writing():
        job_id = job_queries.unfinished(UNIT_REPORTS, actor=actor)
        if job_id is None:
            job_id = jobs.enqueue(
                UNIT_REPORTS,
                by=actor,
                key=f"{UNIT_REPORTS}:{actor.user_id}",
                as_of=clock.today().isoformat(),
                verify_address=url_for("reporting.verify_form", _external=True),
            )
        else:
            flash(_("正在生成，不必再次提出"))
    return redirect(url_for("jobs.progress", job_id=job_id), 303)


@bp.get("/reports/bundles/<int:job_id>.zip")
def bundle(job_id: int) -> Response:
    """The archive, for who asked for it and may still print of every unit, while it is kept."""
    actor = _asker()
    job = job_queries.find_own(job_id, actor=actor)
    if job.kind != UNIT_REPORTS or job.status is not JobStatus.DONE or not job.result:
        raise NotFound
    if not rules.bundle_is_kept(job.finished_at, clock.now()):
        raise NotFound
    name = _("各单位任务进展报告（截至%(day)s）", day=job.arguments["as_of"]) + ".zip"
    content = storage().get(job.result["sha256"])
    with writing():
        log_access(AccessKind.DOWNLOAD, name, by=actor, address=request.remote_addr or "")
    response = Response(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f"attachment; filename=\"reports.zip\"; filename*=UTF-8''{quote(name)}"
    return response
