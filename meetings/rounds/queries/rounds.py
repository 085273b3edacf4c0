"""Rounds, who owes what in them, and how everybody stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Unit, UnitGroupMember
from meetings.rounds import rules
from meetings.rounds.models import (
    ReportingRound,
    RoundCycle,
    RoundScope,
    RoundStatus,
    RoundTask,
    RoundUnit,
    Standing,
)
from meetings.rounds.queries.values import value_lines
from meetings.tasks import queries as task_queries
from meetings.tasks.models import ProgressReport, ReportStatus, Task, TaskStatus, TaskUnit

_SHOWN_TO_UNITS = (RoundStatus.OPEN, RoundStatus.LOCKED)


def visible(actor: Actor) -> list[ColumnElement[bool]]:
    """The office and its readers see the committee's rounds; a unit those in which it owes, once they are open."""
    conditions: list[ColumnElement[bool]] = [ReportingRound.committee_id == actor.committee_id]
    if actor.may("tasks.read_all"):
        return conditions
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return [false()]
    owing = aliased(RoundUnit)  # the statement around may ask of another unit
    own = exists().where(owing.round_id == ReportingRound.id, owing.unit_id.in_(sorted(actor.unit_ids)))
    return [*conditions, ReportingRound.status.in_(_SHOWN_TO_UNITS), own]


def find(round_id: int, *, actor: Actor) -> ReportingRound:
    """A round with its scopes. Raises ``NotFound``."""
    rows = select(ReportingRound).where(ReportingRound.id == round_id, *visible(actor))
    row = db.session.scalar(rows.options(selectinload(ReportingRound.scopes)))
    if row is None:
        raise NotFound
    return row


def find_to_change(round_id: int, *, actor: Actor) -> ReportingRound:
    """As ``find``, held until the end of the transaction."""
    held = select(ReportingRound.id).where(ReportingRound.id == round_id).with_for_update()
    db.session.execute(held)
    return find(round_id, actor=actor)


def find_unit(round_id: int, unit_id: int, *, actor: Actor, to_change: bool = False) -> RoundUnit:
    """What one unit owes in a round, with the round: for the office, its readers and the unit itself.

    ``to_change`` holds the row, so that two reports of one unit wait for each other. Raises ``NotFound``.
    """
    if not (actor.may("tasks.read_all") or unit_id in actor.unit_ids):
        raise NotFound
    row = select(RoundUnit).where(RoundUnit.round_id == round_id, RoundUnit.unit_id == unit_id)
    if to_change:
        db.session.execute(row.with_only_columns(RoundUnit.id).with_for_update())
    found = db.session.scalar(
        row.join(ReportingRound, ReportingRound.id == RoundUnit.round_id)
        .where(*visible(actor))
        .options(joinedload(RoundUnit.round))
    )
    if found is None:
        raise NotFound
    return found


def latest_of_series(committee_id: int) -> Sequence[ReportingRound]:
    """The rounds that were opened, come again and have no successor yet; with their scopes."""
    later = select(ReportingRound.follows_id).where(ReportingRound.follows_id.is_not(None))
    rows = select(ReportingRound).where(
        ReportingRound.committee_id == committee_id,
        ReportingRound.status.in_(_SHOWN_TO_UNITS),
        ReportingRound.cycle != RoundCycle.ONCE,
        ReportingRound.id.not_in(later),
    )
    return db.session.scalars(rows.options(selectinload(ReportingRound.scopes)).order_by(ReportingRound.id)).all()


def task_ids_numbered(numbers: Collection[str], *, actor: Actor) -> Mapping[str, int]:
    """Ids by number of the tasks that are under way."""
    rows = select(Task.number, Task.id).where(
        Task.committee_id == actor.committee_id, Task.number.in_(list(numbers)), Task.is_open
    )
    return {number: id_ for number, id_ in db.session.execute(rows) if number}


def numbers_of(round_: ReportingRound) -> list[str]:
    """The numbers of the tasks that were chosen for a round, in order."""
    rows = select(Task.number).join(RoundScope, RoundScope.task_id == Task.id).where(RoundScope.round_id == round_.id)
    return [number for number in db.session.scalars(rows.order_by(Task.number)) if number]


# --- who is to owe --------------------------------------------------------------------------------------------------


