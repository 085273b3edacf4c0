"""The units as rows of a table."""

from meetings.core.actor import Actor
from meetings.directory import queries as directory
from meetings.exchange.rules.tables import Present


def present(actor: Actor, _unit_id: int | None = None) -> list[Present]:
    """Every unit, dissolved ones too, in the plan's order."""
    return [
        Present(
            key=str(unit.id),
            version=str(unit.version),
            values={
                "name": unit.name,
                "short_name": unit.short_name,
                "kind": unit.kind,
                "parent_id": unit.parent_id,
                "from_on": unit.from_on,
                "renamed_on": None,
                "is_correction": False,
                "until_on": unit.until_on,
                "note": unit.note,
            },
        )
        for unit in directory.units(actor, include_dissolved=True)
    ]
