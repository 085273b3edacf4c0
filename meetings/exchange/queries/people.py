"""People and the posts that they hold, as rows of a table."""

from sqlalchemy import or_, select

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Person, Post, Unit
from meetings.exchange.rules.tables import Present


def present(actor: Actor, _unit_id: int | None = None) -> list[Present]:
    """A row for each post held today or later, by unit and protocol; then people who hold none."""
    posts = db.session.execute(
        select(Post, Person)
        .join(Unit, Unit.id == Post.unit_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(Post.committee_id == actor.committee_id, or_(Post.until_on.is_(None), Post.until_on >= clock.today()))
        .order_by(Unit.position, Unit.id, Person.protocol_order, Post.id)
    ).all()
    held = {person.id for _post, person in posts if person}
    others = db.session.scalars(
        select(Person)
        .where(Person.committee_id == actor.committee_id)
        .order_by(Person.protocol_order, Person.name, Person.id)
    )
    return [_row(post, person) for post, person in posts] + [
        _row(None, person) for person in others if person.id not in held
    ]


def _row(post: Post | None, person: Person | None) -> Present:
    versions = [str(row.version) if row else "0" for row in (person, post)]
    return Present(
        key=str(post.id) if post else f"人{person.id if person else 0}",
        version=".".join(versions),
        values={
            "person": str(person.id) if person else "",
            "name": person.name if person else "",
            "protocol_order": person.protocol_order if person else 1000,
            "office_phone": person.office_phone if person else "",
            "unit_id": post.unit_id if post else None,
            "kind": post.kind if post else None,
            "title": post.title if post else "",
            "from_on": post.from_on if post else None,
            "until_on": post.until_on if post else None,
            "note": person.note if person else "",
        },
    )


def names(actor: Actor) -> dict[int, str]:
    """The people of the directory by their number."""
    rows = select(Person.id, Person.name).where(Person.committee_id == actor.committee_id)
    return {row.id: row.name for row in db.session.execute(rows)}
