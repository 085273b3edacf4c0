"""What papers are made of: many tasks with parts, reports and course, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotFound
from meetings.directory.models import Person, Post, PostKind, Unit
from meetings.evaluation.models import Evaluation
from meetings.evaluation.queries.subjects import title_of
from meetings.meetings.models import Meeting, MeetingStatus, Requirement
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.plans.models import Plan
from meetings.tasks import queries as tasks
from meetings.tasks.models import (
    Consultation,
    ProgressFile,
    ProgressReport,
    ReportStatus,
    Task,
    TaskEvent,
    TaskExtension,
    TaskStatus,
    TaskUnit,
)
from meetings.tasks.rules import HANDED_OUT

# What left the unit. A report that waits for its head is not yet said.
SENT = frozenset({ReportStatus.SUBMITTED, ReportStatus.ACCEPTED})
MOST_TASKS = 3000


@dataclass(frozen=True, slots=True)
class Sources:
    """Tasks in order; ``latest`` by (task, unit); ``evidence`` (file names) and ``events`` by task, oldest first."""

    tasks: Sequence[Task]
    latest: Mapping[tuple[int, int], ProgressReport]
    evidence: Mapping[int, Sequence[str]]
    events: Mapping[int, Sequence[TaskEvent]]


def tasks_of_meeting(meeting: Meeting, *, actor: Actor, also: Collection[int] = ()) -> Select[Task]:
    """Every task that came of the meeting, and those ``also`` named: of requirements carried over to it."""
    return (
        tasks.visible_to(actor)
        .where(or_(Task.meeting_id == meeting.id, Task.id.in_(also)))
        .order_by(Task.number.is_(None), Task.number, Task.id)
    )


def tasks_of_unit(unit_id: int, *, actor: Actor, since: datetime | None = None) -> Select[Task]:
    """Tasks handed to the unit, as lead or helper: those still open, and those finished from ``since`` on."""
    own = select(TaskUnit.task_id).where(TaskUnit.unit_id == unit_id)
    rows = tasks.visible_to(actor).where(Task.id.in_(own), Task.status.in_(HANDED_OUT))
    if since is not None:
        rows = rows.where(or_(Task.completed_at.is_(None), Task.completed_at >= since))
    return rows.order_by(Task.due_on, Task.id)


def tasks_to_list(*, actor: Actor, meeting: Meeting | None = None, unit: Unit | None = None) -> Select[Task]:
    """Tasks of a ledger on paper, those of one meeting together; a unit's list holds what was handed to it."""
    if unit is not None:
        rows = tasks_of_unit(unit.id, actor=actor).order_by(None)
    else:
        rows = tasks.visible_to(actor).where(Task.status != TaskStatus.CANCELLED)
    if meeting is not None:
        rows = rows.where(Task.meeting_id == meeting.id)
    return rows.order_by(Task.meeting_id.is_(None), Task.meeting_id.desc(), Task.number.is_(None), Task.number, Task.id)


def tasks_among(task_ids: Sequence[int], *, actor: Actor) -> Select[Task]:
    """Those of these tasks that the actor may see."""
    return tasks.visible_to(actor).where(Task.id.in_(task_ids))


def load(statement: Select[Task], *, until: datetime, with_course: bool = True) -> Sources:
    """The tasks and, up to the moment, what was said and done of them: at most eight statements.

    Raises ``DomainError("paper.too_many")`` when no paper could hold them.
    """
    found = db.session.scalars(
        statement.options(
            joinedload(Task.requirement).joinedload(Requirement.speech),
            joinedload(Task.meeting),
            selectinload(Task.units).joinedload(TaskUnit.unit),
            selectinload(Task.standards),
            selectinload(Task.quantities),
        ).limit(MOST_TASKS + 1)
    ).all()
    if len(found) > MOST_TASKS:
        raise DomainError("paper.too_many", most=MOST_TASKS)
    ids = statement.order_by(None).with_only_columns(Task.id)
    if not found:
        return Sources((), {}, {}, {})
    return Sources(
        found,
        _latest(ids, until),
        _evidence(ids, until) if with_course else {},
        _events(ids, until) if with_course else {},
    )


def _latest(ids: Select[int], until: datetime) -> dict[tuple[int, int], ProgressReport]:
    newest = (
        select(func.max(ProgressReport.id))
        .where(ProgressReport.task_id.in_(ids), ProgressReport.status.in_(SENT), ProgressReport.submitted_at < until)
        .group_by(ProgressReport.task_id, ProgressReport.unit_id)
    )
    rows = select(ProgressReport).where(ProgressReport.id.in_(newest)).options(selectinload(ProgressReport.quantities))
    return {(report.task_id, report.unit_id): report for report in db.session.scalars(rows)}


