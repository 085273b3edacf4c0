"""Make an address, take it back."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.links import queries, rules
from meetings.links.models import Link, LinkPurpose
from meetings.links.rules import LinkState


def make(purpose: LinkPurpose, *, unit_id: int | None, lasts: timedelta, by: Actor) -> str:
    """The token of a new address, told this once; the one that the account had for the same is revoked."""
    for earlier in queries.own(by, purpose):
        if earlier.unit_id == unit_id:
            revoke(earlier, by=by)
    now = clock.now()
    link = Link(
        committee_id=by.committee_id,
        purpose=purpose,
        user_id=by.user_id,
        unit_id=unit_id,
        made_at=now,
        expires_at=now + lasts,
    )
    db.session.add(link)
    return _new_token(link)


def give(
    purpose: LinkPurpose, *, user_id: int, unit_id: int | None, subject_id: int, expires_at: datetime, by: Actor
) -> Link:
    """An address about one row for another account; whoever gives it sees to doubles.

    Nobody knows its token yet: ``renew`` tells one.
    """
    link = Link(
        committee_id=by.committee_id,
        purpose=purpose,
        user_id=user_id,
        unit_id=unit_id,
        subject_id=subject_id,
        made_at=clock.now(),
        expires_at=expires_at,
    )
    db.session.add(link)
    _new_token(link)
    return link


def renew(link: Link, *, by: Actor) -> str | None:
    """A token of the address, told this once; one told earlier opens nothing any more. None where it does not hold.

    ``link`` is loaded by ``queries.to_use``.
    """
    if rules.state_of(link, clock.now()) is not LinkState.OPEN:
        return None
    return _new_token(link)


def _new_token(link: Link) -> str:
    token = secrets.token_urlsafe(32)
    link.token_hash = queries.hashed(token)
    return token


def give_unit(
    purpose: LinkPurpose, *, unit_id: int, subject_id: int, recipient: str, expires_at: datetime, by: Actor
) -> tuple[Link, str]:
    """An address by which a unit answers about one row, once; the one that was given for the same before is revoked."""
    for earlier in queries.about(purpose, [subject_id]):
        if earlier.unit_id == unit_id and earlier.used_at is None:
            revoke(earlier, by=by)
    link = give(purpose, user_id=by.user_id or 0, unit_id=unit_id, subject_id=subject_id, expires_at=expires_at, by=by)
    link.recipient = recipient.strip()[:100]
    token = _new_token(link)
    db.session.flush()
    return link, token


def use(link: Link, *, by: Actor) -> None:
    """The address has served: it answers nothing from now on. Loaded by ``queries.to_use``.

    Raises ``DomainError("link.not_open")`` where it does not hold any more.
    """
    if rules.state_of(link, clock.now()) is not LinkState.OPEN:
        raise DomainError("link.not_open")
    link.used_at = clock.now()


def revoke_about(purpose: LinkPurpose, subject_ids: Iterable[int], *, by: Actor) -> int:
    """From now on no address about these rows opens anything; returns how many held until now."""
    held = queries.about(purpose, subject_ids)
    for link in held:
        revoke(link, by=by)
    return len(held)


def revoke(link: Link, *, by: Actor) -> None:
    """From now on the address opens nothing."""
    if link.revoked_at is None:
        link.revoked_at = clock.now()
