"""A form sent twice is carried out once."""

import threading

import pytest
from sqlalchemy import func, select

from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.core.errors import AlreadySubmitted, DomainError
from meetings.core.once import FormKey, once
from meetings.directory.models import Unit, UnitKind
from tests import factories


def register(name, key, by):
    with transaction(by=by), once(key, by=by) as outcome:
        db.session.add(Unit(committee_id=by.committee_id, kind=UnitKind.MEMBER, name=name, short_name=name))
        outcome.location = f"/units/{name}"


def units():
    return db.session.scalar(select(func.count()).select_from(Unit))


def test_the_second_one_is_led_to_where_the_first_one_went(session):
    by = Actor(None, "甲", factories.committee().id)
    register("甲局", "key", by)
    with pytest.raises(AlreadySubmitted) as again:
        register("乙局", "key", by)
    assert (again.value.location, again.value.status) == ("/units/甲局", 303)
    assert units() == 1


def test_another_key_is_another_form(session):
    by = Actor(None, "甲", factories.committee().id)
    register("甲局", "key-1", by)
    register("乙局", "key-2", by)
    assert units() == 2


@pytest.mark.parametrize("key", [None, ""])
def test_a_form_without_a_key_is_not_carried_out(session, key):
    by = Actor(None, "甲", factories.committee().id)
    with pytest.raises(DomainError, match=r"form\.key_missing"):
        register("甲局", key, by)
    assert units() == 0


def test_a_form_that_was_refused_may_be_sent_again(session):
    by = Actor(None, "甲", factories.committee().id)

    def refuse():
        with transaction(by=by), once("key", by=by):
            raise DomainError("unit.name_taken")

    with pytest.raises(DomainError):
        refuse()
    assert db.session.scalars(select(FormKey)).all() == []
    register("甲局", "key", by)
    assert units() == 1


def test_two_at_the_same_moment_make_one(committed):
    with committed.app_context():
        committee_id = factories.committee().id
        db.session.remove()
    gate, outcomes = threading.Barrier(8), []

    def send(number):
        gate.wait()
        with committed.app_context():
            try:
                register(f"第{number}局", "one-key", Actor(number, "甲", committee_id))
                outcomes.append("made")
            except AlreadySubmitted as again:
                outcomes.append(again.location)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with committed.app_context():
        name = db.session.scalars(select(Unit.name)).one()
        db.session.remove()
    assert sorted(outcomes) == sorted(["made", *[f"/units/{name}"] * 7])
