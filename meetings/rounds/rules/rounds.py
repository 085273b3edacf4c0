"""Rounds: their steps, their periods, who is in, late or missing, and the two rates. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.rules import fraction
from meetings.rounds.models import RoundCycle, RoundStatus, Standing
from meetings.workdays.rules import Calendar


class RoundAction(StrEnum):
    """What the office can do with a round."""

    EDIT = "edit"
    OPEN = "open"
    LOCK = "lock"
    REOPEN = "reopen"
    CANCEL = "cancel"


_S = RoundStatus
TRANSITIONS: Mapping[RoundAction, tuple[RoundStatus, RoundStatus]] = {
    RoundAction.EDIT: (_S.DRAFT, _S.DRAFT),
    RoundAction.OPEN: (_S.DRAFT, _S.OPEN),
    RoundAction.LOCK: (_S.OPEN, _S.LOCKED),
    RoundAction.REOPEN: (_S.LOCKED, _S.OPEN),
    RoundAction.CANCEL: (_S.DRAFT, _S.CANCELLED),
}


def next_status(status: RoundStatus, action: RoundAction, actor: Actor) -> RoundStatus:
    """What the round becomes; raises ``NotAllowed("round.not_yours")``, ``DomainError("round.wrong_status")``."""
    if not actor.may("rounds.manage"):
        raise NotAllowed("round.not_yours")
    before, after = TRANSITIONS[action]
    if status is not before:
        raise DomainError("round.wrong_status")
    return after


def available_actions(status: RoundStatus, actor: Actor) -> list[RoundAction]:
    """The buttons to show; the same table decides what the server accepts."""
    if not actor.may("rounds.manage"):
        return []
    return [action for action, (before, _after) in TRANSITIONS.items() if before is status]


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError("round.reopen_reason", field="reason")


def check_days(
    cycle: RoundCycle, cycle_reason: str, *, from_on: date, until_on: date, due_on: date, today: date
) -> None:
    """More often than once a quarter needs a reason (基层减负); the days stand in order and are still to come."""
    if cycle in {RoundCycle.MONTHLY, RoundCycle.WEEKLY} and not cycle_reason.strip():
        raise DomainError("round.cycle_reason", field="cycle_reason")
    if until_on < from_on:
        raise DomainError("round.days_out_of_order", field="until_on")
    if due_on < from_on:
        raise DomainError("round.due_before_period", field="due_on")
    check_due(due_on, today)


def check_due(due_on: date, today: date) -> None:
    if due_on < today:
        raise DomainError("round.due_past", field="due_on")


# --- periods --------------------------------------------------------------------------------------------------------


class Period(NamedTuple):
    """The days on which a round reports, both included."""

    from_on: date
    until_on: date


_MONTHS = {RoundCycle.MONTHLY: 1, RoundCycle.QUARTERLY: 3, RoundCycle.HALF_YEARLY: 6}
# How many days before its period ends the next round is put before the office.
_AHEAD = {RoundCycle.WEEKLY: 3, RoundCycle.MONTHLY: 10, RoundCycle.QUARTERLY: 15, RoundCycle.HALF_YEARLY: 20}


def add_months(day: date, months: int) -> date:
    """The same day of a later month, which is the 1st to the 28th in every period of the calendar."""
    month = day.month - 1 + months
    return day.replace(year=day.year + month // 12, month=month % 12 + 1)


def period_of(cycle: RoundCycle, day: date) -> Period:
    """The calendar's week, month, quarter or half-year that holds the day; for once it is that of the quarter."""
    if cycle is RoundCycle.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    months = _MONTHS.get(cycle, 3)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, add_months(first, months) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    return period_of(RoundCycle.QUARTERLY, day)


def next_period(cycle: RoundCycle, until_on: date) -> Period | None:
    """The calendar's period after the one that ended ``until_on``; None where the round has no successor."""
    return None if cycle is RoundCycle.ONCE else period_of(cycle, until_on + timedelta(days=1))


