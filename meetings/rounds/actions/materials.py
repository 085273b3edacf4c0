"""Ask units for material, hand versions in, say what is to be changed, take one as final; duties of a meeting."""

from collections.abc import Collection as Several
from collections.abc import Iterable
from datetime import date

from meetings.accounts.models import Role
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.meetings.models import AgendaItem, Meeting
from meetings.notifications.actions import tell
from meetings.rounds import queries, rules
from meetings.rounds.models import (
    Collection,
    CollectionKind,
    CollectionStatus,
    Material,
    MaterialStatus,
    MaterialVersion,
    MeetingDuty,
)
from meetings.rounds.rules import MaterialAction

_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})
_OFFICE = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF})


def collect(  # noqa: PLR0913 -- a collection's fields, named as the form's
    *,
    kind: CollectionKind,
    title: str,
    request: str,
    due_on: date,
    group_ids: Several[int],
    unit_ids: Several[int],
    meeting: Meeting | None,
    agenda_item: AgendaItem | None,
    by: Actor,
) -> Collection:
    """Ask units for a material by a day; they are told.

    Raises ``NotAllowed("round.not_yours")``; ``DomainError`` ``collection.due_past`` (``due_on``),
    ``collection.no_units`` (``unit_ids``).
    """
    if not by.may("rounds.manage"):
        raise NotAllowed("round.not_yours")
    if due_on < clock.today():
        raise DomainError("collection.due_past", field="due_on")
    units = queries.owing_units({*unit_ids, *queries.members_of(group_ids, actor=by)})
    if not units:
        raise DomainError("collection.no_units", field="unit_ids")
    row = Collection(
        committee_id=by.committee_id,
        kind=kind,
        title=title,
        request=request,
        due_on=due_on,
        status=CollectionStatus.OPEN,
        meeting_id=meeting.id if meeting else None,
        agenda_item_id=agenda_item.id if agenda_item else None,
        opened_at=clock.now(),
        opened_by_name=by.name[:100],
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        Material(collection_id=row.id, unit_id=unit.id, unit_name=unit.short_name, position=unit.position)
        for unit in units
    )
    tell(
        "rounds.material_asked",
        roles={Role.LIAISON},
        unit_ids={unit.id for unit in units},
        title=title,
        day=due_on,
        path=f"/rounds/materials/{row.id}",
        by=by,
    )
    return row


def close_collection(row: Collection, *, is_closed: bool, by: Actor) -> None:
    """Nothing more is handed in from now on; or it is again."""
    if not by.may("rounds.manage"):
        raise NotAllowed("round.not_yours")
    row.status = CollectionStatus.CLOSED if is_closed else CollectionStatus.OPEN
    row.closed_at = clock.now() if is_closed else None


def hand_in(material: Material, *, text: str, file: Attachment | None, by: Actor) -> MaterialVersion:
    """A new version, as text, file or both; those before it stay. The material was loaded to be changed.

    Raises what ``rules.next_material_status`` raises and ``material.empty`` (``text``).
    """
    after = rules.next_material_status(material, MaterialAction.HAND_IN, by)
    if not text.strip() and file is None:
        raise DomainError("material.empty", field="text")
    material.version_count += 1
    version = MaterialVersion(
        material_id=material.id,
        number=material.version_count,
        text=text.strip(),
        attachment_id=file.id if file else None,
        handed_in_at=clock.now(),
        handed_in_by_name=by.name[:100],
        is_entered_by_office=material.unit_id not in by.unit_ids,
    )
    db.session.add(version)
    material.status = after
    material.first_on = material.first_on or clock.today()
    _tell(material, "handed_in", roles=_OFFICE, unit_ids=(), by=by)
    return version


def return_material(material: Material, *, number: int, opinion: str, by: Actor) -> None:
    """The office says what is to be changed (审稿意见) in the version it has read; the unit hands in another.

    Raises as ``hand_in``, ``material.opinion`` (``opinion``), ``material.newer_version`` (``opinion``).
    """
    after = rules.next_material_status(material, MaterialAction.RETURN, by)
    if not opinion.strip():
        raise DomainError("material.opinion", field="opinion")
    _decide(material, number, after, opinion, by)
    _tell(material, "returned", roles=_UNIT, unit_ids={material.unit_id}, by=by)


def finalise(material: Material, *, number: int, opinion: str, by: Actor) -> None:
    """The office takes the version it has read as final (定稿)."""
    after = rules.next_material_status(material, MaterialAction.FINALISE, by)
    _decide(material, number, after, opinion, by)
    _tell(material, "final", roles=_UNIT, unit_ids={material.unit_id}, by=by)


def _decide(material: Material, number: int, after: MaterialStatus, opinion: str, by: Actor) -> None:
    version = queries.latest_version(material)
    if version is None or version.number != number:
        raise DomainError("material.newer_version", field="opinion")
    said = opinion.strip()
    version.opinion = f"{version.opinion}\n{said}".strip() if version.opinion else said
    version.decision = after
    version.decided_at, version.decided_by_name = clock.now(), by.name[:100]
    material.status = after


def _tell(material: Material, code: str, *, roles: Several[Role], unit_ids: Several[int], by: Actor) -> None:
    tell(
        f"rounds.material_{code}",
        roles=roles,
        unit_ids=unit_ids,
        about_unit_id=material.unit_id,
        title=material.collection.title,
        path=f"/rounds/materials/{material.collection_id}/units/{material.unit_id}",
        by=by,
    )


# --- duties of a meeting --------------------------------------------------------------------------------------------


def add_duty(meeting: Meeting, *, what: str, who: str, due_on: date | None, by: Actor) -> MeetingDuty:
    """A line of 会务分工. Raises ``NotAllowed("duty.not_yours")``, ``duty.after_meeting`` (``due_on``)."""
    _check_duty(meeting, due_on, by)
    row = MeetingDuty(meeting_id=meeting.id, what=what, who=who, due_on=due_on)
    db.session.add(row)
    return row


def add_duties(meeting: Meeting, whats: Iterable[str], *, by: Actor) -> int:
    """The usual duties that the meeting does not have yet; how many were added."""
    _check_duty(meeting, None, by)
    known = {row.what for row in queries.duties_of(meeting)}
    added = [MeetingDuty(meeting_id=meeting.id, what=what, who="", due_on=None) for what in whats if what not in known]
    db.session.add_all(added)
    return len(added)


def edit_duty(meeting: Meeting, row: MeetingDuty, *, what: str, who: str, due_on: date | None, by: Actor) -> None:
    _check_duty(meeting, due_on, by)
    row.what, row.who, row.due_on = what, who, due_on


def tick_duty(meeting: Meeting, row: MeetingDuty, *, is_done: bool, by: Actor) -> None:
    _check_duty(meeting, None, by)
    row.done_at = clock.now() if is_done else None
    row.done_by_name = by.name[:100] if is_done else ""


def remove_duty(meeting: Meeting, row: MeetingDuty, *, by: Actor) -> None:
    _check_duty(meeting, None, by)
    db.session.delete(row)


def _check_duty(meeting: Meeting, due_on: date | None, by: Actor) -> None:
    if not by.may("meetings.record"):
        raise NotAllowed("duty.not_yours")
    if due_on and meeting.held_on and due_on > meeting.held_on:
        raise DomainError("duty.after_meeting", field="due_on", day=f"{meeting.held_on.month}月{meeting.held_on.day}日")
