"""What is looked at in rows of values besides each cell: as the page of values does. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from meetings.core.errors import DomainError
from meetings.exchange.rules.tables import Line, Outcome, Present
from meetings.plans.rules import checks
from meetings.plans.rules.figures import Figure, factor_of, figure_of, read_figure

_PAIRS = (("male", "female"), ("urban", "rural"))


def check(lines: Iterable[Line], present: Iterable[Present]) -> None:
    """Read the figures; what differs much from before, or from its parts, wants a reason."""
    standing = {row.key: row for row in present}
    figures: dict[str, Figure] = {key: _kept(row) for key, row in standing.items()}
    changed = [line for line in lines if line.outcome is Outcome.CHANGED]
    for line in changed:
        try:
            figures[line.key] = _figure(line.values, standing[line.key].said["line"])
        except DomainError as refusal:
            line.refuse(refusal)
    for line in changed:
        if line.outcome is not Outcome.CHANGED:
            continue
        figure = figures[line.key]
        asked = _is_asked(line, standing[line.key], figure, figures)
        if asked and not line.values["why"]:
            line.refuse(DomainError("row.check_value", field="why"))
        line.values |= {
            "figure": figure,
            "reason": line.values["why"] if asked else "",
            "note": "" if asked else line.values["why"],
        }


def _kept(row: Present) -> Figure:
    line: Any = row.said["line"]
    return line.kept.figure if line.kept else Figure()


def _figure(values: Mapping[str, Any], line: Any) -> Figure:
    measured = line.measured
    amounts: dict[str, Decimal | None] = {
        part: read_figure(values[part], measured.unit_of_measure if part == "value" else "", field=part)
        for part in ("numerator", "denominator", "value")
    }
    return figure_of(**amounts, factor=measured.factor, decimals=measured.decimals, is_rate=measured.is_rate)


def _is_asked(row: Line, stands: Present, figure: Figure, figures: Mapping[str, Figure]) -> bool:
    line: Any = stands.said["line"]
    year = int(str(stands.said["year"]))
    factor = factor_of(line.measured.unit_of_measure)
    if checks.questions(figure, year=year, factor=factor, earlier=line.earlier):
        return True
    for pair in _PAIRS if line.is_whole else ():
        parts = [figures.get(f"{row.key}_{name}") for name in pair]
        told = [part for part in parts if part is not None and not part.is_empty]
        if len(told) == len(pair) and checks.questions(figure, year=year, factor=None, earlier={}, parts=told):
            return True
    return False
