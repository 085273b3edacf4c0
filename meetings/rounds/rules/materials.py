"""Material that is collected: its steps, and who is on time. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.rules import fraction
from meetings.rounds.models import CollectionStatus, Material, MaterialStatus


class MaterialAction(StrEnum):
    """What can be done with one unit's material."""

    HAND_IN = "hand_in"
    RETURN = "return"
    FINALISE = "finalise"


_S = MaterialStatus
TRANSITIONS: Mapping[MaterialAction, tuple[frozenset[MaterialStatus], MaterialStatus]] = {
    MaterialAction.HAND_IN: (frozenset({_S.OWED, _S.SUBMITTED, _S.RETURNED}), _S.SUBMITTED),
    # A final text may have to be changed after all; the unit then hands in another version.
    MaterialAction.RETURN: (frozenset({_S.SUBMITTED, _S.FINAL}), _S.RETURNED),
    MaterialAction.FINALISE: (frozenset({_S.SUBMITTED}), _S.FINAL),
}


def next_material_status(material: Material, action: MaterialAction, actor: Actor) -> MaterialStatus:
    """What the material becomes. Needs ``material.collection``.

    The unit hands in (or the office for it), the office returns and finalises. Raises
    ``NotAllowed("material.not_yours")``, ``DomainError`` ``material.closed``, ``material.wrong_status``.
    """
    own = material.unit_id in actor.unit_ids and (actor.may("tasks.report") or actor.may("tasks.approve"))
    office = actor.may("rounds.manage")
    if not (office or (own and action is MaterialAction.HAND_IN)):
        raise NotAllowed("material.not_yours")
    if material.collection.status is not CollectionStatus.OPEN:
        raise DomainError("material.closed")
    before, after = TRANSITIONS[action]
    if material.status not in before:
        raise DomainError("material.wrong_status")
    return after


def available_material_actions(material: Material, actor: Actor) -> list[MaterialAction]:
    """What to offer; the same function decides what the server accepts."""
    shown = []
    for action in MaterialAction:
        try:
            next_material_status(material, action, actor)
        except DomainError:
            continue
        shown.append(action)
    return shown


@dataclass(frozen=True, slots=True)
class CollectionCounts:
    """Of ``owed`` units so many are in, in on time (first version by the day), and final."""

    owed: int
    handed_in: int
    on_time: int
    final: int

    @property
    def handed_in_rate(self) -> str:
        return fraction(self.handed_in, self.owed) if self.owed else ""

    @property
    def on_time_rate(self) -> str:
        return fraction(self.on_time, self.owed) if self.owed else ""


def collection_counts(materials: Iterable[tuple[MaterialStatus, date | None]], due_on: date) -> CollectionCounts:
    found = list(materials)
    days = [first_on for _status, first_on in found if first_on is not None]
    return CollectionCounts(
        owed=len(found),
        handed_in=len(days),
        on_time=sum(day <= due_on for day in days),
        final=sum(status is MaterialStatus.FINAL for status, _day in found),
    )
