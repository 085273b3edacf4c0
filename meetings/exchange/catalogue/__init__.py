"""The tables that can be taken out and brought back, by code; docs/exchange.md lists their columns."""

from collections.abc import Mapping

from meetings.exchange.catalogue import people, plans, progress, tasks, units, values
from meetings.exchange.rules.kinds import TableKind

TABLES: Mapping[str, TableKind] = {
    kind.code: kind
    for kind in (
        units.TABLE,
        people.TABLE,
        plans.GOALS,
        plans.INDICATORS,
        tasks.TABLE,
        progress.TABLE,
        values.TABLE,
    )
}
