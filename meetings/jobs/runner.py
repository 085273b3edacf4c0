"""Carry one claimed job out: in the worker's child process, or at once in a test."""

import errno
import secrets
import time
from collections.abc import Mapping
from typing import Any

import structlog
from flask import current_app

from meetings.core.db import db, writing
from meetings.core.errors import DomainError
from meetings.core.storage import StorageFull
from meetings.jobs import actions
from meetings.jobs.actions import Claim
from meetings.jobs.queue import Queue
from meetings.jobs.rules import Handler

log = structlog.get_logger("luoshi.jobs")
_BETWEEN = 0.3  # seconds between two notes of the progress: each is a transaction


class SupersededError(Exception):
    """The claim is lost: another worker has the job, or it was cancelled. Nothing more may be written."""


class Running:
    """A job in hand, as its handler sees it."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._noted = 0.0
        self.is_complete = False

    @property
    def id(self) -> int:
        return self._claim.id

    @property
    def arguments(self) -> Mapping[str, Any]:
        return self._claim.arguments

    @property
    def user_id(self) -> int | None:
        return self._claim.user_id

    @property
    def committee_id(self) -> int | None:
        return self._claim.committee_id

    @property
    def attempt(self) -> int:
        return self._claim.attempt

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Say how far it is: ``done`` of ``total``, and what is at hand. Outside any transaction.

        Raises ``SupersededError`` where the job is no longer this worker's.
        """
        now = time.monotonic()
        if done < total and now - self._noted < _BETWEEN:
            return
        self._noted = now
        with writing():
            held = actions.progress(self.id, self._claim.token, done, total, words)
        if not held:
            raise SupersededError

    def complete(self, **result: object) -> None:
        """The job is done, as part of the transaction that holds what it did: both or neither.

        Raises ``SupersededError`` where the job is no longer this worker's; the transaction is then undone.
        """
        if not actions.complete(self.id, self._claim.token, result):
            raise SupersededError
        self.is_complete = True


def handlers() -> dict[str, Handler]:
    """Kind → handler, as ``app.py`` has collected them."""
    found: dict[str, Handler] = current_app.extensions["jobs"]
    return found


def carry_out(claim: Claim) -> None:
    """Do the job and write down how it ended. In an application context; raises nothing."""
    handler = handlers().get(claim.kind)
    running = Running(claim)
    try:
        if handler is None:
            raise DomainError("job.no_handler")  # noqa: TRY301 -- ends like any refusal
        handler.work(running)
        if not running.is_complete:
            with writing():
                running.complete()
    except SupersededError:
        log.info("superseded", job=claim.id, kind=claim.kind)
    except Exception as error:  # noqa: BLE001 -- whatever a handler does, the job's row says how it ended
        db.session.rollback()
        _failed(claim, handler, error)
    finally:
        db.session.remove()


def _failed(claim: Claim, handler: Handler | None, error: Exception) -> None:
    reason, details, for_good = _reason(error)
    if reason == "job.broken":
        log.error("bug", exc_info=error, job=claim.id, kind=claim.kind, reference=details["reference"])
    else:
        log.warning("failed", job=claim.id, kind=claim.kind, attempt=claim.attempt, reason=reason)
    with writing():
        actions.fail(claim.id, claim.token, handler, reason, details, for_good=for_good)


def _reason(error: Exception) -> tuple[str, dict[str, Any], bool]:
    """Code, details, and whether trying again is of no use: a rule that says no says it again."""
    if isinstance(error, StorageFull) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return "job.no_room", {}, False
    if isinstance(error, MemoryError):
        return "job.out_of_memory", {"megabytes": current_app.config["LUOSHI"].job_megabytes}, False
    if isinstance(error, DomainError):
        details = {name: str(value) for name, value in error.details.items()}
        return error.code, details, error.status < 500
    return "job.broken", {"reference": secrets.token_hex(6)}, False


def run_waiting() -> int:
    """Do what waits in the queue, here and now; how many. For tests and ``flask jobs work --once``."""
    done = 0
    queue: Queue = current_app.extensions["queue"]
    while (job_id := queue.take()) is not None:
        with writing():
            taken = actions.claim(job_id, token=secrets.token_hex(8))
        if taken:
            carry_out(taken)
            done += 1
    return done
