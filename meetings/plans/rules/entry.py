"""Who enters, checks, returns, corrects and locks values, and when. Pure."""

from datetime import datetime
from typing import Final

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.plans.models import IndicatorValue, Level, ValueState

# What others see and what is judged: a value that its unit has only typed is its own affair.
KNOWN: Final = (ValueState.SUBMITTED, ValueState.CHECKED, ValueState.LOCKED)
# What its unit may still change.
OPEN: Final = frozenset({ValueState.ENTERED, ValueState.SUBMITTED})


def is_checker(actor: Actor, statistics_unit_id: int | None) -> bool:
    """The office, and whoever enters values for the statistics unit."""
    if actor.may("plans.check_values"):
        return True
    return actor.may("plans.enter_values") and statistics_unit_id in actor.unit_ids


def may_enter(actor: Actor, level: Level, lead_unit_id: int | None, statistics_unit_id: int | None) -> bool:
    """A county figure is entered by the lead unit; whatever it is, by those who check. The county enters no other."""
    if level is Level.NOT_MONITORED:
        return False
    if is_checker(actor, statistics_unit_id):
        return True
    return level is Level.COUNTY and actor.may("plans.enter_values") and lead_unit_id in actor.unit_ids


def check_year(locked_at: datetime | None, year: int, *, last: int) -> None:
    """Nothing is entered for a locked year, nor for one that has not come."""
    if locked_at is not None:
        raise DomainError("value.year_locked", year=year)
    if year > last:
        raise DomainError("value.year_to_come", year=year)


def check_open(row: IndicatorValue) -> None:
    """A value that was checked is changed by a correction alone."""
    if row.state not in OPEN:
        raise DomainError("value.checked_already")


def check_checking(row: IndicatorValue, actor: Actor) -> None:
    """What was submitted is checked, by somebody other than who entered it."""
    if row.state is not ValueState.SUBMITTED:
        raise DomainError("value.not_submitted")
    if row.entered_by_id is not None and row.entered_by_id == actor.user_id:
        raise NotAllowed("value.own_entry")


def check_return(row: IndicatorValue, reason: str) -> None:
    """Back to its unit before the year is locked, with a reason."""
    if row.state not in {ValueState.SUBMITTED, ValueState.CHECKED}:
        raise DomainError("value.cannot_return")
    if not reason.strip():
        raise DomainError("value.reason_needed", field="reason")


def check_correction(row: IndicatorValue, reason: str) -> None:
    """What was checked or locked, with a reason; before that the unit changes it itself."""
    if row.state not in {ValueState.CHECKED, ValueState.LOCKED}:
        raise DomainError("value.still_open")
    if not reason.strip():
        raise DomainError("value.reason_needed", field="reason")
