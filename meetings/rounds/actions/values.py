"""Values of a year are asked for in a round, which is open at once."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import update

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.notifications.actions import tell
from meetings.rounds import queries, rules
from meetings.rounds.models import ReportingRound, RoundCycle, RoundStatus, RoundUnit, RoundValue
from meetings.rounds.rules import RoundAction


def ask_for_values(
    asked: Mapping[int, Collection[int]], *, year: int, title: str, due_on: date, note: str, by: Actor
) -> ReportingRound:
    """Open a round in which units (by id) are to submit the values of indicators (ids) of a year, and tell them.

    Raises ``round.due_past`` beside ``due_on``, ``round.no_values`` and ``round.value_asked`` beside
    ``indicator_ids``, the latter where an open round asks for one of them already.
    """
    after = rules.next_status(RoundStatus.DRAFT, RoundAction.OPEN, by)
    rules.check_due(due_on, clock.today())
    ids = [id_ for indicator_ids in asked.values() for id_ in indicator_ids]
    if not ids:
        raise DomainError("round.no_values", field="indicator_ids")
    for there in queries.asked_in(ids, year).values():
        raise DomainError("round.value_asked", field="indicator_ids", title=there.title)
    row = ReportingRound(
        committee_id=by.committee_id,
        title=title,
        cycle=RoundCycle.ONCE,
        from_on=date(year, 1, 1),
        until_on=date(year, 12, 31),
        due_on=due_on,
        note=note,
        status=after,
        opened_at=clock.now(),
        opened_by_name=by.name[:100],
        value_year=year,
        scopes=[],
    )
    db.session.add(row)
    db.session.flush()
    fields = queries.field_counts(asked)
    for unit in queries.owing_units(asked):
        owing = RoundUnit(
            round_id=row.id,
            unit_id=unit.id,
            unit_name=unit.short_name,
            position=unit.position,
            field_count=fields[unit.id],
        )
        db.session.add(owing)
        db.session.flush()
        db.session.add_all(RoundValue(round_unit_id=owing.id, indicator_id=id_) for id_ in asked[unit.id])
    tell(
        "rounds.values_asked",
        roles={Role.LIAISON, Role.STATISTICIAN},
        unit_ids=set(asked),
        title=title,
        day=due_on,
        path=f"/rounds/{row.id}/report",
        by=by,
    )
    return row


def keep_answers(owing: RoundUnit, lines: Collection[rules.ValueLine]) -> None:
    """The round is locked: what had come in by now, and when, is kept."""
    for line in lines:
        db.session.execute(
            update(RoundValue)
            .where(RoundValue.round_unit_id == owing.id, RoundValue.indicator_id == line.indicator_id)
            .values(reported_on=line.reported_on)
        )
