"""Values of a year that a round asks for: who owes which, what came in, what is asked for already."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select

from meetings.core import clock
from meetings.core.db import db
from meetings.plans.models import (
    Area,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Level,
    Plan,
    Sex,
    ValueState,
)
from meetings.plans.queries.values import lead_of
from meetings.plans.rules.entry import KNOWN
from meetings.rounds import rules
from meetings.rounds.models import ReportingRound, RoundStatus, RoundUnit, RoundValue

Lines = dict[tuple[int, int], tuple[Any, list[rules.ValueLine]]]

# Whoever enters a value of the county is its lead; a value from above is asked of whoever checks values.
_still_enters = or_(
    Indicator.level != Level.COUNTY,
    exists().where(IndicatorUnit.indicator_id == Indicator.id, IndicatorUnit.unit_id == RoundUnit.unit_id, lead_of()),
)


def value_lines(rounds: Mapping[int, ReportingRound], narrowed: Sequence[ColumnElement[bool]]) -> Lines:
    """By round and unit the row of the unit and what it owes: one statement.

    A value counts from the day on which it was submitted; in a locked round what had come in by then.
    """
    rows = db.session.execute(
        select(
            RoundUnit.round_id,
            RoundUnit.unit_id,
            RoundUnit.unit_name,
            RoundUnit.standing,
            RoundUnit.reported_on,
            RoundValue.indicator_id,
            RoundValue.reported_on.label("answered_on"),
            Indicator.name,
            Plan.closed_on,
            _still_enters.label("still_enters"),
            IndicatorValue.state,
            IndicatorValue.submitted_at,
            IndicatorValue.entered_at,
        )
        .join(ReportingRound, ReportingRound.id == RoundUnit.round_id)
        .join(RoundValue, RoundValue.round_unit_id == RoundUnit.id)
        .join(Indicator, Indicator.id == RoundValue.indicator_id)
        .join(Plan, Plan.id == Indicator.plan_id)
        .outerjoin(
            IndicatorValue,
            and_(
                IndicatorValue.indicator_id == RoundValue.indicator_id,
                IndicatorValue.year == ReportingRound.value_year,
                IndicatorValue.unit_id.is_(None),
                IndicatorValue.sex == Sex.ALL,
                IndicatorValue.area == Area.ALL,
                IndicatorValue.value.is_not(None),
            ),
        )
        .where(*narrowed)
        .order_by(RoundUnit.round_id, RoundUnit.position, RoundUnit.unit_id, RoundValue.id)
    )
    found: Lines = {}
    for row in rows:
        round_ = rounds[row.round_id]
        day = _day(row) if round_.status is RoundStatus.OPEN else row.answered_on
        line = rules.ValueLine(
            row.indicator_id,
            row.name,
            reported_on=day,
            until=round_.due_on,
            is_released=day is None and (row.closed_on is not None or not row.still_enters),
            is_typed=row.state is ValueState.ENTERED,
        )
        found.setdefault((row.round_id, row.unit_id), (row, []))[1].append(line)
    return found


def _day(row: Any) -> date | None:
    if row.state not in KNOWN:
        return None
    moment: datetime = row.submitted_at or row.entered_at or clock.now()
    return clock.local(moment).date()


class AskedIn(NamedTuple):
    """The open round that asks for a value."""

    round_id: int
    title: str
    due_on: date


def asked_in(indicator_ids: Collection[int], year: int) -> dict[int, AskedIn]:
    """By indicator the open round that asks for its value of a year; the indicators were loaded for the actor."""
    rows = db.session.execute(
        select(RoundValue.indicator_id, ReportingRound.id, ReportingRound.title, ReportingRound.due_on)
        .join(RoundUnit, RoundUnit.id == RoundValue.round_unit_id)
        .join(ReportingRound, ReportingRound.id == RoundUnit.round_id)
        .where(
            RoundValue.indicator_id.in_(sorted(indicator_ids)),
            ReportingRound.value_year == year,
            ReportingRound.status == RoundStatus.OPEN,
        )
        .order_by(ReportingRound.id)
    )
    return {indicator_id: AskedIn(id_, title, due_on) for indicator_id, id_, title, due_on in rows}


def field_counts(asked: Mapping[int, Collection[int]]) -> dict[int, int]:
    """By unit the fields to fill in: two for a rate, one for anything else."""
    ids = sorted({id_ for indicator_ids in asked.values() for id_ in indicator_ids})
    rows = select(Indicator.id, Indicator.denominator_name).where(Indicator.id.in_(ids))
    fields = {id_: 2 if denominator else 1 for id_, denominator in db.session.execute(rows)}
    found: dict[int, int] = defaultdict(int)
    for unit_id, indicator_ids in asked.items():
        found[unit_id] += sum(fields[id_] for id_ in indicator_ids)
    return found
