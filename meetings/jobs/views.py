"""Pages of jobs: how far one's own is, and the operator's list without any content."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.errors import DomainError
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import current_actor, require, words_of
from meetings.jobs import actions, queries
from meetings.jobs.models import Job, JobStatus
from meetings.jobs.runner import handlers
from meetings.jobs.words import STATUSES

bp = Blueprint("jobs", __name__)

# Without a sign of life for so long a worker is taken for gone (it gives one every ten seconds).
WORKER_GONE = timedelta(minutes=1)


def operator() -> Actor:
    return require("system.operate")


@bp.get("/system/")
def system() -> Any:
    """The operator's pages; the first of them."""
    operator()
    return redirect(url_for(".jobs"), 303)


@bp.get("/jobs/<int:job_id>")
def progress(job_id: int) -> str:
    """How far a job of one's own is; ``?part=1`` is the part that changes, for the script that asks again."""
    job = queries.find_own(job_id, actor=current_actor())
    handler = handlers().get(job.kind)
    return render_template(
        "jobs/_progress.html" if request.args.get("part") else "jobs/progress.html",
        job=job,
        title=_title(job),
        result_url=url_for(handler.result, job_id=job.id) if handler and handler.result else None,
        back_url=url_for(handler.back if handler else "dashboard.index"),
        reason=_reason(job),
        statuses=JobStatus,
        status_words=STATUSES,
        now=clock.now(),
    )


@bp.post("/jobs/<int:job_id>/cancel")
def cancel_own(job_id: int) -> Any:
    with writing():
        actions.cancel(queries.find_own(job_id, actor=current_actor()))
    flash(_("已取消"))
    return redirect(url_for(".progress", job_id=job_id), 303)


@bp.get("/system/jobs")
def jobs() -> str:
    """Every job of the committee and of the schedule: state, progress, attempts, reason."""
    actor = operator()
    asked = request.args.get("status", "")
    status = JobStatus(asked) if asked in set(JobStatus) else None
    page, counts = queries.jobs(actor, status=status, page=page_number(request.args.get("page")))
    now = clock.now()
    return render_template(
        "jobs/jobs.html",
        page=page,
        rows=[(job, _title(job), _reason(job)) for job in page.rows],
        status=status,
        statuses=JobStatus,
        status_words=STATUSES,
        counts=counts,
        workers=queries.workers(now - WORKER_GONE),
        now=now,
    )


@bp.post("/system/jobs/<int:job_id>/retry")
def retry(job_id: int) -> Any:
    actor = operator()
    with writing():
        actions.retry(queries.find(job_id, actor=actor))
    flash(_("已重新排队"))
    return redirect(url_for(".jobs"), 303)


@bp.post("/system/jobs/<int:job_id>/cancel")
def cancel(job_id: int) -> Any:
    actor = operator()
    with writing():
        actions.cancel(queries.find(job_id, actor=actor))
    flash(_("已取消"))
    return redirect(url_for(".jobs"), 303)


def _title(job: Job) -> str:
    handler = handlers().get(job.kind)
    return _(handler.title) if handler else job.kind


def _reason(job: Job) -> str:
    return words_of(DomainError(job.reason, **job.reason_details)) if job.reason else ""
