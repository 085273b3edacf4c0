"""Tasks as papers show them, as they stood at the end of a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from meetings.core import clock
from meetings.meetings import words as meeting_words
from meetings.meetings.models import Requirement, TextStatus
from meetings.reporting.queries.sources import Sources
from meetings.tasks import rules, words
from meetings.tasks.models import (
    ProgressReport,
    ReportStatus,
    Task,
    TaskAction,
    TaskEvent,
    TaskStatus,
    TaskUnit,
    UnitRole,
)
from reports import facts

COMPLETION_RULE = "已办结（含已销号）任务数 ÷ 已交办任务数（不含撤销）"
ON_TIME_RULE = "不晚于{kind}时限申请办结（按申请之日）的任务数 ÷ 已办结（含已销号）任务数"

_LIGHTS: dict[rules.LightCode, facts.LightCode] = {
    rules.LightCode.NEW: "hollow",
    rules.LightCode.OK: "green",
    rules.LightCode.WARN: "yellow",
    rules.LightCode.LATE: "red",
    rules.LightCode.DONE: "blue",
    rules.LightCode.CLOSED: "black",
}
# What counts in a chart, in the order of the lights.
CHARTED: tuple[tuple[facts.LightCode, str], ...] = tuple(
    (_LIGHTS[code], word) for code, word in words.LIGHT_NAMES.items()
)
# Steps inside the office, before a task was handed out, are no part of its course on paper.
_COURSE = frozenset(TaskAction) - {
    TaskAction.SUBMIT_FOR_ISSUE,
    TaskAction.CONSULT,
    TaskAction.END_CONSULTATION,
}
_APPROVALS = frozenset({TaskAction.ISSUE, TaskAction.APPROVE_IN_UNIT, TaskAction.COMPLETE, TaskAction.CLOSE})
_REPORT_STATES = {ReportStatus.SUBMITTED: "已报送", ReportStatus.ACCEPTED: "已采纳"}


@dataclass(frozen=True, slots=True)
class Moment:
    """The day a paper is about: ``until`` is its end, an instant; ``rule`` counts lights on it."""

    as_of: date
    until: datetime
    rule: rules.LightRule
    is_today: bool

    @classmethod
    def of(cls, as_of: date, rule: rules.LightRule) -> "Moment":
        """The end of the day ``as_of``, for which the rule is."""
        until = datetime.combine(as_of + timedelta(days=1), time(), clock.local(clock.now()).tzinfo)
        return cls(as_of, until, rule, as_of >= clock.today())


@dataclass(frozen=True, slots=True)
class Standing:
    """A task as it stood: of an earlier day read from its events and reports, of today from its row."""

    status: TaskStatus
    submitted_on: date | None
    completed_on: date | None
    closed_on: date | None


def standing(task: Task, events: Sequence[TaskEvent], moment: Moment) -> Standing | None:
    """How the task stood, or None where it did not exist yet. Owed reports of earlier days are not known any more."""
    if moment.is_today:
        return Standing(task.status, task.submitted_on, _day(task.completed_at), _day(task.closed_at))
    if not events:
        return None
    submitted = completed = closed = None
    for event in events:
        match event.action:
            case TaskAction.SUBMIT_COMPLETION:
                submitted = _day(event.done_at)
            case TaskAction.RETURN | TaskAction.REOPEN:
                submitted = completed = closed = None
            case TaskAction.COMPLETE:
                completed = _day(event.done_at)
            case TaskAction.CLOSE:
                closed = _day(event.done_at)
    return Standing(events[-1].status_after, submitted, completed, closed)


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def _before(at: datetime | None, moment: Moment) -> datetime | None:
    return at if at is not None and at < moment.until else None


def light_of(task: Task, part: TaskUnit, stood: Standing, moment: Moment) -> facts.Light:
    """The light of a unit's part; a task without one shows its state in grey."""
    found = rules.light(
        stood.status,
        task.due_on,
        moment.rule,
        receipt_due_on=part.receipt_due_on,
        acknowledged=_before(part.acknowledged_at, moment) is not None,
        report_due_on=part.report_due_on if moment.is_today else None,
        next_stage_on=task.next_stage_on,
        submitted_on=stood.submitted_on,
    )
    return shown_light(found, stood.status)


def shown_light(found: rules.Light | None, status: TaskStatus) -> facts.Light:
    """A light as papers show it; none at all is the state in grey."""
    if found is None:
        return facts.Light(code="grey", word=words.STATUSES[status])
    code = "late_receipt" if found.reason == "receipt_overdue" else _LIGHTS[found.code]
    return facts.Light(code=code, word=words.reason_of(found, words.in_chinese))


