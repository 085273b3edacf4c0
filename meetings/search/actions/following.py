"""Follow what is written, and let the index say it before the transaction ends.

Models name in ``__searched__`` the columns that what is found is made of. A row that is new, gone, or changed in one
of them touches entries: its own, or those of what it belongs to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import event, inspect, or_, select
from sqlalchemy.orm import Session, UOWTransaction, scoped_session
from sqlalchemy.orm.base import PASSIVE_NO_FETCH

from meetings.core.db import db, fallen_away
from meetings.directory.models import Person, Post, Unit, UnitName
from meetings.documents.models import Document, DocumentFile
from meetings.meetings.models import AgendaItem, Meeting, MeetingFile, Minutes, Requirement, Speech
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan
from meetings.search import queries
from meetings.search.actions.writing import refresh
from meetings.search.models import Kind
from meetings.tasks.models import ProgressFile, ProgressReport, Standard, Task, TaskEvent, TaskUnit

_TOUCHED = "search.touched"
_NEW = "search.new"

Old = Mapping[str, Any]  # column → what it held, of those that changed; of a row that is new or gone: nothing
Touch = tuple[Kind, str, int]  # entries of a kind by a column of theirs: see ``Reading.by``


def follow(session: scoped_session[Any]) -> None:
    """Listen to a session from now on; before the audit does, whose entries are a transaction's last."""
    listeners: dict[str, Callable[..., None]] = {
        "before_flush": _note_changes,
        "after_flush": _note_flushed,
        "before_commit": _write,
        "after_rollback": _forget,
    }
    for name, listener in listeners.items():
        if not event.contains(session, name, listener):  # two applications in one process share the session
            event.listen(session, name, listener)


def _note_changes(session: Session, _context: object, _instances: object) -> None:
    touched = _pending(session, _TOUCHED)
    for row in session.dirty:
        if searched := getattr(row, "__searched__", ()):
            state = inspect(row)
            histories = {name: state.get_history(name, PASSIVE_NO_FETCH) for name in searched}
            old = {
                name: history.deleted[0] if history.deleted else None
                for name, history in histories.items()
                if history.added
            }
            if old:
                touched.update(_touches(row, old))
    for row in session.deleted:
        if hasattr(row, "__searched__"):
            touched.update(_touches(row, {}))


def _note_flushed(session: Session, context: UOWTransaction) -> None:
    for row in session.new:
        if hasattr(row, "__searched__"):
            own = OWN.get(type(row))
            for touch in _touches(row, {}):
                _pending(session, _NEW if touch[:2] == (own, "ids") else _TOUCHED).add(touch)
    for row in fallen_away(context):
        if hasattr(row, "__searched__"):
            _pending(session, _TOUCHED).update(_touches(row, {}))


def _pending(session: Session, name: str) -> set[Touch]:
    pending: set[Touch] = session.info.setdefault(name, set())
    return pending


