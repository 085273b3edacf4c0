"""Files that wait for the next try of their form."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from meetings.attachments.models import AsideFile
from meetings.core.actor import Actor
from meetings.core.db import db


def aside(ids: Collection[int], *, form_key: str, field: str | None = None, actor: Actor) -> Sequence[AsideFile]:
    """Those of the ids that came with this form from this person, of one control or of all, in the order they came."""
    rows = select(AsideFile).where(
        AsideFile.id.in_(sorted(ids)), AsideFile.form_key == form_key, AsideFile.user_id == actor.user_id
    )
    if field is not None:
        rows = rows.where(AsideFile.field == field)
    return db.session.scalars(rows.order_by(AsideFile.id)).all()


def stale(before: datetime) -> Sequence[AsideFile]:
    """Files that nobody came back for."""
    return db.session.scalars(select(AsideFile).where(AsideFile.kept_at < before)).all()
