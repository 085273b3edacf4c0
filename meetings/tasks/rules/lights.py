"""The lights: computed from days, never stored. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meetings.tasks.models import Task, TaskStatus, TaskUnit
from meetings.tasks.rules.handling import OPEN, lead_part
from meetings.workdays.rules import Calendar


class LightCode(StrEnum):
    """The six lights; the names are those of the marks that pages and papers draw."""

    NEW = "new"
    OK = "ok"
    WARN = "warn"
    LATE = "late"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Light:
    """A light and why it shows so: ``reason`` is a code of ``words.LIGHTS``, ``days`` working days.

    ``on`` is the day of the stage point that a task is behind.
    """

    code: LightCode
    reason: str
    days: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class LightOptions:
    """What an office sets (product.md, Lights): from how many working days before its date a task is yellow, within
    how many a receipt is owed, and whether a late receipt, a late report and a missed stage point change the colour.
    """

    due_soon_working_days: int = 3
    receipt_working_days: int = 2
    counts_receipts: bool = True
    counts_reports: bool = True
    counts_stages: bool = True


_NEVER = date.min  # before every day, so that nothing is late by it


@dataclass(frozen=True, slots=True)
class LightRule:
    """The options as days, by which a light is told: ``soon`` is the last day that counts as close.

    A receipt, a report or a stage point of before its ``…_before`` is late; where it does not count, none ever is.
    """

    today: date
    calendar: Calendar
    soon: date
    receipt_before: date
    report_before: date
    stage_before: date

    @classmethod
    def of(cls, today: date, calendar: Calendar, options: LightOptions = LightOptions()) -> "LightRule":
        return cls(
            today,
            calendar,
            soon=calendar.add(today, options.due_soon_working_days),
            receipt_before=today if options.counts_receipts else _NEVER,
            report_before=today if options.counts_reports else _NEVER,
            stage_before=today if options.counts_stages else _NEVER,
        )


def light(
    status: TaskStatus,
    due_on: date,
    rule: LightRule,
    *,
    receipt_due_on: date | None = None,
    acknowledged: bool = True,
    report_due_on: date | None = None,
    next_stage_on: date | None = None,
    submitted_on: date | None = None,
) -> Light | None:
    """The light of a task or of one unit's part in it; first match wins. None for drafts, suspended and cancelled ones.

    ``submitted_on`` is the day completion was asked for and not returned since: an unreviewed report never makes
    a unit late. Colour depends on dates only, never on elapsed time alone (product.md, Lights).
    """
    if status is TaskStatus.CLOSED:
        return Light(LightCode.CLOSED, "closed")
    if status is TaskStatus.COMPLETED:
        return Light(LightCode.DONE, "completed")
    if status not in OPEN:
        return None
    return (
        _lateness(rule, due_on, receipt_due_on if not acknowledged else None, report_due_on, submitted_on)
        or (Light(LightCode.NEW, "not_acknowledged") if not acknowledged else None)
        or (_warning(rule, due_on, next_stage_on) if submitted_on is None else None)
        or Light(LightCode.OK, "on_course")
    )


def _lateness(
    rule: LightRule, due_on: date, receipt_due_on: date | None, report_due_on: date | None, submitted_on: date | None
) -> Light | None:
    """What is past its day, first match wins: the task, an owed report, a receipt that is still owed."""
    today = rule.today
    reached = submitted_on or today
    if due_on < reached:
        return Light(LightCode.LATE, "overdue", max(1, rule.calendar.between(due_on, reached)))
    if report_due_on and report_due_on < rule.report_before and submitted_on is None:
        return Light(LightCode.LATE, "report_overdue", max(1, rule.calendar.between(report_due_on, today)))
    if receipt_due_on and receipt_due_on < rule.receipt_before:
        return Light(LightCode.LATE, "receipt_overdue", max(1, rule.calendar.between(receipt_due_on, today)))
    return None


def _warning(rule: LightRule, due_on: date, next_stage_on: date | None) -> Light | None:
    """Close to its date, or behind a stage point."""
    if due_on <= rule.soon:
        return Light(LightCode.WARN, "due_soon", rule.calendar.between(rule.today, due_on))
    if next_stage_on and next_stage_on < rule.stage_before:
        return Light(LightCode.WARN, "behind_stage", on=next_stage_on)
    return None


def light_of(task: Task, rule: LightRule) -> Light | None:
    """The light of a task, which is that of its lead; needs ``task.units``."""
    return light_of_part(task, lead_part(task), rule)


def light_of_part(task: Task, part: TaskUnit, rule: LightRule) -> Light | None:
    """The light of one unit's part: its own receipt and report, the task's date and stage."""
    return light(
        task.status,
        task.due_on,
        rule,
        receipt_due_on=part.receipt_due_on,
        acknowledged=part.acknowledged_at is not None,
        report_due_on=part.report_due_on,
        next_stage_on=task.next_stage_on,
        submitted_on=task.submitted_on,
    )


def next_stage(points: Iterable[tuple[date, bool]]) -> date | None:
    """The earliest stage point (day, met) that is not met."""
    return min((day for day, met in points if not met), default=None)
