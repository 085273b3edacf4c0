"""Papers of all units, and evidence, in one archive: asked for here, made by a job, fetched by whoever asked."""

from typing import Any
from urllib.parse import quote

from flask import Response, flash, redirect, request, url_for

from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.errors import NotFound
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, require
from meetings.jobs import actions as jobs
from meetings.jobs import queries as job_queries
from meetings.jobs.models import JobStatus
from meetings.reporting import catalogue, rules
from meetings.reporting.jobs import EVIDENCE, PAPERS_OF, UNIT_REPORTS
from meetings.reporting.views.blueprint import bp, storage
from meetings.reporting.views.papers import paper_form, show_paper


def _asker() -> Actor:
    """Who may print of every unit."""
    actor = require("tasks.read_all")
    catalogue.find(PAPERS_OF[UNIT_REPORTS], actor=actor)
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


@bp.post("/reports/evidence-catalogue/files")
def ask_for_evidence() -> Any:
    """Ask for the evidence of the catalogue as it was chosen on its page."""
    actor = require("reports.print")
    entry = catalogue.find(PAPERS_OF[EVIDENCE], actor=actor)
    form = paper_form(entry, actor)
    done = carry_out(
        form,
        lambda: jobs.enqueue(
            EVIDENCE,
            by=actor,
            plan=form.plan.data,
            meeting=form.meeting.data,
            unit=form.unit.data,
            as_of=(form.as_of.data or clock.today()).isoformat(),
            verify_address=url_for("reporting.verify_form", _external=True),
        ),
        said=N_("开始打包，完成后在这里下载"),
        to=lambda job_id: url_for("jobs.progress", job_id=job_id),
    )
    return done or show_paper(entry, actor, form)


@bp.get("/reports/bundles/<int:job_id>.zip")
def bundle(job_id: int) -> Response:
    """The archive, for who asked for it and may still make what is in it, while it is kept."""
    actor = require("reports.print")
    job = job_queries.find_own(job_id, actor=actor)
    if job.kind not in PAPERS_OF or job.status is not JobStatus.DONE or not job.result:
        raise NotFound
    catalogue.find(PAPERS_OF[job.kind], actor=actor)
    if job.kind == UNIT_REPORTS:
        _asker()
    if not rules.bundle_is_kept(job.finished_at, clock.now()):
        raise NotFound
    name = f"{job.result['name']}.zip" if job.kind == EVIDENCE else _reports_name(job.arguments["as_of"])
    content = storage().get(job.result["sha256"])
    with writing():
        log_access(AccessKind.DOWNLOAD, name, by=actor, address=request.remote_addr or "")
    response = Response(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f"attachment; filename=\"files.zip\"; filename*=UTF-8''{quote(name)}"
    return response


def _reports_name(day: str) -> str:
    return _("各单位任务进展报告（截至%(day)s）", day=day) + ".zip"
