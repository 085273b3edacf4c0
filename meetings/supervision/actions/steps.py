"""Steps of supervision: each is a row on the task with who, when and what the unit answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from meetings.approvals.actions import Signature, check_signature
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.directory.models import Unit
from meetings.notifications.actions import readers_of
from meetings.supervision import queries, rules
from meetings.supervision.actions.ladder import Due, send
from meetings.supervision.models import Matter, Rung, StepKind, SupervisionNotice, SupervisionStep
from meetings.supervision.queries.ladder import Owing
from meetings.tasks.models import Task, TaskUnit, UnitRole
from meetings.tasks.rules import Light, lead_part
from meetings.workdays.queries import calendar


def urge(
    tasks: Iterable[Task],
    *,
    text: str,
    answer_by: date | None,
    with_helpers: bool = False,
    say: Callable[[Light], str],
    by: Actor,
) -> Mapping[int, DomainError | None]:
    """Remind the lead of each task by hand (催办), at once; beside each task's id stands None or the refusal.

    Needs ``task.units``. ``with_helpers``: those too that have not reported. Raises ``supervision.answer_by_past``.
    """
    rules.check_day(answer_by, clock.today())
    outcomes: dict[int, DomainError | None] = {}
    due: list[Due] = []
    for task in sorted(tasks, key=lambda row: row.id):
        try:
            rules.check_step(task, by)
        except NotAllowed:
            raise
        except DomainError as refusal:
            outcomes[task.id] = refusal
            continue
        step = _add(task, StepKind.URGE, text=text, answer_by=answer_by, by=by)
        due += [_by_hand(task, part, step) for part in _urged(task, with_helpers=with_helpers)]
        outcomes[task.id] = None
    if due:
        send(due, calendar(by.committee_id), readers_of(by.committee_id), say=say, by=by, is_urgent=True)
    return outcomes


def _urged(task: Task, *, with_helpers: bool) -> list[TaskUnit]:
    helpers = [part for part in task.units if part.role is UnitRole.COOPERATING and part.reported_at is None]
    return [lead_part(task), *(helpers if with_helpers else ())]


def _by_hand(task: Task, part: TaskUnit, step: SupervisionStep) -> Due:
    takes = part.acknowledged_at is not None
    owed_on = task.due_on if takes else part.receipt_due_on or task.due_on
    matter = Matter.TASK if takes else Matter.RECEIPT
    owing = Owing(task.id, part.unit_id, task.number or "", task.title, task.issued_at, matter, owed_on)
    return Due(owing, Rung.URGED, clock.today(), f"{task.id}:{part.unit_id}:{Rung.URGED}:{step.id}")


def take_step(
    task: Task,
    *,
    kind: StepKind,
    text: str,
    answer_by: date | None = None,
    signature: Signature | None = None,
    by: Actor,
) -> SupervisionStep:
    """Write down that the office asked a leader to coordinate, handed the task to the government's inspection office,
    named it in a bulletin or gave a hint. Needs ``task.units``.

    Raises ``NotAllowed``, ``supervision.task_rests``, ``supervision.answer_by_past``, and what a signature raises.
    """
    rules.check_step(task, by)
    rules.check_day(answer_by, clock.today())
    if signature is not None:
        check_signature(signature, committee_id=task.committee_id)
    step = _add(task, kind, text=text, answer_by=answer_by, by=by)
    if signature is not None:
        step.signed_by, step.signed_on = signature.signed_by.strip()[:100], signature.signed_on
        step.signed_words, step.scan_id = signature.words.strip(), signature.scan.id if signature.scan else None
    return step


def begin_notice(task: Task, approval_id: int, *, answer_by: date | None, by: Actor) -> SupervisionStep:
    """A 督办通知单 is drafted: the step holds once its paper is issued. At most one a month for a task.

    Raises ``NotAllowed``, ``supervision.task_rests``, ``supervision.month_taken``.
    """
    rules.check_step(task, by)
    first, next_first = rules.month_of(clock.today())
    if queries.notice_between(task, first, next_first):
        raise DomainError("supervision.month_taken", field="task")
    step = _add(task, StepKind.SUPERVISE, text="", answer_by=answer_by, by=by)
    step.approval_id = approval_id
    db.session.add(SupervisionNotice(step_id=step.id))
    return step


def begin_reminder(tasks: Sequence[Task], approval_id: int, *, unit_id: int, answer_by: date | None, by: Actor) -> None:
    """A 催办通知 to one unit is drafted: a step on each of its tasks, which hold once the paper is issued."""
    for task in tasks:
        rules.check_step(task, by)
        step = _add(task, StepKind.URGE, text="", answer_by=answer_by, by=by)
        step.approval_id, step.unit_id = approval_id, unit_id


def put_off_answer(approval_id: int, *, answer_by: date | None) -> None:
    """The draft of a paper asks for the answer by another day."""
    for step in queries.steps_of_paper(approval_id):
        step.answer_by = answer_by


def answer(step: SupervisionStep, *, answer: str, answered_on: date | None = None, by: Actor) -> None:
    """What the unit did about it. The office enters what came on paper, with its day (代录).

    Raises ``NotAllowed("supervision.answer_not_yours")``, ``supervision.answered``, ``supervision.day_in_future``.
    """
    is_unit = rules.answers_for_unit(step, by)
    if not is_unit and not by.may("tasks.enter_for_unit"):
        raise NotAllowed("supervision.answer_not_yours")
    if step.answered_at is not None:
        raise DomainError("supervision.answered")
    today = clock.today()
    if answered_on is not None and answered_on > today:
        raise DomainError("supervision.day_in_future", field="answered_on")
    step.answer = answer.strip()
    step.answered_at, step.answered_on = clock.now(), (None if is_unit else answered_on) or today
    step.answered_by_name, step.is_recorded = by.name[:100], not is_unit


def receive(step: SupervisionStep, *, by: Actor) -> None:
    """The unit acknowledges a 督办通知单. Needs ``step.notice``. Raises ``NotAllowed``, ``supervision.received``."""
    if not rules.answers_for_unit(step, by):
        raise NotAllowed("supervision.answer_not_yours")
    notice = step.notice
    if notice is None or notice.received_on is not None:
        raise DomainError("supervision.received")
    notice.received_on, notice.received_by = clock.today(), by.name[:100]


def record_notice(notice: SupervisionNotice, *, by: Actor, **values: str | date | None) -> None:
    """Enter what stands on the second part: receipt, opinions of the unit, the office and the leader.

    Raises ``NotAllowed``, ``supervision.day_in_future`` for the field that is.
    """
    if not by.may("tasks.supervise"):
        raise NotAllowed("supervision.not_yours")
    today = clock.today()
    for name, value in values.items():
        if isinstance(value, date) and value > today:
            raise DomainError("supervision.day_in_future", field=name)
        setattr(notice, name, value)


def follow_merge(sender: Unit, *, into: Unit, by: Actor) -> None:
    """What a merged unit was asked and has not answered is the other one's to answer."""
    for step in queries.unanswered_of(sender.id):
        step.unit_id = into.id


def _add(task: Task, kind: StepKind, *, text: str, answer_by: date | None, by: Actor) -> SupervisionStep:
    step = SupervisionStep(
        committee_id=task.committee_id,
        task_id=task.id,
        unit_id=task.lead_unit_id,
        kind=kind,
        text=text.strip(),
        taken_on=clock.today(),
        taken_at=clock.now(),
        taken_by_id=by.user_id,
        taken_by_name=by.name[:100],
        answer_by=answer_by,
    )
    db.session.add(step)
    db.session.flush()
    return step