def of_scope(round_: ReportingRound) -> list[ColumnElement[bool]]:
    """Parts of tasks under way that a round is about. Needs ``scopes``."""
    units = [scope.unit_id for scope in round_.scopes if scope.unit_id]
    groups = [scope.group_id for scope in round_.scopes if scope.group_id]
    tasks = [scope.task_id for scope in round_.scopes if scope.task_id]
    conditions: list[ColumnElement[bool]] = [
        Task.committee_id == round_.committee_id,
        Task.status == TaskStatus.IN_PROGRESS,
        TaskUnit.is_open.is_(True),
    ]
    if units or groups:
        members = select(UnitGroupMember.unit_id).where(UnitGroupMember.group_id.in_(groups))
        conditions.append(or_(TaskUnit.unit_id.in_(units), TaskUnit.unit_id.in_(members)))
    if tasks:
        conditions.append(Task.id.in_(tasks))
    return conditions


def parts_to_owe(round_: ReportingRound) -> Sequence[TaskUnit]:
    """The parts on which units are to report when the round is opened."""
    rows = select(TaskUnit).join(Task, Task.id == TaskUnit.task_id).where(*of_scope(round_))
    return db.session.scalars(rows.order_by(TaskUnit.unit_id, TaskUnit.task_id)).all()


def owing_units(unit_ids: Collection[int]) -> Sequence[Any]:
    """(id, short_name, position) of units, in the plan's order."""
    rows = select(Unit.id, Unit.short_name, Unit.position).where(Unit.id.in_(list(unit_ids)))
    return db.session.execute(rows.order_by(Unit.position, Unit.id)).all()


def units_of(round_: ReportingRound) -> Sequence[RoundUnit]:
    """The owed rows of a round that the actor was given, in the plan's order."""
    rows = select(RoundUnit).where(RoundUnit.round_id == round_.id)
    return db.session.scalars(rows.order_by(RoundUnit.position, RoundUnit.unit_id)).all()


def still_open(task_ids: Iterable[int]) -> set[int]:
    """Those of the tasks that are not closed, suspended or cancelled."""
    return set(db.session.scalars(select(Task.id).where(Task.id.in_(list(task_ids)), Task.is_open)))


# --- how everybody stands -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How one unit stands in a round: lines owed and reported, and the day its last line came in."""

    round_id: int
    unit_id: int
    unit_name: str
    standing: Standing
    owed: int
    reported: int
    waiting: int
    reported_on: date | None
    lines: Sequence[rules.Line]
    values: Sequence[rules.ValueLine] = ()


def standings(
    rounds: Collection[ReportingRound], *, unit_ids: Collection[int] | None = None
) -> dict[int, list[UnitRow]]:
    """How the units stand, by round, in the plan's order: three statements at most however many rounds and units.

    ``unit_ids`` narrows to some units. The rounds were loaded for the actor.
    """
    by_id = {row.id: row for row in rounds if row.status in _SHOWN_TO_UNITS}
    if not by_id:
        return {}
    narrowed: list[ColumnElement[bool]] = [RoundUnit.round_id.in_(by_id)]
    if unit_ids is not None:
        narrowed.append(RoundUnit.unit_id.in_(list(unit_ids)))
    of_values = {id_: row for id_, row in by_id.items() if row.value_year is not None}
    found = _of_values(of_values, narrowed) if of_values else {}
    return found | (_of_tasks(by_id, narrowed) if len(of_values) < len(by_id) else {})


def _of_values(
    by_id: Mapping[int, ReportingRound], narrowed: Sequence[ColumnElement[bool]]
) -> dict[int, list[UnitRow]]:
    """Those of rounds that ask for values."""
    found: dict[int, list[UnitRow]] = {id_: [] for id_ in by_id}
    lines = value_lines(by_id, [*narrowed, ReportingRound.value_year.is_not(None)])
    for (round_id, _unit_id), (head, own) in lines.items():
        found[round_id].append(_unit_row(head, values=own))
    return found


def _unit_row(head: Any, *, lines: Sequence[rules.Line] = (), values: Sequence[rules.ValueLine] = ()) -> UnitRow:
    """How a unit stands; in a round that is locked as it stood then."""
    own: Sequence[rules.Line | rules.ValueLine] = lines or values
    standing, reported_on = rules.standing(own, clock.today())
    if head.standing is not None:
        standing, reported_on = head.standing, head.reported_on
    return UnitRow(
        round_id=head.round_id,
        unit_id=head.unit_id,
        unit_name=head.unit_name,
        standing=standing,
        owed=sum(not line.is_released for line in own),
        reported=sum(line.reported_on is not None for line in own),
        waiting=sum(line.waits_for_head for line in lines),
        reported_on=reported_on,
        lines=lines,
        values=values,
    )


