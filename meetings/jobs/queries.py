"""What people look up about jobs: their own, and the operator all of them without their content."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from meetings.core.actor import Actor
from meetings.core.db import Json, db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.jobs.models import Job, JobStatus, WorkerSeen


def find_own(job_id: int, *, actor: Actor) -> Job:
    """A job that the actor asked for."""
    job = db.session.scalar(
        select(Job).where(Job.id == job_id, Job.user_id == actor.user_id, Job.committee_id == actor.committee_id)
    )
    if job is None:
        raise NotFound
    return job


def unfinished(kind: str, *, actor: Actor) -> int | None:
    """The job of this kind that the actor asked for and that is not over yet."""
    waits = Job.status.in_([JobStatus.QUEUED, JobStatus.RUNNING])
    return db.session.scalar(select(Job.id).where(Job.user_id == actor.user_id, Job.kind == kind, waits).limit(1))


def results_before(kind: str, moment: datetime) -> Sequence[tuple[int, Json]]:
    """Jobs of a kind that were done before the moment, with what they made."""
    rows = select(Job.id, Job.result).where(Job.kind == kind, Job.status == JobStatus.DONE, Job.finished_at < moment)
    return [(job_id, result) for job_id, result in db.session.execute(rows) if result]


def find(job_id: int, *, actor: Actor) -> Job:
    """Any job of the committee or of the schedule, for the operator."""
    job = db.session.scalar(select(Job).where(Job.id == job_id, _of(actor)))
    if job is None or not actor.may("system.operate"):
        raise NotFound
    return job


def jobs(actor: Actor, *, status: JobStatus | None = None, page: int = 1) -> tuple[Page[Job], dict[JobStatus, int]]:
    """Jobs of the committee and of the schedule, the newest first; and how many are in each state."""
    where = [_of(actor)]
    if status is not None:
        where.append(Job.status == status)
    counts = _counts(actor)
    total = counts.get(status, 0) if status else sum(counts.values())
    rows = select(Job).where(*where).order_by(Job.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Page(db.session.scalars(rows).all(), page, total), counts


def _counts(actor: Actor) -> dict[JobStatus, int]:
    rows = select(Job.status, func.count()).where(_of(actor)).group_by(Job.status)
    return dict(db.session.execute(rows).all())


def workers(since: datetime) -> Sequence[WorkerSeen]:
    """Workers that were there lately."""
    return db.session.scalars(
        select(WorkerSeen).where(WorkerSeen.seen_at > since).order_by(WorkerSeen.seen_at.desc())
    ).all()


def all_jobs(status: JobStatus | None = None, limit: int = 50) -> Sequence[Job]:
    """The newest jobs of the installation, for the command line."""
    rows = select(Job).order_by(Job.id.desc()).limit(limit)
    return db.session.scalars(rows.where(Job.status == status) if status else rows).all()


def find_any(job_id: int) -> Job:
    """Any job of the installation, for the command line."""
    job = db.session.scalar(select(Job).where(Job.id == job_id))
    if job is None:
        raise NotFound
    return job


def _of(actor: Actor) -> ColumnElement[bool]:
    return or_(Job.committee_id == actor.committee_id, Job.committee_id.is_(None))
