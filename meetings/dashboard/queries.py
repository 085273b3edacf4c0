"""What the frame of every page says; what stands on the first page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, literal_column, select
from sqlalchemy.orm import aliased

from meetings.approvals import queries as approvals
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.directory import queries as directory
from meetings.directory.models import Committee, CommitteeName, PostKind, Unit
from meetings.documents.models import Document
from meetings.documents.queries import visible_to as documents_visible_to
from meetings.meetings.models import Meeting, MeetingStatus, Minutes, Requirement
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.meetings.rules import fraction
from meetings.plans.queries import monitoring
from meetings.plans.queries.owing import OwedYear, by_year, owed_values
from meetings.rounds import queries as rounds
from meetings.supervision import queries as supervision
from meetings.supervision.rules import LastStep
from meetings.tasks import queries as tasks
from meetings.tasks.models import TaskStatus, TaskTotal, TaskUnit, TotalOf, UnitRole
from meetings.tasks.rules import DONE, HANDED_OUT, OPEN, LightCode, LightRule, WaitingKind


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """Names in force, the office's telephone, and the open tasks of whoever asks."""

    committee_name: str = ""
    office_name: str = ""
    office_phone: str = ""
    office_hours: str = ""
    open_tasks: int = 0


def frame_facts(actor: Actor | None, *, today: date) -> FrameFacts:
    """One statement at most. A stranger is told the names of the first committee and nothing else."""
    if actor is None:
        return _frame_facts(None, today)
    key = ("frame", tasks.scope_of(actor))
    return kept(key, lambda: _frame_facts(actor, today), committee_id=actor.committee_id)


def _frame_facts(actor: Actor | None, today: date) -> FrameFacts:
    counts = (
        "committee"
        if actor and actor.may("tasks.read_all")
        else "units"
        if actor and actor.may("tasks.read_own")
        else ""
    )
    values: dict[str, Any] = {"today": today}
    if actor is not None:
        values["committee_id"] = actor.committee_id
    if actor is not None and counts == "units":
        values["unit_ids"] = sorted(actor.unit_ids)
    row = db.session.execute(_frame(actor is None, counts), values).first()
    return FrameFacts(row[0], row[1], row[2], row[3], row[4] or 0) if row else FrameFacts()


@cache  # asked for every page: it takes longer to build than to run
def _frame(is_stranger: bool, counts: str) -> Select[Any]:
    """Names, telephone, and the open tasks that ``counts``: those of the ``committee``, of ``units``, or none."""
    committee: Any = select(func.min(Committee.id)).scalar_subquery() if is_stranger else bindparam("committee_id")
    open_tasks: Select[Any] = select(literal_column("0"))
    if counts == "committee":
        open_tasks = select(func.sum(TaskTotal.task_count)).where(
            TaskTotal.committee_id == bindparam("committee_id"),
            TaskTotal.of == TotalOf.COMMITTEE,
            TaskTotal.status.in_(sorted(OPEN)),
        )
    elif counts == "units":
        open_tasks = select(func.count(TaskUnit.task_id.distinct())).where(
            TaskUnit.unit_id.in_(bindparam("unit_ids", expanding=True)), TaskUnit.is_open
        )
    return (
        select(
            CommitteeName.name,
            CommitteeName.office_name,
            Committee.office_phone,
            Committee.office_hours,
            open_tasks.scalar_subquery(),
        )
        .join(Committee, Committee.id == CommitteeName.committee_id)
        .where(Committee.id == committee, CommitteeName.from_on <= bindparam("today"))
        .order_by(CommitteeName.from_on.desc())
        .limit(1)
    )


def is_ready() -> bool:
    """The database answers and holds our tables."""
    db.session.execute(select(Committee.id).limit(1))
    return True


# --- the first page -------------------------------------------------------------------------------------------------

