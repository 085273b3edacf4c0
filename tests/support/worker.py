"""Jobs that tests ask for, and the worker that does them: ``python -m tests.support.worker DATABASE FOLDER QUEUE``."""

import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from meetings.core import clock
from meetings.core.db import db, writing
from meetings.jobs.models import ScheduleSlot
from meetings.jobs.rules import Handler
from meetings.jobs.worker import Pace, Worker

SOON = timedelta(milliseconds=50)


def count(job):
    """Five steps, and a row of the outside world that is written with the job's end or not at all."""
    for step in range(5):
        job.progress(step, 5, f"第 {step + 1} 步")
        time.sleep(job.arguments.get("seconds", 0) / 5)
    with writing():
        db.session.add(ScheduleSlot(name="counted", slot=f"{job.id}:{job.attempt}", met_at=clock.now()))
        job.complete(steps=5)


def fail(job):
    raise ValueError("the name of somebody who must not be on the operator's page")


def hang(job):
    time.sleep(60)


def swallow(job):
    held = []
    while True:
        held.append(bytearray(32 * 1024 * 1024))


HANDLERS = {
    handler.kind: handler
    for handler in (
        Handler("test.count", "计数", count, first_pause=SOON, most_attempts=60),
        Handler("test.fail", "总是出错", fail, first_pause=SOON, most_attempts=3),
        Handler("test.hang", "办不完", hang, first_pause=SOON, most_attempts=2, time_limit=timedelta(seconds=0.4)),
        Handler("test.hang_long", "久办不完", hang, first_pause=SOON, most_attempts=2),
        Handler("test.swallow", "占内存", swallow, first_pause=SOON, most_attempts=1),
    )
}
PACE = Pace(beat=0.2, stale=1.0, sweep=0.3, grace=0.5, farewell=0.3, idle=0.02)


def application(database, folder, queue):
    from app import create_app
    from tests.conftest import settings_for

    settings = replace(settings_for(database, Path(folder)), queue_url=queue)
    app = create_app(settings, load_actor=lambda: None)
    app.extensions["jobs"] = dict(HANDLERS)
    return app


def worker(app):
    return Worker(app, handlers=HANDLERS, at_once=2, pace=PACE)


if __name__ == "__main__":
    worker(application(*sys.argv[1:4])).run()