def _of_tasks(by_id: Mapping[int, ReportingRound], narrowed: Sequence[ColumnElement[bool]]) -> dict[int, list[UnitRow]]:
    """Those of rounds that ask for reports on tasks: two statements."""
    owed = db.session.execute(
        select(
            RoundUnit.round_id,
            RoundUnit.unit_id,
            RoundUnit.unit_name,
            RoundUnit.standing,
            RoundUnit.reported_on,
            RoundTask.task_id,
            RoundTask.report_id,
            Task.status,
            TaskUnit.report_due_on,
        )
        .join(RoundTask, RoundTask.round_unit_id == RoundUnit.id)
        .join(Task, Task.id == RoundTask.task_id)
        .outerjoin(TaskUnit, (TaskUnit.task_id == RoundTask.task_id) & (TaskUnit.unit_id == RoundUnit.unit_id))
        .where(*narrowed)
        .order_by(RoundUnit.round_id, RoundUnit.position, RoundUnit.unit_id, RoundTask.task_id)
    ).all()
    answers, waiting = _answers(narrowed)
    lines: dict[tuple[int, int], list[rules.Line]] = defaultdict(list)
    heads: dict[tuple[int, int], Any] = {}
    for row in owed:
        round_ = by_id[row.round_id]
        key = row.round_id, row.unit_id
        heads.setdefault(key, row)
        lines[key].append(
            rules.line_of(
                row.task_id,
                due_on=round_.due_on,
                is_under_way=row.status == TaskStatus.IN_PROGRESS,
                report_due_on=row.report_due_on,
                answer=answers.get((*key, row.task_id)),
                waits_for_head=(*key, row.task_id) in waiting,
            )
        )
    found: dict[int, list[UnitRow]] = {id_: [] for id_, row in by_id.items() if row.value_year is None}
    for (round_id, unit_id), own in lines.items():
        found[round_id].append(_unit_row(heads[round_id, unit_id], lines=own))
    return found


_Key = tuple[int, int, int]


def _answers(narrowed: Sequence[ColumnElement[bool]]) -> tuple[dict[_Key, rules.Answer], set[_Key]]:
    """By (round, unit, task): the first report that stands since the opening, and what waits for a unit's head.

    In a locked round what answered it then, however much was reported since.
    """
    rows = (
        select(
            RoundUnit.round_id,
            RoundUnit.unit_id,
            RoundTask.task_id,
            ProgressReport.id,
            ProgressReport.status,
            ProgressReport.submitted_at,
            ProgressReport.owed_on,
        )
        .select_from(RoundUnit)
        .join(ReportingRound, ReportingRound.id == RoundUnit.round_id)
        .join(RoundTask, RoundTask.round_unit_id == RoundUnit.id)
        .join(
            ProgressReport,
            (ProgressReport.unit_id == RoundUnit.unit_id)
            & (ProgressReport.task_id == RoundTask.task_id)
            & (ProgressReport.status != ReportStatus.RETURNED),
        )
        .where(
            *narrowed,
            ProgressReport.submitted_at >= ReportingRound.opened_at,
            or_(ReportingRound.status != RoundStatus.LOCKED, ProgressReport.id == RoundTask.report_id),
        )
        .order_by(ProgressReport.id)
    )
    answers: dict[_Key, rules.Answer] = {}
    waiting: set[_Key] = set()
    for round_id, unit_id, task_id, report_id, status, submitted_at, owed_on in db.session.execute(rows):
        key = round_id, unit_id, task_id
        if status == ReportStatus.UNIT_REVIEW:
            waiting.add(key)
        else:
            answers.setdefault(key, rules.Answer(report_id, clock.local(submitted_at).date(), owed_on))
    return answers, waiting


class RoundRow(NamedTuple):
    """A round as the list shows it; ``rates`` None while nobody owes anything in it yet."""

    round: ReportingRound
    rates: rules.Rates | None


