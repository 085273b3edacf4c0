"""The worker: one process with one thread that hands each job to a child process of its own.

One thread, because a process with several cannot be forked safely; the database and the queue are let go of
before a child is made. A child that is too slow, asked to stop or without its parent is killed; its job's row says so.
"""

import multiprocessing
import multiprocessing.connection
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from types import FrameType
from typing import Any

import structlog
from flask import Flask
from flask.cli import ScriptInfo

from meetings.core import clock
from meetings.core.db import db, writing
from meetings.jobs import actions
from meetings.jobs.actions import Claim
from meetings.jobs.queue import Queue
from meetings.jobs.rules import Handler, Schedule
from meetings.jobs.runner import carry_out

log = structlog.get_logger("luoshi.jobs")

_FORKS = "fork" in multiprocessing.get_all_start_methods()
_LONGEST_REST = 30.0  # seconds, while the database is away


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between two signs of life, until a claim without them is lost, between sweeps, of grace for a
    message on its way, for children to finish at the end."""

    beat: float = 2.0
    stale: float = 20.0
    sweep: float = 5.0
    grace: float = 5.0
    farewell: float = 5.0
    idle: float = 0.25


@dataclass(slots=True)
class _Child:
    claim: Claim
    process: Any
    ends_at: float
    beats_at: float
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


class Worker:
    """Serve the queue until told to stop (SIGTERM, Ctrl-C)."""

    def __init__(
        self,
        app: Flask,
        *,
        handlers: Mapping[str, Handler],
        schedules: tuple[Schedule, ...] = (),
        at_once: int = 2,
        pace: Pace | None = None,
    ) -> None:
        self.app, self.handlers, self.schedules, self.at_once = app, handlers, schedules, at_once
        self.pace = pace or Pace()
        self.queue: Queue = app.extensions["queue"]
        self.name = f"{socket.gethostname()[:80]}:{os.getpid()}"
        self.started_at = clock.now()
        self._children: list[_Child] = []
        self._stopping = False
        self._sweeps_at = 0.0
        self._seen_at = 0.0

    def run(self) -> None:
        """Until the signal comes; then children may finish for a moment, and what they do not finish goes back."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        failures = 0
        while not self._stopping:
            try:
                with self.app.app_context():
                    self._turn()
                failures = 0
            except Exception as error:  # noqa: BLE001 -- a database or queue that is away comes back; the worker waits
                failures += 1
                log.warning("out of order", error=type(error).__name__, failures=failures)
                with suppress(Exception):
                    self._let_go()
                self._rest(min(2.0**failures / 4, _LONGEST_REST))
        with self.app.app_context():
            self._farewell()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < until:
            time.sleep(min(0.1, seconds))

    def _turn(self) -> None:
        self._look_after()
        if time.monotonic() >= self._sweeps_at:
            self._sweep()
            self._sweeps_at = time.monotonic() + self.pace.sweep
        job_id = self.queue.take() if len(self._children) < self.at_once else None
        if job_id is not None:
            self._begin(job_id)
        elif not self.queue.waits or self._children:
            self._wait()

    def _wait(self) -> None:
        sentinels = [child.process.sentinel for child in self._children]
        if sentinels:
            multiprocessing.connection.wait(sentinels, timeout=self.pace.idle)
        else:
            time.sleep(self.pace.idle)

    # --- children ---------------------------------------------------------------------------------------------------

    def _begin(self, job_id: int) -> None:
        with writing():
            claim = actions.claim(job_id, token=secrets.token_hex(8))
        if claim is None:
            return
        handler = self.handlers.get(claim.kind)
        limit = handler.time_limit if handler else timedelta(minutes=1)
        self._let_go()
        context: Any = multiprocessing.get_context("fork" if _FORKS else "spawn")
        app = self.app if _FORKS else None
        megabytes = self.app.config["LUOSHI"].job_megabytes
        process = context.Process(target=_child, args=(app, claim, megabytes), name=f"job-{claim.id}")
        process.start()
        now = time.monotonic()
        self._children.append(_Child(claim, process, now + limit.total_seconds(), now + self.pace.beat))

    def _let_go(self) -> None:
        """Close what a child must not inherit: open databases do not survive a fork."""
        db.session.remove()
        db.engine.dispose()
        self.queue.close()

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in list(self._children):
            if child.process.exitcode is not None:
                self._children.remove(child)
                self._ended(child)
            elif now >= child.ends_at:
                minutes = max(1, round(self.handlers[child.claim.kind].time_limit.total_seconds() / 60))
                child.reason, child.details = "job.too_long", {"minutes": minutes}
                child.process.kill()
                child.process.join()
            elif now >= child.beats_at:
                child.beats_at = now + self.pace.beat
                self._beat(child)

    def _beat(self, child: _Child) -> None:
        with writing():
            asked = actions.beat(child.claim.id, child.claim.token)
        if asked is None and child.process.is_alive():  # the claim is lost; or the child has just finished
            child.process.join(self.pace.idle)
        if asked or asked is None:
            child.reason = "job.cancelled" if asked else None
            child.process.kill()
            child.process.join()

    def _ended(self, child: _Child) -> None:
        """Whatever the child has not written down itself is written down here."""
        claim = child.claim
        child.process.close()
        with writing():
            if child.reason == "job.cancelled":
                actions.end_cancelled(claim.id, claim.token)
            else:
                handler = self.handlers.get(claim.kind)
                reason = child.reason or "job.interrupted"
                if actions.fail(claim.id, claim.token, handler, reason, child.details, for_good=False):
                    log.warning("failed", job=claim.id, kind=claim.kind, attempt=claim.attempt, reason=reason)

    def _farewell(self) -> None:
        until = time.monotonic() + self.pace.farewell
        while self._children and time.monotonic() < until:
            self._wait()
            self._look_after()
        for child in self._children:
            child.process.kill()
            child.process.join()
            with writing():
                actions.release(child.claim.id, child.claim.token)

    # --- the sweep --------------------------------------------------------------------------------------------------

    def _sweep(self) -> None:
        queue_is_empty = self.queue.size() == 0
        with writing():
            actions.meet(self.schedules)
            actions.reap(self.handlers, stale=timedelta(seconds=self.pace.stale))
            ids = actions.due(queue_is_empty=queue_is_empty, grace=timedelta(seconds=self.pace.grace))
            if time.monotonic() - self._seen_at > 10:
                actions.be_seen(self.name, started_at=self.started_at)
                self._seen_at = time.monotonic()
        for job_id in ids:
            self.queue.send(job_id)
        db.session.remove()


def _child(app: Flask | None, claim: Claim, megabytes: int) -> None:
    """The child's life: the one job, within its memory, no longer than the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    _limit_memory(megabytes)
    app = app or ScriptInfo(app_import_path=os.environ.get("FLASK_APP", "app")).load_app()
    with app.app_context():
        carry_out(claim)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(megabytes: int) -> None:
    """What a job may hold; where the system knows no such limit (Windows), none."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- Windows has none

    limit = megabytes * 1024 * 1024
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
