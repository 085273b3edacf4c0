"""Progress reports: who decides on them, when they are owed, what is owed and what waits. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.tasks.models import ProgressReport, ReportingCycle, ReportStatus
from meetings.workdays.rules import Calendar


class ReportAction(StrEnum):
    """What can be done to a progress report that was sent."""

    APPROVE = "approve"
    RETURN = "return"
    ACCEPT = "accept"


def check_report_action(report: ProgressReport, action: ReportAction, actor: Actor) -> ReportStatus:
    """Say what the report becomes, or raise why not.

    The head of the report's own unit approves or returns what waits for the head; the office accepts or returns what
    was submitted to it. Raises ``NotAllowed("report.not_yours")`` or ``DomainError("report.wrong_status")``.
    """
    same = actor.committee_id == report.committee_id
    head = same and actor.may("tasks.approve") and report.unit_id in actor.unit_ids
    office = same and actor.may("tasks.review")
    if (
        not (head or office)
        or (action is ReportAction.APPROVE and not head)
        or (action is ReportAction.ACCEPT and not office)
    ):
        raise NotAllowed("report.not_yours", action=action)
    waits_for_head = report.status is ReportStatus.UNIT_REVIEW
    waits_for_office = report.status is ReportStatus.SUBMITTED
    match action:
        case ReportAction.APPROVE if waits_for_head:
            return ReportStatus.SUBMITTED
        case ReportAction.ACCEPT if waits_for_office:
            return ReportStatus.ACCEPTED
        case ReportAction.RETURN if (waits_for_head and head) or (waits_for_office and office):
            return ReportStatus.RETURNED
        case ReportAction.RETURN if waits_for_head or waits_for_office:
            raise NotAllowed("report.not_yours", action=action)
    raise DomainError("report.wrong_status", action=action, status=report.status)


def available_report_actions(report: ProgressReport, actor: Actor) -> list[ReportAction]:
    """The buttons to show beside a report. The same function decides what the server accepts."""
    shown = []
    for action in ReportAction:
        try:
            check_report_action(report, action, actor)
        except DomainError:
            continue
        shown.append(action)
    return shown


def report_day(cycle: ReportingCycle, reporting_day: int, day: date, calendar: Calendar) -> date | None:
    """The day by which the report on the period that holds ``day`` is owed; None where nothing is owed.

    Monthly and quarterly: ``reporting_day`` (1 to 28) of the month after the period. Weekly: the next such weekday
    (1 Monday … 5 Friday). A day of rest moves to the next working day.
    """
    match cycle:
        case ReportingCycle.NONE:
            return None
        case ReportingCycle.WEEKLY:
            weekday = min(max(reporting_day, 1), 5)
            owed = day + timedelta(days=(weekday - day.isoweekday() - 1) % 7 + 1)
        case ReportingCycle.MONTHLY:
            owed = _day_of_month(day.year, day.month + 1, reporting_day)
        case ReportingCycle.QUARTERLY:
            owed = _day_of_month(day.year, (day.month - 1) // 3 * 3 + 4, reporting_day)
    return owed if calendar.is_working(owed) else calendar.add(owed, 1)


def next_report_day(
    cycle: ReportingCycle, reporting_day: int, sent_on: date, owed_on: date | None, calendar: Calendar
) -> date | None:
    """The day of the next report once one was sent on ``sent_on`` while ``owed_on`` was due.

    One report answers for everything up to the day it was sent, and for the period then owed even if sent early;
    a further one in the same period changes nothing, since the period that is owed next has not begun.
    """
    owed = report_day(cycle, reporting_day, sent_on, calendar)
    if owed and owed_on and owed_on > owed:
        return owed_on
    day = sent_on
    while owed and owed_on and owed <= owed_on:
        day += timedelta(days=7 if cycle is ReportingCycle.WEEKLY else 28)
        owed = report_day(cycle, reporting_day, day, calendar)
    return owed


def _day_of_month(year: int, month: int, day: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, min(max(day, 1), 28))


class OwedKind(StrEnum):
    """What is to be done next; the button that does it is named by this."""

    RECEIPT = "receipt"
    RETURNED = "returned"
    REPORT_RETURNED = "report_returned"
    OVERDUE = "overdue"
    REPORT = "report"
    DUE = "due"


class WaitingKind(StrEnum):
    """What waits for somebody's decision."""

    COMPLETION = "completion"
    REPORT = "report"
    DECLINED = "declined"
    ISSUE = "issue"
    EXTENSION = "extension"
