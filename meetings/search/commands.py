"""``flask search rebuild`` and ``flask search verify``."""

import click
from flask.cli import AppGroup

from meetings.core.db import know_tables, writing
from meetings.search import actions, words

cli = AppGroup("search", help="检索索引")


def catch_up() -> None:
    """Build the index where there is none yet, or one by older rules; before the first request."""
    with writing():
        if not actions.is_current():
            actions.rebuild()


@cli.command("rebuild")
def rebuild() -> None:
    """Write the index anew from the rows. Others can read meanwhile, but not write."""
    with writing():
        count = actions.rebuild()
    know_tables()
    click.echo(f"检索索引已重建，共 {count} 条")


@cli.command("verify")
def verify() -> None:
    """Compare the index with the rows; exit 1 and name each that differs."""
    count = 0
    with writing():
        for kind, subject_id in actions.differences():
            count += 1
            click.echo(f"{words.KINDS[kind]} {subject_id}：索引与记录不符", err=True)
    if count:
        click.echo("请运行 flask search rebuild", err=True)
        raise SystemExit(1)
    click.echo("检索索引与记录相符")