SHOWN = 5
INDICATORS_SHOWN = 3
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Line:
    """How far the tasks of a meeting or a domain are, and how many of them are overdue."""

    totals: tasks.MeetingTotals | tasks.DomainTotals
    overdue: int

    @property
    def waiting_for_receipt(self) -> int:
        return self.totals.counts.get(TaskStatus.ISSUED, 0)

    @property
    def under_way(self) -> int:
        return self.totals.open - self.waiting_for_receipt

    @property
    def rate(self) -> str:
        """办结率 with both numbers; a dash where nothing was handed out."""
        return fraction(self.totals.finished, self.totals.issued) if self.totals.issued else "—"


class ComingMeeting(NamedTuple):
    """A meeting that was announced."""

    id: int
    title: str
    held_on: date
    place: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the office and its leaders see first."""

    counts: Mapping[TaskStatus, int]
    on_time: tasks.OnTime
    overdue_count: int
    overdue: Sequence[tasks.TaskRow]
    open_requirements: Sequence[tasks.PlacedRequirement]
    open_requirement_count: int
    actionable_count: int
    meetings: Sequence[Line]
    coming_meetings: Sequence[ComingMeeting]
    coming_tasks: Sequence[tasks.TaskRow]

    @property
    def open(self) -> int:
        return tasks.sum_of(self.counts, OPEN)

    @property
    def issued(self) -> int:
        """已交办: handed out and not cancelled."""
        return tasks.sum_of(self.counts, HANDED_OUT - {TaskStatus.CANCELLED})

    @property
    def finished(self) -> int:
        return tasks.sum_of(self.counts, DONE)

    @property
    def rate(self) -> str:
        return fraction(self.finished, self.issued) if self.issued else "—"


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """The overview, what waits for those who review (the first of it, and how much of each kind there is), and what was
    last done to urge each of the overdue tasks that are shown."""

    overview: Overview
    without_value: monitoring.Missing
    urged: Mapping[int, LastStep]
    domains: Sequence[Line]
    waiting: Sequence[tasks.Waiting]
    waiting_counts: Mapping[WaitingKind, int]

    @property
    def waiting_count(self) -> int:
        return sum(self.waiting_counts.values())


def office_desk(actor: Actor, rule: LightRule) -> OfficeDesk:
    """For those who read the whole committee."""
    return kept(
        ("office desk", actor.permissions, actor.unit_ids), lambda: _desk(actor, rule), committee_id=actor.committee_id
    )


def _desk(actor: Actor, rule: LightRule) -> OfficeDesk:
    seen = overview(actor, rule)
    return OfficeDesk(
        seen,
        monitoring.without_value(actor, today=rule.today, limit=INDICATORS_SHOWN),
        supervision.last_steps([task.id for task in seen.overdue]) if seen.overdue else {},
        [Line(one, one.overdue) for one in tasks.totals_by_domain(actor, today=rule.today)]
        if not actor.may("tasks.review")
        else [],
        tasks.waiting_for_office(actor, limit=SHOWN),
        tasks.waiting_for_office_count(actor),
    )


def overview(actor: Actor, rule: LightRule) -> Overview:
    """Of the whole committee; for those who read all of it. The number of statements does not depend on the rows."""
    open_requirements, open_requirement_count = tasks.open_requirements(actor, limit=SHOWN)
    meetings = tasks.totals_by_meeting(actor, limit=SHOWN)
    overdue = tasks.overdue_by_meeting(actor, [totals.meeting_id for totals in meetings], today=rule.today)
    return Overview(
        counts=tasks.status_totals(actor),
        on_time=tasks.on_time_totals(actor),
        overdue_count=tasks.overdue_count(actor, today=rule.today),
        overdue=tasks.overdue(actor, rule=rule, limit=SHOWN),
        open_requirements=open_requirements,
        open_requirement_count=open_requirement_count,
        actionable_count=_actionable_count(actor),
        meetings=[Line(totals, overdue.get(totals.meeting_id, 0)) for totals in meetings],
        coming_meetings=coming_meetings(actor, rule.today),
        coming_tasks=tasks.due_in(actor, rule.today, rule.today + AHEAD, rule=rule, limit=SHOWN),
    )


def _actionable_count(actor: Actor) -> int:
    """Requirements that call for work and were not set aside with a reason."""
    rows = select(func.count()).where(
        Requirement.committee_id == actor.committee_id, Requirement.is_actionable, Requirement.set_aside_reason == ""
    )
    return db.session.scalar(rows) or 0


def coming_meetings(actor: Actor, today: date) -> list[ComingMeeting]:
    """The next meetings that the actor may know of."""
    rows = (
        select(Meeting.id, Meeting.title, Meeting.held_on, Meeting.place)
        .where(meetings_visible_to(actor), Meeting.held_on >= today, Meeting.status == MeetingStatus.ANNOUNCED)
        .order_by(Meeting.held_on, Meeting.id)
        .limit(3)
    )
    return [ComingMeeting._make(row) for row in db.session.execute(rows)]


@dataclass(frozen=True, slots=True)
class OwnTasks:
    """A unit's tasks by light, those it leads and those it helps with; what is finished from the stored totals."""

    unit_id: int
    unit_name: str
    lead: Mapping[LightCode, int]
    cooperating: Mapping[LightCode, int]


