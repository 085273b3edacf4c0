"""What a table is: its columns, who may bring it, where its rows come from and what is looked at besides each cell."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from meetings.core.actor import Actor
from meetings.exchange.rules.cells import Column
from meetings.exchange.rules.tables import Line, Present


@dataclass(frozen=True, slots=True)
class TableKind:
    """``present`` gives the rows as they stand, of one unit where that is named; ``check`` looks at whole rows.

    Whoever has one of ``permissions`` may take the table out and bring it back.
    """

    code: str
    title: str
    what: str
    permissions: Sequence[str]
    columns: Sequence[Column]
    present: Callable[[Actor, int | None], list[Present]]
    check: Callable[[Iterable[Line], Iterable[Present]], None]
    may_be_new: bool = True

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor may bring this table."""
        return any(actor.may(permission) for permission in self.permissions)

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)
