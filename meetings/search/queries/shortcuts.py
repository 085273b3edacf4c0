"""Numbers and first letters that lead straight to what they name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import Person, Unit
from meetings.documents.models import Document
from meetings.documents.queries import visible_to as documents_visible_to
from meetings.meetings.models import Meeting
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.search import rules
from meetings.search.models import Kind
from meetings.tasks import queries as tasks
from meetings.tasks.models import Task

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A thing by its own name: its kind, its id, what it is called."""

    kind: Kind
    id: int
    title: str


def by_number(typed: str, *, actor: Actor) -> Shortcut | None:
    """The one thing with this number: a task by its own, a meeting by its 次第, a document by its 文号."""
    found: Sequence[Shortcut] = ()
    if number := rules.task_number(typed):
        rows = tasks.visible_to(actor).where(Task.number == number).with_only_columns(Task.id, Task.title)
        found = [Shortcut(Kind.TASK, *row) for row in db.session.execute(rows)]
    elif place := rules.sequence(typed):
        meetings = select(Meeting.id, Meeting.title).where(
            meetings_visible_to(actor), Meeting.year == place[0], Meeting.sequence == place[1]
        )
        found = [Shortcut(Kind.MEETING, *row) for row in db.session.execute(meetings)]
    elif plain := rules.document_number(typed):
        documents = select(Document.id, Document.title, Document.number).where(
            documents_visible_to(actor), Document.number != ""
        )
        found = [
            Shortcut(Kind.DOCUMENT, document_id, title)
            for document_id, title, number in db.session.execute(documents)
            if rules.plain_number(number) == plain
        ]
    return found[0] if len(found) == 1 else None


def by_letters(typed: str, *, actor: Actor) -> list[Shortcut]:
    """Units and people whose first letters of pinyin hold what was typed: jyj finds 县教育局."""
    letters = rules.letters(typed)
    if not letters or not actor.may("directory.read"):
        return []
    units = (
        select(Unit.id, Unit.name)
        .where(Unit.committee_id == actor.committee_id, Unit.initials.contains(letters, autoescape=True))
        .order_by(Unit.until_on.is_not(None), Unit.position, Unit.id)
    )
    people = (
        select(Person.id, Person.name)
        .where(Person.committee_id == actor.committee_id, Person.initials.contains(letters, autoescape=True))
        .order_by(Person.protocol_order, Person.id)
    )
    return [
        Shortcut(kind, *row)
        for kind, rows in ((Kind.UNIT, units), (Kind.PERSON, people))
        for row in db.session.execute(rows.limit(_SHOWN))
    ]