OWED_SHOWN = 30


@dataclass(frozen=True, slots=True)
class OwedGroup:
    """What is owed in a stretch of days (``late``, ``week`` or ``later``): the first of it, and how much it is."""

    name: str
    count: int
    shown: Sequence[tasks.Owed]

    @property
    def left(self) -> int:
        """How much is owed beyond what is shown."""
        return self.count - len(self.shown)


class AskedRound(NamedTuple):
    """An open round in which a unit has still to report: tasks owed, reported, and waiting for its head."""

    id: int
    unit_id: int
    title: str
    due_on: date
    owed: int
    reported: int
    waiting: int
    value_year: int | None


def rounds_to_report(actor: Actor) -> list[AskedRound]:
    """The open rounds in which the actor's units have still to report, the most pressing first."""
    found = [
        AskedRound(row.id, unit.unit_id, row.title, row.due_on, unit.owed, unit.reported, unit.waiting, row.value_year)
        for row, unit in rounds.own_rounds(actor, only_open=True)
        if unit.reported < unit.owed
    ]
    return sorted(found, key=lambda one: (one.due_on, one.id))


ANSWERING = (
    PostKind.HEAD,
    PostKind.DEPUTY_IN_CHARGE,
    PostKind.TOWNSHIP_DEPUTY,
    PostKind.TOWNSHIP_FEDERATION,
    PostKind.LIAISON,
    PostKind.STATISTICIAN,
)


class HeldPost(NamedTuple):
    """Who answers for a unit today, as the directory has it."""

    kind: PostKind
    held_by: str
    from_on: date


def posts_of_units(actor: Actor, today: date) -> list[HeldPost]:
    """The heads, liaisons and statisticians of the actor's units: what the office goes by when it calls."""
    held = directory.posts_on(today, actor=actor, unit_ids=sorted(actor.unit_ids), kinds=ANSWERING)
    named = [(post, post.person.name if post.person else "") for post in held]
    return [HeldPost(post.kind, f"{post.title} {name}".strip(), post.from_on) for post, name in named]


@dataclass(frozen=True, slots=True)
class UnitDesk:
    """What a unit's people see first."""

    unit_names: Sequence[str]
    open_rounds: Sequence[AskedRound]
    materials: Sequence[rounds.OwedMaterial]
    opinions: Sequence[tasks.AskedOpinion]
    answers: Sequence[supervision.AskedAnswer]
    values: Sequence[OwedYear]
    owed: Sequence[OwedGroup]
    waiting: Sequence[tasks.Waiting]
    tasks: Sequence[OwnTasks]
    documents: Sequence[Paper]
    minutes: Sequence[Paper]
    posts: Sequence[HeldPost]

    @property
    def owed_count(self) -> int:
        return sum(group.count for group in self.owed)