def _evidence(ids: Select[int], until: datetime) -> dict[int, list[str]]:
    rows = (
        select(ProgressReport.task_id, Attachment.name)
        .join(ProgressFile, ProgressFile.report_id == ProgressReport.id)
        .join(Attachment, Attachment.id == ProgressFile.attachment_id)
        .where(ProgressReport.task_id.in_(ids), ProgressReport.status.in_(SENT), ProgressReport.submitted_at < until)
        .order_by(ProgressFile.id)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for task_id, name in db.session.execute(rows):
        if name not in names[task_id]:
            names[task_id].append(name)
    return names


def _events(ids: Select[int], until: datetime) -> dict[int, list[TaskEvent]]:
    rows = (
        select(TaskEvent)
        .outerjoin(ProgressReport, ProgressReport.id == TaskEvent.report_id)
        .where(TaskEvent.task_id.in_(ids), TaskEvent.done_at < until)
        .where(or_(TaskEvent.report_id.is_(None), ProgressReport.is_sent))
        .options(joinedload(TaskEvent.unit), joinedload(TaskEvent.scan))
        .order_by(TaskEvent.id)
    )
    course: dict[int, list[TaskEvent]] = defaultdict(list)
    for event in db.session.scalars(rows):
        course[event.task_id].append(event)
    return course


def posts_of_units(unit_ids: Collection[int], day: date) -> dict[tuple[int, PostKind], str]:
    """Who heads each unit and who is its liaison on the day: post and name, the first by protocol."""
    rows = (
        select(Post.unit_id, Post.kind, Post.title, Person.name)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(Post.unit_id.in_(unit_ids), Post.kind.in_([PostKind.HEAD, PostKind.LIAISON]))
        .where(Post.from_on <= day, or_(Post.until_on.is_(None), Post.until_on >= day))
        .order_by(Person.protocol_order.desc(), Post.id.desc())
    )
    return {
        (unit_id, kind): title if name in (None, title) else f"{title} {name}"
        for unit_id, kind, title, name in db.session.execute(rows)
    }


def office_phones(person_ids: Collection[int], *, actor: Actor) -> dict[int, str]:
    """Office telephones, which every reader of the directory sees; mobile ones are never printed."""
    rows = select(Person.id, Person.office_phone).where(
        Person.committee_id == actor.committee_id, Person.id.in_(sorted(person_ids)), Person.office_phone != ""
    )
    return {row.id: row.office_phone for row in db.session.execute(rows)}


def tasks_with_units(statement: Select[Task]) -> Sequence[Task]:
    """The tasks with who leads and helps: two statements. Raises ``DomainError("paper.too_many")``."""
    units = selectinload(Task.units).joinedload(TaskUnit.unit)
    found = db.session.scalars(statement.options(units).limit(MOST_TASKS + 1)).all()
    if len(found) > MOST_TASKS:
        raise DomainError("paper.too_many", most=MOST_TASKS)
    return found


# --- what a paper can be made of ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeetingPick:
    """Which meetings a paper can be made of: by state; ``is_following``: only those that follow another."""

    statuses: frozenset[MeetingStatus]
    is_following: bool = False

    def where(self) -> ColumnElement[bool]:
        """The condition on ``Meeting``."""
        found = Meeting.status.in_(self.statuses)
        return and_(found, Meeting.previous_id.is_not(None)) if self.is_following else found


# Before and after it is held; from its announcement on; when it was held; when it opens with what the last one asked.
PLANNED = MeetingPick(frozenset(MeetingStatus) - {MeetingStatus.CANCELLED})
HELD = MeetingPick(PLANNED.statuses - {MeetingStatus.DRAFT})
RECORDED = MeetingPick(HELD.statuses - {MeetingStatus.ANNOUNCED})
FOLLOWING = MeetingPick(PLANNED.statuses, is_following=True)
_PICKS = (PLANNED, HELD, RECORDED, FOLLOWING)


def meeting_choices(actor: Actor, pick: MeetingPick = HELD) -> Sequence[tuple[int, str, date | None]]:
    """Meetings that a paper can be made of, the newest first."""
    rows = (
        select(Meeting.id, Meeting.title, Meeting.held_on)
        .where(meetings_visible_to(actor), pick.where())
        .order_by(Meeting.held_on.desc().nulls_last(), Meeting.id.desc())
        .limit(200)
    )
    return [(row.id, row.title, row.held_on) for row in db.session.execute(rows)]


def picks_with_meetings(actor: Actor) -> frozenset[MeetingPick]:
    """Which of the picks the actor finds a meeting in."""
    there_is = [
        select(Meeting.id).where(meetings_visible_to(actor), pick.where()).limit(1).scalar_subquery() for pick in _PICKS
    ]
    row = db.session.execute(select(*there_is)).one()
    return frozenset(pick for pick, found in zip(_PICKS, row, strict=True) if found is not None)


def unit_choices(actor: Actor) -> Sequence[tuple[int, str]]:
    """Units that the actor may print of, in the plan's order: all, or one's own."""
    rows = select(Unit.id, Unit.name).where(Unit.committee_id == actor.committee_id)
    if not actor.may("tasks.read_all"):
        rows = rows.where(Unit.id.in_(actor.unit_ids))
    return [(row.id, row.name) for row in db.session.execute(rows.order_by(Unit.position, Unit.id))]


def units_with_tasks(actor: Actor) -> Sequence[tuple[int, str]]:
    """Units that tasks were handed to, as lead or helper, of those the actor may print of, in the plan's order."""
    handed = select(TaskUnit.unit_id).join(Task, Task.id == TaskUnit.task_id).where(Task.status.in_(HANDED_OUT))
    own = frozenset(db.session.scalars(handed.distinct()))
    return [(unit_id, name) for unit_id, name in unit_choices(actor) if unit_id in own]


def find_unit(unit_id: int, *, actor: Actor) -> Unit:
    """A unit that the actor may print of, or ``NotFound``."""
    rows = select(Unit).where(Unit.id == unit_id, Unit.committee_id == actor.committee_id)
    if not actor.may("tasks.read_all"):
        rows = rows.where(Unit.id.in_(actor.unit_ids))
    unit = db.session.scalar(rows)
    if unit is None:
        raise NotFound
    return unit


def name_of(kind: str, row_id: int | str) -> str:
    """What is called what was chosen for want of a choice: a meeting, a unit, a plan, an evaluation, a list, a case."""
    if kind == "extension":
        asked = select(Task.title).join(TaskExtension, TaskExtension.task_id == Task.id)
        return db.session.scalar(asked.where(TaskExtension.id == row_id)) or ""
    if kind == "consultation":
        return db.session.scalar(select(Consultation.title).where(Consultation.id == row_id)) or ""
    if kind == "task":
        return db.session.scalar(select(Task.title).where(Task.id == row_id)) or ""
    if kind == "year":
        return f"{row_id}年"
    if kind == "subject":
        return title_of(str(row_id))
    columns = {
        "meeting": (Meeting.title, Meeting.id),
        "evaluation": (Evaluation.title, Evaluation.id),
        "plan": (Plan.title, Plan.id),
    }
    column, owner = columns.get(kind, (Unit.name, Unit.id))
    return db.session.scalar(select(column).where(owner == row_id)) or ""


def newest_meeting(actor: Actor, pick: MeetingPick = HELD) -> int | None:
    """The latest meeting of the pick; of those held, the latest that tasks came of before one without."""
    rows = select(Meeting.id).where(meetings_visible_to(actor), pick.where())
    if pick == HELD:
        with_tasks = tasks.visible_to(actor).where(Task.meeting_id.is_not(None)).with_only_columns(Task.meeting_id)
        rows = rows.order_by(Meeting.id.in_(with_tasks).desc())
    return _first(rows.order_by(Meeting.held_on.desc().nulls_last(), Meeting.id.desc()))


def newest_unit(actor: Actor) -> int | None:
    """The lead of the task that was handed out last."""
    rows = tasks.visible_to(actor).where(Task.status.in_(HANDED_OUT)).with_only_columns(Task.lead_unit_id)
    if not actor.may("tasks.read_all"):
        return min(actor.unit_ids, default=None)
    return _first(rows.order_by(Task.issued_at.desc().nulls_last(), Task.id.desc()))


def late_tasks(actor: Actor, *, also: int | None = None) -> Sequence[tuple[int, str]]:
    """The hundred tasks that are overdue the longest to choose from, and one named: id, and number and title."""
    seen = tasks.visible_to(actor).with_only_columns(Task.id, Task.number, Task.title)
    late = seen.where(Task.is_open, Task.due_on < clock.today()).order_by(Task.due_on, Task.id).limit(100)
    found = {id_: f"{number} {title}" for id_, number, title in db.session.execute(late)}
    if also is not None and also not in found:
        named = db.session.execute(seen.where(Task.id == also)).first()
        found |= {named[0]: f"{named[1]} {named[2]}"} if named else {}
    return list(found.items())


def most_overdue(actor: Actor) -> int | None:
    """The open task that is overdue the longest."""
    late = Task.is_open, Task.due_on < clock.today(), Task.submitted_on.is_(None)
    rows = tasks.visible_to(actor).where(*late).with_only_columns(Task.id)
    return _first(rows.order_by(Task.due_on, Task.id))


def late_unit(actor: Actor) -> int | None:
    """The lead of the open task that is overdue the longest."""
    rows = tasks.visible_to(actor).where(Task.is_open, Task.due_on < clock.today(), Task.submitted_on.is_(None))
    return _first(rows.with_only_columns(Task.lead_unit_id).order_by(Task.due_on, Task.id))


def _first(statement: Select[int]) -> int | None:
    return db.session.scalar(statement.limit(1))
