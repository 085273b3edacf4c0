"""``flask tasks remind``."""

import time

import click

from meetings.core import clock
from meetings.core.db import writing
from meetings.notifications.rules import may_write
from meetings.supervision import actions, queries, words
from meetings.tasks.commands import cli
from meetings.workdays.queries import calendar

COMMANDS = (cli,)


@cli.command("remind")
@click.option("--dry-run", is_flag=True, help="只算不发")
def remind(dry_run: bool) -> None:
    """Send the reminders of the day, as the job does; on a day of rest or out of hours it says so and sends none."""
    now = clock.local(clock.now())
    for committee_id in queries.committees():
        began = time.perf_counter()
        if dry_run:
            count = len(actions.due_reminders(committee_id, today=now.date()))
        elif may_write(now, calendar(committee_id)):
            count = actions.remind(committee_id, today=now.date(), say=words.in_chinese, each=writing)
        else:
            click.echo(f"委员会 {committee_id}：不在工作日办公时间，没有发送")
            continue
        done = "应发" if dry_run else "已发"
        click.echo(f"委员会 {committee_id}：{done}提醒 {count} 条，用时 {time.perf_counter() - began:.2f} 秒")
