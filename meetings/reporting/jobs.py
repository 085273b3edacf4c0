"""Papers that take long: the reports of all units in one archive, evidence with its catalogue; their end after days."""

import io
import zipfile
from collections.abc import Mapping
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
from meetings.reporting.catalogue import signing
from meetings.reporting.models import Paper
from meetings.reporting.queries import sources
from reports.evidence_catalogue import EvidenceCatalogue

UNIT_REPORTS = "reporting.unit_reports"
EVIDENCE = "reporting.evidence"
PAPERS_OF = {UNIT_REPORTS: "unit-progress", EVIDENCE: "evidence-catalogue"}
"""The kind of paper that an archive is made of: who may make it may ask for the archive."""


def unit_reports(job: Running) -> None:
    """Make the progress report of every unit that has tasks, each numbered and kept, and pack them.

    ``as_of`` is an ISO day, ``verify_address`` what the papers print. One that begins anew makes no paper twice.
    """
    actor = actor_by_id(job.user_id, today=clock.today())
    if actor is None:
        raise DomainError("job.nobody")
    entry = catalogue.find(PAPERS_OF[UNIT_REPORTS], actor=actor)
    units = sources.units_with_tasks(actor)
    if not units:
        raise DomainError("paper.nothing")
    storage: Storage = current_app.extensions["storage"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:  # the papers are packed already
        for number, (unit_id, name) in enumerate(units, 1):
            job.progress(number - 1, len(units), name)
            chosen = {"unit": unit_id, "as_of": date.fromisoformat(job.arguments["as_of"])}
            with transaction(by=actor):
                paper = queries.of_job(job.id, unit_id) or _make(
                    entry, catalogue.gathered(entry, actor=actor, chosen=chosen), chosen, job, storage, actor
                )
                named, sha256 = f"{number:02} {paper.title}（{paper.number}）.pdf", paper.sha256
            packed.writestr(named.replace("/", "／"), storage.get(sha256))
            db.session.expunge_all()
    job.progress(len(units), len(units))
    with transaction(by=actor):
        kept = storage.put(archive.getvalue())
        tell_account("reporting.ready", actor.user_id or 0, path=f"/jobs/{job.id}", by=actor)
        job.complete(sha256=kept, size=archive.tell(), papers=len(units))


def evidence(job: Running) -> None:
    """Pack the evidence that the asker may see under its numbered catalogue, in the order of that.

    ``plan``, ``meeting`` and ``unit`` are ids or None, ``as_of`` an ISO day, ``verify_address`` what the catalogue
    prints. One that begins anew makes no catalogue twice, and packs what the catalogue lists.
    """
    actor = actor_by_id(job.user_id, today=clock.today())
    if actor is None:
        raise DomainError("job.nobody")
    entry = catalogue.find(PAPERS_OF[EVIDENCE], actor=actor)
    chosen = {name: job.arguments[name] for name in ("plan", "meeting", "unit")}
    chosen["as_of"] = date.fromisoformat(job.arguments["as_of"])
    storage: Storage = current_app.extensions["storage"]
    with transaction(by=actor):
        content = catalogue.gathered(entry, actor=actor, chosen=chosen)
        made = queries.of_job(job.id, content.unit_id)
        listed: EvidenceCatalogue = signing.thawed(entry, storage.get(made.data_sha256)) if made else content.data
        files = [each for domain in listed.domains for each in domain.evidence]
        rules.check_packed([each.size for each in files])
        paper = made or _make(entry, content, chosen, job, storage, actor)
        title, cover_sha256 = paper.title, paper.sha256
        cover = f"00 {title}（{paper.number}）.pdf".replace("/", "／")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:  # pictures and papers are packed already
        packed.writestr(cover, storage.get(cover_sha256))
        for place, each in enumerate(files):
            job.progress(place, len(files), each.name)
            packed.writestr(each.path, storage.get(each.sha256))
    job.progress(len(files), len(files))
    with transaction(by=actor):
        kept = storage.put(archive.getvalue())
        tell_account("reporting.evidence_ready", actor.user_id or 0, path=f"/jobs/{job.id}", by=actor)
        job.complete(sha256=kept, size=archive.tell(), files=len(files), name=title)


def _make(
    entry: catalogue.Entry,
    content: catalogue.Content,
    chosen: Mapping[str, Any],
    job: Running,
    storage: Storage,
    actor: Actor,
) -> Paper:
    return actions.make(
        entry.code,
        title=content.title,
        filter_text=content.filter_text,
        unit_id=content.unit_id,
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
    for kind in PAPERS_OF:
        for job_id, result in results_before(kind, clock.now() - rules.BUNDLE_KEPT):
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
    Handler(
        EVIDENCE,
        N_("打包佐证材料"),
        evidence,
        time_limit=timedelta(minutes=15),
        result="reporting.bundle",
        back="reporting.index",
    ),
    Handler("reporting.expire", N_("清理过期的文书压缩包"), expire),
)
SCHEDULES = (Schedule("reporting.expire", time(3, 40)),)
