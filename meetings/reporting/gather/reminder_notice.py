"""催办通知: what one unit has not done by its day, each task with what it owes and how late it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.directory.models import Unit
from meetings.reporting.gather.office import issuer_of, lines, texts_of
from meetings.reporting.gather.task_facts import Moment, shown_light
from meetings.supervision import queries as supervision
from meetings.tasks import queries as tasks
from meetings.tasks.queries import TaskFilter, TaskRow
from meetings.tasks.rules import LightCode
from reports.reminder_notice import ReminderItem, ReminderNotice

TEXTS = ("title", "addressees", "demands", "answer_by", "contact", "copies_to")
_ANSWER_WORKING_DAYS = 3
_OWED = {"receipt_overdue": "签收", "report_overdue": "进展报告", "overdue": "办结申请"}


def late_tasks(unit: Unit, *, actor: Actor, moment: Moment) -> Sequence[TaskRow]:
    """The unit's tasks with a red light, the longest first."""
    wanted = TaskFilter(unit_id=unit.id, light=LightCode.LATE)
    return tasks.rows_of(wanted, actor=actor, rule=moment.rule)


def gather(
    unit: Unit, *, actor: Actor, moment: Moment, texts: Mapping[str, Any]
) -> tuple[ReminderNotice, dict[str, Any]]:
    """The letter to the unit: six statements. Raises ``DomainError("paper.nothing_late")`` (field ``unit``)."""
    rows = late_tasks(unit, actor=actor, moment=moment)
    if not rows:
        raise DomainError("paper.nothing_late", field="unit")
    chosen = texts_of(
        {
            "title": f"关于尽快办理{len(rows)}项妇女儿童工作任务的催办通知",
            "addressees": unit.name,
            "demands": "",
            "answer_by": moment.rule.calendar.add(moment.as_of, _ANSWER_WORKING_DAYS),
            "contact": "",
            "copies_to": "",
        },
        texts,
    )
    ids = [row.id for row in rows]
    reported = tasks.last_reported(ids, unit.id)
    data = ReminderNotice(
        issuer=issuer_of(actor, moment.as_of),
        title=chosen["title"],
        addressees=chosen["addressees"],
        day=moment.as_of,
        items=tuple(
            ReminderItem(
                number=row.number or "",
                title=row.title,
                owed=_OWED.get(row.light.reason, "") if row.light else "",
                due_on=row.due_on,
                light=shown_light(row.light, row.status),
                last_report_on=reported.get(row.id),
            )
            for row in rows
        ),
        demands=lines(chosen["demands"]),
        answer_by=chosen["answer_by"],
        times=supervision.times_reminded(ids, unit.id),
        contact=chosen["contact"],
        copies_to=chosen["copies_to"],
    )
    return data, chosen
