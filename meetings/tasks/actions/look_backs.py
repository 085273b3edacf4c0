"""The office looks back at closed tasks: draws a sample, writes down what it finds; what did not hold is reopened."""

from datetime import date
from secrets import randbelow

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.tasks import rules
from meetings.tasks.models import LookBack, LookBackItem, LookBackOutcome
from meetings.tasks.queries import checks


def draw_look_back(
    *, title: str, year: int, sample_size: int, unit_id: int | None = None, seed: str = "", by: Actor
) -> LookBack:
    """Draw from the tasks closed in the year, by a seed that is kept; without one a random seed is taken.

    Raises ``look_back.nothing`` (field ``year``) where none was closed, ``task.unit_unknown`` (field ``unit_id``).
    """
    if not by.may("tasks.close"):
        raise NotAllowed("task.not_yours", action="look_back")
    if unit_id is not None and not checks.units_among([unit_id], by.committee_id):
        raise DomainError("task.unit_unknown", field="unit_id")
    closed = checks.closed_in(year, by.committee_id, unit_id)
    if not closed:
        raise DomainError("look_back.nothing", field="year", year=year)
    seed = seed.strip() or str(100_000 + randbelow(900_000))
    drawn = rules.sample(closed, seed=seed, size=sample_size)
    row = LookBack(
        committee_id=by.committee_id,
        title=title.strip(),
        unit_id=unit_id,
        year=year,
        sample_size=sample_size,
        population=len(closed),
        seed=seed,
        drawn_at=clock.now(),
        drawn_by_name=by.name[:100],
        items=[LookBackItem(task_id=closed[number], position=n) for n, number in enumerate(drawn)],
    )
    db.session.add(row)
    db.session.flush()
    return row


def record_finding(item: LookBackItem, *, outcome: LookBackOutcome, findings: str, checked_on: date, by: Actor) -> None:
    """Write down what was found; it may be corrected. Needs ``item.look_back``.

    Raises ``task.reason_needed`` (field ``findings``), ``look_back.checked_in_future`` (field ``checked_on``).
    """
    if not by.may("tasks.close") or item.look_back.committee_id != by.committee_id:
        raise NotAllowed("task.not_yours", action="look_back")
    rules.check_reason(findings, field="findings")
    if checked_on > clock.today():
        raise DomainError("look_back.checked_in_future", field="checked_on")
    item.outcome = outcome
    item.findings = findings.strip()
    item.checked_on = checked_on
    item.checked_by_name = by.name[:100]
