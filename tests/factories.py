"""The least valid row of each kind. What a test depends on it names itself.

Rows are saved in a transaction of the system's, so they are audited like any other.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import joinedload

from meetings.accounts.models import Role, User, UserRole
from meetings.accounts.rules import permissions_of
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import Base, db, transaction
from meetings.directory.models import (
    Committee,
    CommitteeName,
    Person,
    Post,
    PostKind,
    Unit,
    UnitGroup,
    UnitGroupMember,
    UnitKind,
)
from meetings.documents.models import Document, DocumentKind
from meetings.evaluation import actions as evaluation_actions
from meetings.evaluation import queries as evaluation_queries
from meetings.evaluation import rules as evaluation_rules
from meetings.evaluation.models import Assessment, Evaluation, EvaluationKind, Visit
from meetings.jobs.models import Job
from meetings.meetings.models import (
    Meeting,
    MeetingKind,
    MeetingStatus,
    Requirement,
    Section,
    Speech,
    SpeechKind,
    TextStatus,
)
from meetings.plans.models import (
    Domain,
    Goal,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Measure,
    Plan,
    PlanKind,
    Responsibility,
    ValueState,
)
from meetings.supervision.models import Instruction, StepKind, SupervisionNotice, SupervisionStep
from meetings.tasks import actions as task_actions
from meetings.tasks import queries as task_queries
from meetings.tasks.models import (
    ProgressReport,
    ReportingCycle,
    Standard,
    Step,
    Task,
    TaskEvent,
    TaskSource,
    TaskStatus,
    TaskUnit,
    UnitRole,
    Urgency,
)
from meetings.tasks.rules import OPEN

_numbers = count(1)
Row = TypeVar("Row", bound=Base)


def save(row: Row, *more: Base, committee_id: int = 0) -> Row:
    with transaction(by=Actor(None, "系统", committee_id)):
        db.session.add_all([row, *more])
    return row


def committee(**values: object) -> Committee:
    row = save(Committee(**{"region": "某县", "office_phone": "6021", **values}))
    save(
        CommitteeName(
            committee_id=row.id,
            name="某县妇女儿童工作委员会",
            office_name="某县妇女儿童工作委员会办公室",
            from_on=date(2020, 1, 1),
        )
    )
    return row


def the_committee() -> Committee:
    """The committee of the test: the first one, made when there is none."""
    return db.session.query(Committee).order_by(Committee.id).first() or committee()


def unit(name: str | None = None, **values: object) -> Unit:
    name = name or f"第{next(_numbers)}局"
    defaults = {
        "committee_id": values.get("committee_id") or the_committee().id,
        "kind": UnitKind.MEMBER,
        "name": name,
        "short_name": name,
    }
    return save(Unit(**{**defaults, **values}))


def group(*units: Unit, **values: object) -> UnitGroup:
    defaults = {"committee_id": the_committee().id, "name": f"单位组{next(_numbers)}"}
    return save(UnitGroup(**{**defaults, **values}, members=[UnitGroupMember(unit_id=u.id) for u in units]))


def person(name: str = "局长", **values: object) -> Person:
    return save(Person(**{"committee_id": the_committee().id, "name": name, **values}))


def post(of: Unit, kind: PostKind = PostKind.HEAD, **values: object) -> Post:
    defaults = {
        "committee_id": of.committee_id,
        "unit_id": of.id,
        "kind": kind,
        "title": "局长",
        "from_on": date(2021, 1, 1),
    }
    return save(Post(**{**defaults, **values}))


def user(*roles: Role, unit: Unit | None = None, **values: object) -> User:
    """An account that cannot sign in by password; see ``actor`` for who acts in most tests."""
    defaults = {
        "committee_id": the_committee().id,
        "name": f"user{next(_numbers)}",
        "display_name": "某账号",
        "password_hash": "!",
        "password_changed_at": clock.now(),
        "unit_id": unit.id if unit else None,
    }
    return save(User(**{**defaults, **values}, roles=[UserRole(role=role) for role in roles or (Role.OBSERVER,)]))


def actor(*roles: Role, unit: Unit | None = None, **values: object) -> Actor:
    """Somebody with an account, ready to act."""
    row = user(*roles, unit=unit, **values)
    held = roles or (Role.OBSERVER,)
    return Actor(
        row.id,
        row.display_name,
        row.committee_id,
        frozenset({unit.id} if unit else ()),
        frozenset(r.value for r in held),
        permissions_of(held),
    )


def director() -> Actor:
    return actor(Role.OFFICE_DIRECTOR, display_name="办公室主任")


def staff() -> Actor:
    return actor(Role.OFFICE_STAFF, display_name="办公室工作人员")


def liaison(of: Unit) -> Actor:
    return actor(Role.LIAISON, unit=of, display_name=f"{of.short_name}联络员")


def head(of: Unit) -> Actor:
    return actor(Role.UNIT_HEAD, unit=of, display_name=f"{of.short_name}负责人")


def meeting_kind(name: str | None = None) -> MeetingKind:
    return save(MeetingKind(committee_id=the_committee().id, name=name or f"会议{next(_numbers)}"))


def meeting(**values: object) -> Meeting:
    defaults = {
        "committee_id": the_committee().id,
        "title": "妇女儿童工作会议",
        "status": MeetingStatus.HELD,
        "held_on": date(2026, 5, 20),
    }
    if "kind_id" not in values:
        defaults["kind_id"] = meeting_kind().id
    return save(Meeting(**{**defaults, **values}))


def speech(of: Meeting, **values: object) -> Speech:
    defaults = {
        "meeting_id": of.id,
        "position": next(_numbers),
        "kind": SpeechKind.ADDRESS,
        "speaker_post": "副县长",
        "text": "要摸清底数，建立台账。",
        "text_status": TextStatus.REVIEWED,
    }
    return save(Speech(**{**defaults, **values}))


def requirement(of: Meeting, **values: object) -> Requirement:
    defaults = {
        "committee_id": of.committee_id,
        "meeting_id": of.id,
        "number": next(_numbers),
        "section": Section.REQUIRED,
        "text": "要摸清底数，建立台账。",
    }
    return save(Requirement(**{**defaults, **values}))


def plan(**values: object) -> Plan:
    defaults = {
        "committee_id": the_committee().id,
        "kind": PlanKind.WOMEN,
        "title": "某县妇女发展规划",
        "from_year": 2021,
        "until_year": 2025,
    }
    return save(Plan(**{**defaults, **values}))


def domain(of: Plan, name: str = "妇女与健康", **values: object) -> Domain:
    return save(Domain(**{"committee_id": of.committee_id, "plan_id": of.id, "position": 1, "name": name, **values}))


def goal(of: Domain, text: str = "孕产妇得到系统管理。", **values: object) -> Goal:
    defaults = {"committee_id": of.committee_id, "plan_id": of.plan_id, "domain_id": of.id, "position": 1, "text": text}
    return save(Goal(**{**defaults, **values}))


def measure(of: Domain, text: str = "加强孕产期保健。", **values: object) -> Measure:
    defaults = {"committee_id": of.committee_id, "plan_id": of.plan_id, "domain_id": of.id, "position": 1, "text": text}
    return save(Measure(**{**defaults, **values}))


def indicator(of: Domain, name: str = "孕产妇系统管理率", units: Sequence[Unit] = (), **values: object) -> Indicator:
    """An indicator; the first of ``units`` leads, the others share the 主要责任."""
    defaults = {"committee_id": of.committee_id, "plan_id": of.plan_id, "domain_id": of.id, "position": 1, "name": name}
    row = Indicator(**{**defaults, **values})
    row.units = [
        IndicatorUnit(unit_id=unit.id, role=Responsibility.MAIN, position=place) for place, unit in enumerate(units)
    ]
    return save(row)


def figure(
    of: Indicator, year: int, amount: str, state: ValueState = ValueState.CHECKED, **values: object
) -> IndicatorValue:
    """The whole figure of the county in a year, checked."""
    defaults = {"committee_id": of.committee_id, "indicator_id": of.id, "year": year, "value": Decimal(amount)}
    return save(IndicatorValue(**{**defaults, "state": state, **values}))


def document(**values: object) -> Document:
    return save(
        Document(**{"committee_id": the_committee().id, "kind": DocumentKind.SCHEME, "title": "评估工作方案", **values})
    )


def task(
    *,
    lead_unit: Unit | None = None,
    cooperating_units: tuple[Unit, ...] | list[Unit] = (),
    status: TaskStatus = TaskStatus.DRAFT,
    due_on: date = date(2026, 9, 30),
    standards: tuple[str, ...] = (),
    **values: object,
) -> Task:
    """A task in a status, as if its steps had been taken; without events and without its share of the totals."""
    lead = lead_unit or unit()
    is_open = status in OPEN
    taken = status not in {TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE, TaskStatus.ISSUED}
    number = next(_numbers)
    defaults = {
        "committee_id": lead.committee_id,
        "title": f"任务{number}",
        "status": status,
        "lead_unit_id": lead.id,
        "original_due_on": due_on,
        "due_on": due_on,
        "is_open": is_open,
        "number": None if status in {TaskStatus.DRAFT, TaskStatus.PENDING_ISSUE} else f"2026-{number:03}",
    }
    parts = [
        TaskUnit(
            unit_id=part.id,
            role=UnitRole.LEAD if n == 0 else UnitRole.COOPERATING,
            position=n,
            is_open=is_open,
            due_on=due_on,
            receipt_due_on=date(2026, 7, 16),
            acknowledged_at=clock.now() if taken else None,
        )
        for n, part in enumerate([lead, *cooperating_units])
    ]
    row = Task(
        **{**defaults, **values},
        units=parts,
        standards=[Standard(position=n, text=text) for n, text in enumerate(standards)],
        stages=[],
        quantities=[],
    )
    return save(row)


def draft(
    *,
    by: Actor | None = None,
    lead_unit: Unit | None = None,
    cooperating_units: tuple[Unit, ...] | list[Unit] = (),
    **values: object,
) -> Task:
    """A task drafted through the action, so that totals count it; loaded in full, for ``step``."""
    by = by or director()
    lead = lead_unit or unit()
    defaults = {
        "title": f"任务{next(_numbers)}",
        "content": "",
        "due_on": date(2026, 9, 30),
        "standards": [],
        "quantities": [],
        "stages": [],
        "source": TaskSource.OFFICE,
        "source_text": "",
        "requirement": None,
        "meeting": None,
        "parent": None,
        "weight": 1,
        "urgency": Urgency.NORMAL,
        "reporting_cycle": ReportingCycle.QUARTERLY,
        "reporting_day": 5,
        "reporting_reason": "",
        "evidence_reason": "",
        "basis": "",
    }
    with transaction(by=by):
        return task_actions.draft_task(
            lead_unit_id=lead.id,
            cooperating_unit_ids=[u.id for u in cooperating_units],
            **{**defaults, **values},
            by=by,
        )


def step(action: Callable[..., Any], of: Task, *, by: Actor, **values: object) -> Any:
    """Carry out an action on a task as a page does: on the row as it is now, in a transaction."""
    with transaction(by=by):
        return action(task_queries.find(of.id, actor=by), by=by, **values)


def issued(**values: object) -> Task:
    row = draft(**values)
    step(task_actions.issue, row, by=director())
    return row


def under_way(**values: object) -> Task:
    """Issued, and acknowledged by its lead."""
    row = issued(**values)
    step(task_actions.acknowledge, row, by=actor(Role.LIAISON, unit=db.session.get(Unit, row.lead_unit_id)))
    return row


def report(of: Task, *, by: Actor, **values: object) -> ProgressReport:
    """A report sent through the action."""
    defaults = {
        "done": "已完成排查。",
        "problems": "",
        "next_steps": "",
        "needs_coordination": False,
        "is_no_change": False,
        "step": Step.UNDER_WAY,
        "head_confirms_every": False,
    }
    return step(task_actions.report_progress, of, by=by, **{**defaults, **values})


def events_of(of: Task) -> list[TaskEvent]:
    """All that was done to the task, oldest first."""
    told = joinedload(TaskEvent.unit), joinedload(TaskEvent.proposed_unit), joinedload(TaskEvent.scan)
    return list(db.session.scalars(of.events.select().options(*told).order_by(TaskEvent.id)))


def instruction(on: Task, **values: object) -> Instruction:
    """What a leader wrote on a task."""
    defaults = {
        "committee_id": on.committee_id,
        "task_id": on.id,
        "text": "请抓紧办理。",
        "leader_name": "副县长",
        "given_on": clock.today(),
        "entered_at": clock.now(),
        "entered_by_name": "副县长",
    }
    return save(Instruction(**{**defaults, **values}))


def supervision_step(of: Task, **values: object) -> SupervisionStep:
    """A 督办单 on a task, without its paper."""
    defaults = {
        "committee_id": of.committee_id,
        "task_id": of.id,
        "unit_id": of.lead_unit_id,
        "kind": StepKind.SUPERVISE,
        "taken_on": clock.today(),
        "taken_at": clock.now(),
        "taken_by_name": "办公室工作人员",
        "notice": SupervisionNotice(),
    }
    return save(SupervisionStep(**{**defaults, **values}))


def attachment(**values: object) -> Attachment:
    defaults = {
        "committee_id": the_committee().id,
        "name": "汇总表.pdf",
        "size": 9,
        "media_type": "application/pdf",
        "sha256": "0" * 64,
        "uploaded_at": clock.now(),
        "uploaded_by_name": "某账号",
    }
    return save(Attachment(**{**defaults, **values}))


def job(kind: str = "jobs.tidy", *, by: Actor | None = None, **values: object) -> Job:
    """A job that waits, without a message in the queue."""
    now = clock.now()
    defaults = {
        "committee_id": by.committee_id if by else None,
        "user_id": by.user_id if by else None,
        "kind": kind,
        "arguments": {},
        "asked_at": now,
        "run_at": now,
        "sent_at": now,
        "reason_details": {},
        "result": {},
    }
    return save(Job(**{**defaults, **values}))


def evaluation(*, by: Actor | None = None, **values: object) -> Evaluation:
    """An evaluation of 2025 that begins today, through the action."""
    by = by or director()
    defaults = {
        "kind": EvaluationKind.FINAL,
        "title": "妇女儿童发展规划终期评估",
        "year": 2025,
        "plans": [],
        "document": None,
        "is_scored": False,
        "days": evaluation_rules.proposed_days(clock.today()),
    }
    with transaction(by=by):
        return evaluation_actions.begin_evaluation(**{**defaults, **values}, by=by)


def handed_out(of: Evaluation, *units: Unit, by: Actor | None = None) -> list[Assessment]:
    """Self-assessments of these units, their tasks issued, in the order of the list."""
    by = by or director()
    with transaction(by=by):
        found = evaluation_queries.find(of.id, actor=by)
        evaluation_actions.hand_out(found, unit_ids=[u.id for u in units], due_on=date(2026, 9, 30), by=by)
    rows = evaluation_queries.assessments(evaluation_queries.find(of.id, actor=by), actor=by)
    return [evaluation_queries.find_assessment(row.id, actor=by) for row in rows]


def visit(of: Evaluation, to: Unit, *, by: Actor | None = None, **values: object) -> Visit:
    """A visit of today to a unit, by a group of its own."""
    by = by or director()
    defaults = {"visited_on": clock.today(), "place": "第一中学"}
    with transaction(by=by):
        found = evaluation_queries.find(of.id, actor=by)
        group = evaluation_actions.add_group(
            found, name=f"第{next(_numbers)}督导组", leader="办公室主任", members="县统计局统计员", by=by
        )
        return evaluation_actions.plan_visit(found, group=group, unit_id=to.id, **{**defaults, **values}, by=by)