def task_facts(sources: Sources, moment: Moment) -> dict[int, facts.TaskFacts]:
    """Each task that existed at the moment, by its id, in the order of the sources."""
    shown = {}
    for task in sources.tasks:
        stood = standing(task, sources.events.get(task.id, ()), moment)
        if stood is not None:
            shown[task.id] = _facts_of(task, stood, sources, moment)
    return shown


def _facts_of(task: Task, stood: Standing, sources: Sources, moment: Moment) -> facts.TaskFacts:
    events = sources.events.get(task.id, ())
    lead = rules.lead_part(task)
    latest = sources.latest.get((task.id, lead.unit_id))
    issued = [event for event in events if event.action is TaskAction.ISSUE]
    return facts.TaskFacts(
        number=task.number or "",
        title=task.title,
        state=words.STATUSES[stood.status],
        light=light_of(task, lead, stood, moment),
        lead=_participation(task, lead, stood, sources, moment),
        cooperating=tuple(
            _participation(task, part, stood, sources, moment)
            for part in task.units
            if part.role is UnitRole.COOPERATING
        ),
        content=task.content,
        source=source_of(task),
        standards=tuple(
            facts.Standard(text=standard.text, is_met=_before(standard.met_at, moment) is not None)
            for standard in task.standards
        ),
        quantities=_quantities(task, latest, moment),
        issued_on=_day(issued[-1].done_at) if issued else _day(_before(task.issued_at, moment)),
        issued_by=(issued[-1].signed_by or issued[-1].done_by_name) if issued else "",
        original_due_on=task.original_due_on,
        due_on=task.due_on,
        progress=progress_of(task, latest, moment),
        latest=_note(latest, lead) if latest else None,
        evidence=tuple(sources.evidence.get(task.id, ())),
        approvals=tuple(_approval(event) for event in events if event.action in _APPROVALS and not _is_told(event)),
        steps=tuple(_step(event) for event in events if event.action in _COURSE),
        is_cancelled=stood.status is TaskStatus.CANCELLED,
    )


def _participation(
    task: Task, part: TaskUnit, stood: Standing, sources: Sources, moment: Moment
) -> facts.Participation:
    latest = sources.latest.get((task.id, part.unit_id))
    receipts = [
        event
        for event in sources.events.get(task.id, ())
        if event.action is TaskAction.ACKNOWLEDGE and event.unit_id == part.unit_id
    ]
    return facts.Participation(
        unit=part.unit.name,
        light=light_of(task, part, stood, moment),
        acknowledged_on=_day(_before(part.acknowledged_at, moment)),
        acknowledged_by=receipts[-1].done_by_name if receipts else "",
        progress=words.STEPS[latest.step] if latest else "",
        latest=_note(latest, part) if latest and part.role is UnitRole.COOPERATING else None,
    )


def _note(report: ProgressReport, part: TaskUnit) -> facts.ProgressNote:
    decided = _REPORT_STATES.get(report.status, "已报送")
    return facts.ProgressNote(
        unit=part.unit.name,
        on=clock.local(report.submitted_at).date(),
        text=report.done or ("本期无进展变化" if report.is_no_change else ""),
        by=report.submitted_by_name + ("（办公室代录）" if report.is_entered_by_office else ""),
        state=decided,
        problems=report.problems,
        next_steps=report.next_steps,
    )


def _quantities(task: Task, latest: ProgressReport | None, moment: Moment) -> tuple[facts.Quantity, ...]:
    reported = {each.quantity_id: each for each in latest.quantities} if latest else {}
    rows = []
    for quantity in task.quantities:
        said = reported.get(quantity.id)
        total = quantity.total if moment.is_today else said.total if said else None
        rows.append(
            facts.Quantity(
                name=quantity.name,
                unit=quantity.measure,
                target=rules.plain_amount(quantity.target) if quantity.target is not None else "",
                total=rules.plain_amount(total) if total is not None else "",
                period=rules.plain_amount(said.this_period) if said else "",
            )
        )
    return tuple(rows)


def progress_of(task: Task, latest: ProgressReport | None, moment: Moment) -> str:
    """The percentage and what it counts: quantities, then ticked standards, then the step."""
    percent = task.percent_done if moment.is_today else latest.percent_done if latest else 0
    measured = [quantity for quantity in task.quantities if quantity.target]
    if measured and moment.is_today:
        counted = "、".join(
            f"{rules.plain_amount(q.total)} ÷ {rules.plain_amount(q.target)} {q.measure}" for q in measured if q.target
        )
        return f"{percent}%（{counted}）"
    met = sum(_before(standard.met_at, moment) is not None for standard in task.standards)
    if met:
        return f"{percent}%（完成标准 {met} ÷ {len(task.standards)} 项）"
    return f"{percent}%（{words.STEPS[latest.step]}）" if latest else "未报进展"


