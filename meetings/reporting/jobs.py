"""Papers that take long: the progress reports of all units in one archive, and its end after some days."""

import io
import zipfile
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from flask import current_app

from meetings.accounts.queries import actor_by_id
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction, writing
from meetings.core.errors import DomainError
from meetings.core.i18n import N_
from meetings.core.storage import Storage
from meetings.jobs import actions as jobs
from meetings.jobs.queries import results_before
from meetings.jobs.rules import Handler, Schedule
from meetings.jobs.runner import Running
from meetings.notifications.actions import tell_account
from meetings.reporting import actions, catalogue, queries, rules
from meetings.reporting.models import Paper
from meetings.reporting.queries import sources

UNIT_REPORTS = "reporting.unit_reports"
_CODE = "unit-progress"


def unit_reports(job: Running) -> None:
    """Make the progress report of every unit that has tasks, each numbered and kept, and pack them.

    ``as_of`` is an ISO day, ``verify_address`` what the papers print. One that begins anew makes no paper twice.
    """
    actor = actor_by_id(job.user_id, today=clock.today())
    if actor is None:
        raise DomainError("job.nobody")
    entry = catalogue.find(_CODE, actor=actor)
    units = sources.units_with_tasks(actor)
    if not units:
        raise DomainError("paper.nothing")
    storage: Storage = current_app.extensions["storage"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:  # the papers are packed already
        for number, (unit_id, name) in enumerate(units, 1):
            job.progress(number - 1, len(units), name)
            with transaction(by=actor):
                paper = queries.of_job(job.id, unit_id) or _make(entry, actor, job, unit_id, storage)
                named, sha256 = f"{number:02} {paper.title}（{paper.number}）.pdf", paper.sha256
            packed.writestr(named.replace("/", "／"), storage.get(sha256))
            db.session.expunge_all()
    job.progress(len(units), len(units))
    with transaction(by=actor):
        kept = storage.put(archive.getvalue())
        tell_account("reporting.ready", actor.user_id or 0, path=f"/jobs/{job.id}", by=actor)
        job.complete(sha256=kept, size=archive.tell(), papers=len(units))


def _make(entry: catalogue.Entry, actor: Actor, job: Running, unit_id: int, storage: Storage) -> Paper:
    chosen: dict[str, Any] = {"unit": unit_id, "as_of": date.fromisoformat(job.arguments["as_of"])}
    content = catalogue.gathered(entry, actor=actor, chosen=chosen)
    return actions.make(
        entry.code,
        title=content.title,
        filter_text=content.filter_text,
        unit_id=unit_id,
        parameters=chosen,
        data=content.data,
        draw=partial(_draw, entry, content, actor, job.arguments["verify_address"]),
        storage=storage,
        by=actor,
        job_id=job.id,
    )


def _draw(
    entry: catalogue.Entry,
    content: catalogue.Content,
    actor: Actor,
    verify_address: str,
    number: str,
    verification_code: str,
    audit_head: str,
) -> bytes:
    return catalogue.draw(
        entry,
        content,
        actor=actor,
        verify_address=verify_address,
        number=number,
        verification_code=verification_code,
        audit_head=audit_head,
    )


def expire(_job: Running) -> None:
    """Let go of archives that nobody can fetch any more; the papers that were in them stay."""
    storage: Storage = current_app.extensions["storage"]
    for job_id, result in results_before(UNIT_REPORTS, clock.now() - rules.BUNDLE_KEPT):
        storage.remove(result["sha256"])
        with writing():
            jobs.forget_result(job_id)


JOBS = (
    Handler(
        UNIT_REPORTS,
        N_("各单位任务进展报告"),
        unit_reports,
        time_limit=timedelta(minutes=15),
        result="reporting.bundle",
        back="reporting.index",
    ),
    Handler("reporting.expire", N_("清理过期的文书压缩包"), expire),
)
SCHEDULES = (Schedule("reporting.expire", time(3, 40)),)
