"""Migrations: numbered, one head, equal to the models, up and down with data, triggers and rows kept."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError, InternalError

from app import create_app
from meetings.core import clock
from meetings.core.db import Base, Instant, db, writing
from meetings.links.models import Link, LinkPurpose
from meetings.notifications.actions import write
from meetings.notifications.models import Channel
from meetings.notifications.rules import PLACEHOLDER
from tests import factories as make
from tests.conftest import settings_for

VERSIONS = Path("migrations/versions")
HISTORIES = (
    "audit_entry",
    "access_entry",
    "task_event",
    "minutes_revision",
    "approval_step",
    "distribution_reading",
    "assessment_version",
    "assessment_event",
)


@contextmanager
def application(url, folder):
    app = create_app(settings_for(url, folder), load_actor=lambda: None)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def triggers(url):
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        else:
            names = connection.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).scalars().all()
    engine.dispose()
    return {name for name in names if not name.startswith("search_")}


def test_files_are_numbered_without_gaps_and_import_nothing_of_the_application():
    files = sorted(VERSIONS.glob("*.py"))
    assert [f.name[:4] for f in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    for file in files:
        assert not re.search(r"^(from|import) (meetings|reports|app)\b", file.read_text("utf-8"), re.MULTILINE), (
            file.name
        )


def test_there_is_one_head():
    assert len(ScriptDirectory("migrations").get_heads()) == 1


def test_models_equal_migrations(own_database_url, tmp_path):
    with application(own_database_url, tmp_path), db.engine.connect() as connection:
        options = {
            "compare_type": lambda _c, _i, _m, _it, kind: False if isinstance(kind, Instant) else None,
            "include_object": lambda _o, name, kind, _r, _c: not (kind == "table" and name.startswith("search_")),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.slow
def test_down_to_nothing_and_up_again_leaves_what_was_there(own_database_url, tmp_path):
    before = triggers(own_database_url)
    with application(own_database_url, tmp_path):
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) - {"alembic_version"} == set()
        assert triggers(own_database_url) == set()
        upgrade()
        assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())
    assert triggers(own_database_url) == before
    assert {name.partition("_no_")[0].removesuffix("_append_only") for name in before} == set(HISTORIES)


def test_upgrading_again_keeps_rows(own_database_url, tmp_path):
    with application(own_database_url, tmp_path):
        with db.engine.begin() as connection:
            connection.execute(text("INSERT INTO audit_head (committee_id, seq, hash) VALUES (0, 1, 'x')"))
        upgrade()
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM audit_head")).scalar() == 1


@pytest.mark.slow
def test_tokens_that_messages_held_are_taken_out_and_the_way_back_loses_no_message(committed):
    token = "aB3_-" * 8 + "xyz"
    texts = [f"回复：http://x/calendar/reply/{token}\n日历：http://x/calendar/reply/{token}/meeting.ics", "摘要"]

    def rows(columns="text, link_id"):
        with db.engine.connect() as connection:
            return connection.execute(text(f"SELECT {columns} FROM message ORDER BY id")).all()

    scripts = ScriptDirectory("migrations").walk_revisions()
    earlier = next(script.down_revision for script in scripts if script.path.endswith("_tokens.py"))
    with committed.app_context():
        link = make.save(
            Link(
                committee_id=make.the_committee().id,
                purpose=LinkPurpose.INVITATION,
                token_hash="0" * 64,
                user_id=make.user().id,
                made_at=clock.now(),
                expires_at=clock.now(),
            )
        )
        with writing():
            for key, told in zip((f"invitation:{link.id}", "digest:1"), texts, strict=True):
                write(key, committee_id=link.committee_id, channel=Channel.MAIL, subject="", text=told)
        link_id = link.id
        db.session.remove()  # PostgreSQL alters no table that somebody still reads
        downgrade(revision=earlier)
        assert rows("text") == [(told,) for told in texts]
        upgrade()
        assert rows() == [(texts[0].replace(token, PLACEHOLDER), link_id), (texts[1], None)]
        downgrade(revision=earlier)
        assert rows("status") == [("failed",), ("waiting",)]
        upgrade()


OTHER = "(id, at, kind, subject, address) VALUES (1, '2026-07-15 00:00:00', 'print', 'y', '')"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_entry SET subject = 'y'",
        "DELETE FROM access_entry",
        f"INSERT INTO access_entry {OTHER} ON CONFLICT (id) DO UPDATE SET subject = 'y'",
        f"REPLACE INTO access_entry {OTHER}",  # deletes without a trigger for it
    ],
)
def test_the_database_refuses_to_change_a_history(own_database_url, statement):
    engine = create_engine(own_database_url)
    if engine.dialect.name == "postgresql" and statement.startswith("REPLACE"):
        return  # there is no such statement
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO access_entry (at, kind, subject, address) VALUES ('2026-07-14 00:00:00', 'print', 'x', '')"
            )
        )
    with (
        pytest.raises((IntegrityError, InternalError, DatabaseError), match="append-only"),
        engine.begin() as connection,
    ):
        connection.execute(text(statement))
    engine.dispose()
