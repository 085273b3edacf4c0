"""Three hundred units send their period in the same minute, some of them twice: each is in once."""

import threading

import pytest
from sqlalchemy import event, func, select

from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.audit import queries as audit
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.core.errors import DomainError
from meetings.directory.models import Unit, UnitKind
from meetings.rounds import actions, queries
from meetings.rounds.models import Standing
from meetings.tasks import actions as task_actions
from meetings.tasks import queries as task_queries
from meetings.tasks.models import ProgressReport, Step
from tests import factories
from tests.rounds.conftest import opened, standing_of
from tests.tasks.test_concurrency import at_once

pytestmark = pytest.mark.slow

UNITS, TASKS = 300, 60


def liaison_of(unit_id: int, committee_id: int) -> Actor:
    roles = [Role.LIAISON]
    return Actor(None, "联络员", committee_id, frozenset({unit_id}), frozenset({Role.LIAISON}), permissions_of(roles))


def statements_of(ask) -> list[str]:
    """What is sent to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    ask()
    event.remove(db.engine, "before_cursor_execute", note)
    return seen


def send(round_id: int, by: Actor) -> int:
    """One unit's whole period, as its page sends it."""
    (unit_id,) = by.unit_ids
    with transaction(by=by):
        owing = queries.find_unit(round_id, unit_id, actor=by, to_change=True)
        tasks = [line.task_id for line in queries.lines_of(owing).lines]
        actions.check_reporting(owing, set(tasks), by=by)
        for task_id in tasks:
            task_actions.report_progress(
                task_queries.find(task_id, actor=by),
                unit_id=unit_id,
                done="本期进展",
                problems="",
                next_steps="",
                needs_coordination=False,
                is_no_change=False,
                step=Step.UNDER_WAY,
                head_confirms_every=False,
                by=by,
            )
    return len(tasks)


def test_three_hundred_units_at_once_are_in_once(committed):
    with committed.app_context():
        staff = factories.staff()
        lead = factories.unit()
        committee_id = lead.committee_id
        units = [
            Unit(committee_id=committee_id, kind=UnitKind.TOWNSHIP, name=f"第{n}乡", short_name=f"第{n}乡", position=n)
            for n in range(UNITS)
        ]
        factories.save(*units)
        for n in range(TASKS):
            factories.under_way(lead_unit=lead, cooperating_units=units[n::TASKS])
        unit_ids = [unit.id for unit in units]
        round_id = opened(by=staff, unit_ids=unit_ids)
        db.session.remove()

    def work(n: int) -> int:
        return send(round_id, liaison_of(unit_ids[n % UNITS], committee_id))

    found = at_once(committed, UNITS + 20, work)  # twenty press twice

    with committed.app_context():
        refused = [one.code for one in found if isinstance(one, DomainError)]
        assert refused == ["round.reported_meanwhile"] * 20
        assert db.session.scalar(select(func.count()).select_from(ProgressReport)) == UNITS
        standings = standing_of(round_id, by=staff)
        assert {unit.standing for unit in standings.values()} == {Standing.IN}
        assert len(standings) == UNITS
        row = queries.find(round_id, actor=staff)
        for ask, most in ((lambda: queries.standings([row]), 2), (lambda: queries.listing(staff), 4)):
            assert 0 < len(statements_of(ask)) <= most
        assert list(audit.flaws()) == []


def test_of_two_reports_of_one_unit_one_is_taken(committed):
    with committed.app_context():
        unit = factories.unit()
        for _ in range(3):
            factories.under_way(lead_unit=unit)
        staff = factories.staff()
        round_id = opened(by=staff)
        by = liaison_of(unit.id, unit.committee_id)
        db.session.remove()
    barrier = threading.Barrier(2)

    def work(_n: int) -> int:
        barrier.wait(60)
        return send(round_id, by)

    found = at_once(committed, 2, work)
    assert sorted(one if isinstance(one, int) else one.code for one in found if isinstance(one, int)) == [3]
    assert [one.code for one in found if isinstance(one, DomainError)] == ["round.reported_meanwhile"]
    with committed.app_context():
        assert db.session.scalar(select(func.count()).select_from(ProgressReport)) == 3
