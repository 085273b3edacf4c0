"""``flask backup create | verify | restore``."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from meetings.audit.queries import flaws
from meetings.backup import actions, queries
from meetings.backup.queries import Archive
from meetings.backup.rules import SETTINGS, Manifest
from meetings.core import clock
from meetings.core.db import db, know_tables
from meetings.core.errors import DomainError
from meetings.core.storage import Storage
from meetings.core.web import words_of

cli = AppGroup("backup", help="备份与恢复")

_FILE = click.Path(dir_okay=False, path_type=Path)


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    try:
        yield
    except DomainError as refusal:
        raise click.ClickException(words_of(refusal)) from refusal


def _said(manifest: Manifest, fingerprint: str) -> str:
    made_at = clock.local(datetime.fromisoformat(manifest.made_at))
    return (
        f"{made_at:%Y-%m-%d %H:%M}，{len(manifest.tables)} 张表 {manifest.row_count:,} 行，"
        f"{manifest.file_count:,} 个文件，校验值 {fingerprint}"
    )


@cli.command("create")
@click.argument("file", type=_FILE)
def create(file: Path) -> None:
    """Write data, attachments and settings into FILE, which is new; others may go on working."""
    storage: Storage = current_app.extensions["storage"]
    with _refusals_in_words():
        with _one_state() as connection:
            actions.create(file, connection=connection, storage=storage, environ=os.environ)
        archive = Archive(file)
    click.echo(f"已备份到 {file}：{_said(archive.manifest, archive.fingerprint)}")


@contextmanager
def _one_state() -> Iterator[Connection]:
    """A connection that sees the database as it is at its first look, whatever is committed meanwhile."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@cli.command("verify")
@click.argument("file", type=_FILE)
def verify(file: Path) -> None:
    """Read all of FILE and compare each part with its hash."""
    with _refusals_in_words():
        archive = Archive(file)
    click.echo(f"备份完好：{_said(archive.manifest, archive.fingerprint)}")


@cli.command("restore")
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Fill the empty data folder (or database) from FILE; a damaged one changes nothing."""
    with _refusals_in_words():
        archive = Archive(file)
        with db.engine.connect() as connection:
            if not queries.is_empty(connection):
                raise DomainError("backup.not_empty")
        _refuse_newer(archive.manifest)
        upgrade(revision=archive.manifest.revision)
        _fill(archive)
    upgrade()
    know_tables()
    data: Path = current_app.config["LUOSHI"].data
    (data / f"restored-{SETTINGS}").write_bytes(archive.read(SETTINGS))
    click.echo(f"已恢复：{_said(archive.manifest, archive.fingerprint)}")
    click.echo(f"备份时的设置（不含密钥和密码）在 {data / f'restored-{SETTINGS}'}")
    broken = list(flaws())
    click.echo("审计链完整" if not broken else "审计链有误，请运行 flask audit verify", err=bool(broken))
    if broken:
        raise SystemExit(1)


def _refuse_newer(manifest: Manifest) -> None:
    config = current_app.extensions["migrate"].migrate.get_config()
    try:
        ScriptDirectory.from_config(config).get_revision(manifest.revision)
    except CommandError as error:
        raise DomainError("backup.other_format") from error


def _fill(archive: Archive) -> None:
    storage: Storage = current_app.extensions["storage"]
    with db.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        driver = connection.connection.driver_connection
        if on_sqlite and driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                actions.restore(archive, connection=connection, storage=storage)
        except DatabaseError as error:
            raise DomainError("backup.does_not_fit", tables=str(error.orig).splitlines()[0]) from error
        finally:
            if on_sqlite and driver is not None:
                driver.execute("PRAGMA foreign_keys=ON")
