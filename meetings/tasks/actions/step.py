"""The one step: the only writer of ``Task.status``, of its event, of the copies in its parts and of the totals."""

from datetime import date

from sqlalchemy import inspect

from meetings.approvals.actions import Signature, check_signature
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import ChangedMeanwhile
from meetings.tasks import rules
from meetings.tasks.actions import totals
from meetings.tasks.actions.notices import tell
from meetings.tasks.models import ExtensionStatus, ProgressReport, Task, TaskAction, TaskEvent, TaskStatus
from meetings.tasks.queries import checks, is_held

_FINISHED = rules.DONE | {TaskStatus.CANCELLED}  # more time is of no use any more
_COLUMNS = [column.key for column in inspect(Task).column_attrs]


def _step(  # noqa: PLR0913 -- an event keeps all of these
    task: Task,
    action: TaskAction,
    *,
    by: Actor,
    note: str = "",
    unit_id: int | None = None,
    report: ProgressReport | None = None,
    signature: Signature | None = None,
    proposed_unit_id: int | None = None,
    is_held: bool = False,
    day: date | None = None,
) -> TaskEvent:
    """Move the task and write down that it moved. Everything that may be refused is checked before.

    Needs ``task.units``. The row is held first, so that nobody moves it between the check and the end of the
    transaction; ``is_held`` where the caller did. ``day`` is told in place of the task's date.
    """
    if not is_held:
        hold(task)
    before = task.status
    after = rules.next_status(task, action, by, today=clock.today())
    if signature is not None:
        check_signature(signature, committee_id=task.committee_id)
    event = TaskEvent(
        action=action,
        status_before=before,
        status_after=after,
        done_at=clock.now(),
        done_by_id=by.user_id,
        done_by_name=by.name[:100],
        unit_id=unit_id,
        report=report,
        note=note.strip(),
        proposed_unit_id=proposed_unit_id,
        signed_by=signature.signed_by.strip() if signature else "",
        signed_on=signature.signed_on if signature else None,
        signed_words=signature.words.strip() if signature else "",
        scan_id=signature.scan.id if signature and signature.scan else None,
    )
    task.events.add(event)
    if action is not TaskAction.ISSUE:  # which gives the task its number first
        tell(task, action, by=by, day=day)
    if after is before:
        return event
    if task.extension_status is not None and (after in _FINISHED or action is TaskAction.REASSIGN):
        case = checks.open_extension(task)
        case.status, case.decided_event, task.extension_status = ExtensionStatus.WITHDRAWN, event, None
    task.status_before = before if after is TaskStatus.SUSPENDED else None
    task.status = after
    copy_to_parts(task)
    totals.write(task.committee_id, totals.changes(task, {before: -1, after: 1}))
    return event


def hold(task: Task) -> None:
    """Hold the row until the end of the transaction, as it is now: somebody may have moved it since it was loaded.

    Comes before rows that refer to the task are added: these hold it too, and two holders would wait for each other.
    """
    if not is_held(task):
        db.session.refresh(task, _COLUMNS, with_for_update={"key_share": True})


def lock(task: Task) -> None:
    """Hold the row, and raise ``ChangedMeanwhile`` when it is not as it was loaded: nothing is written over unseen."""
    version = task.version
    hold(task)
    if version != task.version:
        raise ChangedMeanwhile(task)


def copy_to_parts(task: Task) -> None:
    """Keep what lists read of the task beside each unit's part."""
    task.is_open = task.status in rules.OPEN
    for part in task.units:
        part.is_open = task.is_open
        part.due_on = task.due_on
