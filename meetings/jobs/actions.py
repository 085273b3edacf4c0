"""Ask for work, claim it, keep it alive, end it. Every step holds only for who has the claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import Base, Json, db
from meetings.jobs import rules
from meetings.jobs.models import Job, JobStatus, ScheduleSlot, WorkerSeen
from meetings.jobs.rules import Handler, Schedule

ASKED = "jobs.asked"  # ids in the session, for ``queue`` to send after the commit

# Words longer than the column are cut, never refused.
_WORDS = 200
KEPT = timedelta(days=30)
DEAD_KEPT = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in hand: what to do, for whom, the how-manieth time, and the token that proves it."""

    id: int
    kind: str
    arguments: Mapping[str, Any]
    committee_id: int | None
    user_id: int | None
    attempt: int
    token: str


def enqueue(
    kind: str,
    *,
    by: Actor | None,
    key: str | None = None,
    run_at: datetime | None = None,
    **arguments: object,
) -> int | None:
    """Ask for a job in the present transaction; it is sent when that is committed, and gone when it is not.

    None where one with the same ``key`` still waits. ``by`` None: the schedule asks.
    """
    now = clock.now()
    job_id = _insert(
        Job,
        ["key"],
        committee_id=by.committee_id if by else None,
        user_id=by.user_id if by else None,
        kind=kind,
        key=key,
        arguments=arguments,
        status=JobStatus.QUEUED,
        asked_at=now,
        run_at=run_at or now,
        sent_at=now if run_at is None else None,
        attempts=0,
        done_count=0,
        total_count=0,
        progress_words="",
        reason_details={},
        result={},
        cancel_asked=False,
    )
    if job_id is not None and run_at is None:
        db.session().info.setdefault(ASKED, []).append(job_id)
    return job_id


