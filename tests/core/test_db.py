"""Transactions: all or nothing, one writer wins, times are in UTC."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, expect, transaction, writing
from meetings.core.errors import ChangedMeanwhile
from meetings.core.once import FormKey
from meetings.directory.models import Person, Unit
from tests import factories


def system(committee_id=0):
    return Actor(None, "系统", committee_id)


def test_what_a_block_did_stands_and_what_it_broke_off_does_not(session):
    row = factories.unit("甲局")

    def break_off():
        with transaction(by=system()):
            row.note = "半"
            db.session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        break_off()
    assert row.note == ""
    with transaction(by=system()):
        row.note = "全"
    assert db.session.scalar(select(Unit.note)) == "全"


def test_transactions_do_not_nest(session):
    with pytest.raises(RuntimeError, match="do not nest"), transaction(by=system()), transaction(by=system()):
        pass
    with transaction(by=system()):
        pass


def test_rows_changed_before_the_transaction_are_a_mistake(session):
    row = factories.unit("甲局")
    row.note = "早"
    with pytest.raises(RuntimeError, match="before the transaction"), writing():
        pass
    db.session.rollback()


def test_an_old_version_is_refused_with_the_row(session):
    row = factories.unit("甲局")
    expect(row, row.version)
    for version in (None, "", row.version + 1, str(row.version)):
        with pytest.raises(ChangedMeanwhile) as refused:
            expect(row, version)
        assert refused.value.row is row


def test_sixteen_writers_of_one_record_never_overwrite_each_other(committed):
    """Of all who opened the same version one wins, each time."""
    with committed.app_context():
        person_id = factories.person("张三").id
        db.session.remove()
    rounds, writers = 10, 16
    wins, losses, gate = [], [], threading.Barrier(writers)

    def write(number):
        for n in range(rounds):
            with committed.app_context():
                version = db.session.get(Person, person_id).version
                db.session.rollback()
                gate.wait()
                try:
                    with transaction(by=system()):
                        row = db.session.get(Person, person_id)
                        expect(row, version)
                        row.note = f"{number}-{n}"
                    wins.append(n)
                except (ChangedMeanwhile, StaleDataError):
                    losses.append(n)
                gate.wait()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wins) == list(range(rounds))
    assert len(losses) == rounds * (writers - 1)


def test_instants_come_back_in_utc_and_naive_ones_are_refused(session):
    moment = datetime(2026, 7, 14, 10, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))
    with writing():
        db.session.add(FormKey(key="k", spent_at=moment))
    db.session.expire_all()
    kept = db.session.scalars(select(FormKey.spent_at)).one()
    assert kept == moment
    assert kept.tzinfo == UTC
    with pytest.raises(StatementError, match="naive datetime"), db.session.begin_nested():
        db.session.execute(select(FormKey).where(FormKey.spent_at == datetime(2026, 7, 14)))  # noqa: DTZ001 -- the mistake


def test_foreign_keys_are_kept(session):
    with pytest.raises(IntegrityError), transaction(by=system()):
        db.session.add(Person(committee_id=999_999, name="无"))


def test_an_id_is_not_given_twice(session):
    first = factories.person("甲").id
    with transaction(by=system()):
        db.session.delete(db.session.get(Person, first))
    assert factories.person("乙").id > first


def test_sqlite_keeps_what_it_acknowledged(committed):
    with committed.app_context():
        if db.engine.dialect.name == "sqlite":
            pragmas = {
                name: db.session.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
            assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        db.session.remove()


def test_a_day_begins_at_midnight_of_the_office():
    assert clock.begin_of(date(2026, 7, 14)) == datetime(2026, 7, 13, 16, 0, tzinfo=UTC)
    assert clock.today() == date(2026, 7, 14)
    assert f"{clock.local(clock.now()):%H:%M}" == "10:30"


def test_reading_on_postgresql_ends_without_making_the_driver_forget_its_statements(committed):
    """psycopg prepares what it is asked for the sixth time, and drops all it prepared at a ROLLBACK."""
    with committed.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite's driver keeps its statements")
        for _request in range(8):
            db.session.execute(select(Unit.name).where(Unit.id == 1))
            db.session.remove()
        known = db.session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
        assert any("unit.name" in statement for statement in known)


def test_what_was_changed_outside_a_transaction_is_not_kept(committed):
    with committed.app_context():
        factories.unit("甲局")
        row = db.session.scalars(select(Unit)).first()
        row.note = "没有交办"
        db.session.remove()
        assert db.session.scalars(select(Unit.note)).first() == ""
