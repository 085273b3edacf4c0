"""What a unit without accounts is asked by a one-time address, and the addresses that the office gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select

from meetings.accounts.models import Role, User
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Unit
from meetings.links.models import Link, LinkPurpose
from meetings.links.rules import LinkState, state_of
from meetings.rounds.models import ReportingRound, RoundStatus
from meetings.rounds.queries.rounds import find_unit, lines_of, tasks_of_unit
from meetings.tasks import queries as task_queries
from meetings.tasks.models import Task, TaskStatus

ANSWERS = (LinkPurpose.TASK_REPORT, LinkPurpose.ROUND_REPORT)


def holder(link: Link) -> Actor:
    """Whoever holds the address, as a liaison of its unit who can report and acknowledge and nothing else."""
    name = db.session.scalar(select(Unit.short_name).where(Unit.id == link.unit_id))
    if name is None:
        raise NotFound
    return Actor(
        None,
        f"{name}（由链接填报）",
        link.committee_id,
        frozenset({link.unit_id or 0}),
        frozenset({Role.LIAISON.value}),
        frozenset({"tasks.read_own", "tasks.report", "tasks.acknowledge"}),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks: tasks to report on, for a round or on their own."""

    title: str
    due_on: date | None
    note: str
    tasks: Sequence[Task]


def question_of(link: Link, by: Actor, sent: frozenset[int] = frozenset()) -> Question | None:
    """What is still to be answered; None where the round is over, the report is in, or the task has ended.

    ``sent`` are the tasks that the page was sent with: those of the address's own round are among the answer.
    """
    unit_id, subject_id = link.unit_id or 0, link.subject_id or 0
    try:
        if link.purpose is LinkPurpose.ROUND_REPORT:
            owing = find_unit(subject_id, unit_id, actor=by)
            if owing.round.status is not RoundStatus.OPEN:
                return None
            tasks = tasks_of_unit(lines_of(owing), sent, actor=by)
            return Question(owing.round.title, owing.round.due_on, owing.round.note, tasks) if tasks else None
        task = task_queries.find(subject_id, actor=by)
    except NotFound:
        return None
    can_answer = task.status is TaskStatus.IN_PROGRESS or (
        task.status is TaskStatus.ISSUED and task.lead_unit_id == unit_id
    )
    part = next(row for row in task.units if row.unit_id == unit_id)
    return Question(task.title, part.report_due_on or task.due_on, "", [task]) if can_answer else None


class GivenLink(NamedTuple):
    """An address as the office's list shows it."""

    id: int
    purpose: LinkPurpose
    subject_id: int
    unit_id: int
    unit_name: str
    title: str
    recipient: str
    given_by_name: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    state: LinkState


def given_links(actor: Actor, *, page: int = 1) -> Page[GivenLink]:
    """The addresses by which units answer, the latest first."""
    where = Link.committee_id == actor.committee_id, Link.purpose.in_(ANSWERS)
    total = db.session.scalar(select(func.count()).select_from(Link).where(*where)) or 0
    rows = db.session.execute(
        select(Link, Unit.short_name, Task.title, ReportingRound.title, User.display_name)
        .join(Unit, Unit.id == Link.unit_id)
        .join(User, User.id == Link.user_id)
        .outerjoin(Task, and_(Link.purpose == LinkPurpose.TASK_REPORT, Task.id == Link.subject_id))
        .outerjoin(ReportingRound, and_(Link.purpose == LinkPurpose.ROUND_REPORT, ReportingRound.id == Link.subject_id))
        .where(*where)
        .order_by(Link.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    now = clock.now()
    found = [
        GivenLink(
            link.id,
            link.purpose,
            link.subject_id or 0,
            link.unit_id or 0,
            unit_name,
            task_title or round_title or "",
            link.recipient,
            given_by,
            link.made_at,
            link.expires_at,
            link.used_at,
            state_of(link, now),
        )
        for link, unit_name, task_title, round_title, given_by in rows
    ]
    return Page(found, page, total)


def find_given(link_id: int, *, actor: Actor) -> Link:
    """One of the office's addresses. Raises ``NotFound``."""
    rows = select(Link).where(Link.id == link_id, Link.committee_id == actor.committee_id, Link.purpose.in_(ANSWERS))
    link = db.session.scalar(rows)
    if link is None or not actor.may("rounds.manage"):
        raise NotFound
    return link