def listing(actor: Actor, *, page: int = 1) -> Page[RoundRow]:
    """Rounds, those to come first, with their counts: those of the lock, or of this moment while they are open."""
    seen = visible(actor)
    total = db.session.scalar(select(func.count()).select_from(ReportingRound).where(*seen)) or 0
    rows = db.session.scalars(
        select(ReportingRound)
        .where(*seen)
        .order_by(ReportingRound.due_on.desc(), ReportingRound.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    now = standings([row for row in rows if row.status is RoundStatus.OPEN])
    return Page([RoundRow(row, _rates(row, now.get(row.id, []))) for row in rows], page, total)


def open_rounds(actor: Actor, *, until: date) -> list[RoundRow]:
    """The open rounds that are due by the day, the most pressing first, with their counts of this moment."""
    rows = db.session.scalars(
        select(ReportingRound)
        .where(*visible(actor), ReportingRound.status == RoundStatus.OPEN, ReportingRound.due_on <= until)
        .order_by(ReportingRound.due_on, ReportingRound.id)
    ).all()
    now = standings(rows)
    return [RoundRow(row, _rates(row, now.get(row.id, []))) for row in rows]


def _rates(round_: ReportingRound, units: Sequence[UnitRow]) -> rules.Rates | None:
    if round_.status is RoundStatus.LOCKED:
        return rules.Rates(round_.owed_count, round_.in_count, round_.on_time_count)
    return rules.rates(unit.standing for unit in units) if round_.status is RoundStatus.OPEN else None


def rates_of(round_: ReportingRound, units: Sequence[UnitRow]) -> rules.Rates | None:
    """The counts of a round whose units are these."""
    return _rates(round_, units)


class OwnRound(NamedTuple):
    """A round as one of its units sees it."""

    round: ReportingRound
    unit: UnitRow


def own_rounds(actor: Actor, *, only_open: bool = False) -> list[OwnRound]:
    """The rounds in which the actor's units owe, open ones first, then the latest."""
    if not actor.may("tasks.read_own") or not actor.unit_ids:
        return []
    rows = select(ReportingRound).where(*visible(actor))
    if only_open:
        rows = rows.where(ReportingRound.status == RoundStatus.OPEN)
    rounds = db.session.scalars(rows.order_by(ReportingRound.due_on.desc(), ReportingRound.id.desc()).limit(40)).all()
    found = standings(rounds, unit_ids=actor.unit_ids)
    own = [OwnRound(round_, unit) for round_ in rounds for unit in found.get(round_.id, [])]
    return sorted(own, key=lambda one: one.round.status is not RoundStatus.OPEN)


# --- one unit -------------------------------------------------------------------------------------------------------


def tasks_of_unit(unit: UnitRow, sent: Collection[int] = (), *, actor: Actor) -> list[Task]:
    """The tasks on which the unit has still to report, and those of the round that its page was sent with; in full."""
    ids = [
        line.task_id
        for line in unit.lines
        if line.task_id in sent or not (line.reported_on or line.is_released or line.waits_for_head)
    ]
    return task_queries.find_many(ids, actor=actor) if ids else []


class LastSaid(NamedTuple):
    """What a unit said of a task the last time."""

    said_on: date
    done: str


def last_said(unit_id: int, tasks: Sequence[Task]) -> dict[int, LastSaid]:
    """By task what the unit's latest standing report on it said; the tasks were loaded for the actor."""
    if not tasks:
        return {}
    latest = (
        select(func.max(ProgressReport.id))
        .where(
            ProgressReport.unit_id == unit_id,
            ProgressReport.task_id.in_([task.id for task in tasks]),
            ProgressReport.status != ReportStatus.RETURNED,
            ProgressReport.done != "",
        )
        .group_by(ProgressReport.task_id)
    )
    rows = select(ProgressReport.task_id, ProgressReport.submitted_at, ProgressReport.done)
    return {
        task_id: LastSaid(clock.local(submitted_at).date(), done)
        for task_id, submitted_at, done in db.session.execute(rows.where(ProgressReport.id.in_(latest)))
    }


def lines_of(row: RoundUnit) -> UnitRow:
    """How the unit stands. Needs ``row.round``."""
    return standings([row.round], unit_ids=[row.unit_id])[row.round_id][0]


def reports_of(row: RoundUnit, *, actor: Actor) -> list[ProgressReport]:
    """The unit's reports on the round's tasks since it was opened, the latest of each task, with what they hold.

    The office sees what was sent to it. Needs ``row.round``.
    """
    latest = (
        select(func.max(ProgressReport.id))
        .join(RoundTask, RoundTask.task_id == ProgressReport.task_id)
        .where(
            RoundTask.round_unit_id == row.id,
            ProgressReport.unit_id == row.unit_id,
            ProgressReport.submitted_at >= row.round.opened_at,
            or_(ProgressReport.is_sent, ProgressReport.unit_id.in_(sorted(actor.unit_ids))),
        )
        .group_by(ProgressReport.task_id)
    )
    ids = db.session.scalars(latest).all()
    return task_queries.find_reports(ids, actor=actor) if ids else []


def is_report_locked(report_id: int) -> bool:
    """Whether the report answers a round that is locked: it stands as it is."""
    rows = (
        select(RoundTask.id)
        .join(RoundUnit, RoundUnit.id == RoundTask.round_unit_id)
        .join(ReportingRound, ReportingRound.id == RoundUnit.round_id)
        .where(RoundTask.report_id == report_id, ReportingRound.status == RoundStatus.LOCKED)
    )
    return db.session.scalar(rows.limit(1)) is not None
