"""One task, one report, one file: found only by those who may see it, with all that a page shows.

Statements of single tasks are built once and kept: building one costs more than running it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import Base, db
from meetings.core.errors import NotFound
from meetings.meetings.models import Requirement, Speech
from meetings.tasks.models import (
    ProgressFile,
    ProgressReport,
    Quantity,
    ReportedQuantity,
    StagePoint,
    Standard,
    Task,
    TaskEvent,
    TaskStatus,
    TaskUnit,
)
from meetings.tasks.rules import HANDED_OUT


def visible_to(actor: Actor) -> Select[Task]:
    """The base of every query of tasks: nobody gets rows by another way.

    The office, leaders and observers see the committee's; a unit those it leads or helps, once handed out;
    administrators none.
    """
    return select(Task).where(*visible(actor))


def visible(actor: Actor) -> list[ColumnElement[bool]]:
    """The conditions of ``visible_to``, for statements that select columns."""
    return _visible(_reach(actor), actor.committee_id, sorted(actor.unit_ids))


def visible_among_few(actor: Actor) -> list[ColumnElement[bool]]:
    """``visible`` where the tasks asked for are few and found by another way than by their committee or unit."""
    return _visible(_reach(actor), actor.committee_id, sorted(actor.unit_ids), of_few=True)


def _visible(
    reach: bool | None, committee_id: Any, unit_ids: Any, *, of_few: bool = False
) -> list[ColumnElement[bool]]:
    """The conditions for a reach (see ``_reach``); ids are values, or parameters of a statement that is kept.

    ``of_few``: each task is looked at by itself, where a list of the unit's tasks would be longer than what is asked.
    """
    if reach is None:
        return [false()]
    # + 0: no index of the committee's tasks is walked through.
    conditions: list[ColumnElement[bool]] = [(Task.committee_id + 0 if of_few else Task.committee_id) == committee_id]
    if reach:
        return conditions
    own = select(TaskUnit.task_id).where(TaskUnit.unit_id.in_(unit_ids))
    is_own = own.where(TaskUnit.task_id == Task.id).exists() if of_few else Task.id.in_(own)
    return [*conditions, handed_out(), is_own]


def _reach(actor: Actor) -> bool | None:
    """True: all tasks of the committee; False: those of the actor's units; None: none."""
    if actor.may("tasks.read_all"):
        return True
    return False if actor.may("tasks.read_own") and actor.unit_ids else None


_COMMITTEE_ID: BindParameter[int] = bindparam("committee_id")
_UNIT_IDS: BindParameter[int] = bindparam("unit_ids", expanding=True)


@cache
def _seen(reach: bool | None) -> Select[Task]:
    """``visible_to`` as a statement to keep, to be executed with ``_who``."""
    return select(Task).where(*_visible(reach, _COMMITTEE_ID, _UNIT_IDS, of_few=True))


def _who(actor: Actor) -> dict[str, Any]:
    return {"committee_id": actor.committee_id, "unit_ids": sorted(actor.unit_ids)}


def handed_out() -> ColumnElement[bool]:
    """Issued at least once, and not back with the office.

    Written so that no index is read for it: nearly every task is handed out, and few are one's own.
    """
    return and_(func.coalesce(Task.number, "") != "", Task.status.not_in(sorted(set(TaskStatus) - HANDED_OUT)))


# What a task's page shows and what its actions need, but for what ``_list_parts`` loads.
_ORIGIN: Sequence[ORMOption] = (
    joinedload(Task.lead_unit),
    joinedload(Task.meeting),
    joinedload(Task.requirement)
    .joinedload(Requirement.speech)
    .defer(Speech.text, raiseload=True)
    .defer(Speech.key_points, raiseload=True),
)
_BRIEF: Sequence[ORMOption] = (joinedload(Task.lead_unit), selectinload(Task.units).joinedload(TaskUnit.unit))
_TASK_ID: BindParameter[int] = bindparam("task_id")
_IDS: BindParameter[int] = bindparam("ids", expanding=True)


