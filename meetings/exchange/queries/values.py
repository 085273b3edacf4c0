"""Values of indicators as rows of a table: those of the year that is due."""

from sqlalchemy import select

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.exchange.rules.tables import Present
from meetings.plans.models import Indicator
from meetings.plans.queries import values as kept
from meetings.plans.rules import entry
from meetings.plans.rules.figures import figure_text


def year_due(actor: Actor) -> int | None:
    """Last year, whose figures are due, or the latest before it that a plan covers."""
    years = kept.years_to_enter(actor, last=clock.today().year)
    return next((year for year in years if year < clock.today().year), years[0] if years else None)


def present(actor: Actor, unit_id: int | None = None) -> list[Present]:
    """What a unit enters for its indicators; for those who check, of every lead unit, and what comes from above."""
    year = year_due(actor)
    if year is None:
        return []
    is_checker = kept.is_checker(actor)
    if unit_id is not None:
        units = [unit_id] if is_checker or unit_id in actor.unit_ids else []
    elif is_checker:
        ids = db.session.scalars(select(Indicator.id).where(Indicator.committee_id == actor.committee_id)).all()
        units = sorted(set(kept.leads(ids).values()))
    else:
        units = sorted(actor.unit_ids)
    lines: list[tuple[int | None, kept.Line]] = [
        (each, line) for each in units for line in kept.lines_of_unit(each, year, actor=actor)
    ]
    if is_checker and unit_id is None:
        lines += [(None, line) for line in kept.lines_from_above(year, actor=actor)]
    period = kept.period(year, actor=actor)
    is_locked = period is not None and period.locked_at is not None
    return [_row(line, each, year, is_locked=is_locked) for each, line in lines]


def _row(line: kept.Line, unit_id: int | None, year: int, *, is_locked: bool) -> Present:
    now, measured = line.kept, line.measured
    refusal: DomainError | None = None
    if is_locked:
        refusal = DomainError("value.year_locked", year=year)
    elif now is not None and now.state not in entry.OPEN:
        refusal = DomainError("value.checked_already")
    figure = now.figure if now else None
    last = line.last
    return Present(
        key=f"{year}-{line.key}",
        version=str(now.version if now else 0),
        values={
            "numerator": _typed(figure.numerator if figure else None),
            "denominator": _typed(figure.denominator if figure else None),
            "value": _typed(figure.value, measured.decimals) if figure and figure.denominator is None else "",
            "why": (now.reason or now.note) if now else "",
        },
        said={
            "year": year,
            "domain": measured.domain,
            "number": measured.number,
            "name": measured.name,
            "sex": line.sex,
            "area": line.area,
            "measure": measured.unit_of_measure,
            "names": " ÷ ".join(filter(None, (measured.numerator_name, measured.denominator_name))),
            "before": f"{last[0]}年 {figure_text(last[1].value, measured.decimals)}" if last else "",
            "line": line,
            "unit_id": unit_id,
        },
        refusal=refusal,
    )


def _typed(value: object, decimals: int = 0) -> str:
    """A number as it is typed: no commas."""
    return figure_text(value, decimals).replace(",", "")  # type: ignore[arg-type]  # a Decimal or None
