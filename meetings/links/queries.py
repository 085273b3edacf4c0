"""Addresses by their token, and those of an account."""

import hashlib
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.links.models import Link, LinkPurpose

_LONGEST = 100


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def opened(token: str, purpose: LinkPurpose) -> Link:
    """The address of a token that still holds, whoever asks; ``NotFound`` for any other."""
    now = clock.now()
    link = (
        db.session.scalar(
            select(Link).where(
                Link.token_hash == hashed(token),
                Link.purpose == purpose,
                Link.revoked_at.is_(None),
                Link.expires_at > now,
            )
        )
        if len(token) <= _LONGEST
        else None
    )
    if link is None:
        raise NotFound
    return link


def given(token: str, purposes: Collection[LinkPurpose]) -> Link:
    """The address of a token for one of these purposes, also one that holds no longer; ``NotFound`` for any other."""
    rows = select(Link).where(Link.token_hash == hashed(token), Link.purpose.in_(list(purposes)))
    link = db.session.scalar(rows) if len(token) <= _LONGEST else None
    if link is None:
        raise NotFound
    return link


def to_use(link_id: int) -> Link:
    """The address as it stands now, held until the end of the transaction: of two that use it the second waits."""
    rows = select(Link).where(Link.id == link_id).with_for_update()
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def own(actor: Actor, purpose: LinkPurpose) -> Sequence[Link]:
    """The actor's addresses that still hold."""
    rows = select(Link).where(
        Link.user_id == actor.user_id,
        Link.purpose == purpose,
        Link.revoked_at.is_(None),
        Link.expires_at > clock.now(),
    )
    return db.session.scalars(rows.order_by(Link.id)).all()


def find_own(link_id: int, *, actor: Actor) -> Link:
    """One of the actor's own addresses."""
    link = db.session.scalar(select(Link).where(Link.id == link_id, Link.user_id == actor.user_id))
    if link is None:
        raise NotFound
    return link


def opened_by(actor: Actor, link_id: int, purpose: LinkPurpose) -> Link:
    """An address of the actor's own that still holds, for whoever is signed in; ``NotFound`` for any other."""
    for link in own(actor, purpose):
        if link.id == link_id:
            return link
    raise NotFound


def about(purpose: LinkPurpose, subject_ids: Iterable[int]) -> Sequence[Link]:
    """The addresses about these rows that still hold."""
    rows = select(Link).where(
        Link.purpose == purpose,
        Link.subject_id.in_(list(subject_ids)),
        Link.revoked_at.is_(None),
        Link.expires_at > clock.now(),
    )
    return db.session.scalars(rows.order_by(Link.id)).all()