@cache
def _one(reach: bool | None, options: Sequence[ORMOption], held: bool = False) -> Select[Task]:
    one = _seen(reach).where(Task.id == _TASK_ID).options(*options)
    return one.with_for_update(of=Task, key_share=True) if held else one


@cache
def _many(reach: bool | None) -> Select[Task]:
    return _seen(reach).where(Task.id.in_(_IDS)).options(*_ORIGIN).order_by(Task.id)


def find(task_id: int, *, actor: Actor, full: bool = True, origin: bool = True, held: bool = False) -> Task:
    """A task with lead unit, parts with their units, standards, stage points, quantities, requirement, speech, meeting.

    The text of the speech is left out. Without ``full`` only lead unit and parts are loaded; without ``origin`` no
    requirement, speech and meeting. ``held``: in a transaction that will change the task, so that nobody else does
    before its end; it comes without its origin. Raises ``NotFound``.
    """
    # Without its origin the lead unit comes with the parts, of which the lead's is one.
    options = (_ORIGIN if origin and not held else ()) if full else _BRIEF
    task = db.session.scalar(_one(_reach(actor), options, held), {**_who(actor), "task_id": task_id})
    if task is None:
        raise NotFound
    if held:
        _held().add(task.id)
    if full:
        load_parts([task])
    return task


def is_held(task: Task) -> bool:
    """Whether this transaction has found the task to change it: nobody else has moved it since."""
    return task.id in _held()


def _held() -> set[int]:
    """The ids of the tasks that the transaction holds."""
    session = db.session()
    ids: set[int]
    transaction, ids = session.info.get("tasks.held", (None, set()))
    if transaction is not session.get_transaction():
        ids = set()
        session.info["tasks.held"] = session.get_transaction(), ids
    return ids


def task_of_part(part_id: int, *, actor: Actor) -> int:
    """The task in which a unit takes this part. Raises ``NotFound``."""
    rows = visible_to(actor).join(TaskUnit, TaskUnit.task_id == Task.id).where(TaskUnit.id == part_id)
    task_id: int | None = db.session.scalar(rows.with_only_columns(Task.id))
    if task_id is None:
        raise NotFound
    return task_id


def last_reported(task_ids: Collection[int], unit_id: int) -> dict[int, date]:
    """The day of the unit's last report on each of these tasks, where there is one; the caller has found them."""
    rows = select(TaskUnit.task_id, TaskUnit.reported_at).where(
        TaskUnit.task_id.in_(task_ids), TaskUnit.unit_id == unit_id, TaskUnit.reported_at.is_not(None)
    )
    return {task_id: clock.local(at).date() for task_id, at in db.session.execute(rows) if at}


def find_many(task_ids: Collection[int], *, actor: Actor) -> list[Task]:
    """Tasks in full, in the order of their ids; ``NotFound`` when one of them is not to be seen."""
    wanted = set(task_ids)
    tasks = list(db.session.scalars(_many(_reach(actor)), {**_who(actor), "ids": sorted(wanted)}))
    if len(tasks) != len(wanted):
        raise NotFound
    load_parts(tasks)
    return tasks


def _listed(under: Mapping[type[Base], ColumnElement[bool]], *options: ORMOption) -> Select[*tuple[Any, ...]]:
    """Rows of several tables in one statement, a column for each table: one of them holds a row, the others None.

    Asked at once for what a statement for each table would ask one by one; ordered by id.
    """
    keys = union_all(
        *(
            select(literal(n).label("kind"), model.id.label("id")).where(which)
            for n, (model, which) in enumerate(under.items())
        )
    ).subquery("listed")
    rows = select(*under).select_from(keys).options(*options)
    for n, model in enumerate(under):
        rows = rows.outerjoin(model, and_(keys.c.kind == n, model.id == keys.c.id))
    return rows.order_by(keys.c.kind, keys.c.id)