def source_of(task: Task) -> str:
    """Where the task comes from: its words, or the requirement of its meeting."""
    if task.source_text:
        return task.source_text
    if task.requirement and task.meeting:
        section = meeting_words.SECTIONS[task.requirement.section]
        return f"{task.meeting.title}，{section}第{task.requirement.number}条"
    return task.meeting.title if task.meeting else task.basis or words.SOURCES[task.source]


def _is_told(event: TaskEvent) -> bool:
    """An issue on line without words is told by who issued the task, and when."""
    return event.action is TaskAction.ISSUE and not event.signed_by and not event.note


def _manner(event: TaskEvent) -> str:
    return "线下签批" if event.signed_by else "线上签批"


def _approval(event: TaskEvent) -> facts.Approval:
    return facts.Approval(
        matter=words.EVENTS[event.action],
        manner=_manner(event),
        signer=event.signed_by or event.done_by_name,
        on=event.signed_on or clock.local(event.done_at).date(),
        words=event.signed_words or ("" if event.signed_by else event.note),
        recorded_by=event.done_by_name if event.signed_by else "",
        scan=event.scan.name if event.scan else "",
    )


def _step(event: TaskEvent) -> facts.Step:
    signed = f"线下签批（{event.done_by_name}代录）" if event.signed_by else ""
    return facts.Step(
        on=event.signed_on or clock.local(event.done_at),
        action=words.EVENTS[event.action],
        unit=event.unit.name if event.unit else "",
        by=event.signed_by or event.done_by_name,
        manner=signed or ("线上签批" if event.action in _APPROVALS else ""),
        note=event.signed_words or event.note,
    )


# --- figures --------------------------------------------------------------------------------------------------------


def states(lights: Iterable[facts.Light]) -> tuple[facts.Count, ...]:
    """How many show each light, for the chart; what has none (drafts, suspended, cancelled) by its state."""
    counted: Counter[tuple[facts.LightCode, str]] = Counter()
    for light in lights:
        code: facts.LightCode = "red" if light.code == "late_receipt" else light.code
        counted[code, light.word if code == "grey" else ""] += 1
    rest = (
        TaskStatus.DRAFT,
        TaskStatus.CONSULTING,
        TaskStatus.PENDING_ISSUE,
        TaskStatus.SUSPENDED,
        TaskStatus.CANCELLED,
    )
    return (
        *(facts.Count(label=word, value=counted[code, ""], light=code) for code, word in CHARTED),
        *(
            facts.Count(label=words.STATUSES[status], value=count, light="grey")
            for status in rest
            if (count := counted["grey", words.STATUSES[status]])
        ),
    )


def rates(rows: Iterable[tuple[Task, Standing]]) -> tuple[facts.Rate, ...]:
    """办结率, and on time by both dates."""
    counted = [
        (task, stood)
        for task, stood in rows
        if stood.status in rules.HANDED_OUT and stood.status is not TaskStatus.CANCELLED
    ]
    done = [(task, stood) for task, stood in counted if stood.status in rules.DONE]
    by_original = sum(rules.is_on_time(stood.submitted_on, task.original_due_on) for task, stood in done)
    by_present = sum(rules.is_on_time(stood.submitted_on, task.due_on) for task, stood in done)
    return (
        facts.Rate(label="办结率", numerator=len(done), denominator=len(counted), rule=COMPLETION_RULE),
        _on_time_rate("原定", by_original, len(done)),
        _on_time_rate("现定", by_present, len(done)),
    )


def _on_time_rate(kind: str, numerator: int, denominator: int) -> facts.Rate:
    rule = ON_TIME_RULE.format(kind=kind)
    return facts.Rate(label=f"按期办结率（{kind}时限）", numerator=numerator, denominator=denominator, rule=rule)


# --- meetings -------------------------------------------------------------------------------------------------------


def citation(requirement: Requirement) -> str:
    """How the words may be cited: reviewed by whom and when, or as a report of the meeting only."""
    speech = requirement.speech
    if speech is None:
        return ""
    word = meeting_words.TEXT_STATUSES[speech.text_status]
    if speech.text_status is TextStatus.REVIEWED:
        said = "，".join(
            filter(None, [speech.reviewed_by, facts.day_text(speech.reviewed_on) if speech.reviewed_on else ""])
        )
        return f"{word}（{said}）" if said else word
    return word