def _insert(model: type[Base], unique: Sequence[str], **values: object) -> int | None:
    """The new row's id, or None where the unique columns are taken."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(model).values(values).on_conflict_do_nothing(index_elements=unique).returning(model.id)
    found: int | None = db.session.execute(statement).scalar()
    return found


# --- the worker's steps ---------------------------------------------------------------------------------------------


def claim(job_id: int, *, token: str) -> Claim | None:
    """Take a job that waits; None where somebody else has it or its time has not come."""
    now = clock.now()
    row = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.status == JobStatus.QUEUED, Job.run_at <= now)
        .values(
            status=JobStatus.RUNNING,
            attempts=Job.attempts + 1,
            claim=token,
            beat_at=now,
            started_at=now,
            key=None,  # what is asked from now on may come too late for this turn
            done_count=0,
            total_count=0,
            progress_words="",
        )
        .returning(Job.id, Job.kind, Job.arguments, Job.committee_id, Job.user_id, Job.attempts)
    ).first()
    return Claim(*row, token=token) if row else None


def beat(job_id: int, token: str) -> bool | None:
    """Say that the job is being done. Whether its end was asked for; None where the claim is lost."""
    asked: bool | None = db.session.execute(
        update(Job).where(*_held(job_id, token)).values(beat_at=clock.now()).returning(Job.cancel_asked)
    ).scalar()
    return asked


def progress(job_id: int, token: str, done: int, total: int, words: str) -> bool:
    """Write down how far it is; False where the claim is lost."""
    changed = (
        update(Job)
        .where(*_held(job_id, token))
        .values(done_count=done, total_count=total, progress_words=words[:_WORDS])
        .returning(Job.id)
    )
    return db.session.execute(changed).scalar() is not None


def complete(job_id: int, token: str, result: Json) -> bool:
    """The job is done; False where the claim is lost."""
    return _end(job_id, token, status=JobStatus.DONE, result=result, reason=None, reason_details={})


def fail(job_id: int, token: str, handler: Handler | None, reason: str, details: Json, *, for_good: bool) -> bool:
    """An attempt has failed: the job rests and comes again, or is dead; False where the claim is lost."""
    attempts = db.session.scalar(select(Job.attempts).where(*_held(job_id, token)))
    if attempts is None:
        return False
    values: dict[str, Any] = {"reason": reason, "reason_details": details}
    if for_good or handler is None or attempts >= handler.most_attempts:
        return _end(job_id, token, status=JobStatus.DEAD, **values)
    run_at = clock.now() + rules.pause_after(attempts, handler.first_pause)
    return _put_back(job_id, token, run_at=run_at, **values)


def release(job_id: int, token: str) -> bool:
    """The worker stops: the job goes back as if it had not been taken."""
    return _put_back(job_id, token, run_at=clock.now(), attempts=Job.attempts - 1)


def end_cancelled(job_id: int, token: str) -> bool:
    return _end(job_id, token, status=JobStatus.CANCELLED)


def _held(job_id: int, token: str) -> tuple[ColumnElement[bool], ...]:
    return Job.id == job_id, Job.claim == token, Job.status == JobStatus.RUNNING


def _end(job_id: int, token: str, **values: Any) -> bool:
    ended = update(Job).where(*_held(job_id, token)).values(finished_at=clock.now(), claim=None, **values)
    return db.session.execute(ended.returning(Job.id)).scalar() is not None


def _put_back(job_id: int, token: str, **values: Any) -> bool:
    back = update(Job).where(*_held(job_id, token))
    back = back.values(status=JobStatus.QUEUED, claim=None, sent_at=None, cancel_asked=False, **values)
    return db.session.execute(back.returning(Job.id)).scalar() is not None


# --- the sweep ------------------------------------------------------------------------------------------------------


def reap(handlers: Mapping[str, Handler], *, stale: timedelta) -> int:
    """Put back, or bury, what a worker held that is heard of no more; how many."""
    lost = select(Job.id, Job.claim, Job.kind).where(Job.status == JobStatus.RUNNING, Job.beat_at < clock.now() - stale)
    rows = db.session.execute(lost.with_for_update(skip_locked=True)).all()
    for job_id, token, kind in rows:
        fail(job_id, token or "", handlers.get(kind), "job.interrupted", {}, for_good=False)
    return len(rows)


def due(*, queue_is_empty: bool, grace: timedelta, limit: int = 500) -> list[int]:
    """Jobs to send now: those whose pause is over, and where the queue is empty those whose message was lost."""
    now = clock.now()
    unsent = Job.sent_at.is_(None)
    waiting = or_(unsent, Job.sent_at < now - grace) if queue_is_empty else unsent
    ids = list(
        db.session.scalars(
            select(Job.id)
            .where(Job.status == JobStatus.QUEUED, Job.run_at <= now, waiting)
            .order_by(Job.run_at, Job.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    if ids:
        db.session.execute(update(Job).where(Job.id.in_(ids)).values(sent_at=now))
    return ids


def meet(schedules: Sequence[Schedule]) -> None:
    """Ask for what the schedule says, once for each hour; one that was missed is caught up, once."""
    now = clock.now()
    for schedule in schedules:
        slot = schedule.slot(clock.local(now)).strftime("%Y-%m-%dT%H:%M")
        if _met(schedule.kind, slot):
            continue
        if _insert(ScheduleSlot, ["name", "slot"], name=schedule.kind, slot=slot, met_at=now) is not None:
            enqueue(schedule.kind, by=None, slot=slot)


def _met(name: str, slot: str) -> bool:
    return db.session.scalar(select(ScheduleSlot.id).filter_by(name=name, slot=slot)) is not None


def be_seen(name: str, *, started_at: datetime) -> None:
    """Say that this worker is there."""
    now = clock.now()
    seen = update(WorkerSeen).where(WorkerSeen.name == name).values(seen_at=now).returning(WorkerSeen.id)
    if db.session.execute(seen).scalar() is None:
        _insert(WorkerSeen, ["name"], name=name, started_at=started_at, seen_at=now)


def forget_result(job_id: int) -> None:
    """What a job made is there no longer."""
    db.session.execute(update(Job).where(Job.id == job_id).values(result={}))


def tidy() -> None:
    """Forget what ended long ago; what never succeeded is kept for half a year."""
    now = clock.now()
    over = or_(
        Job.status.in_([JobStatus.DONE, JobStatus.CANCELLED]) & (Job.finished_at < now - KEPT),
        (Job.status == JobStatus.DEAD) & (Job.finished_at < now - DEAD_KEPT),
    )
    db.session.execute(delete(Job).where(over))
    db.session.execute(delete(ScheduleSlot).where(ScheduleSlot.met_at < now - DEAD_KEPT))
    db.session.execute(delete(WorkerSeen).where(WorkerSeen.seen_at < now - timedelta(days=1)))


# --- the people's steps ---------------------------------------------------------------------------------------------


def retry(job: Job) -> None:
    """Let a job that ended without success begin anew.

    Raises ``DomainError("job.not_stopped")``.
    """
    rules.check_retry(job.status)
    job.status, job.attempts, job.run_at, job.sent_at = JobStatus.QUEUED, 0, clock.now(), clock.now()
    job.finished_at, job.cancel_asked = None, False
    db.session().info.setdefault(ASKED, []).append(job.id)


def cancel(job: Job) -> None:
    """End a job: at once where it waits, at the worker's next look where it runs.

    Raises ``DomainError("job.is_over")``.
    """
    rules.check_cancel(job.status)
    if job.status is JobStatus.QUEUED:
        job.status, job.finished_at, job.key = JobStatus.CANCELLED, clock.now(), None
    job.cancel_asked = True