def _by_owner(
    statement: Select[*tuple[Any, ...]], ids: Iterable[int], owner: str
) -> Mapping[tuple[int, type], list[Any]]:
    """The rows of a ``_listed`` statement for these ids, by the id of whose they are and by table."""
    found: dict[tuple[int, type], list[Any]] = defaultdict(list)
    for row in db.session.execute(statement, {"ids": sorted(ids)}):
        one = next(item for item in row if item is not None)
        found[getattr(one, owner), type(one)].append(one)
    return found


_PARTS = {TaskUnit: "units", Standard: "standards", StagePoint: "stages", Quantity: "quantities"}
_PARTS_OF = _listed(
    {
        TaskUnit: TaskUnit.task_id.in_(_IDS),
        Standard: Standard.task_id.in_(_IDS),
        StagePoint: StagePoint.task_id.in_(_IDS),
        Quantity: Quantity.task_id.in_(_IDS),
    },
    joinedload(TaskUnit.unit),
)


def load_parts(tasks: Iterable[Task]) -> None:
    """Parts with their units, standards, stage points and quantities of tasks that the actor was given."""
    bare = {task.id: task for task in tasks if not task.__dict__.keys() >= _PARTS_LOADED}
    if not bare:
        return
    found = _by_owner(_PARTS_OF, bare, "task_id")
    for task_id, task in bare.items():
        for model, name in _PARTS.items():
            if name not in task.__dict__:  # what is loaded may have been changed since
                set_committed_value(task, name, sorted(found[task_id, model], key=_place))


_PARTS_LOADED = frozenset(_PARTS.values())


def _place(part: Any) -> Any:
    """Stage points stand by date, all else by position."""
    return (part.due_on if isinstance(part, StagePoint) else part.position, part.id)


class Happened(NamedTuple):
    """A step in the handling of a task, and the report that was sent with it."""

    event: TaskEvent
    report: ProgressReport | None


@cache
def _history(with_proposed: bool) -> Select[TaskEvent, ProgressReport | None]:
    rows = (
        select(TaskEvent, ProgressReport)
        .outerjoin(ProgressReport, ProgressReport.id == TaskEvent.report_id)
        .where(TaskEvent.task_id == _TASK_ID, or_(TaskEvent.report_id.is_(None), _sent(_UNIT_IDS)))
        .options(joinedload(TaskEvent.unit), joinedload(TaskEvent.scan))
        .order_by(TaskEvent.done_at, TaskEvent.id)
    )
    return rows.options(joinedload(TaskEvent.proposed_unit)) if with_proposed else rows


def history(task: Task, *, actor: Actor) -> list[Happened]:
    """All that was done to a task, oldest first, with unit and scan; reports with unit, files and amounts.

    Of what ``actor`` may see: a report that did not get past its unit's head is that unit's alone, with its step.
    The unit that a decline proposes is for the office only: it is loaded when ``actor`` may read all.
    """
    rows = db.session.execute(_history(actor.may("tasks.read_all")), {**_who(actor), "task_id": task.id})
    steps = [Happened(event, report) for event, report in rows]
    load_attached(step.report for step in steps if step.report is not None)
    return steps


@cache
def _subtasks(reach: bool | None) -> Select[Task]:
    return _seen(reach).where(Task.parent_id == _TASK_ID).options(*_BRIEF).order_by(Task.due_on, Task.id)


def subtasks(task: Task, *, actor: Actor) -> Sequence[Task]:
    """The sub-tasks that the actor may see, with lead unit and parts, by date."""
    return db.session.scalars(_subtasks(_reach(actor)), {**_who(actor), "task_id": task.id}).all()


def _sent(unit_ids: Any) -> ColumnElement[bool]:
    """Sent to the office, or still within one of these units."""
    return or_(ProgressReport.is_sent, ProgressReport.unit_id.in_(unit_ids))


