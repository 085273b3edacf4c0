"""Backup and restore, on real databases: whole or not at all."""

import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, text

from app import create_app
from meetings.accounts.models import Role
from meetings.audit.models import AuditEntry
from meetings.backup import queries, rules
from meetings.core.db import db, transaction
from meetings.directory import actions as directory
from meetings.directory.models import Unit, UnitKind
from meetings.meetings.models import Meeting
from tests import factories
from tests.conftest import NOW, settings_for

RARE = "会议㐂龘𠮷𬱖"
CONTENT = "佐证材料㐂".encode()


def run(app, *words):
    with app.app_context():
        return app.test_cli_runner().invoke(args=["backup", *map(str, words)])


def rows_of(app):
    """Everything that a backup is to bring back, as it stands."""
    with app.app_context(), db.engine.connect() as connection:
        return {name: list(queries.rows(connection, table)) for name, table in queries.tables(connection).items()}


def keys_of(app):
    """What the tables' rows are held to."""
    with app.app_context():
        found = inspect(db.engine)
        return {name: sorted(map(str, found.get_foreign_keys(name))) for name in found.get_table_names()}


@pytest.fixture
def office(committed):
    """A committee with a meeting, a change under audit, a file, and an id that was given out and lost its row."""
    with committed.app_context():
        factories.committee()
        actor = factories.actor(Role.OFFICE_STAFF)
        factories.meeting(title=RARE, held_on=None)
        lost = factories.meeting(title="删去的会议")
        db.session.commit()
        with transaction(by=actor):
            directory.create_unit(kind=UnitKind.MEMBER, name="县审计局", short_name="县审计局", by=actor)
            db.session.delete(db.session.get(Meeting, lost.id))
        committed.extensions["storage"].put(CONTENT)
    return committed


@pytest.fixture
def empty(databases, tmp_path):
    """Another installation, migrated and without a committee."""
    name, url = databases.clone()
    app = create_app(settings_for(url, tmp_path / "another"), load_actor=lambda: None)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(name)


def test_what_was_kept_comes_back_row_by_row(office, empty, tmp_path):
    before = rows_of(office)
    made = run(office, "create", tmp_path / "luoshi.zip")
    assert made.exit_code == 0, made.output
    assert "已备份到" in made.output
    checked = run(office, "verify", tmp_path / "luoshi.zip")
    assert checked.output.split("：")[1] == made.output.split("：")[1]

    restored = run(empty, "restore", tmp_path / "luoshi.zip")

    assert restored.exit_code == 0, restored.output
    assert "审计链完整" in restored.output
    assert rows_of(empty) == before
    assert any(row for row in before["audit_entry"])
    with empty.app_context():
        assert db.session.scalar(select(Meeting.title)) == RARE
        (key,) = empty.extensions["storage"].kept()
        assert empty.extensions["storage"].get(key) == CONTENT
        with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM audit_entry"))
        assert keys_of(empty) == keys_of(office)


def test_no_id_is_handed_out_twice_after_a_restore(office, empty, tmp_path):
    run(office, "create", tmp_path / "luoshi.zip")
    run(empty, "restore", tmp_path / "luoshi.zip")

    with office.app_context():
        here = factories.meeting(title="下一次").id
        db.session.rollback()
    with empty.app_context():
        there = factories.meeting(title="下一次").id
        db.session.rollback()

    assert here == there == 3


def test_a_database_with_anything_in_it_is_left_alone(office, tmp_path):
    run(office, "create", tmp_path / "luoshi.zip")
    before = rows_of(office)

    refused = run(office, "restore", tmp_path / "luoshi.zip")

    assert refused.exit_code == 1
    assert "已有数据，没有恢复" in refused.output
    assert rows_of(office) == before


def test_nothing_is_overwritten_and_nothing_half_is_left(office, tmp_path):
    (tmp_path / "luoshi.zip").write_bytes(b"of yesterday")

    assert run(office, "create", tmp_path / "luoshi.zip").exit_code == 1
    assert (tmp_path / "luoshi.zip").read_bytes() == b"of yesterday"
    missing = run(office, "create", tmp_path / "no such folder" / "luoshi.zip")
    assert missing.exit_code == 1
    assert "写不进去" in missing.output


