"""When a unit is reminded, which step comes next, what may be done with a step. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.supervision.models import Instruction, IssuedBy, Matter, Rung, StepKind, SupervisionStep
from meetings.tasks.models import Task, TaskStatus
from meetings.tasks.rules import Light, LightCode
from meetings.workdays.rules import Calendar

# Only what is being worked on is reminded of: what waits for a decision, rests or is over owes nothing.
REMINDED = frozenset({TaskStatus.ISSUED, TaskStatus.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Ladder:
    """When reminders go out, in working days about the day that something is owed on, then every ``repeat_days``;
    from how many working days of delay on each step is proposed; who issues and signs a 督办单.

    Source: product.md, Reminder ladder.
    """

    before_working_days: int = 3
    after_working_days: int = 2
    repeat_days: int = 7
    reminds_of_receipts: bool = True
    reminds_of_reports: bool = True
    urge_after: int = 5
    supervise_after: int = 10
    coordinate_after: int = 20
    issued_by: IssuedBy = IssuedBy.COMMITTEE
    signer_post: str = "副主任"


class Planned(NamedTuple):
    """A rung of the ladder, the how-manieth of its kind, and the working day it is for."""

    rung: Rung
    nth: int
    on: date


def planned(owed_on: date, today: date, ladder: Ladder, calendar: Calendar) -> Planned | None:
    """The latest rung whose day has come; None before the first.

    Before the day, on it (on the last working day before, where it is a day of rest), after it, then again and again.
    Of rungs that were missed together only the latest is left: it says more than those before it.
    """
    after = calendar.add(owed_on, max(ladder.after_working_days, 1))
    if today >= after:
        count = (today - after).days // ladder.repeat_days
        while count and _working(after + timedelta(days=count * ladder.repeat_days), calendar) > today:
            count -= 1
        on = _working(after + timedelta(days=count * ladder.repeat_days), calendar)
        return Planned(Rung.WEEKLY, count, on) if count else Planned(Rung.AFTER, 0, after)
    due = owed_on if calendar.is_working(owed_on) else calendar.add(owed_on, -1)
    if today >= due:
        return Planned(Rung.DUE, 0, due)
    before = calendar.add(owed_on, -ladder.before_working_days)
    return Planned(Rung.BEFORE, 0, before) if today >= before else None


def _working(day: date, calendar: Calendar) -> date:
    return day if calendar.is_working(day) else calendar.add(day, 1)


def reminder_key(subject: str, unit_id: int, matter: Matter, owed_on: date, rung: Rung, nth: int) -> str:
    """What a reminder is of: another date is another reminder, the same one is never sent twice."""
    return f"{subject}:{unit_id}:{matter}:{owed_on.isoformat()}:{rung}:{nth}"


# Who sends what the ladder sends.
SYSTEM = "系统"


def kind_of(matter: Matter, rung: Rung) -> str:
    """The code of the notice that a reminder is (``words.NOTICES``)."""
    if rung is Rung.URGED:
        return "tasks.consultation_reminded" if matter is Matter.OPINION else "supervision.urged"
    return f"supervision.{matter}_{'soon' if rung in {Rung.BEFORE, Rung.DUE} else 'late'}"


_LATE = {
    Matter.RECEIPT: "receipt_overdue",
    Matter.REPORT: "report_overdue",
    Matter.TASK: "overdue",
    Matter.OPINION: "opinion_overdue",
}


def light_of(matter: Matter, owed_on: date, today: date, calendar: Calendar) -> Light | None:
    """What a reminder says of how late it is or how close, as the light of that day does; None for what is to come."""
    days = calendar.between(min(owed_on, today), max(owed_on, today))
    if owed_on < today:
        return Light(LightCode.LATE, _LATE[matter], max(1, days))
    match matter:
        case Matter.RECEIPT:
            return Light(LightCode.NEW, "not_acknowledged")
        case Matter.TASK:
            return Light(LightCode.WARN, "due_soon", days)
        case Matter.REPORT | Matter.OPINION:
            return None


class LastStep(NamedTuple):
    """The latest step on a task that holds or is on its way: ``is_issued`` is False while its paper is in 签批."""

    kind: StepKind
    on: date
    answer_by: date | None = None
    answered_on: date | None = None
    is_issued: bool = True


_NEXT = {StepKind.HINT: StepKind.URGE, StepKind.URGE: StepKind.SUPERVISE, StepKind.SUPERVISE: StepKind.COORDINATE}


def proposed(days_late: int, last: LastStep | None, ladder: Ladder, today: date) -> StepKind | None:
    """The step that the office may think of now, by the delay in working days; it is never taken by itself.

    The next one comes after the last one's answer was due, and after an answer that left the task undone.
    """
    step = _NEXT.get(last.kind) if last else StepKind.URGE
    if step is None or (last and not last.is_issued):
        return None
    if last and today <= max(filter(None, (last.on, last.answer_by, last.answered_on))):
        return None
    return step if days_late >= threshold(step, ladder) else None


def threshold(step: StepKind, ladder: Ladder) -> int:
    """From how many working days of delay on the step is proposed."""
    return {
        StepKind.URGE: ladder.urge_after,
        StepKind.SUPERVISE: ladder.supervise_after,
        StepKind.COORDINATE: ladder.coordinate_after,
    }[step]


def check_step(task: Task, by: Actor) -> None:
    """The office supervises what is handed out and not yet done.

    Raises ``NotAllowed("supervision.not_yours")``, ``DomainError("supervision.task_rests")``.
    """
    if by.committee_id != task.committee_id or not by.may("tasks.supervise"):
        raise NotAllowed("supervision.not_yours")
    if task.status not in REMINDED | {TaskStatus.UNIT_REVIEW}:
        raise DomainError("supervision.task_rests")


def answers_for_unit(step: SupervisionStep, by: Actor) -> bool:
    """Whether the actor speaks for the unit that a step is about."""
    return step.unit_id in by.unit_ids and (by.may("tasks.report") or by.may("tasks.approve"))


def check_instruction(by: Actor, *, is_recorded: bool) -> None:
    """A leader gives instructions in person; the office enters what was written on paper."""
    if not by.may("tasks.supervise" if is_recorded else "instructions.give"):
        raise NotAllowed("instruction.not_yours")


def may_answer_instruction(row: Instruction, by: Actor) -> bool:
    """The office answers, and for a task the unit that leads it; needs ``row.task``."""
    if by.committee_id != row.committee_id:
        return False
    leads = row.task is not None and row.task.lead_unit_id in by.unit_ids
    return by.may("tasks.supervise") or (leads and (by.may("tasks.report") or by.may("tasks.approve")))


def check_day(answer_by: date | None, today: date) -> None:
    """An answer is asked for by a day to come."""
    if answer_by is not None and answer_by < today:
        raise DomainError("supervision.answer_by_past", field="answer_by")


def check_ladder(ladder: Ladder) -> None:
    """A step is never proposed before the one that leads to it."""
    if not ladder.urge_after <= ladder.supervise_after <= ladder.coordinate_after:
        raise DomainError("supervision.steps_out_of_order", field="supervise_after")


def month_of(day: date) -> tuple[date, date]:
    """The first day of the month that holds the day, and of the next."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)