_REPORTS_OF = (
    select(ProgressReport)
    .where(ProgressReport.task_id == _TASK_ID, _sent(_UNIT_IDS))
    .options(joinedload(ProgressReport.unit))
    .order_by(ProgressReport.submitted_at.desc(), ProgressReport.id.desc())
)


def reports_of(task: Task, *, actor: Actor) -> Sequence[ProgressReport]:
    """The reports on a task, the latest first, with unit, files and amounts.

    What waits for a unit's head, or was returned by it, is seen by that unit alone.
    """
    reports = db.session.scalars(_REPORTS_OF, {**_who(actor), "task_id": task.id}).all()
    load_attached(reports)
    return reports


_ATTACHED_TO = _listed(
    {ReportedQuantity: ReportedQuantity.report_id.in_(_IDS), ProgressFile: ProgressFile.report_id.in_(_IDS)},
    joinedload(ProgressFile.attachment),
)


def load_attached(reports: Iterable[ProgressReport]) -> None:
    """Amounts and files of reports that the actor was given."""
    bare = {report.id: report for report in reports if not {"quantities", "files"} <= report.__dict__.keys()}
    if not bare:
        return
    found = _by_owner(_ATTACHED_TO, bare, "report_id")
    for report_id, report in bare.items():
        if "quantities" not in report.__dict__:  # what is loaded may have been changed since
            set_committed_value(report, "quantities", found[report_id, ReportedQuantity])
        set_committed_value(report, "files", [row.attachment for row in found[report_id, ProgressFile]])


def find_report(report_id: int, *, actor: Actor) -> ProgressReport:
    """A report with unit, files, amounts and its task in full. Raises ``NotFound``."""
    return find_reports([report_id], actor=actor)[0]


@cache
def _reports(reach: bool | None) -> Select[ProgressReport]:
    return (
        select(ProgressReport)
        .join(Task, Task.id == ProgressReport.task_id)
        .where(*_visible(reach, _COMMITTEE_ID, _UNIT_IDS, of_few=True), _sent(_UNIT_IDS), ProgressReport.id.in_(_IDS))
        .options(joinedload(ProgressReport.unit), joinedload(ProgressReport.task).joinedload(Task.lead_unit))
        .order_by(ProgressReport.id)
    )


def find_reports(report_ids: Collection[int], *, actor: Actor) -> list[ProgressReport]:
    """Reports as ``find_report``, in the order of their ids; ``NotFound`` when one is not to be seen."""
    wanted = set(report_ids)
    reports = list(db.session.scalars(_reports(_reach(actor)), {**_who(actor), "ids": sorted(wanted)}))
    if len(reports) != len(wanted) or not reports:
        raise NotFound
    load_attached(reports)
    load_parts(report.task for report in reports)
    return reports


def find_file(task_id: int, attachment_id: int, *, actor: Actor) -> Attachment:
    """Evidence of one of the task's reports, or the scan of one of its steps. Raises ``NotFound``."""
    report = aliased(ProgressReport)
    evidence = (
        select(ProgressFile.attachment_id)
        .join(report, report.id == ProgressFile.report_id)
        .where(
            report.task_id == task_id,
            or_(report.is_sent, report.unit_id.in_(sorted(actor.unit_ids))),
        )
    )
    scans = select(TaskEvent.scan_id).where(TaskEvent.task_id == task_id, TaskEvent.scan_id.is_not(None))
    seen = visible_to(actor).where(Task.id == task_id).with_only_columns(Task.id)
    attachment = db.session.scalar(
        select(Attachment).where(
            Attachment.id == attachment_id,
            Attachment.committee_id == actor.committee_id,
            seen.exists(),
            or_(Attachment.id.in_(evidence), Attachment.id.in_(scans)),
        )
    )
    if attachment is None:
        raise NotFound
    return attachment
