"""What is kept until an audited row changes: in this process, in another, on another day, for another committee."""

from datetime import timedelta

import pytest

from app import create_app
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.core.kept import kept
from meetings.core.settings import Settings
from meetings.directory.models import Unit
from tests import factories


class Counter:
    """Says how often it was asked."""

    def __init__(self):
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return self.asked


@pytest.fixture
def work():
    return Counter()


def test_a_value_is_kept_until_an_audited_row_changes(session, work):
    unit = factories.unit()

    def value():
        return kept("for the test", work, committee_id=unit.committee_id)

    assert (value(), value()) == (1, 1)
    with transaction(by=Actor(None, "系统", unit.committee_id)):
        unit.name = "县教体局"
    assert (value(), value()) == (2, 2)
    factories.committee()  # a row that belongs to no committee
    assert value() == 3


def test_what_changes_in_another_committee_is_no_matter(session, work):
    here, there = factories.unit(), factories.committee().id
    assert kept("for the test", work, committee_id=here.committee_id) == 1
    assert kept("for the test", work, committee_id=there) == 2
    with transaction(by=Actor(None, "系统", there)):
        db.session.add(Unit(committee_id=there, kind="member", name="邻县", short_name="邻县"))
    assert kept("for the test", work, committee_id=here.committee_id) == 1
    assert kept("for the test", work, committee_id=there) == 3


def test_every_key_and_every_day_has_its_own(session, work, frozen_clock):
    committee_id = factories.the_committee().id
    assert [kept(key, work, committee_id=committee_id) for key in ("a", "b", "a")] == [1, 2, 1]
    frozen_clock(clock.now() + timedelta(days=1))
    assert kept("a", work, committee_id=committee_id) == 3


def test_within_a_transaction_nothing_is_kept(session, work):
    committee_id = factories.the_committee().id
    with transaction(by=Actor(None, "系统", committee_id)):
        assert [kept("for the test", work, committee_id=committee_id) for _ in range(2)] == [1, 2]
    assert kept("for the test", work, committee_id=committee_id) == 3


def test_a_change_by_another_process_is_seen(committed, tmp_path, work):
    with committed.app_context():
        committee_id = factories.the_committee().id
        unit_id = factories.unit("县教育局").id
        assert [kept("for the test", work, committee_id=committee_id) for _ in range(2)] == [1, 1]
        db.session.rollback()
    url = committed.config["SQLALCHEMY_DATABASE_URI"]
    other = create_app(Settings(data=tmp_path, database_url=url, secret_key="for-tests-only", log_level="ERROR"))
    with other.app_context():
        with transaction(by=Actor(None, "系统", committee_id)):
            db.session.get(Unit, unit_id).name = "县教体局"
        db.session.remove()
        db.engine.dispose()
    with committed.app_context():
        assert kept("for the test", work, committee_id=committee_id) == 2
