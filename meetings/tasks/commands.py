"""``flask tasks verify-totals``."""

import click
from flask.cli import AppGroup

from meetings.tasks import queries

cli = AppGroup("tasks", help="任务")


@cli.command("verify-totals")
def verify_totals() -> None:
    """Compare the stored counts with the rows; exit 1 and name each that differs."""
    differences = queries.differences()
    for found in differences:
        click.echo(
            f"委员会 {found.committee_id} {found.of} {found.subject_id} {found.status} {found.column}："
            f"存 {found.stored}，实 {found.counted}",
            err=True,
        )
    if differences:
        raise SystemExit(1)
    click.echo("统计数与任务一致")