def test_a_damaged_file_is_refused_and_changes_nothing(office, empty, tmp_path):
    whole = tmp_path / "luoshi.zip"
    run(office, "create", whole)
    content = whole.read_bytes()
    before = rows_of(empty)
    with zipfile.ZipFile(whole) as archive:
        starts = sorted(part.header_offset for part in archive.infolist())
        middle = starts[starts.index(archive.getinfo("tables/audit_entry.jsonl").header_offset) + 1] - 40
    damaged = {
        "cut": content[: len(content) // 2],
        "empty": b"",
        "another file": b"PK\x03\x04 nothing of ours",
        "one bit": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
    }
    for what, bytes_ in damaged.items():
        (tmp_path / "damaged.zip").write_bytes(bytes_)
        for command in ("verify", "restore"):
            refused = run(empty, command, tmp_path / "damaged.zip")
            assert refused.exit_code == 1, what
            assert refused.output.startswith("Error: "), refused.output
    assert rows_of(empty) == before


def test_a_part_that_was_exchanged_is_named(office, tmp_path):
    run(office, "create", tmp_path / "luoshi.zip")
    with zipfile.ZipFile(tmp_path / "luoshi.zip") as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("县审计局".encode(), "县财政局".encode()))

    refused = run(office, "verify", tmp_path / "new.zip")

    assert refused.exit_code == 1
    assert "tables/" in refused.output


def test_a_backup_of_a_newer_version_is_refused(office, empty, tmp_path):
    run(office, "create", tmp_path / "luoshi.zip")
    with zipfile.ZipFile(tmp_path / "luoshi.zip") as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
        for name in old.namelist():
            said = json.loads(old.read(name)) if name == rules.MANIFEST else None
            new.writestr(name, json.dumps({**said, "revision": "9999"}) if said else old.read(name))

    refused = run(empty, "restore", tmp_path / "new.zip")

    assert refused.exit_code == 1
    assert "先升级程序" in refused.output


def test_one_state_is_kept_while_others_go_on(office, tmp_path, monkeypatch):
    """A unit that joins after the first row was read is not in the backup, in no table."""
    read = queries.rows
    joined = []

    def join_meanwhile(connection, table):
        if table.name == "unit" and not joined:
            joined.append(True)
            actor = replace(factories.actor(Role.OFFICE_STAFF))
            with transaction(by=actor):
                db.session.add(
                    Unit(
                        committee_id=actor.committee_id,
                        kind=UnitKind.MEMBER,
                        name="后来者",
                        short_name="后来者",
                        position=9,
                    )
                )
        yield from read(connection, table)

    monkeypatch.setattr(queries, "rows", join_meanwhile)
    assert run(office, "create", tmp_path / "luoshi.zip").exit_code == 0

    archive = queries.Archive(tmp_path / "luoshi.zip")
    assert joined
    assert not [row for row in archive.rows("unit") if row["name"] == "后来者"]
    with office.app_context():
        logged = db.session.scalars(select(AuditEntry.id)).all()
    assert len(list(archive.rows("audit_entry"))) < len(logged)


def test_settings_are_kept_without_keys_and_passwords():
    kept = rules.settings_kept(
        {
            "LUOSHI_SECRET_KEY": "k",
            "LUOSHI_DEMO_PASSWORD": "p",
            "LUOSHI_PASSWORD_PROFILE": "asvs",
            "LUOSHI_SMTP_URL": "smtp://who:secret@mail:587",
            "LUOSHI_PORT": "8000",
            "HOME": "/root",
        }
    )

    assert kept.splitlines() == [
        "LUOSHI_PASSWORD_PROFILE=asvs",
        "LUOSHI_PORT=8000",
        "LUOSHI_SMTP_URL=smtp://***@mail:587",
    ]


def test_values_are_written_alike_whatever_the_database():
    naive = NOW.replace(tzinfo=None)
    assert rules.written(naive) == rules.written(NOW) == rules.written(NOW.astimezone()) == NOW.isoformat()
    for value in (NOW, NOW.date(), (NOW + timedelta(hours=1)).time()):
        assert rules.read(rules.kind_of(type(value)), rules.written(value)) == value
