"""Keep what is typed, and end it with what it became."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from meetings.accounts.models import User
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.once import FormKey
from meetings.drafts import queries, rules
from meetings.drafts.models import Draft


def save(*, address: str, form: str, title: str, fields: Sequence[rules.Field], form_key: str = "", by: Actor) -> bool:
    """Keep the fields in place of what was kept; whether they were kept.

    They are not where the form with this key was sent already: its last draft came late.
    """
    if form_key and db.session.scalar(select(exists().where(FormKey.key == form_key))):
        return False
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    said = {"title": title[:200], "fields": rules.packed(fields), "saved_at": clock.now()}
    row = insert(Draft).values(user_id=by.user_id, address=address, form=form, **said)
    db.session.execute(row.on_conflict_do_update(index_elements=["user_id", "address", "form"], set_=said))
    return True


_end = delete(Draft).where(
    Draft.user_id == bindparam("user"), Draft.address == bindparam("page"), Draft.form == bindparam("name")
)


def end(*, address: str, form: str, by: Actor) -> None:
    """The form was sent, in this transaction: its draft is no more."""
    db.session.execute(_end, {"user": by.user_id, "page": address, "name": form})


def follow_handover(sender: User, *, to: User, by: Actor) -> None:
    """What somebody has typed is their successor's, but for a page on which the successor typed something too."""
    theirs = aliased(Draft)
    taken = select(theirs.id).where(theirs.user_id == to.id, theirs.address == Draft.address, theirs.form == Draft.form)
    db.session.execute(update(Draft).where(Draft.user_id == sender.id, ~taken.exists()).values(user_id=to.id))


def discard(draft_id: int, *, by: Actor) -> Draft:
    """Take out one of one's own; returns it as it was."""
    draft = queries.find(draft_id, actor=by)
    db.session.delete(draft)
    return draft


def clean() -> int:
    """Take out drafts that nobody touched for 90 days; how many there were."""
    ids = queries.older_than(clock.now() - rules.KEPT)
    for at in range(0, len(ids), 500):
        db.session.execute(delete(Draft).where(Draft.id.in_(ids[at : at + 500])))
    return len(ids)