def unit_desk(actor: Actor, rule: LightRule) -> UnitDesk:
    """Of the units that the account acts for."""
    return kept(
        ("unit desk", actor.unit_ids, actor.permissions),
        lambda: UnitDesk(
            unit_names(actor),
            rounds_to_report(actor),
            rounds.owed_materials(actor),
            tasks.opinions_to_give(actor),
            supervision.answers_to_give(actor),
            by_year(owed_values(actor.unit_ids, actor=actor, today=rule.today), rule.today),
            _groups(*tasks.first_owed_by(actor, rule, limit=OWED_SHOWN), rule.today),
            tasks.waiting_for_head(actor),
            own_tasks(actor, rule),
            papers_of_office(actor),
            minutes_of_office(actor),
            posts_of_units(actor, rule.today),
        ),
        committee_id=actor.committee_id,
    )


def _groups(owed: Sequence[tasks.Owed], days: Sequence[date], today: date) -> list[OwedGroup]:
    """By week, the most pressing first: ``days`` are those of everything, ``owed`` is the first of it."""
    sunday = today + timedelta(days=6 - today.weekday())
    ends = [0, bisect_left(days, today), bisect_right(days, sunday), len(days)]
    names = ("late", "week", "later")
    return [
        OwedGroup(name, end - begin, owed[begin:end]) for name, (begin, end) in zip(names, pairwise(ends), strict=True)
    ]


def unit_names(actor: Actor) -> list[str]:
    """Short names of the units the account acts for, in the plan's order."""
    rows = select(Unit.short_name).where(Unit.id.in_(sorted(actor.unit_ids)), Unit.committee_id == actor.committee_id)
    return list(db.session.scalars(rows.order_by(Unit.position, Unit.id)))


def own_tasks(actor: Actor, rule: LightRule) -> list[OwnTasks]:
    """One table for each unit the account acts for, as a rule one."""
    lights = tasks.light_counts_by_unit(actor, rule=rule)
    return [
        OwnTasks(
            totals.unit_id,
            totals.short_name,
            _by_light(lights[totals.unit_id, UnitRole.LEAD], totals.lead),
            _by_light(lights[totals.unit_id, UnitRole.COOPERATING], totals.cooperating),
        )
        for totals in tasks.totals_by_unit(actor)
    ]


def _by_light(open_tasks: tasks.LightCounts, counts: Mapping[TaskStatus, int]) -> dict[LightCode, int]:
    return {
        **{code: open_tasks[code] for code in LightCode},
        LightCode.DONE: counts.get(TaskStatus.COMPLETED, 0),
        LightCode.CLOSED: counts.get(TaskStatus.CLOSED, 0),
    }


class Paper(NamedTuple):
    """A document, or a meeting whose minutes were issued, with its day."""

    id: int
    title: str
    day: date | None


def papers_of_office(actor: Actor) -> list[Paper]:
    """The latest documents that the actor may read."""
    rows = select(Document.id, Document.title, Document.issued_on).where(documents_visible_to(actor))
    rows = rows.order_by(Document.issued_on.desc().nulls_last(), Document.id.desc()).limit(3)
    return [Paper._make(row) for row in db.session.execute(rows)]


def minutes_of_office(actor: Actor) -> list[Paper]:
    """The latest meetings whose minutes the actor may read."""
    issued = aliased(Minutes)  # the condition of what is visible asks for minutes itself
    rows = (
        select(Meeting.id, Meeting.title, Meeting.held_on)
        .join(issued, issued.meeting_id == Meeting.id)
        .where(meetings_visible_to(actor), issued.issued_revision.is_not(None))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(3)
    )
    return [Paper._make(row) for row in db.session.execute(rows)]


def papers_waiting(actor: Actor) -> Any:
    """Papers that wait for the actor's 核稿 or 签发, the oldest first: id, title, status, drafter, since."""
    key = ("dashboard.papers", actor.user_id, tuple(sorted(actor.roles)))
    return kept(key, lambda: approvals.waiting_for(actor, limit=SHOWN), committee_id=actor.committee_id)


def papers_to_read(actor: Actor) -> Sequence[approvals.Received]:
    """Papers that came to the actor and were not read yet, the latest first."""
    key = ("dashboard.to read", actor.user_id, actor.unit_ids)
    return kept(key, lambda: approvals.received(actor, unread_only=True).rows[:SHOWN], committee_id=actor.committee_id)
