"""What a drafted 催办通知 or 督办通知单 means for its tasks."""

from collections.abc import Sequence
from datetime import date

from meetings.core.actor import Actor
from meetings.supervision import actions as supervision
from meetings.tasks import queries as tasks


def begin_step(
    code: str, approval_id: int, *, task_ids: Sequence[int], unit_id: int | None, answer_by: date | None, by: Actor
) -> None:
    """Write the step down on the tasks that the paper is about. In the transaction that drafts it."""
    found = tasks.find_many(task_ids, actor=by)
    if code == "supervision-notice":
        supervision.begin_notice(found[0], approval_id, answer_by=answer_by, by=by)
    else:
        supervision.begin_reminder(found, approval_id, unit_id=unit_id or 0, answer_by=answer_by, by=by)
