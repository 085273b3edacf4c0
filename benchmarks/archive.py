"""How long the archive of all units' progress reports takes, from the asking until it can be fetched.

``python benchmarks/archive.py [--units 46] [--tasks 5] [--rounds 3] [--database postgresql] [--queue valkey]``

The demo committee, with as many units as asked, each of which leads that many further tasks with two reports each; a
worker as an operator starts it (``flask jobs work``), whose start counts in the first round; CPU without that of a
database server. Linux. Exit 1 where it takes 6 s or more.
"""
# ruff: noqa: INP001, T201 - a program run by hand: it starts programs and prints

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import servers  # noqa: E402 - after the path is set
from flask import Flask  # noqa: E402
from flask_migrate import upgrade  # noqa: E402
from sqlalchemy import select  # noqa: E402

from app import create_app  # noqa: E402
from meetings.accounts.models import Role  # noqa: E402
from meetings.accounts.queries import actor_named  # noqa: E402
from meetings.core import clock  # noqa: E402
from meetings.core.actor import Actor  # noqa: E402
from meetings.core.db import db, writing  # noqa: E402
from meetings.core.settings import Settings  # noqa: E402
from meetings.demo.commands import make_demo  # noqa: E402
from meetings.directory.models import Unit  # noqa: E402
from meetings.jobs import actions as jobs  # noqa: E402
from meetings.jobs.models import Job, JobStatus  # noqa: E402
from meetings.reporting.jobs import UNIT_REPORTS  # noqa: E402
from meetings.reporting.queries.sources import unit_choices, units_with_tasks  # noqa: E402
from tests import factories as make  # noqa: E402

GOAL_SECONDS = 6.0
PROGRESS = (
    "已会同各乡镇（街道）和有关单位核对名册，逐户上门了解情况，建立台账，明确责任人，分两批组织培训，"
    "对发现的问题当场交办，并将情况在全县范围内通报。"
)


def main() -> int:
    """Make the committee, start the worker, ask, wait."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=46)
    parser.add_argument("--tasks", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", default="", help=servers.DATABASE_HELP)
    parser.add_argument("--queue", default="", help=servers.QUEUE_HELP)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="luoshi-archive-"))
    with servers.database(asked.database, folder) as url, servers.queue(asked.queue, url) as queue_url:
        times = _measured(asked.units, asked.tasks, asked.rounds, folder, url, queue_url)
    print(f"median {statistics.median(times):.2f} s, goal {GOAL_SECONDS:g} s")
    return 0 if statistics.median(times) < GOAL_SECONDS else 1


def _measured(units: int, tasks: int, rounds: int, folder: Path, url: str, queue_url: str) -> list[float]:
    settings = Settings(
        data=folder,
        database_url=url,
        queue_url=queue_url,
        secret_key="for-a-benchmark-only",  # noqa: S106 - of made-up data
        log_level="ERROR",
    )
    app = create_app(settings)
    with app.app_context():
        upgrade(str(ROOT / "migrations"))
        make_demo()
        director = actor_named("office_director")
        assert director is not None
        _widen(director, units, tasks)
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "app", "jobs", "work"],
            cwd=ROOT,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")},
                "LUOSHI_DATA": str(folder),
                "LUOSHI_QUEUE_URL": queue_url,
                "LUOSHI_DATABASE_URL": url,
                "LUOSHI_SECRET_KEY": settings.secret_key,
                "LUOSHI_LOG_LEVEL": "ERROR",
            },
        )
        try:
            return [_round(app, director, units, worker.pid) for _ in range(rounds)]
        finally:
            worker.terminate()
            worker.wait()
            db.session.remove()
            db.engine.dispose()


def _widen(director: Actor, units: int, tasks: int) -> None:
    """Units that lead ``tasks`` tasks more than the demo gives them, as many as asked."""
    with_tasks = [unit_id for unit_id, _name in units_with_tasks(director)]
    others = [unit_id for unit_id, _name in unit_choices(director) if unit_id not in with_tasks]
    chosen = [db.session.get_one(Unit, unit_id) for unit_id in [*with_tasks, *others][:units]]
    chosen += [make.unit(f"第{n}工作局") for n in range(len(chosen) + 1, units + 1)]
    for unit in chosen:
        liaison = make.actor(Role.LIAISON, unit=unit)
        for n in range(tasks):
            title = f"{unit.name}开展第{n + 1}批次摸底排查"
            task = make.under_way(title=title, by=director, lead_unit=unit, due_on=clock.today() + timedelta(days=90))
            for _ in range(2):
                make.report(task, by=liaison, done=PROGRESS, problems="个别村（社区）联络人不固定。")
    db.session.expunge_all()


def _round(app: Flask, director: Actor, units: int, worker: int) -> float:
    began, cpu = time.monotonic(), _cpu(worker)
    with writing():
        job_id = jobs.enqueue(
            UNIT_REPORTS, by=director, as_of=clock.today().isoformat(), verify_address="https://county.example/verify"
        )
    while (job := _job(job_id)).status not in {JobStatus.DONE, JobStatus.DEAD}:
        time.sleep(0.05)
    took = time.monotonic() - began
    if job.status is not JobStatus.DONE:
        raise SystemExit(f"{job.status}: {job.reason} {job.reason_details}")
    content = app.extensions["storage"].get(job.result["sha256"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        count = len(archive.namelist())
    assert job.started_at is not None
    waited = (job.started_at - job.asked_at).total_seconds()
    time.sleep(1)  # the worker has taken leave of its child, whose time counts from then on
    print(
        f"{count} reports, {len(content) / 1e6:.1f} MB: {took:.2f} s, of which {waited:.2f} s until it was taken up; "
        f"CPU of the worker {_cpu(worker) - cpu:.2f} s; load {os.getloadavg()[0]:.1f}"
    )
    if count != units:
        raise SystemExit(f"{units} units, {count} reports")
    return took


def _cpu(process: int) -> float:
    """Seconds, user and system, of a process and of the children that it has buried."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _job(job_id: int | None) -> Job:
    db.session.remove()
    return db.session.scalars(select(Job).where(Job.id == job_id)).one()


if __name__ == "__main__":
    sys.exit(main())
