"""The composition root: the only module that knows every other."""

import contextlib
import ctypes
import functools
import gc
import importlib
import importlib.util
import json
import logging
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import waitress
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError
from werkzeug.middleware.proxy_fix import ProxyFix

from meetings.accounts import queries as account_queries
from meetings.audit import actions as audit
from meetings.audit import queries as audit_queries
from meetings.audit.models import AccessKind
from meetings.core import clock, forms, i18n, kept, logs, web
from meetings.core.actor import Actor
from meetings.core.db import db, know_tables
from meetings.core.processes import supervise
from meetings.core.settings import Settings
from meetings.core.storage import Storage
from meetings.jobs.queue import Queue, send_after_commit

# Lowest first. Each may bring blueprints (views.bp or views.BLUEPRINTS), commands (commands.cli or commands.COMMANDS),
# wording of refusals (words.REFUSALS), kinds of notices (words.NOTICES), jobs with hours (jobs.JOBS, jobs.SCHEDULES).
FEATURES = (
    "audit",
    "jobs",
    "numbering",
    "reading",
    "workdays",
    "directory",
    "accounts",
    "links",
    "notifications",
    "attachments",
    "approvals",
    "drafts",
    "documents",
    "plans",
    "meetings",
    "tasks",
    "rounds",
    "evaluation",
    "supervision",
    "search",
    "exchange",
    "reporting",
    "backup",
    "calendar",
    "dashboard",
    "demo",
)


def create_app(
    settings: Settings | None = None,
    *,
    load_actor: Callable[[], Actor | None] | None = None,
    has_commands: bool = True,
) -> Flask:
    """Build the application; ``load_actor`` replaces the sign-in (tests, benchmarks).

    The process that only serves pages does without the commands, and so without all that they alone need.
    """
    settings = settings or Settings.from_environ(os.environ)
    clock.use_zone(settings.time_zone)
    logs.start(settings.log_level)
    settings.data.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key or _kept_secret(settings.data),
        SQLALCHEMY_DATABASE_URI=settings.database,
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024 * 4,  # one far too large is named by its form
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        TRUSTED_HOSTS=list(settings.known_hosts) or None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
        LUOSHI=settings,
    )
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1)  # type: ignore[method-assign]
    app.extensions["storage"] = Storage(settings.storage)
    db.init_app(app)
    _feature("search", "actions").follow(db.session)  # before the audit, whose entries are a transaction's last
    app.extensions |= {
        "queue": Queue(settings.queue_url, settings.data),
        "jobs": {},
        "schedules": (),
        "notices": {},
    }
    audit.record(db.session)
    send_after_commit(db.session)
    if has_commands:
        from flask_migrate import Migrate  # noqa: PLC0415 -- 10 MB that a process without commands is spared

        Migrate(app, db, render_as_batch=True, compare_type=True)
    web.csrf.init_app(app)
    i18n.start(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    web.identify(app, load_actor or _feature("accounts", "views").load_actor)  # before what the features ask
    for name in FEATURES:
        _register(app, name, has_commands=has_commands)
    web.send_headers(app)
    web.know_assets(app)
    web.know_addresses(app)
    web.show_errors(app)
    app.context_processor(_feature("dashboard", "views").frame)
    drafts = _feature("drafts", "views")
    forms.restorers[:] = [drafts.restore]
    web.ends_of_drafts[:] = [drafts.end]
    web.logs_of_kept_data[:] = [functools.partial(audit.log_access, AccessKind.PERSONAL_DATA_KEPT)]
    forms.files_aside[:] = [_feature("attachments", "views").FilesAside()]
    web.who_saved[:] = [audit_queries.last_saved]
    kept.ends_of_chains[:] = [audit_queries.end_of]
    account_queries.unread_notices[:] = [_feature("notifications", "queries").unread_of]
    _feature("tasks", "actions.reporting").locks_of_reports[:] = [_feature("rounds", "queries").is_report_locked]
    audit_queries.anchors[:] = [_feature("reporting", "queries").anchors]
    _feature("tasks", "queries.consultations").logs_of_reminders[:] = [
        _feature("supervision", "queries").reminded_of_opinions
    ]
    _connect()
    if has_commands:
        _add_serve(app)
    return app


def _connect() -> None:
    """Reactions upward: what higher features do when something happens in a lower one."""
    merged, handed_over = _feature("directory", "actions").unit_merged, _feature("accounts", "actions").handed_over
    for name in ("tasks", "supervision"):
        merged.connect(_feature(name, "actions").follow_merge)
    for name in ("drafts", "notifications"):
        handed_over.connect(_feature(name, "actions").follow_handover)


def _add_serve(app: Flask) -> None:
    @app.cli.command("serve")
    @click.option("--empty", is_flag=True, help="不建演示数据，建立第一个账号")
    @click.option("--web", is_flag=True, help="只起网页进程：数据库已升级，后台任务由 flask jobs work 另行办理")
    def serve(empty: bool, web: bool) -> None:
        """Migrate, fill a new data folder, and serve: the web and the worker, two processes under this one."""
        web_process = [sys.executable, "-m", "app"]
        if web:
            _become(web_process)
        from flask_migrate import upgrade  # noqa: PLC0415 -- see create_app

        logging.getLogger("alembic").setLevel(logging.WARNING)  # which steps are taken is of no use to an office
        upgrade()
        begin = _feature("demo", "commands").begin
        begin(empty=empty)
        _feature("search", "commands").catch_up()
        know_tables()
        flask = [sys.executable, "-m", "flask", "--app", "app"]
        commands = {"网页进程": web_process, "后台进程": [*flask, "jobs", "work"]}
        if os.name != "posix":
            sys.exit(supervise(commands))
        words = [f"{name}={json.dumps(command)}" for name, command in commands.items()]
        _become([sys.executable, "-m", "meetings.core.processes", *words])  # the small program that looks after both


def _become(command: list[str]) -> NoReturn:
    """Go on as another program, with nothing of this one kept in memory."""
    sys.stdout.flush()
    if os.name != "posix":  # there a process cannot turn into another
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 -- our own program
    os.execv(command[0], command)  # noqa: S606 -- our own program


def serve_web() -> None:
    """Serve pages until told to stop: the web process of ``flask serve``, by itself ``python -m app``."""
    settings = Settings.from_environ(os.environ)
    app = create_app(settings, has_commands=False)
    _warm_up(app)
    _give_memory_back()
    click.echo(f"落实已启动：http://{settings.host}:{settings.port}/　按 Ctrl-C 停止")
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        ident=None,
        # Well over what Flask takes: beyond this the line is cut, and nobody learns that the file was too large.
        max_request_body_size=2 * app.config["MAX_CONTENT_LENGTH"],
        channel_timeout=60,
    )


