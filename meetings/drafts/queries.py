"""Drafts of the person who asks; nobody sees another's."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.drafts.models import Draft

_of_page = select(Draft).where(Draft.user_id == bindparam("user_id"), Draft.address == bindparam("address"))


def of_page(address: str, *, actor: Actor) -> Sequence[Draft]:
    """The drafts of the forms of one page."""
    return db.session.scalars(_of_page, {"user_id": actor.user_id, "address": address}).all()


def of_actor(actor: Actor) -> Sequence[Draft]:
    """All of one's own, the latest first."""
    rows = select(Draft).where(Draft.user_id == actor.user_id)
    return db.session.scalars(rows.order_by(Draft.saved_at.desc(), Draft.id.desc())).all()


def find(draft_id: int, *, actor: Actor) -> Draft:
    row = db.session.scalar(select(Draft).where(Draft.id == draft_id, Draft.user_id == actor.user_id))
    if row is None:
        raise NotFound
    return row


def older_than(moment: datetime) -> Sequence[int]:
    """Ids of drafts, anybody's, that were saved before."""
    return db.session.scalars(select(Draft.id).where(Draft.saved_at < moment)).all()
