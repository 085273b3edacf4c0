"""What a plan's rows must be, and when they may be changed. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from meetings.core.errors import DomainError
from meetings.plans.models import Direction, Level, Plan, Responsibility, Stage

STAGES: Sequence[Stage] = tuple(Stage)
# 编制: what comes before the plan is carried out.
PREPARING = frozenset(STAGES[: STAGES.index(Stage.IMPLEMENTATION)])
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_open(plan: Plan) -> None:
    """A closed plan is read, never changed."""
    if plan.closed_on is not None:
        raise DomainError("plan.closed", day=plan.closed_on)


def check_closing(plan: Plan, closed_on: date, *, today: date) -> None:
    """A plan ends once, not before its last year, and not in the future."""
    check_open(plan)
    if closed_on > today:
        raise DomainError("plan.closed_ahead", field="closed_on")
    if closed_on.year < plan.until_year:
        raise DomainError("plan.closed_early", field="closed_on", year=plan.until_year)


def check_begun(begun_on: date | None, *, today: date) -> None:
    """A stage has begun on a day that has come."""
    if begun_on is not None and begun_on > today:
        raise DomainError("plan.begun_ahead", field="begun_on")


def responsible(main: Sequence[int], shared: Sequence[int]) -> list[tuple[int, Responsibility]]:
    """Units with their part in the order printed, the lead first. Raises where one stands in both."""
    if twice := set(main) & set(shared):
        raise DomainError("plan.unit_in_both", field="shared_units", count=len(twice))
    if shared and not main:
        raise DomainError("plan.no_lead", field="main_units")
    return [
        *((unit_id, Responsibility.MAIN) for unit_id in main),
        *((unit_id, Responsibility.SHARED) for unit_id in shared),
    ]


def check_indicator(  # noqa: PLR0913 -- the fields that hang together
    *,
    direction: Direction,
    tolerance: Decimal | None,
    baseline_year: int | None,
    baseline_value: Decimal | None,
    target_year: int | None,
    target_value: Decimal | None,
    target_text: str,
    level: Level,
    is_text: bool,
    available_month: int | None,
    available_day: int | None,
) -> None:
    """What the fields of an indicator must be together; each refusal names its field.

    A target that equals the baseline is right: it says 保持. What is counted, 不可量化 or 县级不监测 needs none.
    """
    if direction is Direction.AROUND and tolerance is None and target_value is not None:
        raise DomainError("indicator.tolerance_missing", field="tolerance")
    if direction is not Direction.AROUND and tolerance is not None:
        raise DomainError("indicator.tolerance_useless", field="tolerance")
    if baseline_value is not None and baseline_year is None:
        raise DomainError("indicator.baseline_year_missing", field="baseline_year")
    if baseline_year is not None and target_year is not None and baseline_year >= target_year:
        raise DomainError("indicator.years_out_of_order", field="target_year")
    needs_target = direction is not Direction.COUNT and not is_text and level is not Level.NOT_MONITORED
    if needs_target and target_value is None and not target_text:
        raise DomainError("indicator.target_missing", field="target_value")
    if (available_month is None) != (available_day is None):
        raise DomainError("indicator.day_incomplete", field="available_day")
    if available_month is not None and available_day is not None and available_day > _DAYS[available_month - 1]:
        raise DomainError("indicator.no_such_day", field="available_day")
