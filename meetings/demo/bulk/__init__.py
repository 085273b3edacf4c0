"""A committee with as many tasks as wanted and ten years of history, to measure pages on: ``flask bench-data``.

Rows are written as their handling would have left them, without taking the steps one by one. Two things are left
out: the audit chain begins empty, since its millions of entries are read by no page that is measured (a write reads
the head alone), and no task has files.
"""

import secrets
import sys
from random import Random

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from meetings.accounts.actions import hasher
from meetings.accounts.models import User, UserRole
from meetings.audit.models import AuditHead
from meetings.core.db import db, writing
from meetings.core.settings import Settings
from meetings.demo.bulk.history import History
from meetings.demo.bulk.office import build
from meetings.demo.bulk.phrases import Phrases
from meetings.demo.bulk.rows import Rows
from meetings.directory import models as directory
from meetings.meetings import models as meetings
from meetings.notifications.models import Notice
from meetings.numbering.models import Series
from meetings.search import actions as search
from meetings.tasks import models as tasks_models

CHUNK = 50_000  # rows that wait in memory

# In the order of their references.
TABLES = (
    directory.Committee,
    directory.CommitteeName,
    AuditHead,
    directory.Unit,
    directory.UnitGroup,
    directory.UnitGroupMember,
    directory.Person,
    User,
    UserRole,
    directory.Post,
    meetings.MeetingKind,
    meetings.Meeting,
    meetings.MeetingScope,
    meetings.AgendaItem,
    meetings.Attendance,
    meetings.Speech,
    meetings.Requirement,
    meetings.Minutes,
    meetings.MinutesRevision,
    tasks_models.Task,
    tasks_models.TaskUnit,
    tasks_models.ProgressReport,
    tasks_models.Standard,
    tasks_models.StagePoint,
    tasks_models.Quantity,
    tasks_models.ReportedQuantity,
    tasks_models.TaskEvent,
    tasks_models.TaskTotal,
    Notice,
    Series,
)


def fill(tasks: int, *, password: str, seed: int = 1, reports: int | None = None) -> None:
    """Fill an empty database: 50 units, 250 accounts that share the password, ten years, one task of twenty open.

    Accounts are ``director1``, ``staff1`` …, ``liaison1`` to ``liaison50``, ``head1`` …; 县教育局 is unit 9. Texts and
    rows are the same for the same seed and day. There are about as many ``reports`` as wanted, else 3 to 10 of each
    task.
    """
    if is_filled():
        raise ValueError("the database is not empty")
    chance = Random(seed)  # noqa: S311 -- made-up data
    phrases = Phrases(chance)
    rows = Rows(*TABLES)
    office = build(rows, chance, phrases, meetings=max(40, tasks // 250), password_hash=hasher.hash(password))
    history = History(rows, chance, phrases, office, tasks, reports)
    for place in range(tasks):
        history.add(place)
        if len(rows) > CHUNK:
            rows.write()
    history.finish()
    rows.write()
    with writing():
        search.rebuild()
    rows.finish()


def is_filled() -> bool:
    return db.session.scalar(select(directory.Committee.id).limit(1)) is not None


@click.command("bench-data")
@click.option("--tasks", type=click.IntRange(min=1), required=True, help="任务件数")
@click.option("--reports", type=click.IntRange(min=1), help="进展报告总份数；不写的，每件 3 至 10 份")
@click.option("--seed", type=int, default=1, show_default=True, help="换一个数，文字和日期随之改变")
@with_appcontext
def command(tasks: int, reports: int | None, seed: int) -> None:
    """Fill an empty database, which is set up first, with tasks and their history for benchmarks."""
    upgrade()
    settings: Settings = current_app.config["LUOSHI"]
    if is_filled():
        click.echo("数据库中已有数据，未生成测试数据", err=True)
        sys.exit(1)
    password = settings.demo_password or secrets.token_urlsafe(12)
    fill(tasks, password=password, seed=seed, reports=reports)
    click.echo(f"已生成任务 {tasks} 件，账号 250 个：director1、staff1、liaison1 至 liaison50、head1 至 head50 等")
    click.echo(f"各账号密码：{password}")
