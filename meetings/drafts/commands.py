"""``flask drafts clean``."""

import click
from flask.cli import AppGroup

from meetings.core.db import writing
from meetings.drafts import actions

cli = AppGroup("drafts", help="草稿")


@cli.command("clean")
def clean() -> None:
    """Take out drafts that nobody touched for 90 days; run it once a day."""
    with writing():
        count = actions.clean()
    click.echo(f"已清理超过 90 天的草稿 {count} 份")
