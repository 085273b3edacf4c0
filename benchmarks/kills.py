"""Kill the worker fifty times at random moments and see what became of every job.

``python benchmarks/kills.py [--kills 50] [--jobs 60] [--database postgresql] [--queue valkey]``

Exit 1 where a job is neither done once nor dead with its reason.
"""
# ruff: noqa: INP001, T201, S603 - a program run by hand: it starts programs and prints

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import servers  # noqa: E402 - after the path is set
from flask_migrate import upgrade  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from meetings.core.db import db, writing  # noqa: E402
from meetings.jobs import actions  # noqa: E402
from meetings.jobs.models import Job, JobStatus, ScheduleSlot  # noqa: E402
from tests.support import worker as support  # noqa: E402

OVER = {JobStatus.DONE, JobStatus.DEAD}


def main() -> int:
    """Ask, kill, wait, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=60)
    parser.add_argument("--database", default="", help=servers.DATABASE_HELP)
    parser.add_argument("--queue", default="", help=servers.QUEUE_HELP)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="luoshi-kills-"))
    with servers.database(asked.database, folder) as url, servers.queue(asked.queue, url) as queue_url:
        return _killed(asked.kills, asked.jobs, folder, url, queue_url)


def _killed(kills: int, jobs: int, folder: Path, url: str, queue_url: str) -> int:
    app = support.application(url, folder, queue_url)
    command = [sys.executable, "-m", "tests.support.worker", url, str(folder), queue_url]
    began, chance = time.monotonic(), random.Random(20260714)  # noqa: S311 - chance, no secret
    with app.app_context():
        upgrade(str(ROOT / "migrations"))
        before = _counted()
        with writing():
            ids = [actions.enqueue("test.count", by=None, seconds=1) for _ in range(jobs)]
            ids += [actions.enqueue("test.fail", by=None)]
        held = 0
        for _ in range(kills):
            process = subprocess.Popen(command, cwd=ROOT)
            while process.poll() is None and not _running():
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.6))
            held += _running()
            process.kill()
            process.wait()
        process = subprocess.Popen(command, cwd=ROOT)
        while not _over(ids):
            time.sleep(0.2)
        process.terminate()
        process.wait()
        states = Counter(db.session.scalars(select(Job.status).where(Job.id.in_(ids))))
        unsaid = db.session.scalar(select(func.count()).where(Job.status == JobStatus.DEAD, Job.reason.is_(None)))
        counted = _counted() - before
        print(f"{kills} kills, {held} jobs in hand at the time, {time.monotonic() - began:.0f} s")
        print(", ".join(f"{state}: {count}" for state, count in states.items()) + f"; effects written: {counted}")
        is_good = set(states) <= OVER and not unsaid and counted == states[JobStatus.DONE]
        return 0 if is_good and sum(states.values()) == len(ids) else 1


def _running() -> int:
    db.session.remove()
    return db.session.scalar(select(func.count()).where(Job.status == JobStatus.RUNNING)) or 0


def _over(ids: list[int | None]) -> bool:
    db.session.remove()
    return db.session.scalar(select(func.count()).where(Job.id.in_(ids), Job.status.in_(OVER))) == len(ids)


def _counted() -> int:
    return db.session.scalar(select(func.count()).where(ScheduleSlot.name == "counted")) or 0


if __name__ == "__main__":
    sys.exit(main())
