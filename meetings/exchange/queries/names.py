"""What units are called in tables: by full, short and former names."""

from meetings.core.actor import Actor
from meetings.directory import queries as directory
from meetings.exchange.rules.cells import Units


def unit_names(actor: Actor) -> Units:
    """Every name that leads to one unit; a former name that another unit bears now is that other's."""
    ids: dict[str, int] = {}
    units = directory.units(actor, include_dissolved=True)
    for unit_id, former in directory.former_names_by_unit(actor).items():
        ids |= dict.fromkeys(former, unit_id)
    for unit in units:
        ids[unit.short_name] = unit.id
    for unit in units:
        ids[unit.name] = unit.id
    # Two units may share a short name; then only the full one tells them apart.
    shorts = [unit.short_name for unit in units]
    names = {unit.id: unit.short_name if shorts.count(unit.short_name) == 1 else unit.name for unit in units}
    for short in {short for short in shorts if shorts.count(short) > 1} - {unit.name for unit in units}:
        del ids[short]
    return Units(ids, names)
