"""Units are asked for the values that a year lacks, in a round."""

from collections.abc import Collection, Iterable
from datetime import date

from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.evaluation import rules
from meetings.evaluation.queries.coverage import Line
from meetings.evaluation.rules.coverage import asked_unit
from meetings.plans.queries import values
from meetings.rounds import actions as rounds
from meetings.rounds.models import ReportingRound


def ask_for_values(
    lines: Iterable[Line],
    year: int,
    *,
    indicator_ids: Collection[int],
    title: str,
    due_on: date,
    note: str,
    by: Actor,
) -> ReportingRound:
    """Open a round for the values of these indicators, which ``lines`` have as gaps; each is asked of who enters it.

    Raises ``coverage.no_unit`` beside ``indicator_ids`` where nobody is there to be asked, ``value.year_locked``, and
    what ``rounds.actions.ask_for_values`` raises.
    """
    rules.check_staff(by)
    period = values.period(year, actor=by)
    if period is not None and period.locked_at is not None:
        raise DomainError("value.year_locked", year=year)
    checker_id = values.statistics_unit_id(by)
    asked: dict[int, list[int]] = {}
    for line in lines:
        if line.standing.id in indicator_ids:
            unit_id = asked_unit(line.standing.level, line.standing.lead, checker_id)
            if unit_id is None:
                raise DomainError("coverage.no_unit", field="indicator_ids", name=line.standing.name)
            asked.setdefault(unit_id, []).append(line.standing.id)
    return rounds.ask_for_values(asked, year=year, title=title, due_on=due_on, note=note, by=by)
