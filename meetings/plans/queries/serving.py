"""What of the plans the rows of higher features serve, whose tables of aims name a goal, a measure or an indicator."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from meetings.core.db import db
from meetings.plans.models import Goal, Indicator, Measure

_TEXTS: dict[str, tuple[Any, Any]] = {
    "goal": (Goal, Goal.text),
    "indicator": (Indicator, Indicator.name),
    "measure": (Measure, Measure.text),
}


class ServedLine(NamedTuple):
    """A line of a plan as pages name what serves it; ``noun`` is ``goal``, ``indicator`` or ``measure``."""

    noun: str
    id: int
    number: str
    text: str


def named(aims: Iterable[Any]) -> dict[str, Any]:
    """Rows of a table of aims by what they name, as ``goal-12``."""
    return {next(f"{noun}-{id_}" for noun in _TEXTS if (id_ := getattr(row, f"{noun}_id", None))): row for row in aims}


def lines_served(aim: Any, owner: Any) -> Any:
    """The statement for the lines that the row bound as ``owner`` serves; ``owner`` is its column in ``aim``."""
    kinds = {noun: kind for noun, kind in _TEXTS.items() if hasattr(aim, f"{noun}_id")}
    ids = {noun: getattr(aim, f"{noun}_id") for noun in kinds}
    statement = select(
        *ids.values(),
        func.coalesce(*(kind.number for kind, _text in kinds.values())),
        func.coalesce(*(text for _kind, text in kinds.values())),
    )
    for noun, (kind, _text) in kinds.items():
        statement = statement.outerjoin(kind, kind.id == ids[noun])
    return statement.where(owner == bindparam("owner")).order_by(aim.id)


def served(statement: Any, owner_id: int) -> list[ServedLine]:
    """What ``lines_served`` finds, in the order in which it was said. One statement."""
    found = []
    for row in db.session.execute(statement, {"owner": owner_id}).mappings():
        values: list[Any] = list(row.values())
        *ids, number, text = values
        nouns = (name.removesuffix("_id") for name in row)
        noun, id_ = next((noun, id_) for noun, id_ in zip(nouns, ids, strict=False) if id_)
        found.append(ServedLine(noun, id_, number, text))
    return found
