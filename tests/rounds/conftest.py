"""A round of two units: one leads two tasks, the other helps with one of them."""

from datetime import date
from types import SimpleNamespace

import pytest

from meetings.core.db import db, transaction
from meetings.rounds import actions, queries
from meetings.rounds.models import ReportingRound, RoundCycle
from tests import factories
from tests.support.worlds import world


def drafted(*, by, **values) -> ReportingRound:
    defaults = {
        "title": "2026年第三季度进展报送",
        "cycle": RoundCycle.QUARTERLY,
        "cycle_reason": "",
        "from_on": date(2026, 7, 1),
        "until_on": date(2026, 9, 30),
        "due_on": date(2026, 7, 24),
        "note": "",
        "group_ids": [],
        "unit_ids": [],
        "task_numbers": [],
    }
    with transaction(by=by):
        return actions.draft_round(**{**defaults, **values}, by=by)


def carry(action, round_id, *, by, **values):
    """An act on a round, as a page does it."""
    with transaction(by=by):
        return action(queries.find_to_change(round_id, actor=by), by=by, **values)


def opened(*, by, **values) -> int:
    round_id = drafted(by=by, **values).id
    carry(actions.open_round, round_id, by=by)
    return round_id


def standing_of(round_id, *, by):
    """Unit → standing, as the office sees it now."""
    db.session.expire_all()
    row = queries.find(round_id, actor=by)
    return {unit.unit_id: unit for unit in queries.standings([row])[row.id]}


@world
def at_work():
    """Both tasks under way, led by the first unit; the second one helps with the first task."""
    lead, helper = units = two_units()
    tasks = (
        factories.under_way(lead_unit=lead, cooperating_units=[helper], title="甲"),
        factories.under_way(lead_unit=lead, title="乙"),
    )
    return SimpleNamespace(units=units, tasks=tasks)


def two_units():
    return factories.unit("县教育局", position=1), factories.unit("县民政局", position=2)


@pytest.fixture
def units(session, request):
    return request.getfixturevalue("at_work").units if "tasks" in request.fixturenames else two_units()


@pytest.fixture
def tasks(at_work):
    return at_work.tasks
