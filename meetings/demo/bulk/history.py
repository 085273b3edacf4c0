"""Ten years of tasks: units, measures, reports and every step, as their handling would have left them."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from meetings.core import clock
from meetings.demo.bulk.office import YEARS, Held, Office, at
from meetings.demo.bulk.phrases import NAMES, PROOFS, STAGES, Phrases
from meetings.demo.bulk.rows import Rows
from meetings.meetings.models import Section
from meetings.notifications.models import Notice
from meetings.numbering.models import Series
from meetings.tasks.models import (
    ProgressReport,
    Quantity,
    ReportedQuantity,
    ReportStatus,
    StagePoint,
    Standard,
    Step,
    Task,
    TaskAction,
    TaskEvent,
    TaskSource,
    TaskStatus,
    TaskTotal,
    TaskUnit,
    TotalOf,
    UnitRole,
    Urgency,
)
from meetings.tasks.rules import DONE, HANDED_OUT, OPEN, counted_in, counted_percent

S, A = TaskStatus, TaskAction

# A page of one unit's overdue tasks can be filled at any size: this many are overdue and 县教育局's.
CERTAINLY_OVERDUE = 60
OPEN_SHARE = 0.05

# How often, of a hundred, tasks stand where: those still open, those of the same months that are not, older ones.
_OPEN = ((S.IN_PROGRESS, 76), (S.ISSUED, 8), (S.OFFICE_REVIEW, 10), (S.UNIT_REVIEW, 6))
_RECENT = ((S.CLOSED, 40), (S.COMPLETED, 25), (S.CANCELLED, 9), (S.SUSPENDED, 6), (S.DRAFT, 10), (S.PENDING_ISSUE, 10))
_OLD = ((S.CLOSED, 90), (S.COMPLETED, 5), (S.CANCELLED, 5))
# What is done to a task until it stands there, besides its reports.
_BEGUN = (A.SUBMIT_FOR_ISSUE, A.ISSUE, A.ACKNOWLEDGE)
_ASKED = (A.SUBMIT_COMPLETION, A.APPROVE_IN_UNIT)
_BEFORE = {S.DRAFT: 0, S.PENDING_ISSUE: 1, S.ISSUED: 2}
_AFTER: dict[TaskStatus, tuple[TaskAction, ...]] = {
    S.UNIT_REVIEW: (A.SUBMIT_COMPLETION,),
    S.OFFICE_REVIEW: _ASKED,
    S.COMPLETED: (*_ASKED, A.COMPLETE),
    S.CLOSED: (*_ASKED, A.COMPLETE, A.CLOSE),
    S.SUSPENDED: (A.SUSPEND,),
    S.CANCELLED: (A.CANCEL,),
}
_LEADS_TO = {
    A.SUBMIT_FOR_ISSUE: S.PENDING_ISSUE,
    A.ISSUE: S.ISSUED,
    A.ACKNOWLEDGE: S.IN_PROGRESS,
    A.SUBMIT_COMPLETION: S.UNIT_REVIEW,
    A.APPROVE_IN_UNIT: S.OFFICE_REVIEW,
    A.RETURN: S.IN_PROGRESS,
    A.COMPLETE: S.COMPLETED,
    A.CLOSE: S.CLOSED,
    A.SUSPEND: S.SUSPENDED,
    A.CANCEL: S.CANCELLED,
}
_STEPS = (Step.NOT_STARTED, Step.UNDER_WAY, Step.NEARLY_DONE, Step.DONE)


class History:
    """Adds one task after the other, the oldest first; ``finish`` adds the totals and the series of numbers."""

    def __init__(
        self, rows: Rows, chance: Random, phrases: Phrases, office: Office, tasks: int, reports: int | None = None
    ) -> None:
        self._rows = rows
        self._chance = chance
        self._phrases = phrases
        self._office = office
        self._count = tasks
        self._reports_wanted = reports
        self._place = self._reported = 0
        self._today = clock.today()
        self._open_wanted = min(tasks, max(CERTAINLY_OVERDUE, round(tasks * OPEN_SHARE)))
        self._recent_from = tasks - min(tasks, self._open_wanted * 3 // 2)
        self._opened = 0
        self._numbers: Counter[int] = Counter()
        self._totals: dict[tuple[TotalOf, int, TaskStatus], Counter[str]] = defaultdict(Counter)

    def add(self, place: int) -> None:
        """The task at ``place`` (from 0) among all."""
        self._place = place
        chance, phrases, office = self._chance, self._phrases, self._office
        begun_on = self._today - timedelta(days=365 * YEARS - 1 - place * (365 * YEARS - 8) // self._count)
        status = self._status(place)
        overdue_for_certain = status in OPEN and self._opened <= CERTAINLY_OVERDUE
        lead = office.busiest_unit_id if overdue_for_certain else chance.choice(office.unit_ids)
        helpers = [u for u in chance.sample(office.unit_ids, int(chance.random() * 4)) if u != lead]
        due_on = self._due_on(status, begun_on, overdue_for_certain=overdue_for_certain)
        meeting, requirement = self._origin(place)
        is_open = status in OPEN
        task: dict[str, Any] = {
            "title": phrases.title(),
            "content": phrases.content(),
            "source": TaskSource.REQUIREMENT if requirement else TaskSource.OFFICE,
            "source_text": "" if requirement else "办公室交办",
            "meeting_id": meeting.id if meeting else None,
            "requirement_id": requirement[0] if requirement else None,
            "urgency": chance.choice((Urgency.NORMAL, Urgency.NORMAL, Urgency.NORMAL, Urgency.URGENT)),
            "status": status,
            "is_open": is_open,
            "lead_unit_id": lead,
            "original_due_on": due_on,
            "due_on": due_on,
            "basis": "会议纪要" if requirement else "工作要点",
        }
        _Handling(self, task, begun_on, [lead, *helpers]).write()
        subjects = [(TotalOf.COMMITTEE, office.committee_id), (TotalOf.LEAD_UNIT, lead)]
        subjects += [(TotalOf.COOPERATING_UNIT, unit_id) for unit_id in helpers]
        if meeting:
            subjects.append((TotalOf.MEETING, meeting.id))
        columns = tuple(counted_in(status, task.get("submitted_on"), due_on, due_on))
        for of, subject_id in subjects:
            self._totals[of, subject_id, status].update(columns)

    def finish(self) -> None:
        committee_id = self._office.committee_id
        for (of, subject_id, status), counts in sorted(self._totals.items(), key=lambda item: item[0]):
            self._rows.add(TaskTotal, committee_id=committee_id, of=of, subject_id=subject_id, status=status, **counts)
        for year, last in sorted(self._numbers.items()):
            self._rows.add(Series, committee_id=committee_id, kind="task", year=year, last=last)

    def reports_of_next(self) -> int:
        """How many reports the next task taken on has: from 3 to 10, or as many as let all of them be those wanted."""
        drawn = int(self._chance.random() * 8)
        if self._reports_wanted is None:
            return 3 + drawn
        due = self._reports_wanted * (self._place + 1) // self._count - self._reported
        count = max(1, due + drawn % 7 - 3)
        self._reported += count
        return count

    def number(self, issued_on: date) -> str:
        self._numbers[issued_on.year] += 1
        return f"{issued_on.year}-{self._numbers[issued_on.year]:03}"

    def _status(self, place: int) -> TaskStatus:
        left = self._count - place
        if place < self._recent_from:
            return self._weighed(_OLD)
        # Of the recent tasks two of three are open; those still wanted are open whatever comes.
        if self._opened < self._open_wanted and (place % 3 or left <= self._open_wanted - self._opened):
            self._opened += 1
            return self._weighed(_OPEN)
        return self._weighed(_RECENT)

    def _weighed(self, choices: tuple[tuple[TaskStatus, int], ...]) -> TaskStatus:
        drawn = self._chance.random() * sum(weight for _status, weight in choices)
        for status, weight in choices:
            drawn -= weight
            if drawn < 0:
                return status
        return choices[-1][0]

    def _due_on(self, status: TaskStatus, begun_on: date, *, overdue_for_certain: bool) -> date:
        draw = self._chance.random
        if status not in OPEN:
            return begun_on + timedelta(days=30 + int(draw() * 270))
        since = max(1, (self._today - begun_on).days)
        if overdue_for_certain or draw() < 0.3:
            return self._today - timedelta(days=1 + int(draw() * (since - 1)))
        return self._today + timedelta(days=int(draw() * 240))

    def _origin(self, place: int) -> tuple[Held | None, tuple[int, Section, str] | None]:
        """Four tasks of five came of a meeting, held before they began."""
        if place % 5 == 4:
            return None, None
        held = self._office.meetings[place * len(self._office.meetings) // self._count]
        return held, self._chance.choice(held.requirements)


class _Handling:
    """One task's rows, in the order of its steps."""

    def __init__(self, history: History, task: dict[str, Any], begun_on: date, unit_ids: list[int]) -> None:
        self._history = history
        self._rows, self._chance, self._phrases = history._rows, history._chance, history._phrases  # noqa: SLF001 -- its part
        self._office = history._office  # noqa: SLF001
        self._task = task
        self._status: TaskStatus = task["status"]
        self._unit_ids = unit_ids
        self._day = begun_on
        self._last_day = min(history._today, max(begun_on + timedelta(days=20), task["due_on"]))  # noqa: SLF001
        self._moment = at(begun_on, self._chance)
        self._stands = S.DRAFT
        self._steps: list[dict[str, Any]] = []
        self._reports: list[dict[str, Any]] = []
        self._amounts: dict[int, int] = {}

    def write(self) -> None:
        task, chance = self._task, self._chance
        standards = [self._phrases.pick(PROOFS) for _ in range(1 + int(chance.random() * 3))]
        quantity = chance.choice(NAMES) if chance.random() < 0.4 else None
        target = 10 * (1 + int(chance.random() * 40)) if quantity else 0
        for action in _BEGUN[: _BEFORE.get(self._status, len(_BEGUN))]:
            self._step(action)
        if self._stands is S.IN_PROGRESS:
            self._report_often(target)
        for action in _AFTER.get(self._status, ()):
            if action is A.APPROVE_IN_UNIT and chance.random() < 0.1:
                self._step(A.RETURN)
                self._step(A.SUBMIT_COMPLETION)
            self._step(action)
        self._fill(target, len(standards))
        task_id = self._rows.add(Task, committee_id=self._office.committee_id, **task)
        report_ids = [
            self._rows.add(ProgressReport, committee_id=self._office.committee_id, task_id=task_id, **report)
            for report in self._reports
        ]
        self._measures(task_id, standards, quantity, target, report_ids)
        self._parts(task_id)
        for step in self._steps:
            place = step.pop("report", None)
            report_id = None if place is None else report_ids[place]
            self._rows.add(TaskEvent, task_id=task_id, report_id=report_id, **step)

    def _step(self, action: TaskAction, **more: Any) -> None:
        """One event; days go by towards the last day."""
        chance, office = self._chance, self._office
        lead = self._unit_ids[0]
        by = {
            A.SUBMIT_FOR_ISSUE: office.staff,
            A.ACKNOWLEDGE: office.liaisons[lead],
            A.REPORT_PROGRESS: office.liaisons[more.get("unit_id") or lead],
            A.SUBMIT_COMPLETION: office.liaisons[lead],
            A.APPROVE_IN_UNIT: office.heads[lead],
        }.get(action, office.director)
        if action not in {A.SUBMIT_FOR_ISSUE, A.ISSUE}:
            self._day = min(self._last_day, self._day + timedelta(days=1 + int(chance.random() * 3)))
        before, self._stands = self._stands, _LEADS_TO.get(action, self._stands)
        moment = self._moment = min(clock.now(), max(at(self._day, chance), self._moment + timedelta(minutes=1)))
        self._steps.append(
            {
                "action": action,
                "status_before": before,
                "status_after": self._stands,
                "done_at": moment,
                "done_by_id": by[0],
                "done_by_name": by[1],
                "unit_id": lead if by in (office.liaisons[lead], office.heads[lead]) else None,
                "note": "请按完成标准补充材料后再报。" if action is A.RETURN else "",
                **more,
            }
        )
        self._note(action, moment)

    def _note(self, action: TaskAction, moment: datetime) -> None:
        match action:
            case A.ISSUE:
                self._task["issued_at"] = moment
                self._task["number"] = self._history.number(self._day)
            case A.SUBMIT_COMPLETION:
                self._task.update(submitted_at=moment, submitted_on=self._day, completion_note=self._phrases.done())
            case A.COMPLETE:
                self._task["completed_at"] = moment
            case A.CLOSE:
                self._task["closed_at"] = moment
            case A.SUSPEND:
                self._task["status_before"] = S.IN_PROGRESS

    def _report_often(self, target: int) -> None:
        """Some reports, most and the last by the lead, each further than the one before."""
        chance, phrases = self._chance, self._phrases
        count = self._history.reports_of_next()
        pause = max(1, (self._last_day - self._day).days // (count + 1))
        for n in range(1, count + 1):
            unit_id = self._unit_ids[0] if n == count or chance.random() < 0.75 else chance.choice(self._unit_ids)
            self._day = min(self._last_day, self._day + timedelta(days=pause - 1))
            done = phrases.done()
            self._step(A.REPORT_PROGRESS, unit_id=unit_id, report=n - 1, note=done)
            step = _STEPS[min(3, n * 4 // (count + 1))]
            amount = target * n // count if unit_id == self._unit_ids[0] else 0
            if target and amount:
                self._amounts[n - 1] = amount
            shares = [(Decimal(target), Decimal(amount))] if amount else []
            waits = n == count and self._status in OPEN and chance.random() < 0.15
            decided_at = None if waits else self._moment
            self._reports.append(
                {
                    "unit_id": unit_id,
                    "status": ReportStatus.SUBMITTED if waits else ReportStatus.ACCEPTED,
                    "done": done,
                    "problems": phrases.problems(),
                    "next_steps": phrases.next_steps(),
                    "needs_coordination": chance.random() < 0.03,
                    "step": step,
                    "percent_done": counted_percent(shares, met_count=0, standard_count=0, step=step),
                    "submitted_at": self._steps[-1]["done_at"],
                    "submitted_by_id": self._office.liaisons[unit_id][0],
                    "submitted_by_name": self._office.liaisons[unit_id][1],
                    "decided_at": decided_at,
                    "decided_by_name": self._office.staff[1] if decided_at else "",
                    "owed_on": self._day,
                }
            )

    def _fill(self, target: int, standards: int) -> None:
        """The task's progress as its lead's reports and ticks leave it."""
        of_lead = [report for report in self._reports if report["unit_id"] == self._unit_ids[0]]
        amount = max(self._amounts.values(), default=0)
        shares = [(Decimal(target), Decimal(amount))] if target else []
        met = standards if self._is_done else 0
        step = of_lead[-1]["step"] if of_lead else Step.NOT_STARTED
        self._task["percent_done"] = counted_percent(shares, met_count=met, standard_count=standards, step=step)

    @property
    def _is_done(self) -> bool:
        return self._status in DONE

    def _measures(
        self, task_id: int, standards: list[str], quantity: tuple[str, str] | None, target: int, report_ids: list[int]
    ) -> None:
        met_at = self._task.get("submitted_at") if self._is_done else None
        for position, words in enumerate(standards):
            self._rows.add(
                Standard,
                task_id=task_id,
                position=position,
                text=words,
                met_at=met_at,
                met_by_name=self._office.liaisons[self._unit_ids[0]][1] if met_at else "",
                report_id=report_ids[-1] if met_at and report_ids else None,
            )
        if self._chance.random() < 0.2:
            stage_on = self._task["due_on"] - timedelta(days=10)
            self._rows.add(StagePoint, task_id=task_id, due_on=stage_on, text=self._phrases.pick(STAGES), met_at=met_at)
        if quantity is None:
            return
        total = max(self._amounts.values(), default=0)
        quantity_id = self._rows.add(
            Quantity,
            task_id=task_id,
            position=0,
            name=quantity[0],
            measure=quantity[1],
            target=Decimal(target),
            total=Decimal(total),
            as_of=self._day if total else None,
        )
        before = 0
        for place, amount in self._amounts.items():
            self._rows.add(
                ReportedQuantity,
                report_id=report_ids[place],
                quantity_id=quantity_id,
                this_period=Decimal(amount - before),
                total=Decimal(amount),
            )
            before = amount

    def _parts(self, task_id: int) -> None:
        task, chance = self._task, self._chance
        issued_at = task.get("issued_at") if self._status in HANDED_OUT else None
        today = clock.today()
        taken = issued_at if self._status is not S.ISSUED else None
        for position, unit_id in enumerate(self._unit_ids):
            last = next((r for r in reversed(self._reports) if r["unit_id"] == unit_id), None)
            owed = today + timedelta(days=int(chance.random() * 90) - 9) if taken and self._status in OPEN else None
            self._rows.add(
                TaskUnit,
                task_id=task_id,
                unit_id=unit_id,
                role=UnitRole.COOPERATING if position else UnitRole.LEAD,
                position=position,
                is_open=task["is_open"],
                due_on=task["due_on"],
                receipt_due_on=clock.local(issued_at).date() + timedelta(days=2) if issued_at else None,
                acknowledged_at=taken,
                report_due_on=owed,
                reported_at=last["submitted_at"] if last else None,
                percent_done=(task["percent_done"] if not position else last["percent_done"]) if last else 0,
                step=last["step"] if last else Step.NOT_STARTED,
            )
            if issued_at:
                self._tell(task_id, unit_id, issued_at)

    def _tell(self, task_id: int, unit_id: int, issued_at: datetime) -> None:
        """The notice to the unit's liaison when the task was issued; those of the last month wait to be read."""
        is_read = clock.local(issued_at).date() < clock.today() - timedelta(days=30)
        self._rows.add(
            Notice,
            committee_id=self._office.committee_id,
            user_id=self._office.liaisons[unit_id][0],
            kind="tasks.issued",
            unit_id=unit_id,
            number=self._task["number"],
            title=self._task["title"],
            day=clock.local(issued_at).date() + timedelta(days=2),
            path=f"/tasks/{task_id}",
            is_urgent=False,
            created_at=issued_at,
            read_at=issued_at + timedelta(hours=3) if is_read else None,
            told_at=issued_at,
        )
