"""分发: whom a paper went to, and who has read it."""

from collections.abc import Collection, Iterable
from datetime import date

from meetings.approvals import queries
from meetings.approvals.models import Approval, ApprovalStatus, Distribution, DistributionReading
from meetings.approvals.queries import Receiver
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed, NotFound


def distribute(
    approval: Approval,
    *,
    unit_ids: Collection[int] = (),
    group_ids: Collection[int] = (),
    user_ids: Collection[int] = (),
    by: Actor,
) -> int:
    """Send an issued paper to units, to the units of groups, and to accounts; how many were added.

    Those it went to before are passed over. Raises ``NotAllowed``, ``NotFound`` for what the committee has not,
    ``DomainError`` ``approval.not_issued``, ``distribution.nobody`` (field ``unit_ids``).
    """
    if not by.may("papers.draft") or by.committee_id != approval.committee_id:
        raise NotAllowed("approval.not_yours", action="distribute")
    if approval.status is not ApprovalStatus.ISSUED:
        raise DomainError("approval.not_issued")
    if not (unit_ids or group_ids or user_ids):
        raise DomainError("distribution.nobody", field="unit_ids")
    known = dict(queries.units_to_send(by))
    people = dict(queries.users_to_send(by))
    if set(unit_ids) - set(known) or set(user_ids) - set(people):
        raise NotFound
    through: dict[int, str] = {}
    for unit_id, _name, group in queries.members_of(list(group_ids), actor=by):
        through.setdefault(unit_id, group)
    there = queries.receivers_of(approval)
    units = _new([*unit_ids, *through], {receiver.row.unit_id for receiver in there})
    users = _new(user_ids, {receiver.row.user_id for receiver in there})
    now = clock.now()
    sent = {"committee_id": approval.committee_id, "approval_id": approval.id, "sent_at": now}
    rows = [
        Distribution(
            unit_id=unit_id,
            name=known[unit_id],
            group_name="" if unit_id in unit_ids else through.get(unit_id, ""),
            sent_by_name=by.name[:100],
            **sent,
        )
        for unit_id in units
        if unit_id in known
    ]
    rows += [
        Distribution(user_id=user_id, name=people[user_id], sent_by_name=by.name[:100], **sent) for user_id in users
    ]
    db.session.add_all(rows)
    db.session.flush()
    return len(rows)


def _new(wanted: Iterable[int], there: Collection[int | None]) -> list[int]:
    return [id_ for id_ in dict.fromkeys(wanted) if id_ not in there]


def note_opened(approval: Approval, *, by: Actor) -> None:
    """The actor opened the paper: that is 已阅 for their unit and themselves, the first time. A log, not audited."""
    for distribution_id in queries.unread_by(approval.id, actor=by):
        _read(distribution_id, reader_name=by.name, read_on=clock.today())


def record_reading(
    approval: Approval, receiver: Receiver, *, reader_name: str, read_on: date, by: Actor
) -> DistributionReading:
    """Write down that a receiver has read the paper on paper (代录).

    Raises ``NotAllowed``; ``DomainError`` ``distribution.read_already``; ``distribution.read_out_of_days``
    (``read_on``).
    """
    if not by.may("papers.draft") or by.committee_id != approval.committee_id:
        raise NotAllowed("approval.not_yours", action="record_reading")
    if receiver.reading is not None:
        raise DomainError("distribution.read_already")
    if read_on > clock.today() or (approval.issued_on and read_on < approval.issued_on):
        raise DomainError("distribution.read_out_of_days", field="read_on")
    return _read(receiver.row.id, reader_name=reader_name, read_on=read_on, recorded_by_name=by.name)


def _read(distribution_id: int, *, reader_name: str, read_on: date, recorded_by_name: str = "") -> DistributionReading:
    reading = DistributionReading(
        distribution_id=distribution_id,
        read_at=clock.now(),
        read_on=read_on,
        reader_name=reader_name[:100],
        recorded_by_name=recorded_by_name[:100],
    )
    db.session.add(reading)
    return reading
