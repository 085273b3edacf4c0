"""What can be found of each kind, read from its own rows: the one place that says which texts count and who may find
them. Reads for the index, of every committee; who searches comes in with ``results``.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.db import db
from meetings.directory.models import Person, Post, Unit, UnitName
from meetings.documents.models import Document, DocumentFile
from meetings.meetings.models import AgendaItem, Meeting, MeetingFile, Minutes, MinutesRevision, Requirement, Speech
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan
from meetings.search.models import Kind
from meetings.tasks.models import ProgressFile, ProgressReport, Standard, Task, TaskEvent, TaskUnit
from meetings.tasks.rules import HANDED_OUT

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Everything there is to find in one row; fields as ``SearchEntry``, ``text`` whole and ``marks`` apart."""

    kind: Kind
    subject_id: int
    committee_id: int
    place_id: int
    title: str
    text: str
    remark: str
    day: date | None
    marks: tuple[str, ...]


# One row of a statement, and what the statement beside it found → what there is to find.
Maker = Callable[[Any, Any], tuple[int, str, str, str, date | None, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a kind is read: its statement, the column of its ids, the other columns that rows are asked for by, what
    is read beside it, and how a row is worded (place, title, text, remark, day, marks).
    """

    statement: Select[*tuple[Any, ...]]
    id: Column
    make: Maker
    by: Mapping[str, Column] = field(default_factory=dict)
    beside: Callable[[Select[*tuple[Any, ...]]], Any] = lambda _found: None


def read(kind: Kind, **wanted: Collection[int]) -> Iterator[Source]:
    """The rows of a kind whose ids, or ids of what they belong to, are named: ``ids``, ``task``, ``meeting`` …"""
    reading = READINGS[kind]
    columns = {"ids": reading.id, **reading.by}
    return _read(kind, or_(*(columns[name].in_(sorted(ids)) for name, ids in wanted.items())))


def read_all(kind: Kind, *, rows: int = 5000) -> Iterator[Source]:
    """Every row of a kind, so many at a time."""
    reading = READINGS[kind]
    last = db.session.scalar(select(func.max(reading.id))) or 0
    for first in range(1, last + 1, rows):
        yield from _read(kind, reading.id.between(first, first + rows - 1))


def _read(kind: Kind, where: ColumnElement[bool]) -> Iterator[Source]:
    reading = READINGS[kind]
    statement = reading.statement.where(where)
    rows = db.session.execute(statement).all()
    beside = reading.beside(statement.with_only_columns(reading.id, maintain_column_froms=True)) if rows else None
    for row in rows:
        place_id, title, text, remark, day, marks = reading.make(row, beside)
        if day is not None:
            marks = (*marks, f"y{day.year}")
        yield Source(kind, row.id, row.committee_id, place_id, title, text, remark[:500], day, marks)


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def readers(committee_id: int) -> str:
    return f"a{committee_id}"


def issued_to(committee_id: int) -> str:
    return f"i{committee_id}"


# --- meetings ---------------------------------------------------------------------------------------------------


def _meeting(row: Any, _beside: Any) -> Any:
    place = f"{row.year}年第{row.sequence}次" if row.sequence else ""
    text = _lines(place, row.place, row.branch_places, row.organiser, f"{row.chair_post}{row.chair_name}")
    marks = [readers(row.committee_id)]
    if row.issued_revision is not None:
        marks.append(issued_to(row.committee_id))
    return row.id, row.title, text, "", row.held_on, tuple(marks)


def _agenda_item(row: Any, _beside: Any) -> Any:
    return row.meeting_id, row.title, row.presenter, row.meeting, row.held_on, (readers(row.committee_id),)


def _speech(row: Any, _beside: Any) -> Any:
    text = _lines(row.text, row.key_points)
    who = f"{row.speaker_post}{row.speaker_name}"
    return row.meeting_id, who, text, row.meeting, row.held_on, (readers(row.committee_id),)


def _requirement(row: Any, _beside: Any) -> Any:
    return row.meeting_id, "", row.text, row.meeting, row.held_on, (readers(row.committee_id),)


def _minutes(row: Any, _beside: Any) -> Any:
    return row.id, "", row.text, row.meeting, row.held_on, (readers(row.committee_id),)


def _issued_minutes(row: Any, _beside: Any) -> Any:
    return row.id, "", row.text, row.meeting, row.held_on, (issued_to(row.committee_id),)


def _meeting_file(row: Any, _beside: Any) -> Any:
    return row.meeting_id, row.name, "", row.meeting, row.held_on, (readers(row.committee_id),)


_OF_MEETING = (Meeting.title.label("meeting"), Meeting.held_on, Meeting.committee_id)


# --- plans ------------------------------------------------------------------------------------------------------


def _line_of_plan(row: Any, _beside: Any) -> Any:
    return row.plan_id, f"{row.domain}{row.number}", row.text, row.plan, None, (readers(row.committee_id),)


def _indicator(row: Any, _beside: Any) -> Any:
    text = _lines(row.definition, row.formula, row.numerator_name, row.denominator_name)
    return row.plan_id, row.name, text, f"{row.plan}，{row.domain}", None, (readers(row.committee_id),)


def _of_plans(kind: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            kind.id,
            kind.committee_id,
            kind.plan_id,
            Plan.title.label("plan"),
            Domain.name.label("domain"),
            *columns,
        )
        .join(Plan, Plan.id == kind.plan_id)
        .join(Domain, Domain.id == kind.domain_id)
    )


# --- documents --------------------------------------------------------------------------------------------------


def _document_marks(row: Any) -> tuple[str, ...]:
    marks = (readers(row.committee_id),)
    return (*marks, issued_to(row.committee_id)) if row.is_for_units else marks


def _document(row: Any, _beside: Any) -> Any:
    text = _lines(row.number, row.issuing_body, row.text)
    return row.id, row.title, text, "", row.issued_on, _document_marks(row)


def _document_file(row: Any, _beside: Any) -> Any:
    return row.document_id, row.name, "", row.title, row.issued_on, _document_marks(row)


# --- tasks ------------------------------------------------------------------------------------------------------


def is_handed_out(number: str | None, status: Any) -> bool:
    """As ``tasks.queries.finding.handed_out`` says it in SQL."""
    return bool(number) and status in HANDED_OUT


def _unit_marks(row: Any) -> tuple[str, ...]:
    """Of the units that take part in the row's task; ``row.units`` holds their ids."""
    if not is_handed_out(row.number, row.task_status):
        return ()
    return tuple(f"u{unit_id}" for unit_id in sorted(map(int, row.units.split())))


def _report_marks(row: Any) -> tuple[str, ...]:
    """What has not reached the office is for those who belong to that unit, and to one that takes part."""
    if not row.is_sent:
        return (f"h{row.unit_id}", *(f"h{row.unit_id}{mark}" for mark in _unit_marks(row)))
    return (readers(row.committee_id), *_unit_marks(row))


def _task(row: Any, standards: Any) -> Any:
    text = _lines(row.content, *standards.get(row.id, ()), row.source_text, row.completion_note)
    issued_on = clock.local(row.issued_at).date() if row.issued_at else row.due_on
    title = f"{row.number} {row.title}" if row.number else row.title
    return row.id, title, text, row.unit, issued_on, (readers(row.committee_id), *_unit_marks(row))


def _standards_of(found: Select[*tuple[Any, ...]]) -> Any:
    texts = defaultdict(list)
    rows = select(Standard.task_id, Standard.text).where(Standard.task_id.in_(found))
    for task_id, text in db.session.execute(rows.order_by(Standard.task_id, Standard.position, Standard.id)):
        texts[task_id].append(text)
    return texts


def _report(row: Any, _beside: Any) -> Any:
    day = clock.local(row.submitted_at).date()
    remark = f"{row.unit}　{row.number or ''} {row.task}"
    return row.task_id, "", _lines(row.done, row.problems, row.next_steps), remark, day, _report_marks(row)


def _evidence(row: Any, _beside: Any) -> Any:
    day = clock.local(row.submitted_at).date()
    return row.task_id, row.name, "", f"{row.number or ''} {row.task}", day, _report_marks(row)


def _scan(row: Any, _beside: Any) -> Any:
    marks = (readers(row.committee_id), *_unit_marks(row))
    return row.task_id, row.name, "", f"{row.number or ''} {row.task}", clock.local(row.done_at).date(), marks


_OF_TASK = (
    Task.id.label("task_id"),
    Task.committee_id,
    Task.number,
    Task.title.label("task"),
    Task.status.label("task_status"),
    select(func.aggregate_strings(cast(TaskUnit.unit_id, String), " "))
    .where(TaskUnit.task_id == Task.id)
    .correlate(Task)
    .scalar_subquery()
    .label("units"),
)


# --- the directory ----------------------------------------------------------------------------------------------


def _unit(row: Any, names: Any) -> Any:
    text = _lines(row.short_name if row.short_name != row.name else "", *names.get(row.id, ()))
    return row.id, row.name, text, row.short_name, None, (readers(row.committee_id),)


def _beside_unit(found: Select[*tuple[Any, ...]]) -> Any:
    names: dict[int, list[str]] = defaultdict(list)
    rows = select(UnitName.unit_id, UnitName.name, UnitName.short_name).where(UnitName.unit_id.in_(found))
    for unit_id, name, short_name in db.session.execute(rows.order_by(UnitName.id)):
        names[unit_id] += [f"曾用名{name}", *([short_name] if short_name != name else [])]
    return names


def _person(row: Any, posts: Any) -> Any:
    held = posts.get(row.id, ())
    return row.id, row.name, _lines(*held), held[0] if held else "", None, (readers(row.committee_id),)


def _beside_person(found: Select[*tuple[Any, ...]]) -> Any:
    posts = defaultdict(list)
    rows = (select(Post.person_id, Post.title, Unit.short_name).join(Unit, Unit.id == Post.unit_id)).where(
        Post.person_id.in_(found)
    )
    for person_id, title, unit in db.session.execute(rows.order_by(Post.from_on.desc(), Post.id.desc())):
        posts[person_id].append(f"{unit}{title}")
    return posts


# --- all of them ------------------------------------------------------------------------------------------------

_meeting_rows = select(
    Meeting.id,
    Meeting.committee_id,
    Meeting.title,
    Meeting.year,
    Meeting.sequence,
    Meeting.held_on,
    Meeting.place,
    Meeting.branch_places,
    Meeting.organiser,
    Meeting.chair_name,
    Meeting.chair_post,
    Minutes.issued_revision,
).outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
_of_meeting = {"meeting": Meeting.id}

READINGS: Mapping[Kind, Reading] = {
    Kind.UNIT: Reading(
        select(Unit.id, Unit.committee_id, Unit.name, Unit.short_name), Unit.id, _unit, beside=_beside_unit
    ),
    Kind.PERSON: Reading(
        select(Person.id, Person.committee_id, Person.name),
        Person.id,
        _person,
        beside=_beside_person,
    ),
    Kind.MEETING: Reading(_meeting_rows, Meeting.id, _meeting),
    Kind.AGENDA_ITEM: Reading(
        select(AgendaItem.id, AgendaItem.meeting_id, AgendaItem.title, AgendaItem.presenter, *_OF_MEETING).join(
            Meeting, Meeting.id == AgendaItem.meeting_id
        ),
        AgendaItem.id,
        _agenda_item,
        _of_meeting,
    ),
    Kind.SPEECH: Reading(
        select(
            Speech.id,
            Speech.meeting_id,
            Speech.speaker_name,
            Speech.speaker_post,
            Speech.text,
            Speech.key_points,
            *_OF_MEETING,
        ).join(Meeting, Meeting.id == Speech.meeting_id),
        Speech.id,
        _speech,
        _of_meeting,
    ),
    Kind.REQUIREMENT: Reading(
        select(Requirement.id, Requirement.meeting_id, Requirement.text, *_OF_MEETING).join(
            Meeting, Meeting.id == Requirement.meeting_id
        ),
        Requirement.id,
        _requirement,
        _of_meeting,
    ),
    # A meeting has one text of minutes: it is known by the meeting's id.
    Kind.MINUTES: Reading(
        select(Meeting.id, Minutes.text, *_OF_MEETING).join(Minutes, Minutes.meeting_id == Meeting.id),
        Meeting.id,
        _minutes,
        _of_meeting,
    ),
    Kind.ISSUED_MINUTES: Reading(
        select(Meeting.id, MinutesRevision.text, *_OF_MEETING)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .join(
            MinutesRevision,
            (MinutesRevision.minutes_id == Minutes.id) & (MinutesRevision.revision == Minutes.issued_revision),
        ),
        Meeting.id,
        _issued_minutes,
        _of_meeting,
    ),
    Kind.DOCUMENT: Reading(
        select(
            Document.id,
            Document.committee_id,
            Document.title,
            Document.number,
            Document.issuing_body,
            Document.text,
            Document.issued_on,
            Document.is_for_units,
        ),
        Document.id,
        _document,
    ),
    Kind.MEETING_FILE: Reading(
        select(MeetingFile.id, MeetingFile.meeting_id, Attachment.name, *_OF_MEETING)
        .join(Meeting, Meeting.id == MeetingFile.meeting_id)
        .join(Attachment, Attachment.id == MeetingFile.attachment_id),
        MeetingFile.id,
        _meeting_file,
        _of_meeting,
    ),
    Kind.DOCUMENT_FILE: Reading(
        select(
            DocumentFile.id,
            DocumentFile.document_id,
            Document.committee_id,
            Document.title,
            Document.issued_on,
            Document.is_for_units,
            Attachment.name,
        )
        .join(Document, Document.id == DocumentFile.document_id)
        .join(Attachment, Attachment.id == DocumentFile.attachment_id),
        DocumentFile.id,
        _document_file,
        {"document": DocumentFile.document_id},
    ),
    Kind.TASK: Reading(
        select(
            Task.id,
            *(column for column in _OF_TASK if column.name != "task"),
            Task.title,
            Task.content,
            Task.source_text,
            Task.completion_note,
            Task.issued_at,
            Task.due_on,
            Unit.short_name.label("unit"),
        ).join(Unit, Unit.id == Task.lead_unit_id),
        Task.id,
        _task,
        {"task": Task.id},
        _standards_of,
    ),
    Kind.SCAN: Reading(
        select(TaskEvent.id, TaskEvent.done_at, Attachment.name, *_OF_TASK)
        .join(Task, Task.id == TaskEvent.task_id)
        .join(Attachment, Attachment.id == TaskEvent.scan_id),
        TaskEvent.id,
        _scan,
        {"task": TaskEvent.task_id},
    ),
    Kind.EVIDENCE: Reading(
        select(
            ProgressFile.id,
            ProgressReport.is_sent,
            ProgressReport.unit_id,
            ProgressReport.submitted_at,
            Attachment.name,
            *_OF_TASK,
        )
        .join(ProgressReport, ProgressReport.id == ProgressFile.report_id)
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Attachment, Attachment.id == ProgressFile.attachment_id),
        ProgressFile.id,
        _evidence,
        {"task": ProgressReport.task_id, "report": ProgressFile.report_id},
    ),
    Kind.GOAL: Reading(
        _of_plans(Goal, Goal.number, Goal.text),
        Goal.id,
        _line_of_plan,
        {"plan": Goal.plan_id, "domain": Goal.domain_id},
    ),
    Kind.MEASURE: Reading(
        _of_plans(Measure, Measure.number, Measure.text),
        Measure.id,
        _line_of_plan,
        {"plan": Measure.plan_id, "domain": Measure.domain_id},
    ),
    Kind.INDICATOR: Reading(
        _of_plans(
            Indicator,
            Indicator.name,
            Indicator.definition,
            Indicator.formula,
            Indicator.numerator_name,
            Indicator.denominator_name,
        ),
        Indicator.id,
        _indicator,
        {"plan": Indicator.plan_id, "domain": Indicator.domain_id},
    ),
    Kind.REPORT: Reading(
        select(
            ProgressReport.id,
            ProgressReport.is_sent,
            ProgressReport.unit_id,
            ProgressReport.submitted_at,
            ProgressReport.done,
            ProgressReport.problems,
            ProgressReport.next_steps,
            Unit.short_name.label("unit"),
            *_OF_TASK,
        )
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Unit, Unit.id == ProgressReport.unit_id),
        ProgressReport.id,
        _report,
        {"task": ProgressReport.task_id},
    ),
}
