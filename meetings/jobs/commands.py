"""``flask jobs``: serve the queue, list jobs, let one begin anew."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from meetings.core import clock
from meetings.core.db import writing
from meetings.core.errors import DomainError
from meetings.core.web import words_of
from meetings.jobs import actions, queries
from meetings.jobs.models import JobStatus
from meetings.jobs.runner import handlers, run_waiting
from meetings.jobs.words import STATUSES
from meetings.jobs.worker import Worker

cli = AppGroup("jobs", help="Work for later.")


@cli.command("work")
@click.option("--once", is_flag=True, help="办完排队的就结束，在本进程内办理")
def work(once: bool) -> None:
    """Serve the queue until Ctrl-C or SIGTERM."""
    if once:
        click.echo(f"办理了 {run_waiting()} 件")
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the proxy's own way
    Worker(
        app,
        handlers=handlers(),
        schedules=app.extensions["schedules"],
        at_once=app.config["LUOSHI"].jobs_at_once,
    ).run()


@cli.command("list")
@click.option("--status", type=click.Choice([status.value for status in JobStatus]), help="只列这种状态")
def list_jobs(status: str | None) -> None:
    """The newest fifty jobs: number, state, attempts, progress, kind, last reason."""
    known = handlers()
    for job in queries.all_jobs(JobStatus(status) if status else None):
        handler = known.get(job.kind)
        reason = words_of(DomainError(job.reason, **job.reason_details)) if job.reason else ""
        asked = clock.local(job.asked_at).strftime("%Y-%m-%d %H:%M")
        done = f"{job.done_count}/{job.total_count}" if job.total_count else "-"
        title = handler.title if handler else job.kind
        click.echo(f"{job.id}\t{STATUSES[job.status]}\t{job.attempts}\t{done}\t{asked}\t{title}\t{reason}")


@cli.command("retry")
@click.argument("job_id", type=int)
def retry(job_id: int) -> None:
    """Let job JOB_ID, which ended without success, begin anew."""
    try:
        with writing():
            actions.retry(queries.find_any(job_id))
    except DomainError as refusal:
        raise click.ClickException(words_of(refusal)) from refusal
    click.echo("已重新排队")
