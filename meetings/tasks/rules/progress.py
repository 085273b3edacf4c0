"""How far a task is, and which amounts are taken. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from meetings.core.errors import DomainError
from meetings.tasks.models import Quantity, Standard, Step

STEP_PERCENT: Mapping[Step, int] = {Step.NOT_STARTED: 0, Step.UNDER_WAY: 50, Step.NEARLY_DONE: 80, Step.DONE: 100}


def rounded_percent(part: Decimal, whole: Decimal) -> int:
    """``part`` of ``whole`` in whole percent, half up, within 0 and 100; 0 where there is no whole."""
    if whole <= 0:
        return 0
    percent = (part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)
    return int(min(max(percent, Decimal(0)), Decimal(100)))


def percent_done(quantities: Iterable[Quantity], standards: Sequence[Standard], step: Step) -> int:
    """A task's progress as its rows stand; see ``counted_percent``."""
    return counted_percent(
        [(q.target, q.total) for q in quantities],
        met_count=sum(standard.met_at is not None for standard in standards),
        standard_count=len(standards),
        step=step,
    )


def counted_percent(
    amounts: Iterable[tuple[Decimal | None, Decimal]], *, met_count: int, standard_count: int, step: Step
) -> int:
    """Progress counted, in this order, from amounts (target, total) with a target, ticked standards, or the step.

    Several quantities count equally, each up to its target. Where no standard is ticked yet the step tells.
    """
    shares = [min(Decimal(1), max(Decimal(0), total / target)) for target, total in amounts if target]
    if shares:
        return rounded_percent(sum(shares, Decimal(0)), Decimal(len(shares)))
    if met_count:
        return rounded_percent(Decimal(met_count), Decimal(standard_count))
    return STEP_PERCENT[step]


def weighted_percent(parts: Iterable[tuple[int, int]]) -> int:
    """A parent's progress from (weight, percent) of its sub-tasks: Σ weight × percent ÷ Σ weight."""
    rows = list(parts)
    return rounded_percent(Decimal(sum(w * p for w, p in rows)), Decimal(sum(w for w, _ in rows) * 100))


def check_amounts(quantity: Quantity, *, before: Decimal, this_period: Decimal, total: Decimal, reason: str) -> None:
    """A total lower than before, or over its target, is taken with a reason only; nothing is counted below zero.

    Raises ``DomainError`` about the field ``quantity_<id>_reason`` (``…_this_period``, ``…_total`` for a negative one).
    """
    field = f"quantity_{quantity.id}"
    if this_period < 0 or total < 0:
        raise DomainError(
            "progress.negative", field=f"{field}_{'this_period' if this_period < 0 else 'total'}", name=quantity.name
        )
    if reason.strip():
        return
    if total < before:
        raise DomainError(
            "progress.total_lower", field=f"{field}_reason", name=quantity.name, before=plain_amount(before)
        )
    if quantity.target is not None and total > quantity.target:
        raise DomainError(
            "progress.over_target", field=f"{field}_reason", name=quantity.name, target=plain_amount(quantity.target)
        )


def plain_amount(amount: Decimal) -> str:
    """The amount without trailing zeros: 6200, 0.5."""
    return f"{amount.normalize():f}" if amount else "0"
