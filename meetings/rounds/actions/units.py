"""One unit's whole report of a round: sent once, let go by its head, taken or returned by the office as one."""

from meetings.accounts.models import Role
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.notifications.actions import tell
from meetings.rounds import queries
from meetings.rounds.models import RoundStatus, RoundUnit
from meetings.tasks import actions as task_actions
from meetings.tasks.models import ProgressReport
from meetings.tasks.rules import ReportAction, available_report_actions


def check_reporting(owing: RoundUnit, task_ids: set[int], *, by: Actor) -> None:
    """Refuse a report of a round that takes none, or that was sent by somebody else a moment ago.

    ``owing`` was loaded to be changed: of two reports of one unit the second waits here for the first. Raises
    ``DomainError`` ``round.not_open``, ``round.reported_meanwhile``.
    """
    if owing.round.status is not RoundStatus.OPEN:
        raise DomainError("round.not_open")
    now = queries.lines_of(owing)
    if any(line.task_id in task_ids and (line.report_id or line.waits_for_head) for line in now.lines):
        raise DomainError("round.reported_meanwhile")


def approve_unit(owing: RoundUnit, *, by: Actor) -> int:
    """The unit's head lets all that waits go to the office; how many reports."""
    reports = _that_take(ReportAction.APPROVE, owing, by)
    for report in reports:
        task_actions.approve_report(report, by=by)
    return len(reports)


def accept_unit(owing: RoundUnit, *, by: Actor) -> int:
    """The office takes all that the unit sent; how many reports."""
    return task_actions.accept_reports(_that_take(ReportAction.ACCEPT, owing, by), by=by)


def return_unit(owing: RoundUnit, *, reason: str, by: Actor) -> int:
    """All that waits comes back to the unit with one reason, and is owed again; one notice for all of it."""
    reports = _that_take(ReportAction.RETURN, owing, by)
    for report in reports:
        task_actions.return_report(report, reason=reason, is_told=False, by=by)
    tell(
        "rounds.returned",
        roles={Role.LIAISON},
        unit_ids={owing.unit_id},
        title=owing.round.title,
        path=f"/rounds/{owing.round_id}/report",
        by=by,
    )
    return len(reports)


def check_returnable(owing: RoundUnit, *, by: Actor) -> None:
    """Raises ``DomainError`` ``round.not_open``, ``round.nothing_waits``."""
    _that_take(ReportAction.RETURN, owing, by)


def _that_take(action: ReportAction, owing: RoundUnit, by: Actor) -> list[ProgressReport]:
    if owing.round.status is not RoundStatus.OPEN:
        raise DomainError("round.not_open")
    reports = [row for row in queries.reports_of(owing, actor=by) if action in available_report_actions(row, by)]
    if not reports:
        raise DomainError("round.nothing_waits")
    return reports
