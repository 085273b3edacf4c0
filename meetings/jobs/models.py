"""Work for later: what is to be done, how far it is, and which hours of the schedule were met."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.core.db import AUTOINCREMENT, Base, Json


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Job(Base):
    """A piece of work: a row of the transaction that asks for it. The queue carries its id and nothing else.

    ``claim`` names the worker's turn that runs it and ``beat_at`` says that the worker lives; whoever holds no claim
    any more changes nothing. ``key`` keeps a second one from being asked for while the first still waits.
    ``reason`` is the code of what went wrong last. A job of the schedule has neither committee nor account.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_status_run_at", "status", "run_at"), AUTOINCREMENT)

    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(100), unique=True)
    arguments: Mapped[Json]
    status: Mapped[JobStatus] = mapped_column(default=JobStatus.QUEUED)
    asked_at: Mapped[datetime]
    run_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    claim: Mapped[str | None] = mapped_column(String(32))
    beat_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    progress_words: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str | None] = mapped_column(String(64))
    reason_details: Mapped[Json]
    result: Mapped[Json]
    cancel_asked: Mapped[bool] = mapped_column(default=False)


class ScheduleSlot(Base):
    """An hour of the schedule that was met: the first to write it down asks for the job."""

    __tablename__ = "schedule_slot"
    __table_args__ = (UniqueConstraint("name", "slot"), AUTOINCREMENT)

    name: Mapped[str] = mapped_column(String(64))
    slot: Mapped[str] = mapped_column(String(32))
    met_at: Mapped[datetime]


class WorkerSeen(Base):
    """A worker that was there: its machine and process, and when it last said so."""

    __tablename__ = "worker_seen"

    name: Mapped[str] = mapped_column(String(100), unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