def next_due_on(due_on: date, until_on: date, next_until_on: date, calendar: Calendar) -> date:
    """As many working days after the next period's end as the present day is after its own, and never on a day of rest.

    Due on Friday 10 July for a quarter that ended on 30 June: eight working days; so is the next one.
    """
    day = calendar.add(next_until_on, calendar.between(until_on, due_on))
    return day if calendar.is_working(day) else calendar.add(day, 1)


def is_to_be_proposed(cycle: RoundCycle, until_on: date, today: date) -> bool:
    """The next round is prepared some days before its period ends: 15 for a quarter."""
    period = next_period(cycle, until_on)
    return period is not None and today >= period.until_on - timedelta(days=_AHEAD[cycle])


# --- who is in ------------------------------------------------------------------------------------------------------


class Answer(NamedTuple):
    """A report that stands for a line: the day it was sent, and the day by which it was owed, where one is known."""

    report_id: int
    submitted_on: date
    owed_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One task that a unit reports on in a round.

    ``reported_on`` is the day the report was sent that stands and reached the office; ``until`` the day up to which it
    is on time; ``is_released`` where the task is no longer under way and nothing was reported.
    """

    task_id: int
    report_id: int | None
    reported_on: date | None
    until: date
    is_released: bool = False
    waits_for_head: bool = False


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value that a unit submits in a round; ``is_typed`` where it was entered and not yet submitted."""

    indicator_id: int
    name: str
    reported_on: date | None
    until: date
    is_released: bool = False
    is_typed: bool = False


def line_of(
    task_id: int,
    *,
    due_on: date,
    is_under_way: bool,
    report_due_on: date | None,
    answer: Answer | None,
    waits_for_head: bool,
) -> Line:
    """A line from the first report that stands since the round was opened.

    The day on which it was sent counts, however long the office looks at it. A report that was returned is owed again
    by a later day (``owed_on`` of the one sent then, ``report_due_on`` while none is): up to that day it is on time.
    """
    owed_again = answer.owed_on if answer else report_due_on
    return Line(
        task_id=task_id,
        report_id=answer.report_id if answer else None,
        reported_on=answer.submitted_on if answer else None,
        until=max(due_on, owed_again) if owed_again else due_on,
        is_released=answer is None and not is_under_way,
        waits_for_head=waits_for_head and answer is None,
    )


def standing(lines: Sequence[Line | ValueLine], today: date) -> tuple[Standing, date | None]:
    """How a unit stands, and the day on which its last line came in.

    In when every line that is owed was reported; late when one of them came after its day.
    """
    owed = [line for line in lines if not line.is_released]
    if not owed:
        return Standing.RELEASED, None
    days = [line.reported_on for line in owed if line.reported_on is not None]
    if len(days) == len(owed):
        late = any(line.reported_on and line.reported_on > line.until for line in owed)
        return Standing.LATE if late else Standing.IN, max(days)
    open_until = max(line.until for line in owed if line.reported_on is None)
    return Standing.MISSING if today > open_until else Standing.OWED, None


@dataclass(frozen=True, slots=True)
class Rates:
    """报送率 = units that are in ÷ units that owe; 及时率 = units in on time ÷ units that owe. Released: in neither."""

    owed: int
    reported: int
    on_time: int

    @property
    def missing(self) -> int:
        return self.owed - self.reported

    @property
    def reported_rate(self) -> str:
        """91.1%（51/56）; empty where nobody owes anything."""
        return fraction(self.reported, self.owed) if self.owed else ""

    @property
    def on_time_rate(self) -> str:
        return fraction(self.on_time, self.owed) if self.owed else ""


def rates(standings: Iterable[Standing]) -> Rates:
    found = [one for one in standings if one is not Standing.RELEASED]
    return Rates(
        owed=len(found),
        reported=sum(one in {Standing.IN, Standing.LATE} for one in found),
        on_time=sum(one is Standing.IN for one in found),
    )