def _give_memory_back() -> None:
    """Let glibc return what a thread has freed: each hash of a password takes 19 MB, which it would keep per thread."""
    with contextlib.suppress(OSError, AttributeError):  # elsewhere memory is managed otherwise
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(-8, 2)  # M_ARENA_MAX: threads share two pools
        libc.mallopt(-3, 1024 * 1024)  # M_MMAP_THRESHOLD: from 1 MB on, straight from and to the system


def _warm_up(app: Flask) -> None:
    """Compile every page now, and keep what lasts as long as the process out of the collector's rounds."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()


def _register(app: Flask, name: str, *, has_commands: bool) -> None:
    if views := _feature(name, "views"):
        for blueprint in getattr(views, "BLUEPRINTS", None) or (views.bp,):
            app.register_blueprint(blueprint)
    if has_commands and (commands := _feature(name, "commands")):
        for command in getattr(commands, "COMMANDS", None) or (commands.cli,):
            _guard(command)
            app.cli.add_command(command)
    if words := _feature(name, "words"):
        web.add_words(getattr(words, "REFUSALS", {}))
        app.extensions["notices"] |= {kind.code: kind for kind in getattr(words, "NOTICES", ())}
    if jobs := _feature(name, "jobs"):
        app.extensions["jobs"] |= {handler.kind: handler for handler in jobs.JOBS}
        app.extensions["schedules"] += getattr(jobs, "SCHEDULES", ())
    _feature(name, "models")


def _guard(command: click.Command) -> None:
    """Let a command say in words that the data folder has not been set up yet."""
    if isinstance(command, click.Group):
        for part in command.commands.values():
            _guard(part)
    work = command.callback
    if work is None:
        return

    @functools.wraps(work)
    def guarded(*arguments: Any, **options: Any) -> Any:
        try:
            return work(*arguments, **options)
        except (OperationalError, ProgrammingError) as error:
            if not any(words in str(error.orig) for words in ("no such table", "no such column", "does not exist")):
                raise
            click.echo("数据库尚未建立，或者还没有升级到这一版", err=True)
            click.echo("请先运行 python3 run.py 或 python3 run.py flask db upgrade", err=True)
            raise SystemExit(1) from error

    command.callback = guarded


def _feature(name: str, module: str) -> Any:
    """The module of a feature, or None where the feature has no such module."""
    spec = importlib.util.find_spec(f"meetings.{name}.{module}")
    if spec is None or spec.origin is None:  # an empty folder is no module
        return None
    return importlib.import_module(f"meetings.{name}.{module}")


def _kept_secret(folder: Path) -> str:
    """The key that signs cookies: made at the first start and kept in the data folder."""
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


if __name__ == "__main__":
    serve_web()