def _write(session: Session) -> None:
    session.flush()
    fresh: dict[Kind, set[int]] = defaultdict(set)
    for kind, _by, row_id in session.info.pop(_NEW, ()):
        fresh[kind].add(row_id)
    wanted: dict[Kind, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for kind, by, row_id in session.info.pop(_TOUCHED, ()):
        if by != "task" or row_id not in fresh[Kind.TASK]:  # nothing hangs on a task that is new
            wanted[kind][by].add(row_id)
    for kind in sorted({*fresh, *wanted}):
        ids = wanted[kind].pop("ids", set())
        if wanted[kind]:
            reading = queries.READINGS[kind]
            where = or_(*(reading.by[by].in_(sorted(values)) for by, values in wanted[kind].items()))
            ids |= set(session.scalars(reading.statement.with_only_columns(reading.id).where(where)))
        if fresh[kind]:
            refresh(kind, fresh[kind], are_new=True)
        if ids := ids - fresh[kind]:
            refresh(kind, ids)


def _forget(session: Session) -> None:
    session.info.pop(_TOUCHED, None)
    session.info.pop(_NEW, None)


# --- what touches what ------------------------------------------------------------------------------------------

# The kind whose entry a row is itself.
OWN: Mapping[type, Kind] = {
    Unit: Kind.UNIT,
    Person: Kind.PERSON,
    Meeting: Kind.MEETING,
    AgendaItem: Kind.AGENDA_ITEM,
    Speech: Kind.SPEECH,
    Requirement: Kind.REQUIREMENT,
    MeetingFile: Kind.MEETING_FILE,
    Document: Kind.DOCUMENT,
    DocumentFile: Kind.DOCUMENT_FILE,
    Task: Kind.TASK,
    ProgressFile: Kind.EVIDENCE,
    ProgressReport: Kind.REPORT,
    Goal: Kind.GOAL,
    Measure: Kind.MEASURE,
    Indicator: Kind.INDICATOR,
}


def _touches(row: Any, old: Old) -> Iterator[Touch]:
    if own := OWN.get(type(row)):
        yield own, "ids", row.id
    if others := _OTHERS.get(type(row)):
        yield from others(row, old)


def _of_meeting(row: Meeting, old: Old) -> Iterator[Touch]:
    if {"title", "held_on"} & old.keys():
        for kind in (
            Kind.AGENDA_ITEM,
            Kind.SPEECH,
            Kind.REQUIREMENT,
            Kind.MINUTES,
            Kind.ISSUED_MINUTES,
            Kind.MEETING_FILE,
        ):
            yield kind, "meeting", row.id


def _of_minutes(row: Minutes, old: Old) -> Iterator[Touch]:
    yield Kind.MINUTES, "ids", row.meeting_id
    if not old or "issued_revision" in old:
        yield Kind.MEETING, "ids", row.meeting_id
        yield Kind.ISSUED_MINUTES, "ids", row.meeting_id


def _of_document(row: Document, old: Old) -> Iterator[Touch]:
    if {"title", "issued_on", "is_for_units"} & old.keys():
        yield Kind.DOCUMENT_FILE, "document", row.id


def _of_plan(row: Plan, old: Old) -> Iterator[Touch]:
    if "title" in old:
        for kind in (Kind.GOAL, Kind.MEASURE, Kind.INDICATOR):
            yield kind, "plan", row.id


def _of_domain(row: Domain, old: Old) -> Iterator[Touch]:
    if "name" in old:
        for kind in (Kind.GOAL, Kind.MEASURE, Kind.INDICATOR):
            yield kind, "domain", row.id


def _of_task(row: Task, old: Old) -> Iterator[Touch]:
    was = queries.is_handed_out(old.get("number", row.number), old.get("status", row.status))
    if "title" in old or (old and was != queries.is_handed_out(row.number, row.status)):
        yield from _beneath(row.id)


def _beneath(task_id: int) -> Iterator[Touch]:
    for kind in (Kind.REPORT, Kind.EVIDENCE, Kind.SCAN):
        yield kind, "task", task_id


def _of_part(row: TaskUnit, _old: Old) -> Iterator[Touch]:
    yield Kind.TASK, "ids", row.task_id
    yield from _beneath(row.task_id)


def _of_standard(row: Standard, _old: Old) -> Iterator[Touch]:
    yield Kind.TASK, "ids", row.task_id


def _of_report(row: ProgressReport, old: Old) -> Iterator[Touch]:
    if "is_sent" in old:
        yield Kind.EVIDENCE, "report", row.id


def _of_event(row: TaskEvent, _old: Old) -> Iterator[Touch]:
    if row.scan_id is not None:
        yield Kind.SCAN, "ids", row.id


def _of_unit(row: Unit, old: Old) -> Iterator[Touch]:
    if "short_name" in old:
        holders = select(Post.person_id).where(Post.unit_id == row.id)
        for person_id in filter(None, db.session.scalars(holders)):
            yield Kind.PERSON, "ids", person_id


def _of_name(row: UnitName, _old: Old) -> Iterator[Touch]:
    yield Kind.UNIT, "ids", row.unit_id


def _of_post(row: Post, old: Old) -> Iterator[Touch]:
    for person_id in filter(None, {row.person_id, old.get("person_id")}):
        yield Kind.PERSON, "ids", person_id


_OTHERS: Mapping[type, Callable[[Any, Old], Iterator[Touch]]] = {
    Meeting: _of_meeting,
    Minutes: _of_minutes,
    Document: _of_document,
    Plan: _of_plan,
    Domain: _of_domain,
    Task: _of_task,
    TaskUnit: _of_part,
    Standard: _of_standard,
    ProgressReport: _of_report,
    TaskEvent: _of_event,
    Unit: _of_unit,
    UnitName: _of_name,
    Post: _of_post,
}
