"""Evidence that units sent with their reports, and the goals and indicators of plans that it stands for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from meetings.attachments.models import Attachment
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan
from meetings.reporting.queries.sources import SENT
from meetings.tasks import queries as tasks
from meetings.tasks.models import ProgressFile, ProgressReport, Task, TaskAim

MOST_FILES = 5000


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was sent with a report on a task."""

    name: str
    size: int
    sha256: str
    unit: str
    sent_at: datetime
    task_id: int
    task_number: str | None
    task_title: str
    meeting_title: str | None


@dataclass(frozen=True, slots=True)
class Aim:
    """What a task serves: an indicator with its goal, a goal, or a measure of a domain."""

    domain_id: int
    goal: str = ""
    indicator: str = ""


def files(
    actor: Actor,
    *,
    until: datetime,
    plan_id: int | None = None,
    meeting_id: int | None = None,
    unit_id: int | None = None,
) -> list[Kept]:
    """Files of reports that were sent before the moment, on tasks that the actor may see, by task and in order.

    The same bytes on the same task are one file. Raises ``DomainError("paper.too_many_files")``.
    """
    seen = tasks.visible_to(actor).order_by(None).with_only_columns(Task.id)
    rows = (
        select(
            Attachment.name,
            Attachment.size,
            Attachment.sha256,
            Unit.name,
            ProgressReport.submitted_at,
            Task.id,
            Task.number,
            Task.title,
            Meeting.title,
        )
        .select_from(ProgressFile)
        .join(Attachment, Attachment.id == ProgressFile.attachment_id)
        .join(ProgressReport, ProgressReport.id == ProgressFile.report_id)
        .join(Unit, Unit.id == ProgressReport.unit_id)
        .join(Task, Task.id == ProgressReport.task_id)
        .outerjoin(Meeting, Meeting.id == Task.meeting_id)
        .where(Task.id.in_(seen), ProgressReport.status.in_(SENT), ProgressReport.submitted_at < until)
        .order_by(Meeting.held_on.desc().nulls_last(), Task.number.is_(None), Task.number, Task.id, ProgressFile.id)
        .limit(MOST_FILES + 1)
    )
    if meeting_id is not None:
        rows = rows.where(Task.meeting_id == meeting_id)
    if unit_id is not None:
        rows = rows.where(ProgressReport.unit_id == unit_id)
    if plan_id is not None:
        rows = rows.where(Task.id.in_(_serving(plan_id)))
    found = {(row[5], row[2]): Kept(*row) for row in reversed(db.session.execute(rows).all())}
    if len(found) > MOST_FILES:
        raise DomainError("paper.too_many_files", most=MOST_FILES)
    return list(reversed(found.values()))


def _serving(plan_id: int) -> Select[int]:
    """Ids of the tasks that serve anything in a plan."""
    return (
        select(TaskAim.task_id)
        .outerjoin(Goal, Goal.id == TaskAim.goal_id)
        .outerjoin(Measure, Measure.id == TaskAim.measure_id)
        .outerjoin(Indicator, Indicator.id == TaskAim.indicator_id)
        .where(or_(Goal.plan_id == plan_id, Measure.plan_id == plan_id, Indicator.plan_id == plan_id))
    )


def aims_of(task_ids: Collection[int], *, plan_id: int | None) -> Mapping[int, Sequence[Aim]]:
    """What each task serves, indicators first, in the order of the plan; of one plan or of all."""
    own = aliased(Goal)
    domain_id = func.coalesce(Indicator.domain_id, Goal.domain_id, Measure.domain_id)
    rows = (
        select(TaskAim.task_id, domain_id, func.coalesce(own.text, Goal.text), Indicator.name)
        .outerjoin(Goal, Goal.id == TaskAim.goal_id)
        .outerjoin(Measure, Measure.id == TaskAim.measure_id)
        .outerjoin(Indicator, Indicator.id == TaskAim.indicator_id)
        .outerjoin(own, own.id == Indicator.goal_id)
        .where(TaskAim.task_id.in_(sorted(task_ids)))
        .order_by(Indicator.position.nulls_last(), Goal.position.nulls_last(), TaskAim.id)
    )
    if plan_id is not None:
        rows = rows.where(or_(*(row.plan_id == plan_id for row in (Goal, Measure, Indicator))))
    found: dict[int, list[Aim]] = defaultdict(list)
    for task_id, domain, goal, indicator in db.session.execute(rows):
        found[task_id].append(Aim(domain, goal or "", indicator or ""))
    return found


def domains(actor: Actor, *, plan_id: int | None) -> Sequence[Row[int, str, str]]:
    """Id and name of the domains, with the title of their plan, in the order of the plans."""
    rows = (
        select(Domain.id, Domain.name, Plan.title)
        .join(Plan, Plan.id == Domain.plan_id)
        .where(Plan.committee_id == actor.committee_id)
        .order_by(Plan.from_year.desc(), Plan.kind.desc(), Plan.id, Domain.position, Domain.id)
    )
    if plan_id is not None:
        rows = rows.where(Plan.id == plan_id)
    return db.session.execute(rows).all()


def to_be_shown(plan_id: int) -> Sequence[Row[int, str]]:
    """Domain and name of what a plan must have evidence of: its indicators, and its goals that hold no figure."""
    indicators = select(Indicator.domain_id, Indicator.name, Indicator.position).where(Indicator.plan_id == plan_id)
    goals = select(Goal.domain_id, Goal.text, Goal.position).where(Goal.plan_id == plan_id, Goal.is_text)
    found = [
        *db.session.execute(goals.order_by(Goal.position, Goal.id)),
        *db.session.execute(indicators.order_by(Indicator.position, Indicator.id)),
    ]
    return [row[:2] for row in found]
