"""How many fields a report asks, and how many of them the system fills in by itself. Pure."""

from typing import NamedTuple

from meetings.tasks.models import UnitRole


class Asked(NamedTuple):
    """Fields of one report: to fill in, and those that hold what is known already."""

    fields: int
    held: int


_TEXTS = 2  # 进展情况, 下一步工作


def asked(
    role: UnitRole,
    has_reported: bool,
    quantities: int,
    targeted: int,
    counted: int,
    standards: int,
    met: int,
) -> Asked:
    """Count a report's fields as the page of the period asks them.

    Everybody writes two texts, and chooses a step where no quantity with a target tells how far it is. The lead gives
    one number for each quantity and ticks each standard that was not met yet. Known already: the step and the totals
    of the last report, the standards that were ticked.
    """
    steps = 0 if targeted and role is UnitRole.LEAD else 1
    if role is not UnitRole.LEAD:
        return Asked(_TEXTS + steps, int(has_reported))
    known = (steps if has_reported else 0) + counted + met
    return Asked(_TEXTS + steps + quantities + standards - met, known)
